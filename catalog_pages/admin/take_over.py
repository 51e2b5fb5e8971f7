"""An agency's draft filled from the province's common list."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from catalog_pages.admin.screens import VersionScreen
from cms.catalogs import permissions
from cms.catalogs.models import MAX_GROUPS, CatalogItem
from cms.core.forms import CleanTextField
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, ListScreen, below
from cms.curation import actions
from cms.curation.actions.taking_over import require_offered
from cms.curation.offering import narrowed, offered_to, usual_for
from cms.curation.promotion import province_version

_MOST_CHOSEN = 100


class OfferFilterForm(forms.Form):
    """What is looked for in the common list."""

    q = CleanTextField(label=_lazy("Search"), required=False, max_length=200)
    field = forms.ChoiceField(label=_lazy("Field of work"), required=False)
    group = forms.TypedChoiceField(
        label=_lazy("Group"), required=False, coerce=int, empty_value=None,
        choices=[("", _lazy("All groups")), *((number, str(number)) for number in range(1, MAX_GROUPS + 1))],
    )  # fmt: skip
    position = CleanTextField(label=_lazy("Position that does it"), required=False, max_length=200)
    usual = forms.BooleanField(label=_lazy("What at least half of the agencies of your kind have"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = province_version()
        names = sorted(version.summary.get("fields", {})) if version else []
        fields: Any = self.fields["field"]
        fields.choices = [("", _("All fields")), *((name, name) for name in names if name)]


class TakeOverView(VersionScreen, ListScreen):
    """The items of the common list that the draft does not have yet; what is ticked is copied and linked."""

    template_name = "catalog_pages/admin/take_over.html"
    page_title = _lazy("Take over from the common list")
    filter_form_class = OfferFilterForm
    empty = _lazy("The common list has no such item that your draft does not have.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """List what is offered to those who write the draft."""
        permissions.require(permissions.can_edit(self.person, self.version))
        require_offered(self.version)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take over what was ticked."""
        permissions.require(permissions.can_edit(self.person, self.version))
        commons = [key for text in request.POST.getlist("common")[:_MOST_CHOSEN] if (key := _identity(text))]
        if not commons:
            messages.warning(request, _("Tick the items first."))
            return redirect("catalogs:take_over", self.version.pk)
        taken = actions.take_over(by=self.person, version=self.version, commons=commons)
        done = ngettext(
            "%(number)s item is taken over from the common list.", "%(number)s items are taken over from the common "
            "list.", len(taken.items),
        )  # fmt: skip
        if taken.items:
            messages.success(request, done % {"number": len(taken.items)})
        for item, why in taken.refused:
            messages.warning(request, _("Item %(code)s was not taken: %(why)s") % {"code": item.code, "why": why})
        return redirect("catalogs:take_over", self.version.pk)

    @cached_property
    def usual(self) -> dict[uuid.UUID, int]:
        """Return how many agencies of the same kind have each item that half of them have."""
        return usual_for(self.version.catalog.agency)

    def get_queryset(self) -> Any:
        items = narrowed(offered_to(self.version), self.narrowed)
        return (items.filter(identity__in=self.usual) if self.narrowed.get("usual") else items).in_order()

    def get_columns(self) -> list[Column]:
        return [
            Column("tick", _("Take over"), _tick, is_for_acts=True),
            Column("name", _("Item of the common list"), "name", below=lambda row: below(row.code, row.task)),
            Column("field", _("Field of work"), "field"),
            Column("group", _("Group"), "group", classname="td-num"),
            Column("coefficient", _("Coefficient"), lambda row: format_decimal_vi(row.coefficient), classname="td-num"),
            Column("positions", _("Positions that do it"), "positions"),
            Column("usual", _("Agencies of your kind"), lambda row: self.usual.get(row.identity), classname="td-num"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = offered_to(self.version).filter(identity__in=self.usual).count()
        return super().get_context_data(missing=missing, **kwargs)

    def refused_url(self) -> str:
        return reverse("catalogs:version", args=[self.version.pk])


def _tick(row: CatalogItem) -> Any:
    about = _("Take item %(code)s over") % {"code": row.code}
    return format_html('<input type="checkbox" name="common" value="{}" aria-label="{}">', row.identity, about)


def _identity(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
