import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _forgotten_attempts():
    """Start each test without the sign-ins that allauth counted in the one before."""
    cache.clear()
