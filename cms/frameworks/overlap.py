"""Frameworks for the same people at the same time, and which of them judges these: asked before one is published.

An agency's own framework beside its base is no overlap: it holds in the place of that. See ``precedence``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.frameworks import candidates
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, FrameworkVersionQuerySet
from cms.frameworks.precedence import AgencyScope, Candidate, is_undecided
from cms.organisations.models import Agency, Officer, Posting

_READ = ("name", "number", "content", "effective_from", "effective_to", "framework__code", "framework__base",
         "framework__agency__code", "framework__agency__path")  # fmt: skip
_LISTS = ("categories", "roles", "position_groups", "kinds", "blocks")
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Overlap:
    """A published version that is for some of the same people, and the days that it shares; no last day: for good.

    ``wins`` says whether the draft judges those people (True), or the version (False); None: neither is narrower.
    """

    version: FrameworkVersion
    first: datetime.date
    last: datetime.date | None
    wins: bool | None
    both: tuple[Candidate, Candidate]

    def __str__(self) -> str:
        params = {
            "name": self.version.name, "code": self.version.framework.code, "number": self.version.number,
            "first": format_date_vi(self.first), "last": format_date_vi(self.last) if self.last else "",
        }  # fmt: skip
        if self.last is None:
            return _("“%(name)s” (%(code)s), version %(number)s: from %(first)s, without end") % params
        return _("“%(name)s” (%(code)s), version %(number)s: from %(first)s to %(last)s") % params

    @property
    def outcome(self) -> str:
        """Return which of both judges, in words."""
        if self.wins is None:
            return _("Neither is narrower, so nobody knows which of both judges: publishing is refused.")
        if self.wins:
            return _("This framework is for narrower places, so it judges those whom both are for.")
        return _("That framework is for narrower places, so it judges those whom both are for.")

    def as_data(self) -> dict[str, Any]:
        """Return it as the ledger keeps it."""
        return {
            "framework": self.version.framework.code, "version": self.version.number, "from": self.first.isoformat(),
            "to": self.last.isoformat() if self.last else None,
        }  # fmt: skip


def overlaps(draft: CriteriaFramework) -> list[Overlap]:
    """Return the published versions beside which the draft would be in force, by name.

    Of agencies' own frameworks beside the province's only those without a winner: being narrower they win otherwise.
    """
    if draft.effective_from is None:
        return []
    versions: FrameworkVersionQuerySet = FrameworkVersion.objects.filter(_comparable(draft))
    beside = versions.exclude(framework=draft.pk).still_to_hold(draft.effective_from).with_end()
    if draft.effective_to:
        beside = beside.filter(effective_from__lte=draft.effective_to)
    found = list(beside.select_related("framework__agency").only(*_READ).order_by("name", "pk"))
    mine = candidates.of_draft(draft)
    pairs = zip(found, candidates.of_versions(found), strict=True) if found else ()
    listed = [_overlap(draft, mine, version, theirs) for version, theirs in pairs if _share(mine, theirs)]
    return [
        each
        for each in listed
        if (each.last is None or each.first <= each.last)
        and (each.wins is None or each.version.framework.agency_id == draft.agency_id)
    ]


def undecided(draft: CriteriaFramework) -> list[Overlap]:
    """Return the overlaps of which neither framework wins."""
    return [each for each in overlaps(draft) if each.wins is None]


def example_text(overlap: Overlap, reader: Any = None) -> str:
    """Return somebody whom both are for, in words; an officer's code only for a reader who may see the officer."""
    found = candidates.example(*overlap.both, day=max(overlap.first, timezone.localdate()))
    if found is None:
        return _("nobody today; whoever comes to such a posting would have two")
    if isinstance(found, Agency):
        return str(found)
    return _officer_text(found, reader)


def _officer_text(posting: Posting, reader: Any) -> str:
    params = {"code": posting.officer.code, "agency": posting.agency.name, "role": posting.get_role_display()}
    if reader is not None and Officer.objects.visible_to(reader).filter(pk=posting.officer_id).exists():
        return _("officer %(code)s at %(agency)s") % params
    return _("an officer at %(agency)s (%(role)s)") % params


def _comparable(draft: CriteriaFramework) -> Q:
    """Return a condition on versions: of the same organisation, or own ones that may have no winner beside it."""
    if draft.agency is not None:
        path = draft.agency.path
        above = Agency.objects.annotate(below=Value(path)).filter(below__startswith=F("path"))
        return Q(framework__agency=None) | Q(framework__agency__path__startswith=path) | Q(framework__agency__in=above)
    return Q(framework__agency=None) | Q(framework__agency__code__in=[*draft.subtrees, *draft.agencies])


def _overlap(draft: CriteriaFramework, mine: Candidate, version: Any, theirs: Candidate) -> Overlap:
    taken_over = version.taken_over_on and version.taken_over_on - _DAY
    wins = None if is_undecided(mine, theirs) else _narrowness(mine) > _narrowness(theirs)
    last = _first_of(draft.effective_to, version.effective_to, taken_over)
    return Overlap(version, max(version.effective_from, draft.effective_from), last, wins, (mine, theirs))


def _narrowness(candidate: Candidate) -> tuple[int, int]:
    paths = [*candidate.paths.values(), candidate.own_path]
    return candidate.scope, max(map(len, paths))


def _share(mine: Candidate, theirs: Candidate) -> bool:
    """Return whether both are for some of the same people; an empty list means everybody."""
    if mine.subject != theirs.subject or mine.base == theirs.framework or theirs.base == mine.framework:
        return False
    for name in _LISTS:
        ours, others = getattr(mine.applies, name), getattr(theirs.applies, name)
        if ours and others and set(ours).isdisjoint(others):
            return False
    return mine.scope == theirs.scope == AgencyScope.EVERYWHERE or _common_agency(mine, theirs)


def _common_agency(*both: Candidate) -> bool:
    condition = Q()
    for each in both:
        condition &= candidates.at_agencies(each)
    return bool(Agency.objects.active().filter(condition).exists())


def _first_of(*days: datetime.date | None) -> datetime.date | None:
    return min((day for day in days if day), default=None)
