"""Screens of the list of positions, kept by editors of Sở Nội vụ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.core.paging import Page, keyset_page
from cms.organisations import actions
from cms.organisations.models import Position
from cms.organisations.officer_forms import PositionFilterForm, PositionForm
from cms.organisations.permissions import can_edit_positions
from cms.organisations.views.base import FormScreen, Screen

_LIST = ("organisations:position_list", _("Positions"))
_SIZE = 50


class PositionListScreen(Screen, TemplateView):
    """Every position with its group, by name."""

    template_name = "organisations/position_list.html"
    page_title = _LIST[1]
    header_icon = "list-ul"
    opens_to = staticmethod(can_edit_positions)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of what the filter leaves."""
        form = PositionFilterForm(self.request.GET or None)
        filters = form.cleaned_data if form.is_valid() else {}
        found = Position.objects.search(filters.get("q", "")).select_related("group")
        if filters.get("group"):
            found = found.filter(group=filters["group"])
        page: Page[Position] = keyset_page(
            found, order=("name", "pk"), size=_SIZE,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        return super().get_context_data(page=page, filter_form=form, query=self.request.GET.urlencode(), **kwargs)


class PositionAddScreen(FormScreen):
    """Add a position."""

    above = _LIST
    page_title = _("Add a position")
    header_icon = "plus"
    form_class = PositionForm
    opens_to = staticmethod(can_edit_positions)
    success_message = _("The position has been saved.")

    def perform(self, form: forms.BaseForm) -> None:
        """Add it."""
        actions.save_position(by=self.person, **form.cleaned_data)


class PositionEditScreen(FormScreen):
    """Change a position; its code lasts."""

    above = _LIST
    page_title = _("Job position")
    header_icon = "list-ul"
    form_class = PositionForm
    opens_to = staticmethod(can_edit_positions)
    success_message = _("The position has been saved.")

    @cached_property
    def position(self) -> Position:
        """Return the position of the address."""
        return get_object_or_404(Position, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name it."""
        return self.position.name

    def get_form_kwargs(self) -> dict[str, Any]:
        """Work on a copy, so that the action sees what was there before."""
        return super().get_form_kwargs() | {"instance": Position.objects.get(pk=self.position.pk)}

    def perform(self, form: forms.BaseForm) -> None:
        """Save what changed."""
        actions.save_position(by=self.person, position=self.position, **form.cleaned_data)
