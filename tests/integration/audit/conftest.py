import pytest
from django.db import connection

from cms.audit.models import AUDIT_TRIGGERS


@pytest.fixture
def unguarded(db):
    """Take the triggers away, as the owner of the database could; the end of the test brings them back."""
    for trigger in AUDIT_TRIGGERS:
        trigger.remove(connection.schema_editor())
