"""Writes about procedures: written by an editor, issued by another person; and about the calendar of the year."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import WrongState
from cms.core.text import clean_text
from cms.evaluations.enums import PeriodKind
from cms.evaluations.errors import InvalidProcedure, OwnEvaluation
from cms.evaluations.models import Procedure, ProcedureStep, SpecialYearEnd, YearClock
from cms.evaluations.permissions import can_issue_procedures, can_write_procedures
from cms.evaluations.procedures import overlap, problems
from cms.evaluations.shipped_procedures import CLOCKS, PROCEDURES, ProcedureSpec, StepSpec
from cms.organisations.enums import AgencyKind
from cms.organisations.models import Agency
from cms.organisations.permissions import require
from cms.users.models import User

_SCOPE = ("kinds", "blocks", "subjects", "frameworks")


@transaction.atomic
def draft_procedure(*, by: User | None, code: str, name: str = "") -> Procedure:
    """Return the draft of a procedure; without one a new version with the scope and steps of the last."""
    require(by is None or can_write_procedures(by))
    draft = Procedure.objects.drafts().filter(code=code).first()
    if draft is not None:
        return draft
    last = Procedure.objects.filter(code=code).order_by("-number").first()
    draft = Procedure(code=code, number=last.number + 1 if last else 1, name=name or (last.name if last else code))
    if last is not None:
        for field in (*_SCOPE, "basis"):
            setattr(draft, field, getattr(last, field))
    draft.written_by = by
    draft.save()
    steps = list(last.steps.all()) if last else []
    for each in steps:
        each.pk, each.procedure = None, draft
    ProcedureStep.objects.bulk_create(steps)
    return draft


@transaction.atomic
def edit_procedure(
    *, by: User | None, procedure: Procedure, name: str, steps: Sequence[StepSpec], basis: str = "",
    **scope: Sequence[str],
) -> Procedure:  # fmt: skip
    """Let a draft say whom it is for (``kinds``, ``blocks``, ``subjects``, ``frameworks``) and its steps in order.

    Raises ``InvalidProcedure`` with everything that is wrong with the steps.
    """
    require(by is None or can_write_procedures(by))
    procedure = _draft(procedure)
    wrong = problems(steps)
    if not set(scope.get("kinds", ())) & set(PeriodKind.values):
        wrong = [_("Say for which periods the procedure is."), *wrong]
    if wrong:
        raise InvalidProcedure(" ".join(wrong))
    before = _serialized(procedure)
    procedure.name, procedure.basis, procedure.written_by = clean_text(name).text, clean_text(basis).text, by
    for field in _SCOPE:
        setattr(procedure, field, sorted(str(each) for each in scope.get(field, ())))
    procedure.save()
    procedure.steps.all().delete()
    ProcedureStep.objects.bulk_create(_rows(procedure, steps))
    record(
        by=by, action="procedure.edit", subject=procedure, label=procedure.name, before=before,
        after=_serialized(procedure),
    )  # fmt: skip
    return procedure


@transaction.atomic
def issue_procedure(
    *, by: User | None, procedure: Procedure, effective_from: datetime.date, decision_number: str, ends: bool = False
) -> Procedure:
    """Let a draft hold for periods that are opened from a day on, by a decision; not by who wrote it.

    With ``ends`` it says that the procedure no longer holds. Periods that are open keep the steps they were opened
    with. Raises ``InvalidProcedure`` where another procedure in force is for the same evaluations.
    """
    require(by is None or can_issue_procedures(by))
    procedure = _draft(procedure)
    if by is not None and procedure.written_by_id == by.pk:
        raise OwnEvaluation(_("Who wrote the procedure does not issue it. Ask another approver."))
    decision_number = clean_text(decision_number).text
    if not decision_number or not procedure.steps.exists():
        raise InvalidProcedure(_("A procedure is issued with a decision, and with its steps."))
    if by is not None and effective_from < timezone.localdate():
        raise InvalidProcedure(_("A procedure takes effect today at the earliest."))
    others = Procedure.objects.in_force(effective_from).exclude(code=procedure.code)
    same = next((each for each in others if not ends and overlap(procedure, each)), None)
    if same is not None:
        raise InvalidProcedure(_("“%(name)s” is for the same evaluations; end it, or narrow one of them.") % {
            "name": same.name
        })  # fmt: skip
    procedure.effective_from, procedure.decision_number, procedure.ends = effective_from, decision_number, ends
    procedure.issued_at, procedure.issued_by = timezone.now(), by
    procedure.save()
    record(
        by=by, action="procedure.issue", subject=procedure, label=procedure.name, after=_serialized(procedure) | {
            "effective_from": effective_from, "decision_number": decision_number
        },
    )  # fmt: skip
    return procedure


@transaction.atomic
def load_shipped_procedure(*, by: User | None, spec: ProcedureSpec) -> Procedure | None:
    """Make a shipped procedure a draft; None where there is one of its code already."""
    if Procedure.objects.filter(code=spec.code).exists():
        return None
    draft = draft_procedure(by=by, code=spec.code, name=spec.name)
    return edit_procedure(
        by=by, procedure=draft, name=spec.name, steps=spec.steps, basis=spec.basis, kinds=spec.kinds,
        blocks=spec.blocks, subjects=spec.subjects, frameworks=spec.frameworks,
    )  # fmt: skip


def load_shipped_procedures(*, by: User | None) -> list[Procedure]:
    """Make drafts of the decree's procedures that are not there yet, and of the clocks of the plans."""
    found = [load_shipped_procedure(by=by, spec=each) for each in PROCEDURES]
    if not YearClock.objects.exists():
        YearClock.objects.bulk_create(YearClock(**each) for each in CLOCKS)
    return [each for each in found if each is not None]


@transaction.atomic
def save_clock(*, by: User, clock: YearClock) -> YearClock:
    """Keep a clock of the year as it was filled in; what it said before stands in the ledger."""
    require(can_write_procedures(by))
    if clock.days_after is None and not {*clock.months} & {*range(1, 13)}:
        raise InvalidProcedure(_("Choose the months in which it is due."))
    before = YearClock.objects.filter(pk=clock.pk).first()
    try:
        clock.full_clean()
    except ValidationError as error:
        raise InvalidProcedure(" ".join(error.messages)) from error
    clock.save()
    record(
        by=by, action="calendar.clock", subject=clock, label=clock.name, before=_clock(before) if before else None,
        after=_clock(clock),
    )  # fmt: skip
    return clock


@transaction.atomic
def remove_clock(*, by: User, clock: YearClock) -> None:
    """Take a clock out of the calendar."""
    require(can_write_procedures(by))
    record(by=by, action="calendar.remove_clock", subject=clock, label=clock.name)
    clock.delete()


@transaction.atomic
def grant_special_year_end(*, by: User, agency: Agency, year: int, document: str) -> SpecialYearEnd:
    """Allow a department or commune, by the superior's document, the special day of a year (15/01 by the decree).

    Periods that are opened afterwards count from it.
    """
    require(can_issue_procedures(by))
    document = clean_text(document).text
    if agency.kind not in (AgencyKind.DEPARTMENT, AgencyKind.COMMUNE):
        raise InvalidProcedure(_("The special day is allowed to departments and communes, with all their units."))
    if not document:
        raise InvalidProcedure(_("Name the document by which the superior allows it."))
    if SpecialYearEnd.objects.filter(agency=agency, year=year).exists():
        raise WrongState(_("This was allowed already."))
    grant = SpecialYearEnd.objects.create(
        agency=agency, year=year, document=document, granted_by=by, granted_at=timezone.now()
    )
    record(
        by=by, action="calendar.special", subject=grant, label=str(grant), agency_code=agency.code,
        after={"document": document},
    )  # fmt: skip
    return grant


def _clock(clock: YearClock) -> dict[str, Any]:
    kept = ("done_by", "months", "first_day", "last_day", "days_after", "reminds_agencies", "basis")
    return {name: getattr(clock, name) for name in kept} | {"agency": clock.agency and clock.agency.code}


def _draft(procedure: Procedure) -> Procedure:
    procedure = Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    if procedure.issued_at:
        raise InvalidProcedure(_("An issued procedure never changes. Write a new version."))
    return procedure


def _rows(procedure: Procedure, steps: Sequence[StepSpec]) -> list[ProcedureStep]:
    return [
        ProcedureStep(
            procedure=procedure, order=order, step=each.step, actor=each.actor, due_rule=each.due_rule,
            due_value=each.due_value, remind_days=each.remind_days, numbered=each.numbered, name=each.name,
        )
        for order, each in enumerate(steps, 1)
    ]  # fmt: skip


def _serialized(procedure: Procedure) -> dict[str, Any]:
    steps = [
        f"{each.step} {each.actor} {each.due_rule}:{each.due_value}".strip()
        for each in procedure.steps.order_by("order")
    ]  # fmt: skip
    return {field: getattr(procedure, field) for field in _SCOPE} | {"steps": steps}
