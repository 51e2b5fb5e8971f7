"""What bodies do in an evaluation: the meeting of the unit, verification, re-examination, an opinion."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import NotAllowed, require_words
from cms.core.text import clean_text
from cms.evaluations.actions.steps import locked, move, record_act, require_authority, require_awaited
from cms.evaluations.enums import Step
from cms.evaluations.errors import InvalidEvaluation
from cms.evaluations.models import Attendance, Evaluation, Meeting, Period
from cms.organisations.models import Agency, Officer
from cms.scoring.definition.words import LEVELS
from cms.users.models import User

# At least so much of a unit is present: more than half.
_HALF = 2


@dataclass(frozen=True)
class Minutes:
    """What the minutes of a meeting say.

    ``present`` has everybody of the unit who was asked to come, by key, and whether they were there; ``opinions`` the
    meeting's words on an evaluation, by key.
    """

    held_on: datetime.date
    chair: str
    text: str
    present: Mapping[int, bool]
    opinions: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def hold_meeting(
    *, by: User, period: Period, agency: Agency, evaluations: Sequence[Evaluation], minutes: Minutes
) -> Meeting:
    """Record a unit's meeting on evaluations, with who was there and what was said of each; they go on to what follows.

    More than half of those who were asked to come have to have been there. Where the self-assessment has not come, the
    opinion says why it was not waited for. Nobody records what is said of themselves.
    """
    chair, text = clean_text(minutes.chair).text, minutes.text.strip()
    if not chair or not text:
        raise InvalidEvaluation(_("Minutes say who chaired the meeting, and what was said."))
    if minutes.held_on > timezone.localdate() or minutes.held_on < timezone.localdate(period.opened_at):
        raise InvalidEvaluation(_("The meeting is held after the opening of the period, and today at the latest."))
    if sum(minutes.present.values()) * _HALF <= len(minutes.present):
        raise InvalidEvaluation(_("More than half of the unit has to be at the meeting."))
    if not evaluations:
        raise InvalidEvaluation(_("Choose whose evaluations the meeting was about."))
    meeting = Meeting.objects.create(
        period=period, agency=agency, held_on=minutes.held_on, chair=chair, minutes=text,
        recorded_by=by, recorded_at=timezone.now(),
    )  # fmt: skip
    known = set(Officer.objects.filter(pk__in=minutes.present).values_list("pk", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, officer_id=pk, present=there)
        for pk, there in minutes.present.items()
        if pk in known
    )
    for each in evaluations:
        _discuss(by, each, meeting, minutes.opinions.get(each.pk, ""))
    record(
        by=by, action="period.meeting", subject=period, label=f"{period} – {agency}", agency_code=agency.code,
        after={"evaluations": len(evaluations)},
    )  # fmt: skip
    return meeting


def _discuss(by: User, evaluation: Evaluation, meeting: Meeting, words: str) -> None:
    evaluation = locked(evaluation)
    require_authority(by, evaluation, Step.MEET)
    if evaluation.period_id != meeting.period_id:
        raise NotAllowed(_("The meeting is about evaluations of one period."))
    if evaluation.awaits == Step.ASSESS and Step.MEET in evaluation.step_values[1:2]:
        if not words.strip():
            sentence = _("%(officer)s has not sent the self-assessment in. Say why it is not waited for.")
            raise InvalidEvaluation(sentence % {"officer": evaluation.subject})
    else:
        require_awaited(evaluation, Step.MEET)
    record_act(by, evaluation, "evaluation.meet", words, meeting=meeting)
    move(evaluation, Step.MEET)


def verify(*, by: User, evaluation: Evaluation, words: str, level: str = "") -> Evaluation:
    """Record what verification found, and the level that is proposed."""
    return _state(by, evaluation, "evaluation.verify", Step.VERIFY, words, level)


def review(*, by: User, evaluation: Evaluation, words: str, level: str = "") -> Evaluation:
    """Record what the re-examination before the points are closed found."""
    return _state(by, evaluation, "evaluation.review", Step.REVIEW, words, level)


def give_opinion(*, by: User, evaluation: Evaluation, words: str, level: str = "") -> Evaluation:
    """Record the opinion of who is asked before the decision."""
    return _state(by, evaluation, "evaluation.opinion", Step.OPINION, words, level)


@transaction.atomic
def _state(by: User, evaluation: Evaluation, action: str, step: Step, words: str, level: str) -> Evaluation:
    evaluation = locked(evaluation)
    require_authority(by, evaluation, step)
    require_awaited(evaluation, step)
    words = require_words(words, InvalidEvaluation(_("Say what was found.")))
    if level and level not in LEVELS:
        raise InvalidEvaluation(_("There is no such level."))
    record_act(by, evaluation, action, words, level=level)
    return move(evaluation, step)


STATED = {Step.VERIFY: verify, Step.REVIEW: review, Step.OPINION: give_opinion}
