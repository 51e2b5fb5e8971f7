"""Writes about periods: opened, locked by two people."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.enums import WorkState
from cms.assignments.models import WorkAssignment
from cms.audit.actions import record
from cms.core.errors import NotAllowed, WrongState
from cms.evaluations.actions.scoring import compute
from cms.evaluations.calendar import clock_of, has_special_year_end
from cms.evaluations.enums import MONTHS_OF, PeriodKind, Step, SubjectKind
from cms.evaluations.errors import InvalidPeriod, OwnEvaluation
from cms.evaluations.models import Evaluation, Objection, Period, Result
from cms.evaluations.models.evaluations import subject_code
from cms.evaluations.models.periods import last_day_of, period_name
from cms.evaluations.permissions import EVALUATING_KINDS, agencies_of_periods, can_keep, can_lock
from cms.evaluations.procedures import Case, ProceduresOn, freeze
from cms.evaluations.whose import Chosen, chosen_at
from cms.frameworks.applicable import Applicable, FrameworksOn
from cms.organisations.authority import AuthorityChart
from cms.organisations.enums import AuthorityAct, AuthoritySubject, Hole
from cms.organisations.models import Agency, Posting
from cms.organisations.permissions import require
from cms.scoring.canonical import content_hash
from cms.scoring.definition import Definition
from cms.users.models import User

# As many names as a person reads in a refusal.
_NAMED = 5


@transaction.atomic
def open_period(*, by: User | None, agency: Agency, kind: str, first_day: datetime.date) -> Period:
    """Open a period of an agency for everybody who works there or below it on its last day.

    For each officer the framework and who has authority are settled now, with their reasons; where there is a hole,
    the reason says so. Raises ``InvalidPeriod``: a period that is open already, a day on which none begins, a period
    that no framework knows.
    """
    require(by is None or agencies_of_periods(by).filter(pk=agency.pk).exists())
    _require_sensible(agency, kind, first_day)
    last_day = last_day_of(kind, first_day)
    chosen = _chosen(agency, first_day, last_day)
    postings = [each.posting for each in chosen]
    frameworks = FrameworksOn(last_day).for_postings(postings)
    made_of_kind = made_of(kind, frameworks)
    period = Period.objects.create(
        agency=agency, kind=kind, first_day=first_day, last_day=last_day, made_of=made_of_kind,
        opened_by=by, opened_at=timezone.now(),
    )  # fmt: skip
    chart = AuthorityChart(timezone.localdate())
    chart.read([posting.officer_id for posting in postings], {each.agency for each in chosen})
    opening = Opening.of(period, chart)
    evaluations = [opening.evaluation(*each) for each in zip(postings, frameworks, strict=True)]
    for evaluation, each in zip(evaluations, chosen, strict=True):
        _apply(evaluation, each, chart)
    Evaluation.objects.bulk_create(evaluations)
    record(
        by=by, action="period.open", subject=period, label=str(period), agency_code=agency.code,
        after={"evaluations": len(postings)},
    )  # fmt: skip
    if made_of_kind:
        compute(period)
    return period


def _require_sensible(agency: Agency, kind: str, first_day: datetime.date) -> None:
    if agency.kind not in EVALUATING_KINDS:
        raise InvalidPeriod(_("Periods are opened for departments and communes, with all their units."))
    require_day(kind, first_day)
    # The row of the department or commune: two people who open at once stand in line.
    Agency.objects.select_for_update().filter(path=agency.path[: 2 * Agency.steplen]).exists()
    of_officers = Period.objects.filter(subject_kind=SubjectKind.OFFICER)
    same = of_officers.overlapping_agencies(agency).filter(kind=kind, first_day=first_day).first()
    if same is not None:
        words = {"period": period_name(kind, first_day), "agency": same.agency}
        raise InvalidPeriod(_("%(period)s is open already for %(agency)s.") % words)


def require_day(kind: str, first_day: datetime.date) -> None:
    """Raise ``InvalidPeriod`` for a day on which no such period of the calendar begins."""
    if first_day.day != 1 or (first_day.month - 1) % MONTHS_OF[PeriodKind(kind)]:
        raise InvalidPeriod(_("No such period begins on this day."))


def _chosen(agency: Agency, first: datetime.date, last: datetime.date) -> list[Chosen]:
    """Return whom the agency evaluates, each by the posting and at the place that the framework's settings say."""
    found = chosen_at(agency, first, last)
    if not found:
        raise InvalidPeriod(_("Nobody works at %(agency)s in this period.") % {"agency": agency})
    return found


def _apply(evaluation: Evaluation, chosen: Chosen, chart: AuthorityChart) -> None:
    """Say what was applied; where another than the main posting counts, the authority is that over it."""
    evaluation.applied = "\n".join(chosen.applied)
    if chosen.posting.is_main and chosen.agency == chosen.posting.agency:
        return
    evaluation.agency = chosen.agency
    evaluates, classifies = (
        chart.over(chosen.posting, chosen.agency, act) for act in (AuthorityAct.EVALUATE, AuthorityAct.CLASSIFY)
    )
    evaluation.evaluator, evaluation.evaluator_reason = evaluates.officer, evaluates.reason
    evaluation.decider, evaluation.decider_reason = classifies.officer, classifies.reason


def made_of(kind: str, frameworks: list[Applicable]) -> str:
    """Return of which shorter periods the frameworks make this one; empty where it is scored from work and marks."""
    definitions = {each.version.pk: each.version.definition for each in frameworks if each.version}
    if not definitions:
        raise InvalidPeriod(_("No framework holds for anybody at the end of this period."))
    ways = {_way(each, kind) for each in definitions.values()}
    if len(ways) > 1:
        raise InvalidPeriod(_("The frameworks of this agency make this period in different ways."))
    way = ways.pop()
    if way is None:
        raise InvalidPeriod(_("The framework neither monitors nor classifies by such a period."))
    return way


def _way(definition: Definition, kind: str) -> str | None:
    known = {*definition.periods.monitored.value, definition.periods.classified.value}
    longer = [each.made_of for each in definition.periods.longer if each.period == kind and each.made_of in known]
    if longer:
        return longer[0]
    return "" if kind in known else None


@dataclass(frozen=True)
class Opening:
    """What the evaluations of a period are settled by when it is opened, read once."""

    period: Period
    chart: AuthorityChart
    procedures: ProceduresOn
    is_special: bool

    @classmethod
    def of(cls, period: Period, chart: AuthorityChart) -> Opening:
        """Read what a period needs besides who has authority."""
        is_special = has_special_year_end(period.agency, period.last_day.year)
        return cls(period, chart, ProceduresOn(timezone.localdate()), is_special)

    def evaluation(self, posting: Posting, applicable: Applicable) -> Evaluation:
        """Return the evaluation of an officer, not yet stored."""
        evaluates, classifies, opinion = (
            self.chart.of_officer(posting.officer_id, act)
            for act in (AuthorityAct.EVALUATE, AuthorityAct.CLASSIFY, AuthorityAct.OPINION)
        )
        found = applicable.version
        evaluation = Evaluation(
            period=self.period, officer=posting.officer, posting=posting, agency=posting.agency, role=posting.role,
            category=posting.officer.category, position_group=posting.position.group.code, framework=found,
            framework_reason="; ".join(applicable.reasons) if found else applicable.problem,
            evaluator=evaluates.officer, evaluator_reason=evaluates.reason,
            decider=classifies.officer, decider_reason=classifies.reason,
            absence="" if found else applicable.problem,
        )  # fmt: skip
        if opinion.hole != Hole.NOT_ASKED:
            evaluation.adviser, evaluation.adviser_reason = opinion.officer, opinion.reason
        # Whose opinion the table of authority does not ask for goes without that step.
        self.give_steps(evaluation, left_out={Step.OPINION} if opinion.hole == Hole.NOT_ASKED else set())
        return evaluation

    def give_steps(self, evaluation: Evaluation, *, left_out: Collection[str] = ()) -> None:
        """Freeze the steps of the procedure that an evaluation goes through, and let it wait for the first."""
        version, period = evaluation.framework, self.period
        subject = evaluation.role or AuthoritySubject.ORGANISATION
        case = Case(period.kind, evaluation.agency.block, subject, version.framework.code if version else "")
        evaluation.procedure, steps = self.procedures.of(case, is_made=bool(period.made_of))
        clock = clock_of(period, version, is_special=self.is_special)
        evaluation.steps = freeze(steps, clock, left_out=left_out)
        evaluation.await_step(evaluation.step_values[0])


@transaction.atomic
def propose_lock(*, by: User, period: Period) -> Period:
    """Propose that the results become final. Raises ``InvalidPeriod`` with all that is still to be done, by name."""
    period = _locked(period)
    require(can_keep(by, period))
    if period.is_locked or period.lock_proposed_at:
        raise WrongState(_("The period is locked, or its lock is proposed already."))
    _require_finished(period)
    period.lock_proposed_by, period.lock_proposed_at = by, timezone.now()
    period.save()
    _record(by, "period.propose_lock", period)
    return period


@transaction.atomic
def withdraw_lock(*, by: User, period: Period) -> Period:
    """Take the proposal back, so that the period goes on."""
    period = _locked(period)
    require(can_keep(by, period))
    if period.is_locked or not period.lock_proposed_at:
        raise WrongState(_("Nobody proposed to lock this period, or it is locked."))
    period.lock_proposed_by = period.lock_proposed_at = None
    period.save()
    _record(by, "period.withdraw_lock", period)
    return period


@transaction.atomic
def lock_period(*, by: User, period: Period) -> Period:
    """Make all results of the period final, as the second person: the head of the agency.

    From then on the database refuses every change to them and to the work behind them.
    """
    period = _locked(period)
    if period.lock_proposed_by_id == by.pk:
        raise OwnEvaluation(_("The lock is the act of two people; you proposed it."))
    if not can_lock(by, period):
        raise NotAllowed(_("The head of the agency locks a period that somebody else proposed to lock."))
    if period.is_locked:
        raise WrongState(_("The period is locked."))
    _require_finished(period)
    now = timezone.now()
    results = Result.objects.in_period(period)
    hashes = sorted(results.values_list(subject_code("evaluation"), "content_hash"))
    Result.objects.filter(evaluation__period=period, frozen_at=None).update(frozen_at=now)
    period.locked_by, period.locked_at = by, now
    period.save()
    after = {"results": len(hashes), "results_hash": content_hash([list(each) for each in hashes])}
    _record(by, "period.lock", period, after=after)
    return period


def _require_finished(period: Period) -> None:
    """Raise ``InvalidPeriod`` while anything of the period waits for anybody."""
    missing = [
        *_unfinished(period), *_objected(period), *_unconfirmed(period), *_unlocked_parts(period),
        *_left_behind(period),
    ]  # fmt: skip
    if missing:
        raise InvalidPeriod(" ".join(missing))


def _unfinished(period: Period) -> list[str]:
    waiting = period.evaluations.unfinished().select_related("officer", "organisation")
    return _listed(_("Not decided yet (%(count)d): %(names)s."), [str(each.subject) for each in waiting])


def _objected(period: Period) -> list[str]:
    """Name whose objection nobody answered yet: the result may still change."""
    waiting = Objection.objects.open().filter(evaluation__period=period).select_related("evaluation__officer")
    names = [str(each.evaluation.subject) for each in waiting.order_by("evaluation__officer__code")]
    return _listed(_("Objections wait for an answer (%(count)d): %(names)s."), names)


def _unconfirmed(period: Period) -> list[str]:
    """Name whose work of the period was reported as done and waits for confirmation: it would count for nothing."""
    if period.made_of:
        return []
    officers = period.evaluations.counted().order_by().values("officer")
    waiting = WorkAssignment.objects.filter(
        officer__in=officers, state=WorkState.DONE, month__gte=period.first_day, month__lte=period.last_day
    )
    names = sorted({str(each.officer) for each in waiting.select_related("officer")})
    return _listed(_("Work waits for confirmation (%(count)d): %(names)s."), names)


def _unlocked_parts(period: Period) -> list[str]:
    """Name the shorter periods of the agency that are open: their results may still change.

    A year is classified before 15/12: its last part, which is not over by then, stays open, and receipts say that it is
    provisional.
    """
    if not period.made_of:
        return []
    shorter = Period.objects.inside(period, period.made_of).filter(agency=period.agency, locked_at=None)
    if period.kind == PeriodKind.YEAR:
        shorter = shorter.filter(last_day__lt=timezone.localdate())
    return _listed(_("Shorter periods are open (%(count)d): %(names)s."), [str(each) for each in shorter])


def _left_behind(period: Period) -> list[str]:
    names = [f"{each.subject} ({each.moved})" for each in compute(period)]
    return _listed(_("What was decided no longer fits the facts (%(count)d): %(names)s. Send it back."), names)


def _listed(sentence: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = ["…"] if len(names) > _NAMED else []
    return [sentence % {"count": len(names), "names": ", ".join([*names[:_NAMED], *more])}]


def _locked(period: Period) -> Period:
    return Period.objects.select_for_update(of=("self",)).select_related("agency").get(pk=period.pk)


def _record(by: User, action: str, period: Period, after: dict[str, Any] | None = None) -> None:
    record(by=by, action=action, subject=period, label=str(period), agency_code=period.agency.code, after=after)
