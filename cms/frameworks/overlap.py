"""Frameworks of one organisation that are for the same people at the same time: said before another is published.

An agency's own framework beside the province's is no overlap: it holds in the place of its base.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, FrameworkVersionQuerySet

_READ = ("name", "number", "content", "effective_from", "effective_to", "framework__code")
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Overlap:
    """A published version that is for some of the same people, and the days that it shares; no last day: for good."""

    version: FrameworkVersion
    first: datetime.date
    last: datetime.date | None

    def __str__(self) -> str:
        said = {
            "name": self.version.name, "code": self.version.framework.code, "number": self.version.number,
            "first": format_date_vi(self.first), "last": format_date_vi(self.last) if self.last else "",
        }  # fmt: skip
        if self.last is None:
            return _("“%(name)s” (%(code)s), version %(number)s: from %(first)s, without end") % said
        return _("“%(name)s” (%(code)s), version %(number)s: from %(first)s to %(last)s") % said

    def as_data(self) -> dict[str, Any]:
        """Return it as the ledger keeps it."""
        return {
            "framework": self.version.framework.code, "version": self.version.number, "from": self.first.isoformat(),
            "to": self.last.isoformat() if self.last else None,
        }  # fmt: skip


def overlaps(draft: CriteriaFramework) -> list[Overlap]:
    """Return the published versions of other frameworks beside which the draft would be in force, by name."""
    if draft.effective_from is None:
        return []
    versions: FrameworkVersionQuerySet = FrameworkVersion.objects.filter(framework__agency=draft.agency_id)
    beside = versions.exclude(framework=draft.pk).still_to_hold(draft.effective_from).with_end()
    if draft.effective_to:
        beside = beside.filter(effective_from__lte=draft.effective_to)
    found = [
        Overlap(each, max(each.effective_from, draft.effective_from), _first_of(draft.effective_to, _last_day(each)))
        for each in beside.select_related("framework").only(*_READ).order_by("name", "pk")
        if _same_people(draft, each.data)
    ]
    return [each for each in found if each.last is None or each.first <= each.last]


def as_sentence(found: Sequence[Overlap]) -> str:
    """Return the overlaps in one sentence."""
    return "; ".join(str(each) for each in found)


def _same_people(draft: CriteriaFramework, data: dict[str, Any]) -> bool:
    """Say whether both are for some of the same people; an empty list means everybody."""
    if draft.subject != data["subject"]:
        return False
    scope = {"categories": draft.categories, "roles": draft.roles, "position_groups": draft.position_groups}
    theirs = data["applies_to"]
    return all(not mine or not theirs[key] or set(mine) & set(theirs[key]) for key, mine in scope.items())


def _last_day(version: Any) -> datetime.date | None:
    return _first_of(version.effective_to, version.taken_over_on and version.taken_over_on - _DAY)


def _first_of(*days: datetime.date | None) -> datetime.date | None:
    return min((day for day in days if day), default=None)
