"""Procedures as people read them: steps and deadlines in words, and what one version changes against another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.evaluations.enums import Actor, DueRule, PeriodKind, Step
from cms.evaluations.models import Procedure, ProcedureStep
from cms.organisations.enums import AuthoritySubject, Block


def due_words(rule: str, value: str) -> str:
    """Return the deadline of a step in words."""
    if rule == DueRule.DATE:
        return _("before %(day)s") % {"day": value}
    if rule == DueRule.CLASSIFIED:
        return _("the day before which the framework classifies")
    if rule == DueRule.OPENED:
        return _("%(days)s days after the opening") % {"days": value}
    if rule == DueRule.BEFORE_END:
        return _("%(days)s days before the end of the period") % {"days": value}
    if rule == DueRule.AFTER_END:
        return _("%(days)s days after the end of the period") % {"days": value}
    return _("no deadline")


def step_words(step: ProcedureStep) -> str:
    """Return what a step asks for, in one line."""
    parts = [str(step), str(Actor(step.actor).label), due_words(step.due_rule, step.due_value)]
    if step.remind_days is not None:
        sentence = ngettext("reminder %(days)d day before", "reminder %(days)d days before", step.remind_days)
        parts.append(sentence % {"days": step.remind_days})
    if step.numbered:
        parts.append(_("with number and day of the decision"))
    return "; ".join(parts)


def scope_lines(procedure: Procedure) -> list[tuple[str, str]]:
    """Return whom a procedure is for, side by side with what each side is called."""
    subjects = procedure.subjects or [each for each in AuthoritySubject if each != AuthoritySubject.ORGANISATION]
    return [
        (_("Periods"), _labels(PeriodKind, procedure.kinds)),
        (_("Blocks"), _labels(Block, procedure.blocks) or _("all")),
        (_("Whose evaluations"), _labels(AuthoritySubject, subjects)),
        (_("Criteria frameworks"), ", ".join(procedure.frameworks) or _("all")),
    ]


def _labels(kinds: Any, values: Sequence[str]) -> str:
    return ", ".join(str(kinds(each).label) for each in kinds.values if each in values)


@dataclass(frozen=True)
class Changed:
    """One line of a comparison: what it is about, what stood there and what stands there now, empty for nothing."""

    what: str
    before: str
    now: str

    @property
    def is_changed(self) -> bool:
        """Return whether both sides say different things."""
        return self.before != self.now

    @property
    def change(self) -> str:
        """Return what has changed, in a word."""
        if not self.is_changed:
            return ""
        if not self.before:
            return _("added")
        return _("changed") if self.now else _("left out")


def compare(before: Procedure | None, now: Procedure) -> list[Changed]:
    """Return whom two versions of a procedure are for and their steps, side by side; before the first stands nothing.

    A step that only comes later in the order because others were added counts as changed: its place is part of it.
    """
    was = dict(scope_lines(before)) if before else {}
    found = [Changed(name, was.get(name, ""), words) for name, words in scope_lines(now)]
    earlier, later = _steps(before) if before else {}, _steps(now)
    ordered = [*later, *(step for step in earlier if step not in later)]
    return [*found, *(Changed(str(Step(each).label), earlier.get(each, ""), later.get(each, "")) for each in ordered)]


def _steps(procedure: Procedure) -> dict[str, str]:
    return {each.step: f"{each.order}. {step_words(each)}" for each in procedure.steps.order_by("order")}
