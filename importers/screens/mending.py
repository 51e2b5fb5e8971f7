"""Mending cells of an upload in the browser, and taking a written upload back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from importers import actions
from importers.batches.rows import SheetRow, row_to_mend
from importers.enums import BatchState
from importers.models import ImportBatch
from importers.screens import presenters
from importers.screens.chosen import PLACE, ROWS
from importers.screens.forms import CorrectionForm
from importers.screens.screens import BatchScreen

_LONGEST_PLACE = 500


class CorrectView(BatchScreen):
    """Mend cells of one row; the form stands in the list of problems."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep what was typed, have the file checked again, and lead back to the same place of the list."""
        row = self._row()
        form = CorrectionForm(row, request.POST)
        if not form.is_valid():
            raise Http404
        before = self.batch.corrections.count()
        batch = actions.correct(by=self.person, batch=self.batch, sheet=row.sheet, row=row.row, cells=form.cells())
        batch.refresh_from_db()
        messages.success(request, _message(batch, batch.corrections.count() - before))
        return redirect(self._back())

    def _row(self) -> SheetRow:
        number = self.request.POST.get("row", "")
        is_number = number.isdecimal() and len(number) < 10
        found = row_to_mend(self.batch, self.request.POST.get("sheet", ""), int(number) if is_number else 0)
        if found is None:
            raise Http404
        return found

    def _back(self) -> str:
        sent = QueryDict(self.request.POST.get("back", "")[:_LONGEST_PLACE])
        place = QueryDict(mutable=True)
        place.update({name: sent[name] for name in PLACE if name in sent})
        return f"{reverse('importers:batch', args=[self.batch.pk])}?{place.urlencode()}"


def _message(batch: ImportBatch, count: int) -> str:
    if not count:
        return _("Nothing was changed: every cell says what it said.")
    if batch.state == BatchState.CHECKING:
        return _("%(count)s cells were mended; the file is being checked again.") % {"count": count}
    left = {"count": count, "errors": batch.error_count}
    return _("%(count)s cells were mended and the file was checked again: %(errors)s errors are left.") % left


class UndoView(BatchScreen):
    """What taking an upload back would do, row by row where it would not; and the button."""

    template_name = "importers/undo.html"
    page_title = gettext_lazy("Take an upload back")

    def get_page_subtitle(self) -> str:
        return self.batch.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the plan; rows that would be kept are named, the first of them at least."""
        plan = actions.plan_undo(self.batch)
        may_undo = presenters.choices(self.person, self.batch).undo and not plan.refusal
        named, more = plan.left[:ROWS], max(0, len(plan.left) - ROWS)
        return super().get_context_data(batch=self.batch, plan=plan, kept=named, more=more, may_undo=may_undo, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        edition = request.POST.get("edition", "")
        seen = int(edition) if edition.isdecimal() and len(edition) < 10 else None
        batch = actions.undo(by=self.person, batch=self.batch, edition=seen)
        messages.success(request, presenters.banner(batch).headline)
        return redirect("importers:batch", pk=batch.pk)
