"""What both doors to the table of marks share: the rows of a page, saving them, and the words about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.evaluations.marking import SIZE, MarkTable
from cms.evaluations.models import Evaluation, EvaluationQuerySet, Period

_RELATED = (
    "officer", "organisation", "agency", "posting__position", "framework", "evaluator", "decider", "adviser",
)  # fmt: skip


class MarkTablePage:
    """Mix into a screen whose ``marked_period`` is the period, where the person may mark anybody in it."""

    request: HttpRequest
    marked_period: Period

    def people(self) -> EvaluationQuerySet:
        """Return everybody whom the person marks in the period."""
        people = Evaluation.objects.to_mark(self.request.user).filter(period=self.marked_period)
        return people.select_related(*_RELATED).order_by("agency__path", "officer__code")

    def table_context(self, table: MarkTable | None = None) -> dict[str, Any]:
        """Return what the template of the table needs; reading marks is noted."""
        page = Paginator(self.people(), SIZE).get_page(self.request.GET.get("trang"))
        by: Any = self.request.user
        table = table or MarkTable(self.marked_period, page.object_list, by)
        table.note_reads()
        return {"marked": table, "listed": page, "marked_period": self.marked_period}

    def save_marks(self) -> HttpResponse | MarkTable:
        """Save what was typed and come back; return the table with what is wrong where nothing could be saved."""
        by: Any = self.request.user
        sent = self.request.POST.getlist("person")[:SIZE]
        people = self.people().filter(pk__in=[pk for pk in sent if pk.isascii() and pk.isdigit()])
        table = MarkTable(self.marked_period, people, by, self.request.POST)
        count = table.save()
        if gone := len(set(sent)) - len(table.rows):
            sentence = ngettext(
                "%(count)d person no longer waits for your marks: decided meanwhile, or no longer yours. What was "
                "typed there was not saved.",
                "%(count)d people no longer wait for your marks: decided meanwhile, or no longer yours. What was "
                "typed there was not saved.",
                gone,
            )
            messages.error(self.request, sentence % {"count": gone})
        if count is None:
            return table
        if count:
            sentence = ngettext("%(count)d person has been marked.", "%(count)d people have been marked.", count)
            messages.success(self.request, sentence % {"count": count})
        else:
            messages.info(self.request, _("Nothing was typed; nothing was saved."))
        return redirect(self.request.get_full_path())


def periods_to_mark(user: Any) -> list[Period]:
    """Return the periods in which a person marks anybody, each with how many (``to_mark``), in two queries."""
    theirs = Evaluation.objects.to_mark(user).order_by().values_list("period").annotate(Count("pk"))
    counts = dict(theirs)
    periods = list(Period.objects.filter(pk__in=counts))
    for each in periods:
        each.to_mark = counts[each.pk]  # type: ignore[attr-defined]
    return periods
