"""Writes about accounts. They live here, above the ledger, because each leaves a record in it."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.organisations.actions.memberships import ask_confirmation_again, end_sessions
from cms.organisations.errors import CannotGrantToSelf, InvalidAccount, UnknownIdentity
from cms.organisations.permissions import require_administrator
from cms.users.lockout import forget_failures, recent_failures
from cms.users.models import User

# No letters that are taken for each other when a password is read out: I, l, 1, O, o, 0.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def add_account(*, by: User | None, username: str, full_name: str, email: str) -> tuple[User, str]:
    """Add an account without any role and return it with its temporary password, shown once and kept nowhere.

    Raises ``InvalidAccount`` (a username that is taken) and ``NotAllowed``.
    """
    require_administrator(by)
    if User.objects.filter(username__iexact=username).exists():
        raise InvalidAccount(_("An account with this username exists already."))
    user = User(username=username, full_name=full_name, email=email, password_is_temporary=True)
    password = _set_temporary_password(user)
    _check(user)
    user.save()
    record(by=by, action="account.add", subject=user, after=_described(user))
    return user, password


@transaction.atomic
def edit_account(*, by: User | None, user: User, full_name: str, email: str) -> User:
    """Change the name and address of an account; unchanged values leave no trace."""
    require_administrator(by)
    before = _described(user)
    user.full_name, user.email = full_name, email
    _check(user)
    after = _described(user)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        user.save(update_fields=changed)
        _record_change(by, "account.edit", user, before, after, changed)
    return user


@transaction.atomic
def set_account_active(*, by: User | None, user: User, active: bool, reason: str) -> User:
    """Close an account (its sessions end; it is never deleted) or open it again. Nobody closes their own."""
    _refuse_own(by, user)
    require_administrator(by)
    if user.is_active == active:
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    end_sessions(user=user)
    action = "account.open" if active else "account.close"
    before, after = {"is_active": not active}, {"is_active": active}
    record(by=by, action=action, subject=user, before=before, after=after, reason=reason)
    return user


@transaction.atomic
def reset_password(*, by: User | None, user: User, reason: str) -> str:
    """Give an account a temporary password and return it; sessions end, deciding roles wait for a second person."""
    _refuse_own(by, user)
    require_administrator(by)
    password = _set_temporary_password(user)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    forget_failures(user)
    _suspend_trust(by, user)
    record(by=by, action="account.reset_password", subject=user, reason=reason)
    return password


@transaction.atomic
def link_identity(*, user: User, provider: str, subject: str) -> None:
    """Link an account with whom the identity provider calls ``subject``; linked with the same already, it stays so.

    A temporary password, which somebody else knows, ends: its owner has another way in now.
    Raises ``UnknownIdentity`` where either is linked with another: an address that was given to somebody new would
    otherwise let them in as whoever had it before.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    links = SocialAccount.objects.filter(provider=provider)
    linked = {(link.user_id, link.uid) for link in links.filter(user=user) | links.filter(uid=subject)}
    if linked == {(user.pk, subject)}:
        return
    if linked:
        raise UnknownIdentity(
            _("Your account is linked with another identity at the provider. Ask your technical administrator.")
        )
    SocialAccount.objects.create(user=user, provider=provider, uid=subject)
    if user.password_is_temporary:
        user.set_unusable_password()
        user.password_is_temporary = False
        user.save(update_fields=["password", "password_is_temporary"])
    record(by=user, action="account.link_identity", subject=user, after={"provider": provider})


@transaction.atomic
def unlink_identity(*, by: User | None, user: User, reason: str) -> None:
    """Forget whom the identity provider calls an account, so that the next sign-in links anew; sessions end."""
    _refuse_own(by, user)
    require_administrator(by)
    if SocialAccount.objects.filter(user=user).delete()[0]:
        end_sessions(user=user)
        record(by=by, action="account.unlink_identity", subject=user, reason=reason)


@transaction.atomic
def reset_second_factor(*, by: User | None, user: User, reason: str) -> None:
    """Remove a lost second factor; sessions end, deciding roles wait for a second person."""
    _refuse_own(by, user)
    require_administrator(by)
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    Authenticator.objects.filter(user=user).delete()
    _suspend_trust(by, user)
    record(by=by, action="account.reset_second_factor", subject=user, before={"second_factors": kinds}, reason=reason)


@transaction.atomic
def release_account(*, by: User | None, user: User, reason: str) -> None:
    """Let an account sign in again at once that failed attempts have locked; without any nothing is recorded."""
    _refuse_own(by, user)
    require_administrator(by)
    failures = recent_failures(user)
    if failures:
        forget_failures(user)
        record(by=by, action="account.release", subject=user, before={"failures": failures}, reason=reason)


def _suspend_trust(by: User | None, user: User) -> None:
    """Whoever resets what a person signs in with could sign in as them, so their power to decide pauses."""
    ask_confirmation_again(by=by, user=user)
    end_sessions(user=user)


def _set_temporary_password(user: User) -> str:
    password = "-".join("".join(secrets.choice(_LETTERS) for _letter in range(5)) for _part in range(4))
    user.set_password(password)
    return password


def _refuse_own(by: User | None, user: User) -> None:
    if by is not None and by.pk == user.pk:
        raise CannotGrantToSelf(_("You cannot do this with your own account. Ask another administrator."))


def _check(user: User) -> None:
    try:
        user.full_clean()
    except ValidationError as error:
        raise InvalidAccount(" ".join(error.messages)) from error


def _described(user: User) -> dict[str, Any]:
    return {"username": user.username, "full_name": user.full_name, "email": user.email}


def _record_change(
    by: User | None, action: str, user: User, before: dict[str, Any], after: dict[str, Any], changed: list[str]
) -> None:
    record(
        by=by,
        action=action,
        subject=user,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
