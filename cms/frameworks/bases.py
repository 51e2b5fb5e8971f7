"""Agencies' frameworks beside their base: which version of it they are written against, and what is due when it moves.

A later version of the base touches them: they follow it, are confirmed beside it, or are suspended after its day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from cms.frameworks import limits
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, FrameworkVersionQuerySet
from cms.scoring.definition import Definition
from cms.scoring.problems import Problem

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Beside:
    """An agency's version beside a later version of its base that it neither follows nor is confirmed beside."""

    version: FrameworkVersion
    base_version: FrameworkVersion

    @cached_property
    def departures(self) -> list[Problem]:
        """Return where the version goes beyond the limits of that base; it is confirmed only where there is nothing."""
        return departures(self.version.definition, self.base_version.definition)

    @property
    def suspended_from(self) -> datetime.date | None:
        """Return the first day on which the version does not hold any more; None for a base without such a day."""
        return suspended_from(self.base_version)

    @property
    def is_suspended(self) -> bool:
        """Say whether it is suspended today: not by a base that waits for the decision that issues it."""
        if self.suspended_from is None or self.base_version.issued_by is None:
            return False
        return self.suspended_from <= timezone.localdate()


def suspended_from(base_version: FrameworkVersion) -> datetime.date | None:
    """Return the first day on which what did not follow a base version, nor was confirmed beside it, is suspended."""
    by, decision = base_version.confirm_by, base_version.issued_by
    issued_on = timezone.localdate(decision.recorded_at) if decision else datetime.date.min
    return by and max(by + _DAY, base_version.effective_from, issued_on)


def departures(own: Definition, base: Definition) -> list[Problem]:
    """Return where what an agency has published goes beyond the limits of a later base.

    That it began before that base did is no departure: what it says then was within the base of those days.
    """
    return [each for each in limits.check(own, base) if each.code != "before_base"]


def base_version_on(base: CriteriaFramework, day: datetime.date | None) -> FrameworkVersion | None:
    """Return the version within whose limits what begins on the day is written: the one that holds, or the last."""
    versions: FrameworkVersionQuerySet = FrameworkVersion.objects.filter(framework=base)
    return versions.effective_on(day).first() or versions.order_by("-number").first()


def unmet(framework: CriteriaFramework) -> list[Beside]:
    """Return what is due of an agency's framework: each version still to hold, with each later base not yet met."""
    behind: FrameworkVersionQuerySet = FrameworkVersion.objects.filter(framework=framework).behind_base()
    return [each for version in behind.with_base().order_by("number") for each in due(version)]


def due(version: Any) -> list[Beside]:
    """Return an agency's version, read ``with_base``, beside each later version of its base not yet met, in order.

    Only those that begin in its days, before a later version of its framework takes its place.
    """
    if version.base_version is None or version.framework.base is None:
        return []
    confirmed = [each.base_version for each in version.base_confirmations.all()]
    last = min(version.effective_to or datetime.date.max, _before(version.taken_over_on))
    return [
        Beside(version, each)
        for each in sorted(version.framework.base.versions.all(), key=lambda each: each.number)
        if each.number > version.base_version.number and each.effective_from <= last
        if not any(_meets(beside, each) for beside in confirmed)
    ]


def suspended_since(version: Any) -> datetime.date | None:
    """Return since when an agency's version is suspended; None where it is not. Read the version ``with_base``."""
    return min(
        (each.suspended_from for each in due(version) if each.is_suspended and each.suspended_from), default=None
    )


def _before(day: datetime.date | None) -> datetime.date:
    return day - _DAY if day else datetime.date.max


def _meets(beside: FrameworkVersion, base: FrameworkVersion) -> bool:
    """Say whether a confirmation meets a base version: beside it, or beside one that begins while that is not due."""
    in_time = max(timezone.localdate(), base.effective_from, base.confirm_by or base.effective_from)
    return beside.number >= base.number and beside.effective_from <= in_time


def touched(base: CriteriaFramework, day: datetime.date) -> FrameworkVersionQuerySet:
    """Return the agencies' versions made of the framework that a version from this day on touches, by agency."""
    made: FrameworkVersionQuerySet = FrameworkVersion.objects.filter(framework__base=base)
    return made.still_to_hold(day).with_base().order_by("framework__agency__name", "pk")


def default_confirm_by(published_on: datetime.date, effective_from: datetime.date) -> datetime.date:
    """Return the day by which touched frameworks are confirmed, unless who approves the base says another."""
    return max(published_on + datetime.timedelta(days=settings.THUOCDO_FRAMEWORK_CONFIRM_DAYS), effective_from - _DAY)
