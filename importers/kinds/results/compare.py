"""What results of work are compared with, and what the check must know."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cms.assignments.actions import work_edition
from cms.assignments.enums import EvidenceKind, WorkState
from cms.assignments.locks import locked_months
from cms.assignments.models import Evidence, WorkAssignment, WorkQuerySet
from cms.assignments.working_days import read_calendar
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.periods import CalendarPeriod, read_period
from cms.evaluations.models.periods import period_name
from cms.organisations.models import Agency, Posting
from importers.checking.columns import Layout
from importers.kinds.contract import Base
from importers.kinds.results.check.context import BaseWork, Context, KnownItem, KnownPosting
from importers.reading import Limits

# Work that is due in a period may have been given so long before it.
_GIVEN_BEFORE = datetime.timedelta(days=366)
_POSTING = ("identity", "officer__code", "agency__code", "agency__name", "agency__path", "is_main", "valid_from",
            "valid_to")  # fmt: skip
_ITEM = ("pk", "code", "name", "unit", "version__catalog__agency__path", "version__effective_from",
         "version__effective_to")  # fmt: skip
_READ = (
    "identity", "officer__code", "officer__name", "agency__code", "agency__name", "code", "name", "unit", "assigned",
    "completed", "given_on", "due_on", "done_on", "quality_failures", "late_occurrences", "is_planned", "is_key",
    "instruction", "result", "state", "reason",
)  # fmt: skip


def base_of(agency: Agency, code: str) -> Base:
    """Return the period of a code, and how often work of the agency and of those below it has been written to."""
    return Base(read_period(code), work_edition(agency))


def context_for(agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...]) -> Context:
    """Return what the check must know, in a handful of queries whatever the size of the agency."""
    period: CalendarPeriod = base.record
    postings = Posting.objects.within(agency).order_by("-valid_from", "pk")
    officers = dict(postings.order_by().values_list("officer", "officer__code").distinct())
    return Context(
        agency=agency.name,
        first=period.first_day,
        last=period.last_day,
        period=period_name(period.kind, period.first_day),
        today=timezone.localdate(),
        names=dict(postings.order_by().values_list("officer__code", "officer__name").distinct()),
        postings=[KnownPosting(str(key), *rest) for key, *rest in postings.values_list(*_POSTING).iterator()],
        items=[KnownItem(*row) for row in known_items(agency, period).values_list(*_ITEM).iterator()],
        base=list(base_works(works_of(agency, period))),
        days_off=read_calendar(period.first_day, period.last_day).off_days(period.first_day, period.last_day),
        locked=frozenset(
            (officers[officer], month)
            for officer, month in locked_months(officers, period.first_day, period.last_day)
        ),
        layouts=layouts,
        limits=limits,
    )  # fmt: skip


def works_of(agency: Agency, period: CalendarPeriod) -> WorkQuerySet:
    """Return the work of a period at the agency and below it, by officer and day, without what was withdrawn."""
    found = WorkAssignment.objects.filter(agency__path__startswith=agency.path)
    of_period = found.filter(month__gte=period.first_day, month__lte=period.last_day)
    return of_period.exclude(state=WorkState.WITHDRAWN).order_by("officer__code", "due_on", "pk")


def base_works(works: WorkQuerySet) -> Iterator[BaseWork]:
    """Yield work as the check knows it, with the numbers of its documents."""
    documents = _documents(works)
    for row in works.values_list(*_READ).iterator():
        yield BaseWork._make((*row, tuple(documents.get(row[0], ()))))


def _documents(works: WorkQuerySet) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    shown = Evidence.objects.standing().filter(kind=EvidenceKind.DOCUMENT, work__in=works.order_by().values("pk"))
    for identity, number in shown.order_by("pk").values_list("work__identity", "document_number").iterator():
        found[identity].append(number)
    return found


def known_items(agency: Agency, period: CalendarPeriod) -> Any:
    """Return the items of which work due in the period may be: of the agency, of those above and of those below it."""
    above = Agency.objects.above({agency.path})
    owners = Q(catalog__agency__in=above) | Q(catalog__agency__path__startswith=agency.path)
    begun = CatalogVersion.objects.frozen().filter(owners, effective_from__lte=period.last_day)
    since = period.first_day - _GIVEN_BEFORE
    versions = begun.filter(Q(effective_to__isnull=True) | Q(effective_to__gte=since))
    return CatalogItem.objects.filter(version__in=versions).order_by("version", "position", "pk")
