"""The rows of the board of versions: agencies by where their list stands, who reads it, what is late."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog_pages.admin import progress
from catalog_pages.admin.burn_up import BurnUp, burn_up
from cms.catalogs.enums import AGENCY_EDITABLE, OPEN_STATES, VersionState
from cms.catalogs.models import CatalogRound, CatalogVersion, VersionAssignment
from cms.catalogs.progress import NOT_STARTED, lateness
from cms.catalogs.rounds import CurrentRounds
from cms.core.numbers import read_key
from cms.core.workbooks import ExportTable
from cms.organisations.access import access_for
from cms.organisations.models import Agency, Membership
from cms.users.enums import APPRAISING_ROLES, PARTIAL_ROLES
from cms.users.models import User

FILTERS = ("block", "kind", "editor", "state", "late", "q")
NOBODY = "none"


@dataclass(frozen=True)
class BoardRow:
    """One agency: the version that counts, who reads it, the day by which its next step is due, what is late."""

    agency: Any
    version: CatalogVersion | None
    editor: User | None
    due: datetime.date | None
    late: list[Any]

    @property
    def state_label(self) -> Any:
        """Return the state as people read it."""
        return dict(progress.STATES)[self.agency.standing]


def board_agencies(user: Any, rounds: CurrentRounds) -> QuerySet[Agency]:
    """Return the agencies over which somebody appraises or decides, as ``agencies_in`` does."""
    return progress.agencies_for(user, rounds).filter(access_for(user).rows_over("", *PARTIAL_ROLES))


def narrow(agencies: QuerySet[Agency], query: Any) -> QuerySet[Agency]:
    """Return the agencies that the filters of an address let through; what nobody offers is passed over."""
    for name, field in (("block", "block"), ("kind", "kind"), ("state", "standing")):
        if query.get(name):
            agencies = agencies.filter(**{field: query[name].replace("\x00", "")})
    if query.get("late"):
        agencies = agencies.filter(is_late=True)
    editor = query.get("editor", "")
    held = VersionAssignment.objects.order_by()
    if editor == NOBODY:
        agencies = agencies.exclude(counted_id__in=held.values("version"))
    elif read_key(editor):
        agencies = agencies.filter(counted_id__in=held.filter(editor=read_key(editor)).values("version"))
    found: QuerySet[Agency] = agencies.search(query.get("q", "").replace("\x00", ""))  # type: ignore[attr-defined]
    return found


def board_rows(agencies: Iterable[Any], rounds: CurrentRounds) -> list[BoardRow]:
    """Return the rows of these agencies in two queries."""
    found = list(agencies)
    keys = [each.counted_id for each in found if each.counted_id]
    versions = CatalogVersion.objects.select_related("round", "catalog__agency").in_bulk(keys)
    held = VersionAssignment.objects.filter(version__in=keys).select_related("editor")
    editors = {each.version_id: each.editor for each in held}
    return [_row(each, versions.get(each.counted_id), editors.get(each.counted_id), rounds) for each in found]


def _row(agency: Any, version: CatalogVersion | None, editor: User | None, rounds: CurrentRounds) -> BoardRow:
    round_ = rounds.of(agency.block)
    return BoardRow(agency, version, editor, _due(agency.standing, round_), lateness(version, round_))


def _due(state: str, round_: CatalogRound | None) -> datetime.date | None:
    if round_ is None:
        return None
    if state == NOT_STARTED or state in AGENCY_EDITABLE:
        return round_.submit_by
    return {VersionState.SUBMITTED.value: round_.appraise_by, VersionState.APPRAISED.value: round_.approve_by}.get(
        state
    )


def editors_for(agencies: QuerySet[Agency]) -> list[User]:
    """Return, by name, those who appraise any of these agencies."""
    blocks = set(agencies.order_by().values_list("block", flat=True).distinct())
    held = Membership.objects.active().filter(role__in=APPRAISING_ROLES)
    parts = Q(scope_block="", scope_agency=None) | Q(scope_block__in=blocks - {""}) | Q(scope_agency__block__in=blocks)
    people = User.objects.filter(is_active=True, pk__in=held.filter(parts).order_by().values("user"))
    return list(people.order_by("full_name", "pk"))


@dataclass(frozen=True)
class Load:
    """How many lists somebody reads (None: nobody does), how many of them wait now, and their items."""

    editor: User | None
    lists: int
    waiting: int
    items: int


def loads(agencies: QuerySet[Agency]) -> list[Load]:
    """Return the load of each who reads a list of these agencies that is not decided, the heaviest first."""
    keys = agencies.order_by().values("counted_id")
    versions = CatalogVersion.objects.filter(pk__in=keys, state__in=OPEN_STATES).select_related("assignment__editor")
    lists, waiting, items = Counter[Any](), Counter[Any](), Counter[Any]()
    for version in versions.only("state", "summary", "assignment__editor"):
        editor = version.assignment.editor if hasattr(version, "assignment") else None
        lists[editor] += 1
        waiting[editor] += version.state == VersionState.SUBMITTED
        items[editor] += version.item_count
    return [Load(each, lists[each], waiting[each], items[each]) for each, _count in lists.most_common()]


@dataclass(frozen=True)
class Deadline:
    """A day of a round, what has to be done by it, and for how many agencies that is still to do."""

    day: datetime.date
    label: str
    round: CatalogRound
    missing: int

    @property
    def is_past(self) -> bool:
        """Return whether the day is over."""
        return self.day < timezone.localdate()


def deadlines(agencies: QuerySet[Agency], rounds: CurrentRounds) -> list[Deadline]:
    """Return the days of the rounds of these agencies in their order, in one query and one for the rounds."""
    counts = Counter[tuple[Any, str]]()
    for block, standing in agencies.order_by().values_list("block", "standing"):
        counts[rounds.of(block), standing] += 1
    found = []
    for round_ in {round_ for round_, _standing in counts if round_}:
        missing = 0
        steps = (
            (round_.submit_by, _("agencies submit"), (NOT_STARTED, *AGENCY_EDITABLE)),
            (round_.appraise_by, _("appraised"), (VersionState.SUBMITTED,)),
            (round_.approve_by, _("approved"), (VersionState.APPRAISED,)),
        )
        for day, label, states in steps:
            missing += sum(counts[round_, str(state)] for state in states)
            found.append(Deadline(day, label, round_, missing))
    return sorted(found, key=lambda each: (each.day, each.round.pk))


def board_chart(agencies: QuerySet[Agency], ends: list[Deadline]) -> BurnUp | None:
    """Return the burn-up of these agencies to the last of the days, in one query."""
    if not ends:
        return None
    keys = agencies.order_by().values("counted_id")
    moments = CatalogVersion.objects.filter(pk__in=keys).order_by().values_list("submitted_at", "decided_at", "state")
    found = [each for each in moments if each[2] not in AGENCY_EDITABLE]
    return burn_up(
        [timezone.localdate(sent) for sent, _decided, _state in found if sent],
        [timezone.localdate(decided) for _sent, decided, _state in found if decided],
        total=agencies.count(), deadline=ends[-1].day, today=timezone.localdate(),
    )  # fmt: skip


def board_table(rows: Iterable[BoardRow]) -> ExportTable:
    """Return the board as a table of a workbook."""
    headings = (
        _("Agency"), _("Code"), _("Block"), _("State"), _("Version"), _("Items"), _("Read by"), _("Submitted at"),
        _("Next deadline"), _("Late"),
    )  # fmt: skip
    values = (
        (
            row.agency.name, row.agency.code, row.agency.get_block_display(), str(row.state_label),
            row.version.number if row.version else None, row.version.item_count if row.version else None,
            row.editor.full_name if row.editor else None,
            timezone.localdate(row.version.submitted_at) if row.version and row.version.submitted_at else None,
            row.due, "; ".join(map(str, row.late)),
        )
        for row in rows
    )  # fmt: skip
    return ExportTable("DanhMuc", headings, (44, 16, 20, 16, 10, 10, 28, 16, 16, 32), values)
