"""Every write about API clients. Administrators keep them; each act is in the ledger, no secret ever is."""

from __future__ import annotations

import datetime
import ipaddress
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from api.clients.models import ApiClient, ApiSecret, ApiToken, Scope, StoredSecret
from cms.audit.actions import record
from cms.core.errors import DomainError, WrongState
from cms.organisations.actions import grant_membership, revoke_membership, set_account_active
from cms.organisations.models import Agency, Membership
from cms.organisations.permissions import require_administrator
from cms.users.enums import Role
from cms.users.models import User

# A token lasts no longer than this, so that one that was forgotten somewhere ends.
LONGEST = datetime.timedelta(days=366)
# After a rotation the earlier token works on for so long, so that nothing stops while the new one is put in place.
OVERLAP = datetime.timedelta(hours=24)
# A token that a program gets for its secret.
GRANTED_FOR = datetime.timedelta(hours=1)
# That a token is used is written down at most this often.
_BETWEEN_NOTES = datetime.timedelta(minutes=5)
# What every token begins with: programs that look for leaked secrets find it by that.
_PREFIX = "thuocdo_"
# What the secrets begin with for which programs get tokens.
_SECRET_PREFIX = "thuocdos_"  # noqa: S105


class InvalidClient(DomainError):
    """The client cannot be: no scope, no network, a day that is past or too far off."""

    code = "invalid_client"


@transaction.atomic
def add_client(
    *,
    by: User | None,
    name: str,
    agency: Agency,
    scopes: Sequence[str],
    last_day: datetime.date,
    networks: Sequence[str] = (),
) -> tuple[ApiClient, str]:
    """Add a client of an agency with an account of its own, and return it with its token, shown once and kept nowhere.

    Raises NotAllowed and InvalidClient.
    """
    require_administrator(by)
    client = ApiClient(
        user=_account(name), agency=agency, name=name, scopes=_known(scopes), networks=_normal(networks), added_by=by
    )  # fmt: skip
    client.save()
    grant_membership(by=by, user=client.user, role=Role.API_CLIENT, agency=agency)
    token, secret = _new_token(by, client, last_day)
    facts = {"scopes": client.scopes, "networks": client.networks, "token": token.hint, "last_day": last_day}
    record(by=by, action="api_client.add", subject=client, agency_code=agency.code, after=facts)
    return client, secret


@transaction.atomic
def rotate_token(*, by: User | None, client: ApiClient, last_day: datetime.date) -> str:
    """Return a new token; the earlier ones end a day later. Raises NotAllowed, WrongState and InvalidClient."""
    require_administrator(by)
    client = _locked(client)
    end = timezone.now() + OVERLAP
    client.tokens.shown().filter(expires_at__gt=end).update(expires_at=end)
    token, secret = _new_token(by, client, last_day)
    facts = {"token": token.hint, "last_day": last_day}
    record(by=by, action="api_client.rotate", subject=client, agency_code=client.agency.code, after=facts)
    return secret


@transaction.atomic
def make_secret(*, by: User | None, client: ApiClient, last_day: datetime.date) -> tuple[str, str]:
    """Return the client's OAuth2 id and a new secret, shown once; the earlier secrets end a day later.

    Raises NotAllowed, WrongState and InvalidClient.
    """
    require_administrator(by)
    client = _locked(client)
    if client.oauth_id is None:
        client.oauth_id = f"thuocdo-{secrets.token_hex(8)}"
        client.save(update_fields=["oauth_id"])
    end = timezone.now() + OVERLAP
    client.secrets.filter(expires_at__gt=end).update(expires_at=end)
    text = _SECRET_PREFIX + secrets.token_urlsafe(32)
    secret = ApiSecret.objects.create(client=client, made_by=by, expires_at=_end_of(last_day), **_stored_fields(text))
    facts = {"oauth_id": client.oauth_id, "secret": secret.hint, "last_day": last_day}
    record(by=by, action="api_client.make_secret", subject=client, agency_code=client.agency.code, after=facts)
    return client.oauth_id, text


@transaction.atomic
def grant_token(*, secret: ApiSecret, scopes: Sequence[str], address: str) -> str:
    """Return a token of an hour for a program that sent this secret, good for ``scopes`` of its client.

    The secret was checked by whoever calls. The client's tokens of earlier days go.
    """
    client = secret.client
    note_use(secret, address)
    client.tokens.outlived().delete()
    text = _PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        client=client, scopes=list(scopes), granted_for=secret, expires_at=timezone.now() + GRANTED_FOR,
        **_stored_fields(text),
    )  # fmt: skip
    facts = {"token": _stored_fields(text)["hint"], "secret": secret.hint, "scopes": list(scopes), "address": address}
    record(by=client.user, action="api_client.grant_token", subject=client, agency_code=client.agency.code, after=facts)
    return text


def note_refusal(*, client: ApiClient, reason: str, address: str) -> None:
    """Record that no token was granted to this client: ``reason`` is ``secret``, ``closed`` or ``network``."""
    facts = {"why": reason, "address": address}
    record(by=None, action="api_client.refuse_token", subject=client, agency_code=client.agency.code, after=facts)


@transaction.atomic
def revoke_client(*, by: User | None, client: ApiClient, reason: str) -> ApiClient:
    """End a client for good: its tokens, its role, its account. Raises NotAllowed and WrongState."""
    require_administrator(by)
    client = _locked(client)
    client.revoked_at, client.revoked_by = timezone.now(), by
    client.save(update_fields=["revoked_at", "revoked_by"])
    for membership in Membership.objects.filter(user=client.user).current():
        revoke_membership(by=by, membership=membership, reason=reason)
    set_account_active(by=by, user=client.user, active=False, reason=reason)
    record(by=by, action="api_client.revoke", subject=client, agency_code=client.agency.code, reason=reason)
    return client


def note_use(token: StoredSecret, address: str) -> None:
    """Remember when and from where a token or a secret was last used, to within a few minutes."""
    now = timezone.now()
    is_old = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _BETWEEN_NOTES)
    if token.last_used_at is None or token.last_used_at < now - _BETWEEN_NOTES:
        type(token)._default_manager.filter(is_old, pk=token.pk).update(last_used_at=now, last_used_from=address)


def _account(name: str) -> User:
    user = User(username=f"api-{secrets.token_hex(6)}", full_name=name)
    user.set_unusable_password()
    user.save()
    return user


def _known(scopes: Sequence[str]) -> list[str]:
    if not scopes or not set(scopes) <= set(Scope.values):
        raise InvalidClient(_("Choose what the program may do."))
    return sorted(set(scopes))


def _normal(networks: Sequence[str]) -> list[str]:
    try:
        return [str(ipaddress.ip_network(network)) for network in networks]
    except ValueError as error:
        raise InvalidClient(_("Write each network like 10.1.2.3 or 10.1.2.0/24, one a line.")) from error


def _new_token(by: User | None, client: ApiClient, last_day: datetime.date) -> tuple[ApiToken, str]:
    text = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(client=client, made_by=by, expires_at=_end_of(last_day), **_stored_fields(text))
    return token, text


def _stored_fields(text: str) -> dict[str, str]:
    return {"digest": StoredSecret.digest_of(text), "hint": text[: len(_PREFIX) + 4]}


def _end_of(last_day: datetime.date) -> datetime.datetime:
    today = timezone.localdate()
    if not today <= last_day <= today + LONGEST:
        raise InvalidClient(_("A token ends between today and a year from now."))
    return timezone.make_aware(datetime.datetime.combine(last_day, datetime.time.max))


def _locked(client: ApiClient) -> ApiClient:
    locked = ApiClient.objects.select_for_update(of=("self",)).select_related("agency", "user").get(pk=client.pk)
    if locked.revoked_at:
        raise WrongState(_("This API client has been revoked already."))
    return locked
