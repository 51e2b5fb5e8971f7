"""What the log of a webhook is narrowed by."""

from __future__ import annotations

from django_filters import ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.webhooks.models import DeliveryState


class DeliveryFilters(FilterSet):
    """State."""

    state = ChoiceFilter(choices=DeliveryState.choices, label="State: on its way, delivered, given up.")
