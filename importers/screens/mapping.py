"""Matching the columns of a file, and what an agency's files have taught so far."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.numbers import read_key
from cms.core.paging import Page, keyset_page
from importers import actions
from importers.enums import BatchState
from importers.kinds import KINDS
from importers.mappings.forms import MatchForm, column_choices
from importers.mappings.models import ColumnMapping
from importers.mappings.presenters import match_lines, table_to_match
from importers.mappings.table import FileTable
from importers.screens.screens import AgencyScreen, BatchScreen

ROWS = 50


class MatchColumnsView(BatchScreen):
    """Say which column of the file is which; remembered for the agency."""

    template_name = "importers/match_columns.html"
    page_title = gettext_lazy("Match the columns of the file")

    def get_page_subtitle(self) -> str:
        return self.batch.file_name

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._show(MatchForm(self.table))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remember what was chosen, have the file checked again, and lead back to it."""
        form = MatchForm(self.table, request.POST)
        if not form.is_valid():
            return self._show(form, status=400)
        batch = actions.map_columns(by=self.person, batch=self.batch, words=form.words())
        batch.refresh_from_db()
        messages.success(request, _message(batch.state, str(batch.agency)))
        return redirect("importers:batch", pk=batch.pk)

    @cached_property
    def table(self) -> FileTable:
        """Return the table whose columns are matched."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        row = asked.get("row", "")
        number = int(row) if row.isdecimal() and len(row) < 6 else 0
        return table_to_match(self.person, self.batch, asked.get("sheet", ""), number)

    def _show(self, form: MatchForm, status: int = 200) -> HttpResponseBase:
        table = self.table
        shown = {"batch": self.batch, "table": table, "form": form, "lines": match_lines(table, form)}
        return self.render_to_response(self.get_context_data(**shown), status=status)


def _message(state: str, agency: str) -> str:
    if state == BatchState.CHECKING:
        return _("The columns were matched and are remembered for %(agency)s. The file is being checked again.") % {
            "agency": agency
        }
    return _("The columns were matched and are remembered for %(agency)s. The file was checked again.") % {
        "agency": agency
    }


class MappingsView(AgencyScreen):
    """What the headings of the agency's files stand for: shown, changed, forgotten."""

    template_name = "importers/mappings.html"
    page_title = gettext_lazy("Matched columns")

    def get_page_subtitle(self) -> str:
        return str(self.agency)

    def refused_url(self) -> str:
        return reverse("importers:mappings", args=[self.kwargs["agency_pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: Page[ColumnMapping] = keyset_page(
            ColumnMapping.objects.filter(agency=self.agency).select_related("by"),
            order=("kind", "header_key", "id"), size=ROWS,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        choices = {code: column_choices(kind.layouts()) for code, kind in KINDS.items()}
        lines = [
            {
                "mapping": one, "kind": KINDS[one.kind].words.name, "choices": choices[one.kind],
                "is_gone": one.column not in dict(choices[one.kind]),
            }
            for one in page.rows
        ]  # fmt: skip
        return super().get_context_data(page=page, lines=lines, agency=self.agency, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.POST.get("mapping", "")
        own = ColumnMapping.objects.filter(agency=self.agency).select_related("agency")
        mapping = get_object_or_404(own, pk=read_key(key))
        heading = {"heading": mapping.header}
        if "forget" in request.POST:
            actions.forget_mapping(by=self.person, mapping=mapping)
            messages.success(request, _("“%(heading)s” was forgotten.") % heading)
        else:
            actions.change_mapping(by=self.person, mapping=mapping, column=request.POST.get("column", ""))
            messages.success(request, _("“%(heading)s” was changed; it counts from the next check on.") % heading)
        return redirect(self.refused_url())
