"""A list in the admin, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.views.generic import ListView

from cms.core.paging import keyset_page
from cms.core.screens.base import Screen
from cms.core.screens.tables import Column, ListTable


class RowsView(ListView):
    """A list in pages, in any frame, under a form that narrows it.

    Its columns, and what stands where it is empty, are declared.
    """

    paginate_by: int | None = 50
    # Fields, the last of them unique, by whose values pages begin, where a list grows too long for numbered pages.
    order: Sequence[str] = ()
    # Without fields nothing stands there to narrow by.
    filter_form_class: type[forms.Form] = forms.Form
    columns: Sequence[Column] = ()
    empty: Any = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.filter_form = self.get_filter_form()

    def get_filter_form(self) -> forms.Form:
        """The form as it was sent; a screen whose form offers what the person may choose gives it the person."""
        return self.filter_form_class(self.request.GET or None)

    @property
    def narrowed(self) -> dict[str, Any]:
        """What was asked for; nothing when it cannot be."""
        return self.filter_form.cleaned_data if self.filter_form.is_valid() else {}

    def get_paginate_by(self, queryset: Any) -> int | None:
        return None if self.order else self.paginate_by

    def buttons(self) -> list[tuple[str, Any]]:
        """Addresses and labels of what stands above the list; the first is what people mostly come for."""
        return []

    def get_columns(self) -> Sequence[Column]:
        return self.columns

    def present(self, rows: list[Any]) -> list[Any]:
        """The rows of a page with what their cells need besides, in a number of queries that no list can raise."""
        return rows

    def is_past(self, row: Any) -> bool:
        """Whether a row no longer holds, and stands there in a paler colour."""
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(filter_form=self.filter_form, **kwargs)
        if self.order:
            asked = {name: self.request.GET.get(name, "") for name in ("after", "before")}
            context["page"] = keyset_page(self.get_queryset(), order=self.order, size=self.paginate_by or 0, **asked)
            rows = context["page"].rows
        else:
            rows = list(context["object_list"])
        return context | {
            "table": ListTable(self.get_columns(), self.present(rows), self.is_past),
            "buttons": self.buttons(),
            "empty": self.empty,
        }


class ListScreen(Screen, RowsView):
    """Such a list in the admin."""

    template_name = "screens/list.html"
