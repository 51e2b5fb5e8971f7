"""What a version's publishing does to the days: what stops to hold, where nothing holds, what is already over.

Which version holds on a day is asked of ``FrameworkVersion.objects.effective_on``, and of nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.frameworks.bases import Beside, base_version_on, suspended_from
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, FrameworkVersionQuerySet
from cms.scoring.definition import Definition

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Holding:
    """What holds on a day for those whom a framework is for, and why, where that is not the framework itself.

    While an agency's version is ``suspended`` because of a version of its base (``because``), the base's ``version``
    that holds on the day holds for the agency too.
    """

    version: FrameworkVersion | None
    suspended: FrameworkVersion | None = None
    because: FrameworkVersion | None = None

    @property
    def reason(self) -> str:
        """Return why the agency's version does not hold; empty where nothing is suspended."""
        if self.suspended is None or self.because is None:
            return ""
        since = Beside(self.suspended, self.because).suspended_from
        return _(
            "Version %(number)s of the agency's framework is suspended from %(since)s: it neither follows version "
            "%(base)s of “%(name)s” nor was it confirmed beside it by %(by)s. The province's framework holds instead."
        ) % {
            "number": self.suspended.number, "base": self.because.number, "name": self.because.name,
            "since": format_date_vi(since) if since else "",
            "by": format_date_vi(self.because.confirm_by) if self.because.confirm_by else "",
        }  # fmt: skip


def holding(framework: CriteriaFramework, day: datetime.date | None = None) -> Holding:
    """Return what holds on the day (today without one) for those whom the framework is for."""
    versions: FrameworkVersionQuerySet = FrameworkVersion.objects.filter(framework=framework)
    suspended = versions.suspended_on(day).select_related("base_version").first()
    if suspended is None or framework.base is None:
        return Holding(versions.effective_on(day).first())
    because = FrameworkVersion.objects.not_met_on(suspended, day or timezone.localdate()).first()
    instead: FrameworkVersionQuerySet = FrameworkVersion.objects.filter(framework=framework.base)
    return Holding(instead.effective_on(day).first(), suspended, because)


def told_before_publishing(framework: CriteriaFramework, definition: Definition) -> list[str]:
    """Return sentences on what publishing the definition now does to the days; an empty list: nothing unusual."""
    if definition.effective_from is None:
        return []
    first = definition.effective_from
    return [*_before(framework, first), *_after(framework, definition), *_base_moves(framework, definition, first)]


def _before(framework: CriteriaFramework, first: datetime.date) -> Iterator[str]:
    versions: Any = framework.versions.all()
    last: FrameworkVersion | None = versions.order_by("-number").first()
    if last is None:
        return
    holds = versions.effective_on(first).first()
    if holds is not None:
        yield _("Version %(number)s holds until %(day)s and does not come back.") % {
            "number": holds.number, "day": format_date_vi(first - _DAY),
        }  # fmt: skip
    elif last.effective_to and last.effective_to + _DAY < first:
        yield _("From %(first)s to %(last)s no version holds.") % {
            "first": format_date_vi(last.effective_to + _DAY), "last": format_date_vi(first - _DAY),
        }  # fmt: skip


def _after(framework: CriteriaFramework, definition: Definition) -> Iterator[str]:
    if definition.effective_to is None:
        return
    day = format_date_vi(definition.effective_to + _DAY)
    yield _("From %(day)s no version holds until a next one is published.") % {"day": day}


def _base_moves(framework: CriteriaFramework, definition: Definition, first: datetime.date) -> Iterator[str]:
    """Say from when an agency's framework will stand beside a later version of its base than that of its first day."""
    against = base_version_on(framework.base, first) if framework.base else None
    if against is None:
        return
    later = FrameworkVersion.objects.filter(framework=framework.base, number__gt=against.number)
    for each in later.filter(effective_from__lte=definition.effective_to or datetime.date.max).order_by("number"):
        since = suspended_from(each)
        told = _("From %(day)s version %(number)s of “%(name)s” holds; unconfirmed, this is suspended from %(since)s.")
        yield told % {
            "day": format_date_vi(each.effective_from), "number": each.number, "name": each.name,
            "since": format_date_vi(since) if since else "–",
        }  # fmt: skip


def is_backdated(draft: CriteriaFramework, definition: Definition) -> bool:
    """Say whether the definition is to hold on days that are over when it is published, today or on its day to."""
    first, today = definition.effective_from, timezone.localdate()
    published_on = max(today, timezone.localdate(draft.go_live_at)) if draft.go_live_at else today
    return first is not None and first < published_on
