"""Who asks: a program with a token, beside a person with the site's own session."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from api.clients.actions import note_use
from api.clients.models import ApiToken
from cms.core.addresses import client_address
from cms.users.models import User

SCHEME = "bearer"


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer …``: the client's own account acts, with the rows of its agency.

    Why a token does not hold (unknown, ended, revoked, from elsewhere) is not reported: who found one learns nothing.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the client's account and the token; None where no token was sent."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        held = ApiToken.objects.select_related("client__user").filter(digest=ApiToken.digest_of(secret.strip()))
        token = held.first()
        address = client_address(request)
        if token is None or not (token.holds and token.client.user.is_active and token.client.may_ask_from(address)):
            raise AuthenticationFailed
        note_use(token, address)
        return token.client.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of WWW-Authenticate: how a caller authenticates."""
        return 'Bearer realm="Thuoc Do"'


class ReadingSession(SessionAuthentication):
    """The site's own session where nothing is written: a forged form could do nothing there."""

    def enforce_csrf(self, request: Request) -> None:
        """Let every form through."""


class ScopeMissing(PermissionDenied):
    """The token is not for this."""

    default_code = "scope_missing"
    default_detail = _("The token does not have the scope that this needs: %(scope)s.")

    def __init__(self, scope: str) -> None:
        super().__init__(str(self.default_detail) % {"scope": scope}, self.default_code)


class InScope(BasePermission):
    """A token is used only for what it was made for; whoever has none is bound by their roles alone."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Let everybody through but a token without the view's scope; raises ScopeMissing for that."""
        scope = getattr(view, "scope", "")
        if request.method not in SAFE_METHODS:
            scope = getattr(view, "writing_scope", scope)
        if scope and isinstance(request.auth, ApiToken) and scope not in request.auth.opens:
            raise ScopeMissing(scope)
        return True


class SignedInToWrite(BasePermission):
    """Whoever writes is somebody: anonymous callers are answered 401 before anything is looked for."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Let everybody read; what there is for them says the view."""
        return request.method in SAFE_METHODS or bool(request.user.is_authenticated)
