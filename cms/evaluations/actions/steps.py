"""The steps of an evaluation: self-assessment, the manager's marks, the decision, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import NotAllowed, WrongState
from cms.evaluations.actions.scoring import compute
from cms.evaluations.enums import Act, Step
from cms.evaluations.errors import InvalidEvaluation, OwnEvaluation
from cms.evaluations.models import Evaluation, EvaluationAct, Result
from cms.evaluations.permissions import can_assess, can_decide, can_mark, is_own
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
def assess_self(*, by: User, evaluation: Evaluation, marks: Mapping[str, Any], words: str = "") -> Evaluation:
    """Send the self-assessment in: ``marks`` by code under ``criteria``, ``indicators`` and ``comments``.

    The common criteria may have one mark for all of them, under ``common``.

    Raises ``InvalidEvaluation`` with what the framework does not take, ``NotAllowed`` for anybody but the officer.
    """
    evaluation = locked(evaluation)
    if not is_own(by, evaluation):
        raise NotAllowed(_("Officers assess themselves; nobody does it for them."))
    if not can_assess(by, evaluation):
        raise WrongState(_("The self-assessment was sent in, or none is asked for."))
    _do(by, evaluation, "evaluation.assess", _read(evaluation, marks), words)
    return _move(evaluation, Step.ASSESS)


@transaction.atomic
def mark(*, by: User, evaluation: Evaluation, marks: Mapping[str, Any], words: str = "") -> Evaluation:
    """Give the marks that count, as who has authority to evaluate; the result is calculated at once.

    Without a self-assessment ``words`` say why it was not waited for. What was marked before is marked anew until the
    decision.
    """
    evaluation = locked(evaluation)
    _require_authority(by, evaluation, can_mark)
    if Step.MARK not in evaluation.period.steps or evaluation.awaits == "" or evaluation.absence:
        raise WrongState(_("This evaluation takes no marks now."))
    if evaluation.awaits == Step.ASSESS and not words.strip():
        raise InvalidEvaluation(_("The officer has not sent the self-assessment in. Say why it is not waited for."))
    _do(by, evaluation, "evaluation.mark", _read(evaluation, marks), words)
    evaluation = _move(evaluation, Step.MARK)
    compute(evaluation.period, [evaluation.pk])
    return evaluation


@transaction.atomic
def decide(*, by: User, evaluation: Evaluation, level: str = "", words: str = "") -> Evaluation:
    """Decide the evaluation, as who has authority to classify: by its points, or with another level and the reason.

    The result is calculated once more; one that has no total cannot be decided.
    """
    evaluation = locked(evaluation)
    _require_authority(by, evaluation, can_decide)
    if evaluation.awaits != Step.DECIDE or evaluation.absence:
        raise WrongState(_("This evaluation does not wait for a decision."))
    compute(evaluation.period, [evaluation.pk])
    result = Result.objects.of([evaluation.pk]).first()
    if result is None or result.total is None:
        raise InvalidEvaluation(_("There is no total yet; the receipt says what is missing."))
    chosen = level or result.level
    if chosen not in LEVELS:
        raise InvalidEvaluation(_("The points decide no level here; choose one and say why."))
    if chosen != result.level and not words.strip():
        raise InvalidEvaluation(_("Say why the level is not that of the points."))
    _do(by, evaluation, "evaluation.decide", {}, words, level=chosen)
    evaluation.level = chosen
    evaluation = _move(evaluation, Step.DECIDE)
    # Who answers for the officer has a result that rests on this level.
    compute(evaluation.period, [evaluation.pk])
    _close_reopening(evaluation)
    return evaluation


@transaction.atomic
def send_back(*, by: User, evaluation: Evaluation, to: str, words: str) -> Evaluation:
    """Send an evaluation back to an earlier step, with the reason; before the lock also one that was decided."""
    evaluation = locked(evaluation)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody decides about their own evaluation."))
    if not (can_decide(by, evaluation) or (evaluation.awaits != "" and can_mark(by, evaluation))):
        raise NotAllowed(_("Who has authority over the officer sends an evaluation back."))
    steps = evaluation.period.steps
    here = steps.index(evaluation.awaits) if evaluation.awaits else len(steps)
    if to not in steps[:here] or evaluation.absence:
        raise WrongState(_("The evaluation does not stand behind that step."))
    if not words.strip():
        raise InvalidEvaluation(_("Say what has to be mended."))
    _do(by, evaluation, "evaluation.send_back", {}, words)
    evaluation.awaits, evaluation.level = to, ""
    evaluation.save()
    return evaluation


def locked(evaluation: Evaluation) -> Evaluation:
    """Return the evaluation as it is now; nobody else changes it until the transaction ends.

    Raises ``WrongState`` where its period is locked and two people have not opened it again.
    """
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        "period__agency", "officer", "agency", "posting", "framework", "evaluator", "decider"
    )
    evaluation = rows.get(pk=evaluation.pk)
    if evaluation.period.is_locked and not evaluation.reopenings.open().exists():
        raise WrongState(_("The period is locked; two people can reopen an evaluation."))
    if evaluation.framework is None:
        raise WrongState(_("No framework judges this officer: %(why)s") % {"why": evaluation.framework_reason})
    return evaluation


def _require_authority(by: User, evaluation: Evaluation, may: Any) -> None:
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody marks or decides about themselves."))
    if not may(by, evaluation):
        raise NotAllowed(_("This is for who has authority over the officer."))


def _read(evaluation: Evaluation, marks: Mapping[str, Any]) -> dict[str, Any]:
    """Return the marks as they are kept, once the framework has taken them."""
    assert evaluation.framework is not None  # noqa: S101 (``locked`` asked)
    given = {key: marks[key] for key in _KEYS if marks.get(key) not in (None, "", {})}
    if unknown := set(marks) - set(_KEYS):
        raise TypeError(f"no marks: {sorted(unknown)}")
    subject, problems = read_marks(evaluation.framework.definition, evaluation, given)
    if subject is None:
        raise InvalidEvaluation(" ".join(render(each) for each in problems[:_TOLD]))
    written = write_subject(subject)
    return {key: written[key] for key in _KEYS if key in written}


def _do(by: User, evaluation: Evaluation, action: str, marks: dict[str, Any], words: str, level: str = "") -> None:
    if len(words) > LONGEST:
        raise InvalidEvaluation(_("At most %(count)d characters.") % {"count": LONGEST})
    EvaluationAct.objects.create(
        evaluation=evaluation, act=Act(action.partition(".")[2]), marks=marks, words=words.strip(), level=level,
        done_by=by, done_at=timezone.now(),
    )  # fmt: skip
    record_evaluation(by, action, evaluation)


def record_evaluation(by: User, action: str, evaluation: Evaluation, **content: Any) -> None:
    """Write an act to the ledger, under the officer's code; marks and words about a person stand nowhere in it."""
    label = f"{evaluation.officer.code} – {evaluation.period}"
    record(by=by, action=action, subject=evaluation, label=label, agency_code=evaluation.period.agency.code, **content)


def _move(evaluation: Evaluation, done: Step) -> Evaluation:
    """Let the evaluation wait for the step after the one that was done."""
    steps = evaluation.period.steps
    following = steps[steps.index(done) + 1 :]
    evaluation.awaits = following[0] if following else ""
    evaluation.save()
    return evaluation


def _close_reopening(evaluation: Evaluation) -> None:
    """Make the new result of a reopened evaluation final, and end the reopening."""
    if evaluation.period.is_locked:
        now = timezone.now()
        Result.objects.filter(evaluation=evaluation, frozen_at=None).update(frozen_at=now)
        evaluation.reopenings.open().update(closed_at=now)
