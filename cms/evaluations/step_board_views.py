"""The province's board of evaluations: agencies by steps, for those who appraise; counts alone."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cms.core.screens import PageScreen
from cms.core.table_files import xlsx_file
from cms.core.workbooks import ExportTable
from cms.evaluations import actions
from cms.evaluations.actions.steps import LONGEST
from cms.evaluations.enums import MONTHS_OF, PeriodKind, Step
from cms.evaluations.errors import InvalidEvaluation
from cms.evaluations.forms import BoardForm
from cms.evaluations.models.periods import last_day_of, period_name
from cms.evaluations.permissions import can_see_board
from cms.evaluations.step_board import ABSENT, COLUMNS, AgencyRow, step_board

_EARLIER = datetime.timedelta(days=28)


class StepBoardScreen(PageScreen):
    """Agencies by steps in one period of the calendar, the late ones first; as a workbook too."""

    opens_to = staticmethod(can_see_board)
    header_icon = "date"
    page_title = gettext_lazy("Evaluations by agency and step")
    template_name = "evaluations/step_board.html"

    @cached_property
    def asked(self) -> tuple[str, datetime.date]:
        """Return the kind and first day that are asked for; the month that ended last without a readable question."""
        form = BoardForm(self.request.GET)
        if form.is_valid():
            kind, day = form.cleaned_data["kind"], form.cleaned_data["day"]
        else:
            kind, day = PeriodKind.MONTH.value, timezone.localdate().replace(day=1) - _EARLIER
        months = MONTHS_OF[PeriodKind(kind)]
        return kind, datetime.date(day.year, (day.month - 1) // months * months + 1, 1)

    @cached_property
    def rows(self) -> list[AgencyRow]:
        """Return the rows of the board."""
        kind, first_day = self.asked
        return step_board(self.person, kind, first_day, last_day_of(kind, first_day))

    def get_page_subtitle(self) -> str:
        return period_name(*self.asked)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("xuat"):
            kind, first_day = self.asked
            name = f"tien-do-danh-gia-{kind}-{first_day}.xlsx"
            return FileResponse(
                xlsx_file(self._table(), title=self.get_page_subtitle()), as_attachment=True, filename=name
            )
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what chosen agencies would be written; send it once that is confirmed."""
        kind, first_day = self.asked
        chosen, words = request.POST.getlist("agency"), request.POST.get("words", "")
        asked: dict[str, Any] = {"agencies": chosen, "kind": kind, "first_day": first_day, "words": words}
        if "send" in request.POST:
            sent = actions.remind_agencies(by=self.person, **asked)
            sentence = ngettext(
                "%(count)d agency has been reminded.", "%(count)d agencies have been reminded.", len(sent)
            )
            messages.success(request, sentence % {"count": len(sent)})
            return redirect(self.own_url())
        reminders = actions.agency_reminders(by=self.person, **asked)
        if not reminders:
            raise InvalidEvaluation(_("Choose the agencies that are reminded; nobody was."))
        shown = {"reminders": reminders, "words": words, "longest": LONGEST, "back_url": self.own_url()}
        answer: HttpResponse = self.response_class(
            request=request, template="evaluations/remind_agencies.html", using=self.template_engine,
            context=super().get_context_data() | shown,
        )  # fmt: skip
        return answer

    def own_url(self) -> str:
        """Return the address of the board with the period that is shown."""
        kind, first_day = self.asked
        return f"{reverse('evaluations:board')}?kind={kind}&day={first_day:%d/%m/%Y}"

    def refused_url(self) -> str:
        return self.own_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind, first_day = self.asked
        return super().get_context_data(**kwargs) | {
            "form": BoardForm(initial={"kind": kind, "day": first_day}),
            "headings": [*(Step(each).label for each in Step.values), pgettext("evaluation", "Decided")],
            "rows": [(row, row.counts.get(ABSENT, 0)) for row in self.rows],
            "late": sum(row.is_late for row in self.rows),
            "late_steps": sum(row.late_steps for row in self.rows),
            "query": f"kind={kind}&day={first_day:%d/%m/%Y}",
        }

    def _table(self) -> ExportTable:
        headings = (
            _("Agency"), _("State"), *(str(Step(each).label) for each in Step.values),
            pgettext("evaluation", "Decided"), _("Not in the period"), _("Open objections"), _("Days since its end"),
            _("Steps past their last day"),
        )  # fmt: skip
        rows = (
            (row.agency.name, row.state, *(row.counts.get(each, 0) for each in COLUMNS), row.counts.get(ABSENT, 0),
             row.objections, row.days_since, row.late_steps)
            for row in self.rows
        )  # fmt: skip
        return ExportTable("TienDo", headings, (40, 24, *[14] * (len(headings) - 2)), rows)
