"""The token endpoint and the description of it; where the option is off, neither is there."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749 import InsecureTransportError
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api.clients.models import Scope
from api.oauth.server import METHODS, ClientCredentials, Server
from api.throttling import GrantRateThrottle
from cms.core.addresses import client_address


@extend_schema(exclude=True)
class TokenEndpoint(APIView):
    """``POST /api/oauth/token``: an hour's token for an id and a secret. Refusals are those of RFC 6749 section 5.2."""

    http_method_names = ["post", "options"]
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    throttle_classes: list[type[BaseThrottle]] = [GrantRateThrottle]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raise NotFound where the option is off."""
        if not settings.THUOCDO_OAUTH:
            raise NotFound
        super().initial(request, *args, **kwargs)

    def post(self, request: Request) -> HttpResponse:
        """Return the token, or why there is none; secrets that came in the open are not even looked at."""
        server = Server(client_address(request))
        answer: HttpResponse
        try:
            answer = server.create_token_response(request._request)
        except InsecureTransportError as refusal:
            answer = server.handle_response(*refusal())
        return answer

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Have nothing of it kept anywhere."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response


@require_safe
def metadata(request: HttpRequest) -> JsonResponse:
    """Describe the server to programs (RFC 8414)."""
    if not settings.THUOCDO_OAUTH:
        raise Http404
    return JsonResponse({
        "issuer": request.build_absolute_uri("/").rstrip("/"),
        "token_endpoint": request.build_absolute_uri(reverse("oauth_token")),
        "grant_types_supported": [ClientCredentials.GRANT_TYPE],
        "token_endpoint_auth_methods_supported": METHODS,
        "scopes_supported": Scope.values,
        "response_types_supported": [],
        "service_documentation": request.build_absolute_uri(reverse("api_v1:docs")),
    })  # fmt: skip
