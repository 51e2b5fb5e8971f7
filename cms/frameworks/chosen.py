"""By which framework a request calculates: one that it names, in a version or as it holds on a day, or the default."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.frameworks.effect import holding
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.scoring import shipped
from cms.scoring.definition import Definition
from cms.scoring.input_shapes import Count
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import Day, Maybe, Text, declare

CODES = {
    "unknown_framework": gettext_noop("There is no published framework with this code, or not in this version."),
    "version_without_framework": gettext_noop("A version is that of a framework: name the framework too."),
    "day_without_framework": gettext_noop("A day chooses a version of a framework: name the framework too."),
    "version_and_day": gettext_noop("The version is named by its number or by a day on which it holds, not by both."),
    "nothing_holds": gettext_noop("No version of this framework holds on this day."),
}
DEFAULT: Final = "default"


class Refused(DomainError):
    """What was sent cannot be calculated; ``problems`` say why, each with its path."""

    code = "invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(_("Some of what was sent cannot be scored. See the list of errors. Nothing was stored."))
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class FrameworkChoice:
    """By which framework is calculated."""

    framework: str | None = declare(
        Maybe(Text(200)), None, note="Code of a published framework; without it the decree's default for the role."
    )
    version: int | None = declare(
        Maybe(Count()), None, note="Number of the version; without it and `on` the one that holds today."
    )
    on: datetime.date | None = declare(
        Maybe(Day()), None, note="The version that holds on this day; either this or `version`."
    )


@dataclass(frozen=True)
class Chosen:
    """The framework by which is calculated: a published version, or a shipped definition without one."""

    definition: Definition
    version: int | None = None
    definition_hash: str | None = None


def default_for(role: str) -> Chosen:
    """Return the decree's shipped default for a role."""
    return Chosen(shipped.load(shipped.default_for(role)))


def choose(choice: FrameworkChoice, problems: list[Problem]) -> Chosen | str | None:
    """Return the framework that was named, ``DEFAULT`` when none was, None when it cannot be found.

    ``problems`` are those of the choice so far; with any of them nothing is looked for.
    """
    if any(each.path in FrameworkChoice.__dataclass_fields__ for each in problems):
        return None
    contradictions = list(_contradictions(choice))
    problems += contradictions
    if choice.framework is None or contradictions:
        return None if contradictions else DEFAULT
    found = find(choice.framework, choice.version, choice.on)
    if found is None:
        problems.append(_not_found(choice))
    return found


def _contradictions(choice: FrameworkChoice) -> Iterable[Problem]:
    if choice.framework is None and choice.version is not None:
        yield Problem("version", "version_without_framework")
    if choice.framework is None and choice.on is not None:
        yield Problem("on", "day_without_framework")
    if choice.version is not None and choice.on is not None:
        yield Problem("on", "version_and_day")


def find(code: str, number: int | None = None, day: datetime.date | None = None) -> Chosen | None:
    """Return the version that was named, or the one that holds on the day (today without one).

    Without number and day a shipped framework stands where none is published. For an agency's framework that is
    suspended, what holds is the version of the province's; results name it.
    """
    versions = FrameworkVersion.objects.filter(framework__code=code)
    version = _holding(code, day) if number is None else versions.filter(number=number).first()
    if version is not None:
        return Chosen(version.definition, version.number, version.content_hash)
    is_shipped = number is None and day is None and code in shipped.codes() and not versions.exists()
    return Chosen(shipped.load(code)) if is_shipped else None


def _holding(code: str, day: datetime.date | None) -> FrameworkVersion | None:
    framework = CriteriaFramework.objects.filter(code=code).select_related("base").first()
    return holding(framework, day).version if framework else None


def _not_found(choice: FrameworkChoice) -> Problem:
    if choice.version is not None:
        return Problem("version", "unknown_framework")
    if choice.on is not None and FrameworkVersion.objects.filter(framework__code=choice.framework).exists():
        return Problem("on", "nothing_holds")
    return Problem("framework", "unknown_framework")
