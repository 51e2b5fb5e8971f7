"""The table of marks among an officer's own pages, for managers with or without a role."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from cms.evaluations.marking import MarkTable
from cms.evaluations.marking_pages import MarkTablePage
from cms.evaluations.models import Evaluation, Period
from cms.organisations.personal.screens import PersonalScreen


class MarkTablePersonalScreen(MarkTablePage, PersonalScreen):
    """Mark many people of a period on one page."""

    name = "evaluate"
    template_name = "evaluations/own_mark_table.html"

    @cached_property
    def marked_period(self) -> Period:  # type: ignore[override]
        """Return the period of the address, if the officer marks anybody in it."""
        theirs = Evaluation.objects.to_mark(self.request.user).filter(period=self.kwargs["period"])
        one = theirs.select_related("period__agency").order_by("pk").first()
        if one is None:
            raise Http404
        return one.period

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.table_context(kwargs.get("table"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save all that was typed, or show at each cell what is wrong."""
        saved = self.save_marks()
        if isinstance(saved, MarkTable):
            return self.render_to_response(self.get_context_data(table=saved), status=422)
        return saved
