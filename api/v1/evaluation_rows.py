"""Results with what was decided about them, as lists and the feed of results show them: read for a page at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.events.presenters import FeedEvent
from cms.evaluations.enums import Act
from cms.evaluations.models import Evaluation, EvaluationAct, Finding, Result, ResultQuerySet
from cms.evaluations.permissions import knows_cases
from cms.organisations.access import access_for
from cms.users.enums import Role

_RELATED = (
    "evaluation__period__agency", "evaluation__officer", "evaluation__agency", "evaluation__framework__framework",
)  # fmt: skip
_HEAVY = ("receipt_text", "part_text", "evaluation__framework__content")


@dataclass(frozen=True)
class Decided:
    """A result, whether it stands, and the level that was decided with it."""

    result: Result
    stands: bool
    level: str
    decided_at: datetime.datetime | None
    is_withheld: bool


@dataclass(frozen=True)
class FeedRow:
    """An event about an evaluation, with the result that stands, if the reader may read one now."""

    event: FeedEvent
    decided: Decided | None


def with_subjects(results: ResultQuerySet) -> ResultQuerySet:
    """Return results with what a row shows of them, without their receipts."""
    return results.select_related(*_RELATED).defer(*_HEAVY)


def decided(results: Sequence[Result], user: Any) -> list[Decided]:
    """Return results with their decisions, in three queries whatever their number."""
    keys = {each.evaluation_id for each in results}
    standing = set(Result.objects.of(keys).values_list("pk", flat=True))
    acts: dict[int, list[tuple[datetime.datetime, str]]] = {}
    rows = EvaluationAct.objects.filter(evaluation__in=keys, act=Act.DECIDE).order_by("pk")
    for key, moment, level in rows.values_list("evaluation", "done_at", "level"):
        acts.setdefault(key, []).append((moment, level))
    hidden = withheld(keys, user)
    return [
        Decided(each, each.pk in standing, *_decision(each, acts.get(each.evaluation_id, [])),
                each.evaluation_id in hidden)
        for each in results
    ]  # fmt: skip


def _decision(
    result: Result, acts: list[tuple[datetime.datetime, str]]
) -> tuple[str, datetime.datetime | None]:  # fmt: skip
    """Return the last decision that was taken before the result became final."""
    final = result.frozen_at
    taken = [(moment, level) for moment, level in acts if final is None or moment <= final]
    moment, level = taken[-1] if taken else (None, "")
    return level, moment


def withheld(evaluations: Iterable[int], user: Any) -> set[int]:
    """Return the evaluations whose receipts the reader does not get: they name a case that holds the level down.

    Such cases are for those who must know: the officer, who decides, the agency's desk; never for a program.
    """
    named = set(Finding.objects.filter(evaluation__in=evaluations).values_list("evaluation", flat=True))
    if not named or access_for(user).has(Role.API_CLIENT):
        return named
    related = ("period__agency", "officer", "organisation", "agency", "evaluator", "decider", "adviser")
    found = Evaluation.objects.filter(pk__in=named).select_related(*related)
    return {each.pk for each in found if not knows_cases(user, each)}


def feed_rows(events: Sequence[FeedEvent], results: ResultQuerySet, user: Any) -> list[FeedRow]:
    """Return events with the results that stand and that the reader may read (``results``)."""
    identities = {each.data["evaluation"] for each in events}
    standing = with_subjects(results.standing().filter(evaluation__identity__in=identities, evaluation__awaits=""))
    found = {str(each.result.evaluation.identity): each for each in decided(list(standing), user)}
    return [FeedRow(each, found.get(each.data["evaluation"])) for each in events]
