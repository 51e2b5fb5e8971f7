"""What figures from outside are compared with, and what the check must know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from cms.core.periods import CalendarPeriod, read_period
from cms.core.text import code_key
from cms.evaluations.models import Figure
from cms.evaluations.models.evaluations import own_organisations
from cms.evaluations.models.periods import period_name
from cms.evaluations.permissions import can_record_figure
from cms.evaluations.scoring_inputs.figures import asked_indicators
from cms.organisations.models import Agency, Posting, PostingQuerySet
from cms.users.models import User
from importers.checking.columns import Layout
from importers.kinds.contract import Base
from importers.kinds.figures.check.context import BaseFigure, Context, Subject
from importers.reading import Limits

_READ = ("officer__code", "agency__code", "officer__name", "agency__name", "code", "measured_on", "value", "source")


def base_of(agency: Agency, code: str) -> Base:
    """Return the period of a code, and how often figures measured in it were recorded or withdrawn."""
    period = read_period(code)
    if period is None:
        return Base()
    found = Figure.objects.filter(measured_on__gte=period.first_day, measured_on__lte=period.last_day)
    counts = found.filter(_of(agency)).aggregate(recorded=Count("pk"), withdrawn=Count("withdrawn_at"))
    return Base(period, counts["recorded"] + counts["withdrawn"])


def context_for(
    agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...], *, by: User
) -> Context:  # fmt: skip
    """Return what the check must know of a file that a person sends, in a handful of queries."""
    period: CalendarPeriod = base.record
    return Context(
        agency=agency.name,
        first=period.first_day,
        last=period.last_day,
        period=period_name(period.kind, period.first_day),
        today=timezone.localdate(),
        officers={code_key(each.code): each for each in _officers(agency, by)},
        agencies={code_key(each.code): each for each in _agencies(agency, by)},
        indicators={code: full for code, (_title, full) in asked_indicators(period.last_day).items()},
        base=list(figures_of(agency, period)),
        layouts=layouts,
        limits=limits,
    )


def figures_of(agency: Agency, period: CalendarPeriod) -> Iterator[BaseFigure]:
    """Yield the figures of a period that stand, of the agency, those below it and those who work there.

    Where several stand for one indicator, subject and day, the last counts, and is yielded last.
    """
    found: Any = Figure.objects.measured(period.first_day, period.last_day).filter(_of(agency))
    for officer, own, officer_name, agency_name, *rest in found.values_list(*_READ).iterator():
        yield BaseFigure(officer or "", own or "", officer_name or agency_name, *rest)


def main_postings(agency: Agency) -> PostingQuerySet:
    """Return where those work today whose figures a file for the agency may bring."""
    return Posting.objects.on(timezone.localdate()).within(agency).filter(is_main=True).order_by("officer__code")


def _of(agency: Agency) -> Q:
    posted = main_postings(agency).order_by().values("officer")
    return Q(agency__path__startswith=agency.path) | Q(officer__in=posted)


def _officers(agency: Agency, by: User) -> Iterator[Subject]:
    """Whoever may send the file records figures of everybody who works there, but of none of their own."""
    allowed = can_record_figure(by, agency, of_officer=True)
    rows = main_postings(agency).values_list("officer__code", "officer__name", "officer__account")
    for code, name, account in rows:
        yield Subject(code, name, "own_figure" if account == by.pk else "" if allowed else "figure_of_others")


def _agencies(agency: Agency, by: User) -> Iterator[Subject]:
    own = set(own_organisations(by).values_list("pk", flat=True))
    for each in Agency.objects.active().filter(path__startswith=agency.path):
        allowed = can_record_figure(by, each, of_officer=False)
        refusal = "own_figure" if each.pk in own else "" if allowed else "figure_of_others"
        yield Subject(each.code, each.name, refusal)
