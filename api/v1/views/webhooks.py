"""A program's own webhooks: where they stand, what was sent, and sending it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, ActView
from api.authentication import InScope
from api.clients.models import ApiToken, Scope
from api.pagination import TOP_KEY, Ordering
from api.v1.filters.webhooks import DeliveryFilters
from api.v1.serializers.import_requests import NothingSerializer
from api.v1.serializers.webhooks import DeliveryDetailSerializer, DeliverySerializer, WebhookSerializer
from api.views import DetailView, ListView
from api.webhooks.actions import send_again
from api.webhooks.models import WebhookDelivery, WebhookEndpoint, WebhookEndpointQuerySet
from cms.organisations.permissions import can_administer


def documented(name: str) -> Callable[[Any], Any]:
    """Describe the GET of a view by what it says of itself."""

    def decorate(view: Any) -> Any:
        schema = extend_schema(tags=["webhooks"], operation_id=name, description=view.__doc__)
        return extend_schema_view(get=schema)(view)

    return decorate


class FollowsWebhooks(BasePermission):
    """Programs, and technical administrators."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Let them in; which webhooks are there for them says ``followed_by``."""
        return isinstance(request.auth, ApiToken) or can_administer(request.user)


class WebhooksView(ActView):
    """An address about webhooks."""

    scope = writing_scope = Scope.WEBHOOKS_MANAGE
    permission_classes = [InScope, FollowsWebhooks]
    queryset: QuerySet[Any] = WebhookEndpoint.objects.none()

    def found(self) -> WebhookEndpointQuerySet:
        """Return the webhooks that are there for the caller; their secrets are not even read."""
        found = WebhookEndpoint.objects.followed_by(self.person).select_related("client__agency")
        return found.defer("secret", "previous_secret")

    @cached_property
    def endpoint(self) -> WebhookEndpoint:
        """Return the webhook that the address names, or it is Http404."""
        return get_object_or_404(self.found(), pk=self.kwargs["id"])

    @cached_property
    def delivery(self) -> WebhookDelivery:
        """Return the delivery that the address names, or it is Http404."""
        delivery: WebhookDelivery = get_object_or_404(self.endpoint.deliveries, pk=self.kwargs["delivery"])
        return delivery


@documented("webhooks_list")
class WebhookList(WebhooksView, ListView):
    """Webhooks of your program; a technical administrator sees every one. Secrets are never told."""

    http_method_names = ["get", "head", "options"]
    serializer_class = WebhookSerializer
    orderings = {"id": Ordering(("pk",)), "-id": Ordering(("pk",), top=(TOP_KEY,))}

    def get_queryset(self) -> QuerySet[Any]:
        """Return them."""
        return self.found()


@documented("webhooks_deliveries_list")
class DeliveryList(WebhooksView, ListView):
    """What was sent to one webhook and what is on its way there, the latest first; kept for 90 days once it is over."""

    http_method_names = ["get", "head", "options"]
    queryset = WebhookDelivery.objects.none()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilters
    orderings = {"-id": Ordering(("pk",), top=(TOP_KEY,)), "id": Ordering(("pk",))}

    def get_queryset(self) -> QuerySet[Any]:
        """Return them."""
        return self.endpoint.deliveries.all()


@documented("webhooks_deliveries_retrieve")
class DeliveryDetail(WebhooksView, DetailView):
    """One delivery, with what came of each try."""

    http_method_names = ["get", "head", "options"]
    serializer_class = DeliveryDetailSerializer

    def get_object(self) -> WebhookDelivery:
        return self.delivery


@extend_schema(tags=["webhooks"])
class DeliveryReplay(WebhooksView):
    """Sending an event again."""

    http_method_names = ["post", "options"]

    @extend_schema(
        operation_id="webhooks_deliveries_replay", parameters=[KEY], request=None,
        responses={202: DeliveryDetailSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Put an event that arrived, was given up or waits for a later try on its way again, under the id that it had.

        409 `wrong_state` while it is being tried, or while the webhook is switched off.
        """
        delivery = self.delivery
        return self.once(lambda: self._sent_again(delivery), self.sent(NothingSerializer))

    def _sent_again(self, delivery: WebhookDelivery) -> Response:
        send_again(by=self.person, delivery=delivery)
        delivery.refresh_from_db()
        data = DeliveryDetailSerializer(context=self.get_serializer_context()).to_representation(delivery)
        return Response(data, status.HTTP_202_ACCEPTED)
