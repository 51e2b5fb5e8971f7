"""Longer periods from shorter ones, and levels held against their caps, of what another tool sends; nothing is stored.

``{"framework": code, "on": day, "period": "year", "subjects": [{"role": …, "parts": [{"total": …}]}]}`` and
``{"framework": code, "people": [{"id": …, "level": …, "total": …}]}``. Every problem comes back in one answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.frameworks.calculation import MOST_SUBJECTS, bounded
from cms.frameworks.chosen import Chosen, FrameworkChoice, Refused, choose, default_for
from cms.frameworks.decree import articles_url
from cms.scoring import inputs, longer_answers, periods
from cms.scoring.definition.periods import LongerPeriod
from cms.scoring.definition.words import OFFICER_ROLES, PERIODS
from cms.scoring.engine import hash_of
from cms.scoring.input_shapes import Keyed, omissible
from cms.scoring.longer_inputs import ClassifiedData, LongerSubject, classified, read_parts
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.receipt import reference
from cms.scoring.shape import Choice, Later, Many, Maybe, Part, Text, declare, read_part, shortened
from cms.scoring.vocabulary import vocabulary_of

# Of those with a level; who does not say who they are sends fewer.
MOST_PEOPLE, MOST_PEOPLE_OF_STRANGERS = 20_000, 1_000
CODES = {
    "no_such_period": gettext_noop("The framework makes no such period of shorter ones; it makes %(known)s."),
    "several_ways": gettext_noop(
        "The framework makes this period in several ways: say of which periods, one of %(choices)s."
    ),
    "no_people_of_agency": gettext_noop("Nobody who was sent is of the agency “%(agency)s”."),
}


@dataclass(frozen=True, kw_only=True)
class PeriodRequest(FrameworkChoice):
    """Shorter periods to be put together."""

    period: str = omissible(Choice(PERIODS), "year", note="The longer period")
    made_of: str | None = declare(
        Maybe(Choice(PERIODS)), None, note="The shorter ones, where the framework knows several ways"
    )
    subjects: Any = declare(Later(lambda: Many(Part(lambda: LongerSubject), MOST_SUBJECTS)))


@dataclass(frozen=True, kw_only=True)
class CapRequest(FrameworkChoice):
    """Who has which level, to be held against how many may have it."""

    people: Any = declare(Later(lambda: Many(Part(lambda: ClassifiedData), MOST_PEOPLE)))
    exceptions: dict[str, str] | None = declare(
        Maybe(Keyed(Text(300, blank=False))), None, note="By agency the decision that allows the higher rate"
    )


def calculate_periods(data: Any, *, most: int | None = MOST_SUBJECTS) -> dict[str, Any]:
    """Return ``{"results": […]}``, the longer period of each subject in the order sent.

    Raises Refused with every problem. ``most`` bounds the subjects; None for the command line.
    """
    problems: list[Problem] = []
    request = read_part(PeriodRequest, data, "", problems)
    if request is None:
        raise Refused(problems)
    chosen = choose(request, problems)
    given = bounded(data, "subjects", most, problems) or []
    problems += _repeated(given)
    results = [_period(each, f"subjects[{place}]", request, chosen, problems) for place, each in enumerate(given)]
    if problems:
        raise Refused(dict.fromkeys(problems))
    return {"results": results, "articles_url": articles_url()}


def calculate_caps(data: Any, *, most: int | None = MOST_PEOPLE) -> dict[str, Any]:
    """Return ``{"framework": …, "caps": […]}``: each cap with its groups, who is ranked where, and what it comes to.

    Raises Refused with every problem. ``most`` bounds the people; None for the command line.
    """
    problems: list[Problem] = []
    request = read_part(CapRequest, data, "", problems)
    if request is None:
        raise Refused(problems)
    chosen = choose(request, problems)
    people = _people(bounded(data, "people", most, problems) or [], problems)
    agencies = {each.agency for each in people}
    exceptions = request.exceptions or {}
    for agency in sorted(exceptions.keys() - agencies):
        problems.append(Problem(f"exceptions.{agency}", "no_people_of_agency", {"agency": agency}))
    if problems or chosen is None:
        raise Refused(dict.fromkeys(problems))
    by = chosen if isinstance(chosen, Chosen) else default_for(OFFICER_ROLES[0])
    caps = longer_answers.cap_answers(by.definition, map(classified, people), exceptions)
    return {"framework": _named(by), "caps": caps, "articles_url": articles_url()}


def _people(given: list[Any], problems: list[Problem]) -> list[ClassifiedData]:
    people = []
    problems += _repeated(given, "people")
    for index, each in enumerate(given):
        person = read_part(ClassifiedData, each, f"people[{index}]", problems)
        if person is not None:
            people.append(person)
            if person.level is not None and person.total is None:
                problems.append(Problem(f"people[{index}].total", "missing"))
    return people


def _repeated(given: list[Any], key: str = "subjects") -> Iterator[Problem]:
    seen = set()
    for index, each in enumerate(given):
        id_ = each.get("id") if isinstance(each, dict) else None
        if isinstance(id_, str | int) and str(id_) in seen:
            yield Problem(f"{key}[{index}].id", "repeated_id", {"id": shortened(str(id_))})
        seen.add(str(id_))


def _period(
    data: Any, path: str, request: PeriodRequest, chosen: Chosen | str | None, problems: list[Problem]
) -> dict[str, Any]:
    """Return the longer period of one subject; nothing of worth where there are problems."""
    given = read_part(LongerSubject, data, path, problems)
    if given is None or given.role is None or chosen is None:
        return {}
    by = chosen if isinstance(chosen, Chosen) else default_for(given.role)
    who = {field.name for field in dataclasses.fields(LongerSubject)} - {"parts"}
    read, wrong = inputs.read_subjects([{key: data[key] for key in sorted(who & data.keys())}], by.definition)
    problems += [dataclasses.replace(each, path=path + each.path.removeprefix("subjects[0]")) for each in wrong]
    parts = read_parts(given, vocabulary_of(by.definition), f"{path}.parts", problems)
    rule = _rule(by, request, problems)
    if problems or rule is None:
        return {}
    result = periods.longer(by.definition, rule, parts)
    return longer_answers.period_answer(result, read[0], by.definition) | {"framework": _named(by)}


def _rule(by: Chosen, request: PeriodRequest, problems: list[Problem]) -> LongerPeriod | None:
    """Return how the framework makes the period that is asked for."""
    ways = by.definition.periods.longer
    fitting = [way for way in ways if way.period == request.period and request.made_of in (None, way.made_of)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        choices = ", ".join(way.made_of for way in fitting)
        problems.append(Problem("made_of", "several_ways", {"choices": choices}))
    else:
        known = ", ".join(f"{way.period} ({way.made_of})" for way in ways) or "–"
        problems.append(Problem("made_of" if request.made_of else "period", "no_such_period", {"known": known}))
    return None


def _named(by: Chosen) -> dict[str, Any]:
    return reference(by.definition, by.version, by.definition_hash or hash_of(by.definition))
