"""Scoring what another tool sends, storing nothing: the same object over the API and from the command line.

``{"framework": code, "version": number, "settings": {…}, "subjects": [{…}]}``; without a framework each subject is
scored by the decree's shipped default for its role. Every problem of every subject comes back in one answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from cms.frameworks.chosen import CODES as CHOICE_CODES
from cms.frameworks.chosen import Chosen, FrameworkChoice, Refused, choose, default_for
from cms.frameworks.decree import articles_url
from cms.scoring import answer, engine, inputs
from cms.scoring.definition.words import OFFICER_ROLES, ORGANISATION
from cms.scoring.input_shapes import omissible
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import Later, Many, Maybe, Part, YesNo, declare, read_part

# Over the API; who does not say who they are sends fewer in one call.
MOST_SUBJECTS, MOST_OF_STRANGERS = 1_000, 100
CODES = {
    **CHOICE_CODES,
    "too_many_subjects": gettext_noop("At most %(limit)s subjects are taken in one call; send the rest in another."),
}
_INDEX = re.compile(r"^subjects\[(\d+)\]")


@dataclass(frozen=True, kw_only=True)
class ScoreRequest(FrameworkChoice):
    """Subjects, scored by the framework that the request names, or by the one in effect on its day."""

    settings: Any = declare(
        Later(lambda: Maybe(Part(lambda: engine.WorkSettings))), None, note="Only those that the framework leaves open."
    )
    receipts: bool = omissible(YesNo(), True, note="False leaves the receipts out of the answer; they are then null.")
    subjects: Any = declare(Later(lambda: Many(Part(lambda: inputs.SubjectData), MOST_SUBJECTS)))


def calculate(data: Any, *, most: int | None = MOST_SUBJECTS) -> dict[str, Any]:
    """Return ``{"results": […]}``, a result for each subject in the order sent.

    Raises Refused with every problem. ``most`` bounds the subjects; None for the command line.
    """
    problems: list[Problem] = []
    request = read_part(ScoreRequest, data, "", problems)
    if request is None:
        raise Refused(problems)
    subjects = bounded(data, "subjects", most, problems)
    chosen = choose(request, problems)
    scores: dict[int, engine.Score] = {}
    if subjects is not None and chosen is not None:
        for each, places in _groups(subjects, chosen):
            _score(each, subjects, places, request.settings, scores, problems)
    elif subjects is not None:
        problems += inputs.read_shapes(subjects)
    if problems:
        raise Refused(dict.fromkeys(problems))
    results = [answer.answer(scores[index], receipts=request.receipts) for index in sorted(scores)]
    return {"results": results, "articles_url": articles_url()}


def bounded(data: dict[str, Any], key: str, most: int | None, problems: list[Problem]) -> list[Any] | None:
    """Return the list under a key as it was sent; None where it is none or too long, which is told."""
    given = data.get(key)
    if key not in data:
        return None  # which is told already
    if not isinstance(given, list):
        problems.append(Problem(key, "not_a_list"))
    elif most is not None and len(given) > most:
        problems.append(Problem(key, "too_many_subjects", {"limit": most}))
    else:
        return given
    return None


def _groups(subjects: list[Any], chosen: Chosen | str) -> Iterable[tuple[Chosen, list[int]]]:
    """Yield each framework with the places of the subjects that it scores."""
    if isinstance(chosen, Chosen):
        yield chosen, list(range(len(subjects)))
        return
    organisations = [index for index, each in enumerate(subjects) if _role(each) == ORGANISATION]
    others = [index for index, each in enumerate(subjects) if _role(each) != ORGANISATION]
    for role, places in ((OFFICER_ROLES[0], others), (ORGANISATION, organisations)):
        if places or (not subjects and role != ORGANISATION):
            yield default_for(role), places


def _role(subject: Any) -> Any:
    return subject.get("role") if isinstance(subject, dict) else None


def _score(
    chosen: Chosen,
    subjects: list[Any],
    places: list[int],
    requested: Any,
    scores: dict[int, engine.Score],
    problems: list[Problem],
) -> None:
    settings, wrong = engine.read_settings(requested, chosen.definition)
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
