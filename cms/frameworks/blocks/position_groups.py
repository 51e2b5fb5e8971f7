"""Position groups to tick; a code that the province's table does not know stays ticked, and is not lost on saving."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import RadioSelectAdapter

from cms.organisations.models import PositionGroup


def position_groups() -> list[tuple[str, str]]:
    """Return the province's position groups as the menus offer them."""
    return list(PositionGroup.objects.values_list("code", "name"))


def choices_with(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return the province's groups, and after them the codes that are none of them."""
    known = position_groups()
    return known + [(code, code) for code in codes if code not in dict(known)]


class TickedCodes(forms.CheckboxSelectMultiple):
    """Ticks that the page's script adds to for codes that have no choice."""


class TickedCodesAdapter(RadioSelectAdapter):
    """Wagtail's ticks, with our script around them."""

    js_constructor = "thuocdo.TickedCodes"


register(TickedCodesAdapter(), TickedCodes)


class GroupsField(forms.MultipleChoiceField):
    """Codes of groups; one that is not in the table is told when the framework is published, not here."""

    def valid_value(self, value: Any) -> bool:
        """Ask the table nothing: it would be asked for every code again."""
        return True


class PositionGroupsBlock(blocks.MultipleChoiceBlock):
    """Position groups, ticked; the table is read once, for the menu."""

    def __init__(self, **kwargs: Any) -> None:
        widget = TickedCodes(attrs={"class": "fw-choices"})
        super().__init__(choices=position_groups, required=False, widget=widget, **kwargs)

    def get_field(self, **kwargs: Any) -> forms.Field:
        """Return the field of codes."""
        return GroupsField(**kwargs)

    def normalize_choice(self, value: Any) -> Any:
        """Return the code: codes are text already."""
        return value
