"""What an agency does: ask, ask once more, take back."""

from __future__ import annotations

from contextlib import ExitStack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.errors import WrongState, require_words
from cms.organisations.models import Agency
from cms.questions.actions.threads import (
    Files,
    checked_files,
    checked_text,
    locked,
    move_question,
    record_question,
    store_with,
    write_entry,
)
from cms.questions.clock import due_day
from cms.questions.enums import EntryKind, QuestionState
from cms.questions.errors import InvalidQuestion
from cms.questions.models import Question, QuestionTopic
from cms.questions.notifications import notify_asked
from cms.questions.permissions import can_ask_for, require
from cms.users.models import User

_LONGEST_SUBJECT = 200


def ask_question(
    *, by: User, agency: Agency, topic: QuestionTopic, subject: str, text: str, attachments: Files = ()
) -> Question:
    """Ask for an agency, and start the clock of the topic. Those who appraise the agency are told.

    Raises ``NotAllowed`` for whoever does not act for the agency, and ``InvalidQuestion`` for a topic that is no longer
    offered, for no words, and for files that cannot be taken.
    """
    require(can_ask_for(by, agency))
    subject = require_words(subject, InvalidQuestion(_("Say in a line what the question is about.")))
    if len(subject) > _LONGEST_SUBJECT:
        raise InvalidQuestion(_("At most %(count)d characters.") % {"count": _LONGEST_SUBJECT})
    if not topic.is_active:
        raise InvalidQuestion(_("The topic is not offered any more. Choose another one."))
    checked_text(text)
    checked = checked_files(attachments)
    with transaction.atomic(), ExitStack() as stack:
        store_with(stack, checked)
        due = due_day(timezone.localdate(), topic.days)
        question = Question.objects.create(agency=agency, topic=topic, subject=subject, asked_by=by, due_on=due)
        write_entry(by, question, EntryKind.QUESTION, text, checked)
        after = {"topic": topic.name, "due_on": due, "files": len(checked)}
        record_question(by, "question.ask", question, after=after)
        notify_asked(question)
    return question


def follow_up(*, by: User, question: Question, text: str, attachments: Files = ()) -> Question:
    """Ask once more, before or after an answer; after one the clock starts anew. Those who answer are told."""
    require(can_ask_for(by, question.agency))
    checked = checked_files(attachments)
    with transaction.atomic(), ExitStack() as stack:
        store_with(stack, checked)
        question = locked(question, QuestionState.ASKED, QuestionState.ANSWERED)
        write_entry(by, question, EntryKind.QUESTION, text, checked)
        due = question.due_on
        if question.state == QuestionState.ANSWERED:
            due = due_day(timezone.localdate(), question.topic.days)
        move_question(by, "question.follow_up", question, state=QuestionState.ASKED, due_on=due, answered_on=None)
        notify_asked(question)
    return question


@transaction.atomic
def withdraw_question(*, by: User, question: Question) -> Question:
    """Take a question back that nobody has answered yet; it stays to be read."""
    require(can_ask_for(by, question.agency))
    question = locked(question, QuestionState.ASKED)
    if question.entries.filter(kind=EntryKind.ANSWER).exists():
        raise WrongState(_("It has an answer already. Close it instead."))
    return move_question(by, "question.withdraw", question, state=QuestionState.WITHDRAWN)
