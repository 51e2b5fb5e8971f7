"""What the list of frameworks is narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from cms.frameworks.enums import DraftState, SubjectKind
from cms.frameworks.models import CriteriaFramework, FrameworkQuerySet


class FrameworkFilterSet(WagtailFilterSet):
    """By whom they judge, by state, and the province's or agencies' own."""

    subject = django_filters.ChoiceFilter(label=capfirst(_("judges")), choices=SubjectKind.choices)
    state = django_filters.ChoiceFilter(label=capfirst(_("state")), choices=DraftState.choices, method="in_state")
    own = django_filters.BooleanFilter(
        label=_("Agencies' own"), field_name="agency", lookup_expr="isnull", exclude=True
    )
    behind = django_filters.BooleanFilter(label=_("Its base has moved"), field_name="is_behind")

    class Meta:
        model = CriteriaFramework
        fields: list[str] = []

    def in_state(self, queryset: FrameworkQuerySet, name: str, value: Any) -> FrameworkQuerySet:
        """Keep those in a state."""
        return queryset.in_state(value)
