"""What a list of officers is compared with, and what the check must know."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import F
from django.utils import timezone

from cms.organisations.actions import staff_edition
from cms.organisations.models import Agency, Position, Posting
from importers.checking.columns import Layout
from importers.kinds.contract import Base
from importers.kinds.officers.check.context import BasePosting, Context, Elsewhere, KnownAgency, KnownPosition, Span
from importers.reading import Limits

# Values of a posting under the names that the check knows.
_COLUMNS = {
    "code": F("officer__code"), "name": F("officer__name"), "category": F("officer__category"),
    "agency_code": F("agency__code"), "agency_name": F("agency__name"), "position_code": F("position__code"),
    "position_name": F("position__name"),
}  # fmt: skip
_PLAIN = ("identity", "role", "is_main", "valid_from", "valid_to", "fields_in_charge")


def base_of(agency: Agency) -> Base:
    """Return how often the officers of the agency and of those below it have been written to."""
    return Base(edition=staff_edition(agency))


def context_for(agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...]) -> Context:
    """Return what the check must know; five queries whatever the size of the agency."""
    agencies = Agency.objects.filter(path__startswith=agency.path).order_by("path")
    positions = Position.objects.values_list("code", "name", "group__code", "group__name")
    return Context(
        agencies=[KnownAgency(*row) for row in agencies.values_list("code", "name", "dissolved_on")],
        positions=[KnownPosition(*row) for row in positions],
        today=timezone.localdate(),
        base=base_postings(agency),
        elsewhere=_elsewhere(agency),
        layouts=layouts,
        limits=limits,
    )


def base_postings(agency: Agency) -> list[BasePosting]:
    """Return every posting on record at the agency or below it, past ones too."""
    rows = Posting.objects.within(agency).order_by("officer__code", "valid_from", "pk").values(*_PLAIN, **_COLUMNS)
    return [
        BasePosting(agency=row.pop("agency_code"), position=row.pop("position_code"), **row) for row in rows.iterator()
    ]


def _elsewhere(agency: Agency) -> dict[str, Elsewhere]:
    """Officers with a posting outside, and when their main ones there hold."""
    people: dict[str, tuple[str, str]] = {}
    spans: dict[str, list[Span]] = defaultdict(list)
    outside = Posting.objects.exclude(agency__path__startswith=agency.path)
    rows = outside.values_list(
        "officer__code", "officer__name", "officer__category", "is_main", "valid_from", "valid_to"
    )
    for code, name, category, is_main, first, last in rows.iterator():
        people[code] = (name, category)
        if is_main:
            spans[code].append((first, last))
    return {code: Elsewhere(*person, tuple(spans[code])) for code, person in people.items()}
