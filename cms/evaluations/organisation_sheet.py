"""What an organisation's evaluation rests on, as the organisation, its verifiers and its authority read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from cms.assignments.enums import PlanState
from cms.assignments.models import PlanTask
from cms.evaluations.models import Evaluation, Result, Shortcoming
from cms.evaluations.scoring_inputs import Tree
from cms.evaluations.scoring_inputs.organisations import PlanLine, plan_lines
from cms.organisations.models import Agency

# So many tasks are shown on the sheet; all of them count, and the receipt lists them.
MOST_SHOWN = 100


@dataclass(frozen=True)
class Counted:
    """Tasks of the plan, counted as the levels ask for them."""

    given: int
    done: int
    in_time: int
    with_quality: int
    with_effect: int
    exceeding: int

    def rows(self) -> list[tuple[str, int]]:
        """Return the figures in the order of the plan, by the name of each field."""
        return [(name, getattr(self, name)) for name in self.__dataclass_fields__]


@dataclass(frozen=True)
class OrganisationSheet:
    """Tasks, units below (each with what stands of it), officers by decided level, shortcomings, force majeure."""

    tasks: list[PlanTask]
    counted: Counted
    unjudged: int
    units: list[Evaluation]
    missing: list[Agency]
    officers: list[tuple[str, int]]
    shortcomings: list[Shortcoming]
    force_majeure: Any


def sheet_of(evaluation: Evaluation) -> OrganisationSheet:
    """Return the sheet of an organisation's evaluation; its tasks and units do not raise the queries."""
    organisation, period = evaluation.organisation, evaluation.period
    assert organisation is not None  # noqa: S101 (asked of organisations alone)
    tasks = PlanTask.objects.due_in(organisation, period.first_day, period.last_day)
    lines = plan_lines([organisation.pk], period.first_day, period.last_day).get(organisation.pk, [])
    tree = Tree(period)
    units = list(
        Evaluation.objects.filter(pk__in=tree.led.get(evaluation.pk, {})).select_related("organisation", "period")
    )
    stand = {each.evaluation_id: each for each in Result.objects.of([unit.pk for unit in units])}
    for unit in units:
        unit.result = stand.get(unit.pk)  # type: ignore[attr-defined]
    shortcomings = organisation.shortcomings.standing().filter(found_on__lte=period.last_day)
    return OrganisationSheet(
        tasks=list(tasks.select_related("giver")[:MOST_SHOWN]),
        counted=_count(lines),
        unjudged=tasks.filter(state=PlanState.REPORTED).count(),
        units=units,
        missing=list(Agency.objects.filter(code__in=tree.missing.get(evaluation.pk, []))),
        officers=_officers(organisation, evaluation),
        shortcomings=list(shortcomings.select_related("recorded_by")),
        force_majeure=list(evaluation.force_majeure.select_related("decided_by")),
    )


def _count(lines: list[PlanLine]) -> Counted:
    done = [each for each in lines if each.is_done]
    return Counted(
        given=len(lines),
        done=len(done),
        in_time=sum(1 for each in done if not each.days_late),
        with_quality=sum(1 for each in done if each.quality_met),
        with_effect=sum(1 for each in done if each.effect_met),
        exceeding=sum(1 for each in done if each.exceeded),
    )


def _officers(organisation: Agency, evaluation: Evaluation) -> list[tuple[str, int]]:
    """Return how many officers of the organisation were decided at each level in the period of the same days.

    Source: Gia Lai plan, II.2.b: an organisation's evaluation rests also on that of its civil servants.
    """
    period = evaluation.period
    decided = Evaluation.objects.counted().filter(
        officer__isnull=False, agency__path__startswith=organisation.path, period__kind=period.kind,
        period__first_day=period.first_day,
    ).exclude(level="")  # fmt: skip
    return list(decided.order_by("level").values_list("level").annotate(number=Count("pk")))
