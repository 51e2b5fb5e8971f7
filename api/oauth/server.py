"""Authlib's authorization server over our own clients: it reads the request and writes the answer, we hold the keys.

Sources: RFC 6749 sections 2.3.1, 4.4 and 5; RFC 8414 for the description of the server.
"""

from __future__ import annotations

import hmac
from functools import cached_property
from typing import Any

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError, InvalidRequestError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.util import extract_basic_authorization, scope_to_list
from django.http import HttpRequest
from django.utils import timezone

from api.clients.actions import GRANTED_FOR, grant_token, note_refusal
from api.clients.models import ApiClient, ApiSecret, ApiToken

METHODS = ["client_secret_basic", "client_secret_post"]
FORM = "application/x-www-form-urlencoded"


class Caller(ClientMixin):
    """A client as Authlib asks about it. One that is not there answers like one whose secret is wrong."""

    # The secret that was sent; set once ``check_client_secret`` has accepted it.
    verified_secret: ApiSecret

    def __init__(self, client: ApiClient | None, address: str) -> None:
        self.client, self.address = client, address

    @cached_property
    def _secrets(self) -> list[ApiSecret]:
        if self.client is None:
            return []
        valid = self.client.secrets.filter(expires_at__gt=timezone.now())
        return list(valid.select_related("client__user", "client__agency"))

    def check_client_secret(self, secret: str) -> bool:
        """Return whether the secret is one of the client's and the client may ask from here.

        Every secret is compared, in constant time; the reason for a refusal goes to the ledger alone.
        """
        digest = ApiSecret.digest_of(secret)
        matching = [stored for stored in self._secrets if hmac.compare_digest(stored.digest, digest)]
        reason = self._blocking_reason(bool(matching))
        if reason and self.client is not None:
            note_refusal(client=self.client, reason=reason, address=self.address)
        if not reason:
            self.verified_secret = matching[0]
        return not reason

    def _blocking_reason(self, is_known: bool) -> str:
        """Return the code of what stands against a token, as ``note_refusal`` takes it; nothing where nothing does."""
        if self.client is None or not is_known:
            return "secret"
        if self.client.revoked_at or not self.client.user.is_active:
            return "closed"
        return "" if self.client.may_ask_from(self.address) else "network"

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Return whether the client may say who it is in this way."""
        return method in METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        """Return whether the client may ask for a token in this way."""
        return grant_type == ClientCredentials.GRANT_TYPE


class ClientCredentials(ClientCredentialsGrant):
    """The one grant that there is: a program asks for itself."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def validate_token_request(self) -> None:
        """Refuse what RFC 6749 forbids and Authlib lets pass, then check the client and the scope."""
        _require_one_form(self.request._request)
        super().validate_token_request()

    def validate_requested_scope(self) -> None:
        """Refuse a scope that the client does not have; without any it gets all that are its own."""
        requested = scope_to_list(self.request.payload.scope) or []
        if not set(requested) <= set(self.client.verified_secret.client.scopes):
            raise InvalidScopeError


class Server(AuthorizationServer):
    """Answers one request from one address."""

    def __init__(self, address: str) -> None:
        super().__init__(ApiClient, ApiToken)
        self.address = address
        self.register_grant(ClientCredentials)
        self.register_token_generator("default", self._granted)

    def query_client(self, client_id: str) -> Caller:
        """Return who calls itself so, whether there is such a client or not; databases refuse some characters."""
        matches = ApiClient.objects.select_related("user", "agency").filter(oauth_id=client_id)
        return Caller(matches.first() if client_id.isprintable() else None, self.address)

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        """Do nothing: the token was kept when it was made, as a digest."""

    def _granted(self, client: Caller, scope: str | None, **_options: Any) -> dict[str, Any]:
        """Return the answer of RFC 6749 section 5.1; the scope is included even where it was not requested."""
        secret = client.verified_secret
        requested = set(scope_to_list(scope) or secret.client.scopes)
        scopes = [each for each in secret.client.scopes if each in requested]
        token = grant_token(secret=secret, scopes=scopes, address=self.address)
        seconds = int(GRANTED_FOR.total_seconds())
        return {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "scope": " ".join(scopes)}


def _require_one_form(request: HttpRequest) -> None:
    """Raise for parameters outside the form, repeated ones, and more than one way of saying who asks (2.3, 3.2)."""
    if request.content_type != FORM or request.GET:
        raise InvalidRequestError("Send the parameters as a form in the body, and nowhere else.")
    if any(len(values) > 1 for _name, values in request.POST.lists()):
        raise InvalidRequestError("A parameter stands there twice.")
    try:
        client_id, _secret = extract_basic_authorization(request.headers)
    except ValueError as error:
        raise InvalidClientError("The Authorization header cannot be read.", status_code=401) from error
    if client_id and "client_secret" in request.POST:
        raise InvalidRequestError("Say who you are in one way, not in two.")
