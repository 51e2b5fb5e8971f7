"""The tables of lists: Wagtail's, as our screens look."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.ui import tables

NOTHING = "–"


def format_value(value: Any) -> str:
    """A value as a cell has it: days and moments as people write them, a dash for nothing."""
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return NOTHING if value in (None, "") else value


def link_to(url: str, label: Any, about: str = "") -> SafeString:
    """A link; ``about`` says to those who do not see the row what it is about."""
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, about, label) if about else _link(url, label)


def _link(url: str, label: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, label)


def below(*lines: Any) -> SafeString:
    """Small lines below a cell's value; empty ones are left out."""
    return format_html_join("", "<small>{}</small>", ((line,) for line in lines if line))


class Column(tables.Column):
    """One column: what a row has there, as a link to the row's own screen or as a code where that is said.

    ``accessor`` is a path of attributes, or a callable that takes the row and may return HTML; ``url_name`` the route
    of the row's screen, which takes its key; ``below`` what stands in small type below the value.
    """

    def __init__(
        self,
        name: str,
        label: Any,
        accessor: Callable[[Any], Any] | str | None = None,
        *,
        url_name: str = "",
        is_code: bool = False,
        below: Callable[[Any], Any] | None = None,
        classname: str | Callable[[Any], str] | None = None,
        is_for_acts: bool = False,
    ) -> None:
        super().__init__(name, label=label, accessor=accessor, classname="td-actions" if is_for_acts else None)
        self.url_name, self.is_code, self.below, self.is_for_acts = url_name, is_code, below, is_for_acts
        self.cell_class = classname or self.classname or ""

    cell_template_name = "screens/_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        classname = self.cell_class(instance) if callable(self.cell_class) else self.cell_class
        label = "" if self.is_for_acts else self.label
        return {"value": self.get_value(instance), "classname": classname, "label": label}

    def get_value(self, instance: Any) -> Any:
        value = super().get_value(instance)
        if self.is_for_acts:
            return value
        value = format_value(value)
        if self.is_code and value != NOTHING:
            value = format_html("<code>{}</code>", value)
        if self.url_name:
            value = _link(reverse(self.url_name, args=[instance.pk]), value)
        return format_html("{}{}", value, self.below(instance)) if self.below else value


class ListTable(tables.Table):
    """The rows of one page; ``is_past`` says which of them no longer hold."""

    template_name = "screens/_table.html"
    # On a telephone each row is a card.
    classname = "td-table td-cards"

    def __init__(self, columns: Iterable[Column], data: Iterable[Model], is_past: Callable[[Any], bool]) -> None:
        super().__init__(columns, list(data))
        self.is_past = is_past

    def get_row_classname(self, instance: Any) -> str:
        return "td-past" if self.is_past(instance) else ""
