"""Signing in with the province's own identity provider (OpenID Connect), as an officer who is there already.

Which claim says who somebody is, and what of ours it is compared with, are settings. Nobody becomes an officer, gets an
account or a role by it; whom the provider named first for an account stays the only one until it is unlinked (ADR 55).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.core.text import code_key
from cms.organisations.actions import link_identity
from cms.organisations.errors import UnknownIdentity
from cms.organisations.models import Officer
from cms.organisations.models.officers import OfficerQuerySet
from cms.organisations.permissions import has_left
from cms.users.models import User

# Of a claim that says more than that, the rest is passed over.
_MOST_VALUES = 10


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """Accept whom the claim names, and say to everybody else why not."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Hold on to the claims for this request alone: of what the provider knows of people nothing is stored."""
        received = sociallogin.account.extra_data
        sociallogin.claims = received.get("id_token", {}) | received.get("userinfo", {})
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account that the claim names, link it at the first time, or refuse in a sentence."""
        try:
            if sociallogin.state.get("process") != AuthProcess.LOGIN:
                raise UnknownIdentity(_("An account is linked by signing in, and by nothing else."))
            user = account_named(sociallogin.claims)
            link_identity(user=user, provider=sociallogin.account.provider, subject=sociallogin.account.uid)
        except DomainError as refusal:
            answer = render(request, "account/provider_refused.html", {"refusal": str(refusal)}, status=403)
            raise ImmediateHttpResponse(answer) from refusal
        if not sociallogin.is_existing:
            sociallogin.lookup()

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Say that it was not possible and lead back to the other way in; what went wrong is the provider's."""
        raise _unanswered(request)

    def get_requests_session(self) -> requests.Session:
        """Return a session whose failures are pages: allauth asks for the provider's addresses outside its own care."""
        session: requests.Session = super().get_requests_session()
        session.request = _caught(session.request, self.request)  # type: ignore[method-assign]
        return session


def _caught(send: Callable[..., requests.Response], request: HttpRequest) -> Callable[..., requests.Response]:
    def send_or_explain(*args: Any, **kwargs: Any) -> requests.Response:
        try:
            answer = send(*args, **kwargs)
            answer.raise_for_status()
            answer.json()
        except requests.RequestException as error:
            raise _unanswered(request) from error
        return answer

    return send_or_explain


def _unanswered(request: HttpRequest) -> ImmediateHttpResponse:
    refusal = _("The identity provider could not be reached or did not confirm who you are. Try again later.")
    return ImmediateHttpResponse(render(request, "account/provider_refused.html", {"refusal": refusal}, status=503))


def account_named(claims: dict[str, Any]) -> User:
    """Return the account of the one officer whom the claims name. Raises ``UnknownIdentity``."""
    values = _values(claims.get(settings.THUOCDO_OIDC_CLAIM))
    if not values:
        raise UnknownIdentity(
            _("The identity provider does not say who you are: the claim “%(claim)s” is missing.")
            % {"claim": settings.THUOCDO_OIDC_CLAIM}
        )
    named = list(_officers(claims, values)[:2])
    if not named:
        raise UnknownIdentity(_("Nobody of the staff is known by what the identity provider says. Ask your agency."))
    if len(named) > 1:
        raise UnknownIdentity(_("What the identity provider says fits two people. Ask your agency."))
    account = named[0].account
    if account is None or not account.is_active:
        raise UnknownIdentity(_("You have no open account yet. Ask your agency for one."))
    if User.objects.filter(has_left(timezone.localdate()), pk=account.pk).exists():
        raise UnknownIdentity(_("This account's officer is posted at no agency any more."))
    return account


def _values(claim: Any) -> list[str]:
    """Return what a claim says: one text or several, of which empty ones and whatever is no text are left out."""
    given = claim if isinstance(claim, list) else [claim]
    return [value.strip() for value in given[:_MOST_VALUES] if isinstance(value, str) and value.strip()]


def _officers(claims: dict[str, Any], values: list[str]) -> OfficerQuerySet:
    officers = Officer.objects.select_related("account")
    if settings.THUOCDO_OIDC_MATCHES == "code":
        return officers.filter(code__in={code_key(value) for value in values})
    if claims.get("email_verified") is not True:
        raise UnknownIdentity(_("The identity provider has not verified your e-mail address."))
    addressed = [Q(account__email__iexact=value) for value in values]
    return officers.filter(reduce(or_, addressed))
