"""From an invitation to an account in use: made and told by a task, set up by its owner through the link."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.audit.actions import record
from cms.core.mail import address_of, in_the_platforms_language, is_sent
from cms.organisations.enums import InvitationFailure
from cms.organisations.errors import InvalidAccount, LinkDoesNotHold
from cms.organisations.models import Invitation, Officer
from cms.organisations.models.invitations import hash_token
from cms.organisations.permissions import has_left
from cms.users.models import User

_TOKEN_BYTES = 32
_NOT_IN_USERNAMES = re.compile(r"[^\w.@+-]", re.ASCII)


@task(backend="background")
def deliver_invitations(keys: list[int]) -> None:
    """Make the accounts of these invitations and send their links, one by one: how far it has come is their states."""
    with in_the_platforms_language():
        connection = mail.get_connection()
        try:
            connection.open()
        except OSError:
            Invitation.objects.filter(pk__in=keys, taken_up_at=None).update(failure=InvitationFailure.UNREACHABLE)
            return
        with connection:
            for key in keys:
                _deliver_one(connection, key)


def _deliver_one(connection: object, key: int) -> None:
    taken = Invitation.objects.current().filter(pk=key, taken_up_at=None, failure="")
    if not taken.update(taken_up_at=timezone.now()):
        return
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation, failure = _prepare(key, token)
    if not failure and not is_sent(connection, _subject(), _text(invitation, token), invitation.email):
        failure = InvitationFailure.REFUSED
    changes = {"failure": failure} if failure else {"sent_at": timezone.now()}
    Invitation.objects.filter(pk=key).update(**changes)


@transaction.atomic
def _prepare(key: int, token: str) -> tuple[Invitation, str]:
    """Make the account where there is none yet, and keep the token's hash; return why that cannot be, if so."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=key)
    officer = Officer.objects.select_for_update(of=("self",)).select_related("account").get(pk=invitation.officer_id)
    failure = _obstacle(invitation, officer)
    if failure:
        return invitation, failure
    account = officer.account or _make_account(invitation, officer)
    if account.email != invitation.email:
        account.email = invitation.email
        account.save(update_fields=["email"])
    invitation.account, invitation.token_hash = account, hash_token(token)
    invitation.expires_at = timezone.now() + timedelta(days=settings.THUOCDO_SETUP_LINK_DAYS)
    invitation.save(update_fields=["account", "token_hash", "expires_at"])
    after = {"email": invitation.email, "officer": officer.code}
    record(by=invitation.made_by, action="account.invite", subject=account, after=after)
    return invitation, ""


def _obstacle(invitation: Invitation, officer: Officer) -> str:
    account = officer.account
    if account is not None and account.pk != invitation.account_id:
        return InvitationFailure.HAS_ACCOUNT
    if account is not None and not account.is_active:
        return InvitationFailure.CLOSED
    others = User.objects.filter(email__iexact=invitation.email)
    if (others.exclude(pk=account.pk) if account else others).exists():
        return InvitationFailure.EMAIL_TAKEN
    return ""


def _make_account(invitation: Invitation, officer: Officer) -> User:
    account = User(username=_free_username(officer), full_name=officer.name, email=invitation.email)
    account.set_unusable_password()
    account.full_clean(exclude=["password"])
    account.save()
    officer.account = account
    officer.save(update_fields=["account"])
    after = {"username": account.username, "full_name": account.full_name, "email": account.email}
    record(by=invitation.made_by, action="account.add", subject=account, after=after | {"officer": officer.code})
    return account


def _free_username(officer: Officer) -> str:
    """Return the officer's code as a username; with the officer's key where somebody is called so already."""
    name = _NOT_IN_USERNAMES.sub("-", officer.code.lower())
    return f"{name}-{officer.pk}" if User.objects.filter(username__iexact=name).exists() else name


def open_invitation(token: str) -> Invitation:
    """Return the invitation whose link this is. Raises ``LinkDoesNotHold`` with what to do instead."""
    invitation = Invitation.objects.filter(token_hash=hash_token(token)).select_related("account").first()
    if invitation is None or invitation.account is None or invitation.voided_at:
        raise LinkDoesNotHold(_("This link does not hold: it is incomplete, or a later one has taken its place."))
    if invitation.used_at:
        raise LinkDoesNotHold(_("This link has been used. Sign in with the password that was set by it."))
    if invitation.is_expired(timezone.now()):
        raise LinkDoesNotHold(_("This link has expired. Ask whoever keeps your agency's staff list to send it again."))
    if User.objects.filter(has_left(timezone.localdate()), pk=invitation.account_id).exists():
        raise LinkDoesNotHold(_("This account's officer is posted at no agency any more."))
    if not invitation.account.is_active:
        raise LinkDoesNotHold(_("This account has been closed. Ask your province's technical administrator."))
    return invitation


@transaction.atomic
def set_up_account(*, token: str, password: str) -> User:
    """Set the password of the account whose link this is; the link is used up and the e-mail address proven.

    Raises ``LinkDoesNotHold``, and ``InvalidAccount`` for a password against the rules.
    """
    invitation = open_invitation(token)
    account = invitation.account
    assert account is not None  # noqa: S101 - open_invitation found it
    _check_password(password, account)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None, voided_at=None).update(used_at=timezone.now()):
        raise LinkDoesNotHold(_("This link has been used. Sign in with the password that was set by it."))
    account.set_password(password)
    account.password_is_temporary = False
    account.save(update_fields=["password", "password_is_temporary"])
    EmailAddress.objects.update_or_create(
        user=account, email=invitation.email, defaults={"verified": True, "primary": True}
    )
    record(by=account, action="account.set_up", subject=account)
    return account


def _check_password(password: str, account: User) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise InvalidAccount(" ".join(error.messages)) from error


def _subject() -> str:
    return _("Your account on Thước Đo")


def _text(invitation: Invitation, token: str) -> str:
    account = invitation.account
    days = settings.THUOCDO_SETUP_LINK_DAYS
    return "\n".join([
        _("An account has been made for %(name)s.") % {"name": account.full_name if account else ""},
        _("Your username: %(username)s") % {"username": account.get_username() if account else ""},
        "",
        _("Set your password here; the link works once, and for %(days)d days:") % {"days": days},
        address_of("set_up_account", token),
        "",
        _("Keep the link to yourself. If you did not expect this, tell your agency."),
    ])  # fmt: skip
