"""Where every agency stands with its catalog: the newest version of each, its deadlines, what is late, who is next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import AGENCY_EDITABLE, VersionState
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.organisations.access import access_for
from cms.organisations.enums import CATALOG_KINDS
from cms.organisations.models import Agency
from cms.users.enums import WRITING_AGENCY_ROLES, Role

# An agency without a version; the table and its filter call it by this name.
NOT_STARTED = "none"
STATES: list[tuple[str, Any]] = [(NOT_STARTED, _("Not started")), *VersionState.choices]


@dataclass(frozen=True)
class Standing:
    """One line of the table: an agency, its newest version (None: not started), the round, and what is late."""

    agency: Agency
    version: CatalogVersion | None
    round: CatalogRound | None
    late: list[Promise | str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Return the newest version's state, or NOT_STARTED."""
        return self.version.state if self.version else NOT_STARTED

    @property
    def state_label(self) -> Any:
        """Return the state as people read it."""
        return dict(STATES)[self.state]


def current_round() -> CatalogRound | None:
    """Return the round that is going on, if one is."""
    return CatalogRound.objects.filter(is_current=True).first()


def agencies_for(user: Any, round_: CatalogRound | None) -> QuerySet[Agency]:
    """Return the agencies whose progress the person follows, with the state and deadlines of their newest version.

    Everybody at the Department of Home Affairs follows all; the provincial approver those that have submitted;
    an agency's people their own.
    """
    access = access_for(user)
    agencies = Agency.objects.active().filter(kind__in=CATALOG_KINDS)
    newest = CatalogVersion.objects.worked_on_by(user).filter(catalog__agency=OuterRef("pk")).order_by("-number")
    if not access.reads_province:
        reach = Q(pk__in=access.own_agencies())
        if access.has(Role.PROVINCIAL_APPROVER):
            reach |= Q(Exists(newest.exclude(state__in=AGENCY_EDITABLE)))
        agencies = agencies.filter(reach)
    deadlines = {
        name: Coalesce(
            Subquery(newest.values(f"round__{name}")[:1]),
            Value(getattr(round_, name, None), output_field=DateField()),
            output_field=DateField(),
        )
        for name in ("submit_by", "appraise_by", "approve_by")
    }
    return agencies.annotate(
        newest_id=Subquery(newest.values("pk")[:1]),
        newest_state=Coalesce(Subquery(newest.values("state")[:1]), Value(NOT_STARTED)),
        **deadlines,
    )


def late_now(day: datetime.date | None = None) -> Q:
    """Return the condition under which an agency of ``agencies_for`` is behind a deadline today."""
    today = day or timezone.localdate()
    with_agency = Q(newest_state__in=[NOT_STARTED, *AGENCY_EDITABLE], submit_by__lt=today)
    with_appraiser = Q(newest_state=VersionState.SUBMITTED, appraise_by__lt=today)
    with_approver = Q(newest_state=VersionState.APPRAISED, approve_by__lt=today)
    return with_agency | with_appraiser | with_approver


def counts_by_state(agencies: QuerySet[Agency]) -> list[tuple[str, Any, int]]:
    """Return (state, label, number of agencies) for every state, in one query."""
    rows = agencies.order_by().values_list("newest_state").annotate(number=Count("pk"))
    numbers = dict(rows)
    return [(state, label, numbers.get(state, 0)) for state, label in STATES]


def standings(agencies: list[Any], round_: CatalogRound | None) -> list[Standing]:
    """Return the lines for these agencies of ``agencies_for``, in one query however many they are."""
    chosen = [agency.newest_id for agency in agencies if agency.newest_id]
    versions = CatalogVersion.objects.select_related("round", "catalog").in_bulk(chosen)
    return [_standing(agency, versions.get(agency.newest_id), round_) for agency in agencies]


def _standing(agency: Agency, version: CatalogVersion | None, current: CatalogRound | None) -> Standing:
    round_ = (version.round if version else None) or current
    return Standing(agency, version, round_, lateness(version, round_))


def lateness(
    version: CatalogVersion | None, round_: CatalogRound | None, day: datetime.date | None = None
) -> list[Promise | str]:
    """Return what is, or was, late with a version against the round's three deadlines."""
    if round_ is None:
        return []
    today = day or timezone.localdate()
    late: list[Promise | str] = []
    if _after(version.submitted_at if version else None, round_.submit_by, today):
        late.append(_("Submission late"))
    if version and version.submitted_at and _after(version.appraised_at, round_.appraise_by, today):
        late.append(_("Appraisal late"))
    if version and version.appraised_at and _after(version.decided_at, round_.approve_by, today):
        late.append(_("Decision late"))
    return late


def _after(moment: datetime.datetime | None, deadline: datetime.date, today: datetime.date) -> bool:
    return (timezone.localdate(moment) if moment else today) > deadline


def waiting_for(user: Any) -> QuerySet[CatalogVersion]:
    """Return the versions on which this person is the one to act, the longest waiting first."""
    access = access_for(user)
    mine = Q(pk__in=[])
    if access.reads_province:
        mine |= Q(state=VersionState.SUBMITTED)
    if access.has(Role.PROVINCIAL_APPROVER):
        mine |= Q(state=VersionState.APPRAISED)
    if access.has(*WRITING_AGENCY_ROLES):
        mine |= Q(state__in=AGENCY_EDITABLE, catalog__agency__in=access.own_agencies())
    return CatalogVersion.objects.filter(mine).select_related("catalog__agency", "round").order_by("submitted_at", "pk")


def next_waiting(user: Any, after: CatalogVersion | None = None) -> CatalogVersion | None:
    """Return the next version that waits for this person, beginning again at the first when the last was reached."""
    waiting = waiting_for(user)
    if after is None:
        return waiting.first()
    others = waiting.exclude(pk=after.pk)
    later = others.filter(submitted_at__gte=after.submitted_at).first() if after.submitted_at else None
    return later or others.first()
