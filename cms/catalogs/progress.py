"""How far each agency is with what a round asks of it. The workbench and the public figures count by this alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import AGENCY_EDITABLE, FROZEN_STATES, VersionState
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.catalogs.rounds import CurrentRounds
from cms.organisations.enums import CATALOG_KINDS
from cms.organisations.models import Agency, AgencyQuerySet

NOT_STARTED = "none"
# Where an agency can stand; a version that was superseded had been approved.
STATES: list[tuple[str, Any]] = [
    (NOT_STARTED, _("Not started")),
    *((state.value, state.label) for state in VersionState if state != VersionState.SUPERSEDED),
]
_DECIDED = Q(state__in=FROZEN_STATES)


def agencies_in(rounds: CurrentRounds, day: datetime.date | None = None) -> AgencyQuerySet:
    """Return the active agencies that keep a catalog, each with where it stands in the round of its block.

    Where no round is going on for the block, in all time.

    Annotated: ``counted_id``, ``counted_at`` (when it was submitted) and ``standing`` (one of STATES) of the
    version that counts, and ``is_late``: the deadline of the next step has passed on the day (today when left out).

    With its first decided version an agency has done what the round asks: a further one, which belongs to the same
    round, makes it neither unfinished nor late. Before that its newest version counts.
    """
    counted = CatalogVersion.objects.filter(_in_round(rounds), catalog__agency=OuterRef("pk")).order_by(
        Case(When(_DECIDED, then=F("number")), default=None).asc(nulls_last=True), "-number"
    )
    state = Case(When(_DECIDED, then=Value(VersionState.APPROVED.value)), default=F("state"), output_field=CharField())
    agencies = Agency.objects.active().filter(kind__in=CATALOG_KINDS)
    return agencies.annotate(
        counted_id=Subquery(counted.values("pk")[:1]),
        counted_at=Subquery(counted.values("submitted_at")[:1]),
        standing=Coalesce(Subquery(counted.values_list(state)[:1]), Value(NOT_STARTED)),
    ).annotate(is_late=_is_late(rounds, day or timezone.localdate()))


def _in_round(rounds: CurrentRounds) -> Q:
    """Return the condition on versions that they belong to what is going on for the block of their agency."""
    found = Q()
    for of_block, round_ in rounds.parts("catalog__agency__block"):
        found |= of_block & Q(round=round_) if round_ else of_block
    return found


def _is_late(rounds: CurrentRounds, today: datetime.date) -> Case:
    late = [
        When(of_block & Q(standing__in=list(_late_states(round_, today))), then=True)
        for of_block, round_ in rounds.parts()
        if round_
    ]
    return Case(*late, default=False, output_field=BooleanField())


def _late_states(round_: CatalogRound, today: datetime.date) -> Iterator[str]:
    if today > round_.submit_by:
        yield from (NOT_STARTED, *AGENCY_EDITABLE)
    if today > round_.appraise_by:
        yield VersionState.SUBMITTED
    if today > round_.approve_by:
        yield VersionState.APPRAISED


def lateness_of(version: CatalogVersion) -> list[Promise]:
    """Return what is, or was, late with a version of ``marking_further``; a further one has no deadline."""
    return [] if version.is_further else lateness(version, version.round)  # type: ignore[attr-defined]


def lateness(
    version: CatalogVersion | None, round_: CatalogRound | None, day: datetime.date | None = None
) -> list[Promise]:
    """Return what is, or was, late with the version that counts in a round (None: not begun), by its deadlines."""
    if round_ is None:
        return []
    today = day or timezone.localdate()
    submitted = version.submitted_at if version and version.state not in AGENCY_EDITABLE else None
    appraised = version.appraised_at if version and version.state != VersionState.SUBMITTED else None
    late: list[Promise] = []
    if _after(submitted, round_.submit_by, today):
        late.append(_("Submission late"))
    if submitted and _after(appraised, round_.appraise_by, today):
        late.append(_("Appraisal late"))
    if version and submitted and appraised and _after(version.decided_at, round_.approve_by, today):
        late.append(_("Decision late"))
    return late


def _after(moment: datetime.datetime | None, deadline: datetime.date, today: datetime.date) -> bool:
    return (timezone.localdate(moment) if moment else today) > deadline
