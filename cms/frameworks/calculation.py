"""Scoring what another tool sends, storing nothing: the same object over the API and from the command line.

``{"framework": code, "version": number, "settings": {…}, "subjects": [{…}]}``; without a framework each subject is
scored by the decree's shipped default for its role. Every problem of every subject comes back in one answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.frameworks.effect import holding
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.scoring import answer, engine, inputs, shipped
from cms.scoring.definition import Definition
from cms.scoring.definition.words import OFFICER_ROLES, ORGANISATION
from cms.scoring.input_shapes import Count
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import Maybe, Text, unknown_keys

# Over the API; who does not say who they are sends fewer in one call.
MOST_SUBJECTS, MOST_OF_STRANGERS = 1_000, 100
CODES = {
    "unknown_framework": gettext_noop("There is no published framework with this code, or not in this version."),
    "version_without_framework": gettext_noop("A version is that of a framework: name the framework too."),
    "too_many_subjects": gettext_noop("At most %(limit)s subjects are taken in one call; send the rest in another."),
}
_KEYS = {"framework", "version", "settings", "subjects"}
_CODE, _NUMBER = Maybe(Text(200)), Maybe(Count())
_INDEX = re.compile(r"^subjects\[(\d+)\]")


class Refused(DomainError):
    """What was sent cannot be scored; ``problems`` say why, each with its path."""

    code = "invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(_("Some of what was sent cannot be scored. See the list of errors. Nothing was stored."))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Chosen:
    """The framework by which subjects are scored: a published version, or a shipped definition without one."""

    definition: Definition
    version: int | None = None
    definition_hash: str | None = None


def calculate(data: Any, *, most: int | None = MOST_SUBJECTS) -> dict[str, Any]:
    """Return ``{"results": […]}``, a result for each subject in the order sent.

    Raises Refused with every problem. ``most`` bounds the subjects; None for the command line.
    """
    if not isinstance(data, dict):
        raise Refused([Problem("", "not_an_object")])
    problems = unknown_keys(data, _KEYS, "")
    subjects = _subjects(data, most, problems)
    chosen = _chosen(data, problems)
    scores: dict[int, engine.Score] = {}
    if subjects is not None and chosen is not None:
        for each, places in _groups(subjects, chosen):
            _score(each, subjects, places, data.get("settings"), scores, problems)
    elif subjects is not None:
        problems += inputs.read_shapes(subjects)
    if problems:
        raise Refused(dict.fromkeys(problems))
    return {"results": [answer.answer(scores[index]) for index in sorted(scores)]}


def _subjects(data: dict[str, Any], most: int | None, problems: list[Problem]) -> list[Any] | None:
    subjects = data.get("subjects")
    if "subjects" not in data:
        problems.append(Problem("subjects", "missing"))
    elif not isinstance(subjects, list):
        problems.append(Problem("subjects", "not_a_list"))
    elif most is not None and len(subjects) > most:
        problems.append(Problem("subjects", "too_many_subjects", {"limit": most}))
    else:
        return subjects
    return None


def _chosen(data: dict[str, Any], problems: list[Problem]) -> Chosen | str | None:
    """Return the framework that was named, an empty text when none was, None when it cannot be found."""
    wrong: list[Problem] = []
    code = _CODE.read(data.get("framework"), "framework", wrong)
    number = _NUMBER.read(data.get("version"), "version", wrong)
    if code is None and number is not None and not wrong:
        wrong.append(Problem("version", "version_without_framework"))
    problems += wrong
    if wrong or code is None:
        return None if wrong else ""
    found = find(code, number)
    if found is None:
        problems.append(Problem("framework" if number is None else "version", "unknown_framework"))
    return found


def find(code: str, number: int | None) -> Chosen | None:
    """Return the version that was named, or what holds today; a shipped framework where none is published.

    For an agency's framework that is suspended, that is the version of the province's; results name it.
    """
    versions = FrameworkVersion.objects.filter(framework__code=code)
    version = _holding(code) if number is None else versions.filter(number=number).first()
    if version is not None:
        return Chosen(version.definition, version.number, version.content_hash)
    is_shipped = number is None and code in shipped.codes() and not versions.exists()
    return Chosen(shipped.load(code)) if is_shipped else None


def _holding(code: str) -> FrameworkVersion | None:
    framework = CriteriaFramework.objects.filter(code=code).select_related("base").first()
    return holding(framework).version if framework else None


def _groups(subjects: list[Any], chosen: Chosen | str) -> Iterable[tuple[Chosen, list[int]]]:
    """Yield each framework with the places of the subjects that it scores."""
    if isinstance(chosen, Chosen):
        yield chosen, list(range(len(subjects)))
        return
    organisations = [index for index, each in enumerate(subjects) if _role(each) == ORGANISATION]
    others = [index for index, each in enumerate(subjects) if _role(each) != ORGANISATION]
    for role, places in ((OFFICER_ROLES[0], others), (ORGANISATION, organisations)):
        if places or (not subjects and role != ORGANISATION):
            yield Chosen(shipped.load(shipped.default_for(role))), places


def _role(subject: Any) -> Any:
    return subject.get("role") if isinstance(subject, dict) else None


def _score(
    chosen: Chosen,
    subjects: list[Any],
    places: list[int],
    wanted: Any,
    scores: dict[int, engine.Score],
    problems: list[Problem],
) -> None:
    settings, wrong = engine.read_settings(wanted, chosen.definition)
    read, unread = inputs.read_subjects([subjects[place] for place in places], chosen.definition)
    problems += wrong
    problems += [replace(each, path=_INDEX.sub(lambda found: f"subjects[{places[int(found[1])]}]", each.path))
                 for each in unread]  # fmt: skip
    if problems:
        return
    for place, subject in zip(places, read, strict=True):
        scores[place] = engine.score(
            chosen.definition, subject,
            version=chosen.version, definition_hash=chosen.definition_hash, settings=settings,
        )  # fmt: skip
