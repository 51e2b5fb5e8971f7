"""The decision, its number, and the notice of what was decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.core.errors import NotAllowed, WrongState
from cms.core.mail import in_the_platforms_language
from cms.core.text import clean_text, fold
from cms.evaluations.actions.lower_first import require_lower_first
from cms.evaluations.actions.scoring import compute
from cms.evaluations.actions.stale import settle_stale
from cms.evaluations.actions.steps import (
    locked,
    move,
    record_act,
    record_evaluation,
    require_authority,
    require_awaited,
)
from cms.evaluations.blocking import blockers_of
from cms.evaluations.enums import Step
from cms.evaluations.errors import InvalidEvaluation
from cms.evaluations.models import Decision, Evaluation, Notice, Result
from cms.evaluations.permissions import is_own
from cms.evaluations.scoring_inputs import Leading
from cms.notices.actions import send
from cms.organisations.models import Agency, Posting
from cms.scoring.caps import level_below
from cms.scoring.definition.words import LEVELS
from cms.users.models import User

# As many names as a person reads in a refusal.
_NAMED = 5


@transaction.atomic
def decide(
    *, by: User, evaluation: Evaluation, level: str = "", words: str = "", number: str = "",
    signed_on: datetime.date | None = None,
) -> Evaluation:  # fmt: skip
    """Decide the evaluation, as who has authority to classify: by its points, or with another level and the reason.

    The result is calculated once more; one that has no total cannot be decided, nor who leads before all whom they
    lead. A decision's number with its day is asked for where the procedure says so, and is used once in a year.
    """
    evaluation = _decidable(by, evaluation)
    decision = _decision(by, [evaluation], number, signed_on)
    _require_lower_first(evaluation)
    _compute([evaluation])
    evaluation = _decide(by, evaluation, level, words, decision)
    _follow(by, [evaluation])
    return evaluation


@transaction.atomic
def decide_many(
    *, by: User, evaluations: Sequence[Evaluation], number: str = "", signed_on: datetime.date | None = None
) -> list[Evaluation]:
    """Decide evaluations by their points with one decision, those who are led first: all of them, or none.

    Raises ``InvalidEvaluation`` with everybody who cannot be decided now, by name.
    """
    waiting = [_decidable(by, each) for each in led_first(evaluations)]
    decision = _decision(by, waiting, number, signed_on)
    # Once for all of them: a level by the points is what those who lead rest on already.
    _compute(waiting)
    done, refused = [], []
    for each in waiting:
        try:
            _require_lower_first(each)
            done.append(_decide(by, each, "", "", decision))
        except InvalidEvaluation as refusal:
            refused.append(f"{each.subject}: {refusal}")
    if refused:
        raise InvalidEvaluation(" ".join([_("Nobody was decided."), *refused]))
    _follow(by, done)
    return done


def led_first(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """Return evaluations, read with their periods, in the order in which they can be decided."""
    by_period: dict[int, dict[int, Evaluation]] = {}
    for each in evaluations:
        by_period.setdefault(each.period_id, {})[each.pk] = each
    ordered = []
    for own in by_period.values():
        period = next(iter(own.values())).period
        ordered += [own[pk] for pk in Leading(period).in_order(own)]
    return ordered


def _decidable(by: User, evaluation: Evaluation) -> Evaluation:
    evaluation = locked(evaluation)
    require_authority(by, evaluation, Step.DECIDE)
    require_awaited(evaluation, Step.DECIDE)
    if evaluation.complaints.open().exists():
        raise WrongState(_("A complaint is being verified; the decision waits for its conclusion."))
    return evaluation


def _compute(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """Calculate evaluations, each period once; return the decided ones that the facts left behind."""
    periods = {each.period_id: each.period for each in evaluations}
    return [
        left
        for pk, period in periods.items()
        for left in compute(period, [each.pk for each in evaluations if each.period_id == pk])
    ]


def _require_lower_first(evaluation: Evaluation) -> None:
    if evaluation.organisation is not None:
        require_lower_first(evaluation)
    waited_for = [str(each.subject) for each in blockers_of(evaluation)]
    if waited_for:
        shown = ", ".join([*waited_for[:_NAMED], *(["…"] if len(waited_for) > _NAMED else [])])
        raise InvalidEvaluation(_("Those whom the officer leads are decided first: %(names)s.") % {"names": shown})


def _decide(by: User, evaluation: Evaluation, level: str, words: str, decision: Decision | None) -> Evaluation:
    result = Result.objects.of([evaluation.pk]).first()
    if result is None or result.total is None:
        raise InvalidEvaluation(_("There is no total yet; the receipt says what is missing."))
    level, words = _under_cap(evaluation, result, level, words)
    chosen = level or result.level
    if chosen not in LEVELS:
        raise InvalidEvaluation(_("The points decide no level here; choose one and say why."))
    if chosen != result.level and not words.strip():
        raise InvalidEvaluation(_("Say why the level is not that of the points."))
    record_act(by, evaluation, "evaluation.decide", words, level=chosen, decision=decision)
    evaluation.level = chosen
    if Step.NOTIFY not in evaluation.step_values:
        # The result stands on the officer's pages from now on.
        evaluation.notified_on = timezone.localdate()
    return move(evaluation, Step.DECIDE)


def _follow(by: User, evaluations: Sequence[Evaluation]) -> None:
    """Calculate who answers for those who were decided: their results rest on these levels."""
    left_behind = _compute(evaluations)
    for each in evaluations:
        settle_stale(each, left_behind)
        _close_reopening(by, each)


def _under_cap(evaluation: Evaluation, result: Result, level: str, words: str) -> tuple[str, str]:
    """Return level and words as whoever chose under the cap wanted them, where nothing else is said now."""
    choice = evaluation.cap_choices.standing().last()
    if level or choice is None or result.level != choice.level:
        return level, words
    said = words.strip() or choice.reason
    return (choice.level if choice.is_kept else level_below(choice.level)), said


def _decision(
    by: User, evaluations: Sequence[Evaluation], number: str, signed_on: datetime.date | None
) -> Decision | None:
    """Return the decision with its number; None where none was typed and none is asked for."""
    number = clean_text(number).text
    if not number and signed_on is None:
        if any(each.step_data(Step.DECIDE).get("numbered") for each in evaluations):
            raise InvalidEvaluation(_("The procedure asks for the number and the day of the decision."))
        return None
    if not number or signed_on is None:
        raise InvalidEvaluation(_("A decision has a number and a day; give both."))
    if signed_on > timezone.localdate() or any(signed_on < each.period.first_day for each in evaluations):
        raise InvalidEvaluation(_("The decision is signed after the period began, and today at the latest."))
    issuers = {_issuer(each, signed_on) for each in evaluations}
    if len(issuers) != 1:
        raise InvalidEvaluation(_("One decision is issued by one agency; these are for several."))
    return _numbered(by, issuers.pop(), number, signed_on)


def _issuer(evaluation: Evaluation, day: datetime.date) -> Agency:
    held = Posting.objects.on(day).filter(officer=evaluation.decider_id, is_main=True).select_related("agency")
    posting = held.first()
    return posting.agency if posting else evaluation.period.agency


def _numbered(by: User, agency: Agency, number: str, signed_on: datetime.date) -> Decision:
    key = fold(number).replace(" ", "")
    same = Decision.objects.filter(agency=agency, year=signed_on.year, number_key=key)
    if same.exists():
        raise _used(same.get())
    try:
        with transaction.atomic():
            return Decision.objects.create(
                agency=agency, number=number, number_key=key, signed_on=signed_on, year=signed_on.year,
                recorded_by=by, recorded_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise _used(same.get()) from None


def _used(decision: Decision) -> InvalidEvaluation:
    said = {
        "number": decision.number, "day": format_date_vi(decision.signed_on), "agency": decision.agency,
        "name": decision.recorded_by.full_name,
    }  # fmt: skip
    sentence = _("The number %(number)s is used already: %(agency)s, signed on %(day)s, recorded by %(name)s.")
    return InvalidEvaluation(sentence % said)


@transaction.atomic
def notify(
    *, by: User, evaluations: Iterable[Evaluation], notified_on: datetime.date | None = None, bodies: str = ""
) -> list[Evaluation]:
    """Make decided results known: to each officer on their pages and by mail, and to ``bodies`` as they are named.

    From ``notified_on`` (today without one) clocks of the officer run. One's own is made known by somebody else.
    """
    day, bodies = notified_on or timezone.localdate(), clean_text(bodies).text
    if day > timezone.localdate():
        raise InvalidEvaluation(_("A notice is given today at the latest."))
    return [_notify(by, each, day, bodies) for each in evaluations]


def _notify(by: User, evaluation: Evaluation, day: datetime.date, bodies: str) -> Evaluation:
    evaluation = locked(evaluation)
    require_authority(by, evaluation, Step.NOTIFY)
    require_awaited(evaluation, Step.NOTIFY)
    record_act(by, evaluation, "evaluation.notify", bodies)
    Notice.objects.create(
        evaluation=evaluation, notified_on=day, bodies=bodies, sent_by=by, sent_at=timezone.now()
    )  # fmt: skip
    evaluation.notified_on = day
    evaluation = move(evaluation, Step.NOTIFY)
    _close_reopening(by, evaluation)
    _send_notice(evaluation)
    return evaluation


def _send_notice(evaluation: Evaluation) -> None:
    """Tell the officer that there is a result to read; no figure stands in a message."""
    account = evaluation.officer.account_id if evaluation.officer else None
    if account is None:
        return
    link = reverse("personal:evaluation", args=[evaluation.identity])
    with in_the_platforms_language():
        send("evaluation.notice", to=[account], link=link, period=str(evaluation.period))


@transaction.atomic
def acknowledge(*, by: User, evaluation: Evaluation) -> Notice:
    """Say, as the officer, that the notice was received; the clocks run from the notice all the same."""
    if not is_own(by, evaluation):
        raise NotAllowed(_("The officer says that the notice was received; nobody does it for them."))
    notice = Notice.objects.select_for_update().filter(evaluation=evaluation, withdrawn_at=None).first()
    if notice is None or notice.acknowledged_at:
        raise WrongState(_("There is no notice to receive, or it was received already."))
    notice.acknowledged_at = timezone.now()
    notice.save()
    record_evaluation(by, "evaluation.acknowledge", evaluation)
    return notice


def _close_reopening(by: User, evaluation: Evaluation) -> None:
    """Make the new result of a reopened evaluation final, and end the reopening, once nothing more is awaited."""
    if evaluation.period.is_locked and not evaluation.awaits:
        now = timezone.now()
        Result.objects.filter(evaluation=evaluation, frozen_at=None).update(frozen_at=now)
        evaluation.reopenings.open().update(closed_at=now)
        record_evaluation(by, "evaluation.correct", evaluation)
