"""Screens of the list of positions, kept by editors of Sở Nội vụ."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.core.screens import Column
from cms.organisations import actions
from cms.organisations.models import Position
from cms.organisations.officer_forms import PositionFilterForm, PositionForm
from cms.organisations.permissions import can_edit_positions
from cms.organisations.views.base import FormScreen, ListScreen

_LIST = ("organisations:position_list", _("Positions"))


class PositionListScreen(ListScreen):
    """Every position with its group, by name."""

    page_title = _LIST[1]
    header_icon = "list-ul"
    opens_to = staticmethod(can_edit_positions)
    filter_form_class = PositionFilterForm
    order = ("name", "pk")
    empty = _("No position is like this.")
    columns = (
        Column("name", _("Name"), url_name="organisations:position_edit"),
        Column("code", _("Code"), is_code=True),
        Column("kind", _("Kind"), "get_kind_display"),
        Column("group", _("Position group"), "group.name"),
    )

    def get_queryset(self) -> QuerySet[Position]:
        found = Position.objects.search(self.narrowed.get("q", "")).select_related("group")
        return found.filter(group=self.narrowed["group"]) if self.narrowed.get("group") else found

    def buttons(self) -> list[tuple[str, Any]]:
        buttons = [(reverse("organisations:position_add"), _("Add a position"))]
        with suppress(NoReverseMatch):
            buttons.append((reverse("position_groups:index"), _("Position groups")))
        return [*buttons, (reverse("organisations:officer_list"), _("Officers"))]


class PositionAddScreen(FormScreen):
    above = _LIST
    page_title = _("Add a position")
    header_icon = "plus"
    form_class = PositionForm
    opens_to = staticmethod(can_edit_positions)
    success_message = _("The position has been saved.")

    def perform(self, form: forms.BaseForm) -> None:
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
        return self.position.name

    def get_form_kwargs(self) -> dict[str, Any]:
        """Work on a copy, so that the action sees what was there before."""
        return super().get_form_kwargs() | {"instance": Position.objects.get(pk=self.position.pk)}

    def perform(self, form: forms.BaseForm) -> None:
        actions.save_position(by=self.person, position=self.position, **form.cleaned_data)
