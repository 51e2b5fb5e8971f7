"""What a person follows of the agencies' progress, and which versions wait for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise

from cms.catalogs.enums import AGENCY_EDITABLE, VersionState
from cms.catalogs.models import OPINION_ROLES, CatalogRound, CatalogVersion, VersionOpinion
from cms.catalogs.progress import STATES, agencies_in, lateness
from cms.catalogs.rounds import CurrentRounds
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, PARTIAL_ROLES, WRITING_AGENCY_ROLES, Role


@dataclass(frozen=True)
class Standing:
    """One line of the table: where an agency stands in its round, and its newest version if the person may open it.

    The newest version is another than the one that counts when an agency that has done with the round works on.
    """

    agency: Agency
    state: str
    newest: CatalogVersion | None
    round: CatalogRound | None
    counts: bool
    late: list[Promise] = field(default_factory=list)

    @property
    def state_label(self) -> Any:
        """Return the state as people read it."""
        return dict(STATES)[self.state]


def agencies_for(user: Any, rounds: CurrentRounds) -> QuerySet[Agency]:
    """Return the agencies whose progress the person follows, as ``agencies_in`` does.

    Those who appraise or decide follow all over which they do, an agency's people their own. Who may not open a version
    still learns that it is being drafted, as the public does; ``standings`` gives no such version.
    """
    access = access_for(user)
    newest = CatalogVersion.objects.worked_on_by(user).filter(catalog__agency=OuterRef("pk")).order_by("-number")
    agencies = agencies_in(rounds).annotate(newest_id=Subquery(newest.values("pk")[:1]))
    if access.has(*PARTIAL_ROLES):
        return agencies
    return agencies.filter(Q(pk__in=access.own_agencies()) | access.rows_over("", *PARTIAL_ROLES))


def counts_by_state(agencies: QuerySet[Agency]) -> tuple[list[tuple[str, Any, int]], int]:
    """Return (state, label, number of agencies) for every state, and how many are late now, in one query."""
    numbers: Counter[str] = Counter()
    late = 0
    for state, is_late, number in agencies.order_by().values_list("standing", "is_late").annotate(number=Count("pk")):
        numbers[state] += number
        late += number if is_late else 0
    return [(state, label, numbers[state]) for state, label in STATES], late


def rounds_of(agencies: QuerySet[Agency], rounds: CurrentRounds) -> list[CatalogRound]:
    """Return the rounds that are going on for any of these agencies, that of the other blocks last."""
    if not any(rounds.by_block):
        return list(rounds.by_block.values())
    blocks = agencies.order_by().values_list("block", flat=True).distinct()
    going_on = {rounds.of(block) for block in blocks}
    return [round_ for round_ in rounds.by_block.values() if round_ in going_on]


def standings(agencies: list[Any], rounds: CurrentRounds) -> list[Standing]:
    """Return the lines for these agencies of ``agencies_for``, in one query however many they are."""
    chosen = {key for agency in agencies for key in (agency.newest_id, agency.counted_id) if key}
    versions = CatalogVersion.objects.select_related("round", "catalog").in_bulk(chosen)
    return [
        Standing(
            agency, agency.standing, versions.get(agency.newest_id), rounds.of(agency.block),
            agency.newest_id == agency.counted_id,
            lateness(versions.get(agency.counted_id), rounds.of(agency.block)),
        )
        for agency in agencies
    ]  # fmt: skip


def waiting_for(user: Any) -> QuerySet[CatalogVersion]:
    """Return the versions on which this person is the one to act, the longest waiting first.

    They are marked for ``lateness_of``.
    """
    access = access_for(user)
    mine = Q(pk__in=[])
    if access.holds(*APPRAISING_ROLES):
        mine |= Q(state=VersionState.SUBMITTED) & access.rows_over("catalog__agency", *APPRAISING_ROLES)
    if access.holds(Role.PROVINCIAL_APPROVER):
        asked = VersionOpinion.objects.filter(version=OuterRef("pk"), given_at=None)
        mine |= Q(~Exists(asked), state=VersionState.APPRAISED) & access.rows_over(
            "catalog__agency", Role.PROVINCIAL_APPROVER
        )
    if access.holds(*map(Role, OPINION_ROLES)):
        mine |= Q(
            state=VersionState.APPRAISED, pk__in=VersionOpinion.objects.asked_of(user).order_by().values("version")
        )
    if access.has(*WRITING_AGENCY_ROLES):
        mine |= Q(state__in=AGENCY_EDITABLE, catalog__agency__in=access.own_agencies())
    waiting = CatalogVersion.objects.filter(mine).select_related("catalog__agency", "round")
    return waiting.marking_further().order_by("submitted_at", "pk")


def next_waiting(user: Any, after: CatalogVersion | None = None) -> CatalogVersion | None:
    """Return the next version that waits for this person, beginning again at the first when the last was reached."""
    waiting = waiting_for(user)
    if after is None:
        return waiting.first()
    others = waiting.exclude(pk=after.pk)
    later = others.filter(submitted_at__gte=after.submitted_at).first() if after.submitted_at else None
    return later or others.first()
