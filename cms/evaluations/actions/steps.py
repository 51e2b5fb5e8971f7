"""The steps in which an evaluation is assessed and marked, the way back, and what every step shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.core.errors import NotAllowed, WrongState, require_words
from cms.evaluations.actions.scoring import compute
from cms.evaluations.actions.stale import mark_above_stale
from cms.evaluations.enums import Act, Step
from cms.evaluations.errors import InvalidEvaluation, OwnEvaluation
from cms.evaluations.models import Evaluation, EvaluationAct
from cms.evaluations.permissions import can_assess, can_decide, can_mark, delegation_to, is_own, may_do
from cms.evaluations.scoring_inputs import read_marks
from cms.frameworks.messages import render
from cms.scoring.definition.words import LEVELS
from cms.scoring.inputs import write_subject
from cms.users.models import User

LONGEST = 4000
_KEYS = ("common", "criteria", "indicators", "comments", "evidence")
# As many problems as a person mends at once are told.
_TOLD = 20


@transaction.atomic
def assess_self(
    *, by: User, evaluation: Evaluation, marks: Mapping[str, Any], words: str = "", level: str = ""
) -> Evaluation:
    """Send the self-assessment in: ``marks`` by code under ``criteria``, ``indicators`` and ``comments``.

    The common criteria may have one mark for all of them, under ``common``. ``level`` is the level that the officer
    proposes (Form 02). A period that follows from shorter ones takes no marks.

    Raises ``InvalidEvaluation`` with what the framework does not take, ``NotAllowed`` for anybody but the officer.
    """
    evaluation = locked(evaluation)
    if not is_own(by, evaluation):
        raise NotAllowed(_("Officers assess themselves; nobody does it for them."))
    if not can_assess(by, evaluation):
        raise WrongState(_("The self-assessment was sent in, or none is asked for."))
    record_act(by, evaluation, "evaluation.assess", words, marks=_read(evaluation, marks), level=_level(level))
    return move(evaluation, Step.ASSESS)


@transaction.atomic
def mark(*, by: User, evaluation: Evaluation, marks: Mapping[str, Any], words: str = "", level: str = "") -> Evaluation:
    """Give the marks that count, as who has authority to evaluate; the result is calculated at once.

    Without a self-assessment ``words`` say why it was not waited for. What was marked before is marked anew until the
    decision; steps after the marks are then done anew. ``level`` is what the manager proposes. A period that follows
    from shorter ones takes the proposal alone.
    """
    evaluation = give_marks(by, locked(evaluation), marks, words, level)
    compute(evaluation.period, [evaluation.pk])
    return evaluation


def give_marks(
    by: User, evaluation: Evaluation, marks: Mapping[str, Any], words: str = "", level: str = ""
) -> Evaluation:
    """Mark an evaluation that is locked for the transaction; the caller has the results calculated."""
    require_authority(by, evaluation, Step.MARK)
    _require_markable(evaluation)
    if evaluation.awaits == Step.ASSESS and not words.strip():
        raise InvalidEvaluation(_("The officer has not sent the self-assessment in. Say why it is not waited for."))
    record_act(by, evaluation, "evaluation.mark", words, marks=_read(evaluation, marks), level=_level(level))
    return move(evaluation, Step.MARK)


@transaction.atomic
def send_back(*, by: User, evaluation: Evaluation, to: str, words: str) -> Evaluation:
    """Send an evaluation back to an earlier step, with the reason; before the lock also one that was decided.

    By who decides; before the decision also by who marks, and by whose step it is.
    """
    evaluation = locked(evaluation)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody decides about their own evaluation."))
    on_the_way = bool(evaluation.awaits) and not evaluation.is_decided
    may = can_decide(by, evaluation) or (
        on_the_way and (can_mark(by, evaluation) or may_do(by, evaluation, evaluation.awaits))
    )
    if not may:
        raise NotAllowed(_("Who has authority over the officer sends an evaluation back."))
    steps = evaluation.step_values
    here = steps.index(evaluation.awaits) if evaluation.awaits else len(steps)
    if to not in steps[:here] or evaluation.absence:
        raise WrongState(_("The evaluation does not stand behind that step."))
    words = require_words(words, InvalidEvaluation(_("Say what has to be mended.")))
    record_act(by, evaluation, "evaluation.send_back", words)
    if evaluation.is_decided:
        mark_above_stale(evaluation)
    take_back(evaluation, to)
    evaluation.save()
    return evaluation


def locked(evaluation: Evaluation) -> Evaluation:
    """Return the evaluation as it is now; nobody else changes it until the transaction ends.

    Raises ``WrongState`` where its period is locked and two people have not opened it again.
    """
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        "period__agency", "officer", "organisation", "agency", "posting", "framework", "evaluator", "decider", "adviser"
    )
    evaluation = rows.get(pk=evaluation.pk)
    if evaluation.period.is_locked and not evaluation.reopenings.open().exists():
        raise WrongState(_("The period is locked; two people can reopen an evaluation."))
    if evaluation.framework is None:
        raise WrongState(_("No framework judges this officer: %(why)s") % {"why": evaluation.framework_reason})
    return evaluation


def require_authority(by: User, evaluation: Evaluation, step: Step) -> None:
    """Refuse whoever may not do a step; one's own evaluation first of all."""
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody marks or decides about themselves."))
    if not may_do(by, evaluation, step):
        raise NotAllowed(_("This is for who has authority over the officer."))


def require_awaited(evaluation: Evaluation, step: Step) -> None:
    """Refuse where another step comes next, with who did this one and when, if somebody has."""
    if evaluation.awaits == step and not evaluation.absence:
        return
    last = evaluation.acts.filter(act=step.value).select_related("done_by").last()
    if last is not None and step in evaluation.step_values and not evaluation.absence:
        said = {
            "step": step.label, "name": last.done_by.full_name,
            "at": f"{timezone.localtime(last.done_at):%H:%M}", "day": format_date_vi(timezone.localdate(last.done_at)),
        }  # fmt: skip
        sentence = _("%(step)s: %(name)s did this at %(at)s on %(day)s. Nothing was recorded twice.")
        raise WrongState(sentence % said)
    raise WrongState(_("This evaluation does not wait for that: %(step)s.") % {"step": step.label})


def takes_marks(evaluation: Evaluation) -> bool:
    """Say whether marks may be given now: from their step on until the decision, or in place of a self-assessment."""
    steps = evaluation.step_values
    if Step.MARK not in steps or not evaluation.awaits or evaluation.absence or evaluation.is_decided:
        return False
    here, marks = steps.index(evaluation.awaits), steps.index(Step.MARK)
    return here >= marks or steps[here + 1] == Step.MARK and evaluation.awaits == Step.ASSESS


def _require_markable(evaluation: Evaluation) -> None:
    if not takes_marks(evaluation):
        raise WrongState(_("This evaluation takes no marks now."))


def _level(level: str) -> str:
    if level and level not in LEVELS:
        raise InvalidEvaluation(_("There is no such level."))
    return level


def _read(evaluation: Evaluation, marks: Mapping[str, Any]) -> dict[str, Any]:
    """Return the marks as they are kept, once the framework has taken them."""
    assert evaluation.framework is not None  # noqa: S101 (``locked`` asked)
    if evaluation.period.made_of:
        if any(marks.values()):
            raise InvalidEvaluation(_("The points of this period follow from shorter ones; no marks are given."))
        return {}
    given = {key: marks[key] for key in _KEYS if marks.get(key) not in (None, "", {})}
    if unknown := set(marks) - set(_KEYS):
        raise TypeError(f"no marks: {sorted(unknown)}")
    subject, problems = read_marks(evaluation.framework.definition, evaluation, given)
    if subject is None:
        raise InvalidEvaluation(" ".join(render(each) for each in problems[:_TOLD]))
    written = write_subject(subject)
    return {key: written[key] for key in _KEYS if key in written}


def record_act(by: User, evaluation: Evaluation, action: str, words: str = "", **kept: Any) -> EvaluationAct:
    """Write an act down as it was done, with why somebody else than who was named did it; and into the ledger."""
    if len(words) > LONGEST:
        raise InvalidEvaluation(_("At most %(count)d characters.") % {"count": LONGEST})
    act = Act(action.partition(".")[2])
    delegation = None if is_own(by, evaluation) else delegation_to(by, evaluation, act)
    done = EvaluationAct.objects.create(
        evaluation=evaluation, act=act, words=words.strip(), done_by=by, done_at=timezone.now(),
        in_place_of=_in_place_of(delegation), **kept,
    )  # fmt: skip
    record_evaluation(by, action, evaluation)
    return done


def _in_place_of(delegation: Any) -> str:
    if delegation is None:
        return ""
    said = {
        "giver": delegation.from_officer.name, "day": format_date_vi(delegation.valid_from),
        "reason": delegation.reason.rstrip("."),
    }  # fmt: skip
    return _("By delegation of %(giver)s from %(day)s: %(reason)s.") % said


_VEILED = frozenset({
    "evaluation.find", "evaluation.withdraw_finding", "evaluation.order_verification",
    "evaluation.conclude_verification", "evaluation.object", "evaluation.appoint_reviewer",
    "evaluation.answer_objection", "evaluation.propose_cancellation",
})  # fmt: skip


def record_evaluation(by: User, action: str, evaluation: Evaluation, **content: Any) -> None:
    """Write an act to the ledger, under the subject's code; marks and words about a person stand nowhere in it.

    That somebody has a case, a complaint or an objection is for those who must know: such acts name the period alone.
    """
    label = str(evaluation.period) if action in _VEILED else str(evaluation)
    record(by=by, action=action, subject=evaluation, label=label, agency_code=evaluation.period.agency.code, **content)


def move(evaluation: Evaluation, done: Step) -> Evaluation:
    """Let the evaluation wait for the step after the one that was done."""
    steps = evaluation.step_values
    following = steps[steps.index(done) + 1 :]
    evaluation.await_step(following[0] if following else "")
    evaluation.save()
    return evaluation


def take_back(evaluation: Evaluation, to: str) -> None:
    """Let the evaluation wait for an earlier step, with its decision and notice taken back; the caller saves."""
    evaluation.await_step(to)
    evaluation.level, evaluation.notified_on = "", None
    evaluation.notices.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())


def marks_or_decision(evaluation: Evaluation) -> str:
    """Return to which step an evaluation goes back that is opened again: its marks, without any its decision."""
    return Step.MARK if Step.MARK in evaluation.step_values else Step.DECIDE
