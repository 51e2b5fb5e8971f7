"""What every test of the workbench uses: signed-in clients and the sentences they were told."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from cms.users.models import User


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return the maker of a client that is signed in as somebody."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
        return client

    return make


@pytest.fixture
def url() -> Callable[..., str]:
    """Return the addresses of the workbench by their short names."""
    return lambda name, *args: reverse(f"catalogs:{name}", args=args)


@pytest.fixture
def reported() -> Callable[..., str]:
    """Return what a response told its reader in messages."""
    return lambda response: " ".join(str(message) for message in get_messages(response.wsgi_request))
