"""The table of marks at the desk, for who has authority there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from cms.core.screens import PageScreen
from cms.evaluations.marking import MarkTable
from cms.evaluations.marking_pages import MarkTablePage
from cms.evaluations.models import Period
from cms.evaluations.views import PeriodScreen


class MarkTableScreen(MarkTablePage, PeriodScreen, PageScreen):
    """Mark many people of a period on one screen."""

    template_name = "evaluations/mark_table.html"
    page_title = gettext_lazy("Mark many people")

    @cached_property
    def marked_period(self) -> Period:  # type: ignore[override]
        return self.period

    def get_page_subtitle(self) -> str:
        return f"{self.period} – {self.period.agency}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | self.table_context(kwargs.get("table"))
        return context | {"back_url": reverse("evaluations:period", args=[self.period.pk])}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save all that was typed, or show at each cell what is wrong."""
        saved = self.save_marks()
        if isinstance(saved, MarkTable):
            answer: HttpResponse = self.render_to_response(self.get_context_data(table=saved), status=422)
            return answer
        return saved
