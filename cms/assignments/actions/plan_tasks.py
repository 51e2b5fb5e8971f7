"""Writes about plan tasks: given, changed and withdrawn by the giver, reported by the owner, judged by the giver."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.assignments.actions.writing import changes_between
from cms.assignments.enums import PlanGiver, PlanState, WorkSource
from cms.assignments.errors import InvalidPlanTask, OwnReportConfirmed
from cms.assignments.locks import require_plan_unlocked
from cms.assignments.models import PlanTask
from cms.assignments.plan_permissions import can_change_plan, can_give_plan, can_report_plan
from cms.assignments.rules import check_days
from cms.audit.actions import record
from cms.core.errors import WrongState, require_words
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.organisations.permissions import require
from cms.users.enums import Role
from cms.users.models import User

# What edit_plan_task changes, besides the cooperating agencies.
EDITABLE_PLAN_FIELDS = ("name", "expected", "document", "is_key", "due_on")
# What correct_plan_task changes.
CORRECTABLE_PLAN_FIELDS = ("done_on", "quality_met", "effect_met", "exceeded")
# What the ledger keeps of a task, and under which name where a column's own means something else there.
_RECORDED = (
    "name", "expected", "given_kind", "document", "is_key", "given_on", "due_on", "done_on", "state", "progress",
    "result", "quality_met", "effect_met", "exceeded", "words",
)  # fmt: skip
_LEDGER_NAMES = {"expected": "expected_result", "document": "plan_document", "words": "giver_words"}


@dataclass(frozen=True, kw_only=True)
class PlanTaskValues:
    """What is asked of an agency. Without ``giver`` the task is of the agency's own plan."""

    agency: Agency
    name: str
    given_on: datetime.date
    due_on: datetime.date
    given_kind: str = PlanGiver.OWN
    giver: Agency | None = None
    expected: str = ""
    document: str = ""
    is_key: bool = False
    cooperating: Sequence[Agency] = field(default_factory=tuple)


@transaction.atomic
def give_plan_task(
    *, by: User | None, values: PlanTaskValues, source: str = WorkSource.TYPED, system: str = "", outside_id: str = ""
) -> PlanTask:
    """Give an agency a task. Raises ``InvalidPlanTask``, ``NotAllowed``, ``WrongState`` for days that are locked."""
    giver = values.giver or values.agency
    require(by is None or can_give_plan(by, agency=values.agency, giver=giver, kind=values.given_kind))
    task = PlanTask(
        agency=values.agency, giver=giver, given_kind=values.given_kind, name=values.name.strip(),
        expected=values.expected.strip(), document=values.document.strip(), is_key=values.is_key,
        given_on=values.given_on, due_on=values.due_on, given_by=by, source=source, system=system,
        outside_id=outside_id,
    )  # fmt: skip
    _require_valid(task)
    task.save()
    _cooperate(task, values.cooperating)
    _record(by, "plan_task.give", task, after=_described(task))
    return task


@transaction.atomic
def edit_plan_task(
    *, by: User | None, task: PlanTask, reason: str = "", cooperating: Sequence[Agency] | None = None, **changes: Any
) -> PlanTask:
    """Change ``EDITABLE_PLAN_FIELDS`` or who cooperates while it is open; unchanged values leave no trace."""
    if unknown := set(changes) - set(EDITABLE_PLAN_FIELDS):
        raise TypeError(f"not editable in a plan task: {sorted(unknown)}")
    task = _locked(task)
    _require_open(task)
    require(by is None or can_change_plan(by, task))
    before = _described(task)
    for name, value in changes.items():
        setattr(task, name, value.strip() if isinstance(value, str) else value)
    if cooperating is not None:
        _cooperate(task, cooperating)
    return _save(by, "plan_task.edit", task, before, reason=reason)


@transaction.atomic
def withdraw_plan_task(*, by: User | None, task: PlanTask, reason: str) -> PlanTask:
    """Take an open task back, with the reason, which the owner reads: it counts for nothing, and stays."""
    task = _locked(task)
    _require_open(task)
    require(by is None or can_change_plan(by, task))
    before, task.state = _described(task), PlanState.WITHDRAWN
    task.words = require_words(reason, InvalidPlanTask(_("Say why the task is withdrawn.")))
    return _save(by, "plan_task.withdraw", task, before, reason=task.words)


@transaction.atomic
def report_plan_task(
    *, by: User, task: PlanTask, progress: int, result: str = "", done_on: datetime.date | None = None
) -> PlanTask:
    """Note how far the owner has come; with ``done_on`` the task is carried out, and waits for the giver's word."""
    task = _locked(task)
    _require_open(task)
    require(can_report_plan(by, task))
    if not 0 <= progress <= 100:
        raise InvalidPlanTask(_("Progress is 0 to 100 per cent."))
    if done_on is not None and done_on > timezone.localdate():
        raise InvalidPlanTask(_("A task is reported as done on the day, not before."))
    before = _described(task)
    task.progress, task.result, task.state, task.reported_by = progress, result.strip(), PlanState.IN_PROGRESS, by
    if done_on is not None:
        task.progress, task.done_on, task.state = 100, done_on, PlanState.REPORTED
        task.result = require_words(result, InvalidPlanTask(_("Say what came of the task: the giver judges by it.")))
    return _save(by, "plan_task.finish" if done_on else "plan_task.report", task, before)


@transaction.atomic
def confirm_plan_task(
    *, by: User, task: PlanTask, quality_met: bool, effect_met: bool, exceeded: bool = False, words: str = ""
) -> PlanTask:
    """Confirm what was reported, and judge it. Raises ``OwnReportConfirmed``, ``NotAllowed``, ``WrongState``."""
    task = _judged_by(by, task, PlanState.REPORTED, _("The task does not wait for a confirmation."))
    before = _described(task)
    task.quality_met, task.effect_met, task.exceeded = quality_met, effect_met, exceeded
    task.words, task.state, task.judged_by, task.judged_at = words.strip(), PlanState.CONFIRMED, by, timezone.now()
    return _save(by, "plan_task.confirm", task, before)


@transaction.atomic
def return_plan_task(*, by: User, task: PlanTask, reason: str) -> PlanTask:
    """Give what was reported back to the owner, with what has to be mended."""
    task = _judged_by(by, task, PlanState.REPORTED, _("The task does not wait for a confirmation."))
    before, task.state, task.done_on = _described(task), PlanState.RETURNED, None
    task.words = require_words(reason, InvalidPlanTask(_("Say what has to be mended.")))
    return _save(by, "plan_task.return", task, before, reason=task.words)


@transaction.atomic
def correct_plan_task(*, by: User, task: PlanTask, reason: str, **changes: Any) -> PlanTask:
    """Correct ``CORRECTABLE_PLAN_FIELDS`` of a confirmed task, with the reason; what stood stays in the ledger."""
    if unknown := set(changes) - set(CORRECTABLE_PLAN_FIELDS):
        raise TypeError(f"not correctable in a plan task: {sorted(unknown)}")
    task = _judged_by(by, task, PlanState.CONFIRMED, _("Only a confirmed task is corrected."))
    words = require_words(reason, InvalidPlanTask(_("Say why the confirmed task is corrected.")))
    before = _described(task)
    for name, value in changes.items():
        setattr(task, name, value)
    if None in (task.done_on, task.quality_met, task.effect_met, task.exceeded):
        raise InvalidPlanTask(_("A confirmed task keeps its day and the judgement of quality and effect."))
    return _save(by, "plan_task.correct", task, before, reason=words)


def _judged_by(by: User, task: PlanTask, state: str, refusal: str) -> PlanTask:
    task = _locked(task)
    if task.state == state and task.reported_by_id == by.pk:
        raise OwnReportConfirmed(_("Nobody confirms what they reported themselves. Somebody else of the giver does."))
    require(access_for(by).acts_for(task.giver, Role.AGENCY_HEAD))
    if task.state != state:
        raise WrongState(refusal)
    return task


def _locked(task: PlanTask) -> PlanTask:
    rows = PlanTask.objects.select_for_update(of=("self",), no_key=True)
    task = rows.select_related("agency", "giver").get(pk=task.pk)
    require_plan_unlocked(task.agency, task.due_on)
    return task


def _require_open(task: PlanTask) -> None:
    if not task.is_open:
        raise WrongState(_("The task is reported, confirmed or withdrawn; it can no longer be changed here."))


def _require_valid(task: PlanTask) -> None:
    wrong: list[Promise | str] = [*check_days(task.given_on, task.due_on, task.done_on)]
    if not task.name:
        wrong.append(_("Say what the task is."))
    if task.done_on is not None and task.done_on > timezone.localdate():
        wrong.append(_("A task is reported as done on the day, not before."))
    if not wrong:
        require_plan_unlocked(task.agency, task.due_on)
        try:
            task.full_clean(exclude=["agency", "giver"])
        except ValidationError as error:
            wrong = list(error.messages)
    if wrong:
        raise InvalidPlanTask(" ".join(str(sentence) for sentence in wrong))


def _save(by: User | None, action: str, task: PlanTask, before: dict[str, Any], *, reason: str = "") -> PlanTask:
    _require_valid(task)
    was, now = changes_between(before, _described(task))
    if now:
        task.save()
        _record(by, action, task, before=was, after=now, reason=reason)
    return task


def _cooperate(task: PlanTask, agencies: Sequence[Agency]) -> None:
    if any(agency.pk == task.agency_id for agency in agencies):
        raise InvalidPlanTask(_("The owner is not among the cooperating agencies."))
    task.cooperating.set(agencies)


def _described(task: PlanTask) -> dict[str, Any]:
    """Return what is recorded of a task in the ledger: agencies by their codes."""
    codes = sorted(task.cooperating.order_by().values_list("code", flat=True))
    own = {_LEDGER_NAMES.get(name, name): getattr(task, name) for name in _RECORDED}
    return own | {"plan_giver": task.giver.code, "cooperating": codes}


def _record(by: User | None, action: str, task: PlanTask, **content: Any) -> None:
    label = f"{task.agency.code} – {task.name}"
    record(by=by, action=action, subject=task, label=label, agency_code=task.agency.code, **content)
