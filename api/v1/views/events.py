"""The feed of events."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema

from api.clients.models import ApiToken
from api.events.feed import EventPages
from api.events.presenters import present
from api.events.reading import readable_by
from api.v1.filters.events import EventFilters
from api.v1.serializers.events import EventSerializer
from api.views import ListView
from cms.audit.models import AuditEventQuerySet


@extend_schema(tags=["events"])
class EventList(ListView):
    """What happened, oldest first. `next` is always there: a program asks for it again and again to stay in step.

    Without an account: what was published. A program also hears of its agency's unpublished work, by its scopes.
    """

    scope = ""
    serializer_class = EventSerializer
    filterset_class = EventFilters
    pagination_class = EventPages

    def get_queryset(self) -> AuditEventQuerySet:
        """Return the events that the caller hears of."""
        token = self.request.auth
        return readable_by(self.request.user, token.opens if isinstance(token, ApiToken) else None)

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the events of the page."""
        return present(super().paginate_queryset(queryset) or [])
