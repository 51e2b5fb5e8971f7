"""The answers about longer periods and caps as the API and the command give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cms.scoring.articles import cited
from cms.scoring.caps import CapGroup, Classified, rank
from cms.scoring.classification import classify
from cms.scoring.classification import explain as explain_level
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Cap
from cms.scoring.exact import to_text
from cms.scoring.inputs import Subject
from cms.scoring.periods import LongerResult
from cms.scoring.periods_explained import explain as explain_period


def period_answer(result: LongerResult, subject: Subject, definition: Definition) -> dict[str, Any]:
    """Return the longer period of a subject with the level that its total and figures give."""
    explained = explain_period(result, definition)
    outcome = classify(definition, result.total, subject.metrics, subject.flags, subject.role)
    level = explain_level(outcome, definition)
    status = result.status if result.total is None else outcome.status
    # Without a total the reasons of the period say why there is none.
    reasons = explained["reasons"] if result.total is None else level["reasons"]
    return explained | {
        "id": subject.id,
        "status": status,
        "level": outcome.level,
        "reasons": reasons,
        "classification": level | {"status": status},
    }


def cap_answers(
    definition: Definition, people: Iterable[Classified], exceptions: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return every cap of the framework with its groups; ``exceptions`` are decisions by agency."""
    people, places = list(people), int(definition.rounding.places.value)
    return [
        _cap(cap, [_group(each, places) for each in rank(cap, people, exceptions=exceptions).groups])
        for cap in definition.classification.caps
    ]


def _cap(cap: Cap, groups: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "level": cap.level,
        "rate": to_text(cap.rate.value),
        "exception_rate": to_text(cap.exception_rate.value),
        "exception_needs": cap.exception_needs,
        "base": cap.base.value,
        "grouped_by": list(cap.groups.value),
        **cited(cap.rate.citation),
        "groups": groups,
    }


def _group(group: CapGroup, places: int) -> dict[str, Any]:
    return {
        "group": list(group.key),
        "eligible": group.eligible,
        "allowance": group.allowance,
        "holding": len(group.ranked),
        "breached": group.breached,
        "exception": group.exception,
        "ranked": [
            {"id": each.id, "total": to_text(each.total, places), "rank": each.rank, "standing": each.standing}
            for each in group.ranked
        ],
        "undecided": list(group.undecided),
        "sentence": group.sentence,
    }
