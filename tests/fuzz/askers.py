"""Who asks: nobody, people with their sessions, and tokens, one for each scope."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.assignments.models import ExternalSystem
from tests.authorisation.world import ROLES, World

# The form of the site's own tokens against forged forms.
_FORGERY = "f" * 32
TOKEN = "token:"


@dataclass(frozen=True)
class Asker:
    """A role, and the headers by which it is known."""

    role: str
    headers: dict[str, str] = field(default_factory=dict)


def make_askers(world: World) -> list[Asker]:
    """Return everybody who asks; makes the clients whose tokens are used."""
    people = [Asker(role, _session(world, role)) for role in ROLES if role not in ("anonymous", "api_client")]
    tokens = [Asker(f"{TOKEN}{scope}", {"Authorization": f"Bearer {_token(world, scope)}"}) for scope in Scope]
    wrong = Asker("wrong token", {"Authorization": "Bearer thuocdo_khong-co"})
    return [Asker("anonymous"), wrong, *people, *tokens]


def _session(world: World, role: str) -> dict[str, str]:
    session = world.clients[role].cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: _FORGERY}
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": _FORGERY}


def _token(world: World, scope: str) -> str:
    """Add a program of the own agency, which speaks for the agency's system as that of the table does."""
    last_day = timezone.localdate() + timedelta(30)
    agency = world.province.statistics
    name = f"Chương trình {scope}"
    client, token = add_client(by=None, name=name, agency=agency, scopes=[scope], last_day=last_day)
    ExternalSystem.objects.get(code=world.subjects["own"].outside_system).accounts.add(client.user)
    return token
