"""Which procedure an evaluation goes through, and its steps with their last days, as an opening freezes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.evaluations.enums import Actor, DueRule, Step
from cms.evaluations.models import Procedure, ProcedureStep
from cms.evaluations.shipped_procedures import PROCEDURES, StepSpec
from cms.organisations.enums import AuthoritySubject

_DAY_AND_MONTH = 2


@dataclass(frozen=True)
class Case:
    """What a procedure is chosen by: the kind of period, the block and rank of the subject, its framework's code."""

    kind: str
    block: str
    subject: str
    framework: str


@dataclass(frozen=True)
class Clock:
    """What last days are counted from; ``classified`` is the day before which the framework classifies."""

    opened: datetime.date
    last_day: datetime.date
    classified: datetime.date | None = None


def applies(procedure: Procedure, case: Case) -> bool:
    """Say whether a procedure is for such evaluations."""
    is_officer = case.subject != AuthoritySubject.ORGANISATION
    ranks = case.subject in procedure.subjects if procedure.subjects else is_officer
    return (
        ranks and case.kind in procedure.kinds
        and (not procedure.blocks or case.block in procedure.blocks)
        and (not procedure.frameworks or case.framework in procedure.frameworks)
    )  # fmt: skip


def precedence(procedure: Procedure) -> tuple[bool, bool, bool]:
    """Return how narrowly a procedure says whom it is for: the narrower one wins."""
    return bool(procedure.frameworks), bool(procedure.blocks), bool(procedure.subjects)


def overlap(one: Procedure, other: Procedure) -> bool:
    """Say whether two procedures could both be for some evaluation with neither of them the narrower."""
    organisation = [AuthoritySubject.ORGANISATION.value]
    officers = [each.value for each in AuthoritySubject if each != AuthoritySubject.ORGANISATION]
    ranks = ({*(each.subjects or officers)} for each in (one, other))
    sides = ((one.blocks, other.blocks), (one.frameworks, other.frameworks))
    return (
        precedence(one) == precedence(other)
        and bool({*one.kinds} & {*other.kinds})
        and bool(set.intersection(*ranks) & {*officers, *organisation})
        and all(not mine or not theirs or {*mine} & {*theirs} for mine, theirs in sides)
    )


class ProceduresOn:
    """The procedures in force on a day, read once."""

    def __init__(self, day: datetime.date) -> None:
        found = Procedure.objects.in_force(day).prefetch_related("steps")
        self._procedures = sorted(found, key=precedence, reverse=True)

    def of(self, case: Case, *, is_made: bool) -> tuple[Procedure | None, Sequence[ProcedureStep | StepSpec]]:
        """Return the procedure with its steps; where none was issued the shipped one without its deadlines.

        ``is_made``: the period follows from shorter ones, and without a procedure asks for the decision alone.
        """
        chosen = next((each for each in self._procedures if applies(each, case)), None)
        if chosen is not None:
            return chosen, list(chosen.steps.all())
        if is_made:
            return None, (StepSpec(Step.DECIDE, Actor.CLASSIFY),)
        return None, [StepSpec(each.step, each.actor) for each in PROCEDURES[0].steps]


def freeze(steps: Iterable[ProcedureStep | StepSpec], clock: Clock, *, left_out: Iterable[str] = ()) -> list[Any]:
    """Return the steps as an evaluation keeps them, without those that are not asked for."""
    return [
        {
            "step": str(each.step), "name": each.name, "actor": str(each.actor), "remind": each.remind_days,
            "due": due.isoformat() if (due := due_day(each, clock)) else None, "numbered": each.numbered,
        }
        for each in steps
        if each.step not in left_out
    ]  # fmt: skip


def due_day(step: ProcedureStep | StepSpec, clock: Clock) -> datetime.date | None:
    """Return the last day of a step; None where it has no deadline."""
    rule, value = step.due_rule, step.due_value
    if rule == DueRule.NONE:
        return None
    if rule == DueRule.CLASSIFIED:
        return clock.classified
    if rule == DueRule.DATE:
        return nearest(value, clock.last_day)
    days = datetime.timedelta(days=int(value))
    if rule == DueRule.OPENED:
        return clock.opened + days
    return clock.last_day + (days if rule == DueRule.AFTER_END else -days)


def nearest(day_and_month: str, day: datetime.date) -> datetime.date:
    """Return the day ``dd/mm`` that lies nearest to a day: 15/12 before the end of a year, 15/01 after it."""
    number, month = (int(part) for part in day_and_month.split("/"))
    around = (datetime.date(year, month, number) for year in (day.year - 1, day.year, day.year + 1))
    return min(around, key=lambda each: abs(each - day))


def is_day_and_month(text: str) -> bool:
    """Say whether text is a day of any year, as ``dd/mm``; 29/02 is none."""
    parts = text.split("/")
    if len(parts) != _DAY_AND_MONTH or not all(part.isdigit() for part in parts):
        return False
    try:
        datetime.date(2025, int(parts[1]), int(parts[0]))
    except ValueError:
        return False
    return True


def problems(steps: Sequence[ProcedureStep | StepSpec]) -> list[str]:
    """Return what keeps steps from being a procedure, each as a sentence."""
    values = [each.step for each in steps]
    found = []
    if values.count(Step.DECIDE) != 1:
        found.append(_("A procedure has one decision."))
        return found
    if len(set(values)) != len(values):
        found.append(_("Each step stands in a procedure once."))
    after = values[values.index(Step.DECIDE) + 1 :]
    if set(after) - {Step.NOTIFY} or Step.NOTIFY in values[: values.index(Step.DECIDE)]:
        found.append(_("After the decision comes the notice alone, and never before it."))
    if Step.ASSESS in values[1:]:
        found.append(_("The self-assessment is the first step."))
    for each in steps:
        found += _step_problems(each)
    return found


def _step_problems(step: ProcedureStep | StepSpec) -> list[str]:
    name = step.name or Step(step.step).label
    found = []
    if (step.step == Step.ASSESS) != (step.actor == Actor.SELF):
        found.append(_("%(step)s: officers assess themselves, and do nothing else about themselves.") % {"step": name})
    if step.due_rule == DueRule.DATE and not is_day_and_month(step.due_value):
        found.append(_("%(step)s: write the deadline as day/month, such as 15/12.") % {"step": name})
    counted = step.due_rule in (DueRule.OPENED, DueRule.BEFORE_END, DueRule.AFTER_END)
    if counted and not step.due_value.isdigit():
        found.append(_("%(step)s: write the deadline as a number of days.") % {"step": name})
    return found
