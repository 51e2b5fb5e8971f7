"""What those do who answer: answer, pass on to a colleague; and closing, which the agency may do too."""

from __future__ import annotations

from contextlib import ExitStack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.questions.actions.threads import Files, checked_files, locked, move_question, store_with, write_entry
from cms.questions.enums import EntryKind, QuestionState
from cms.questions.errors import InvalidQuestion
from cms.questions.models import Question
from cms.questions.notifications import notify_answered, notify_passed_on
from cms.questions.permissions import answering, can_answer, can_ask_for, require
from cms.users.models import User


def answer_question(*, by: User, question: Question, text: str, attachments: Files = ()) -> Question:
    """Answer, or add to an answer; the clock stops with the first one. The agency is told."""
    require(can_answer(by, question))
    checked = checked_files(attachments)
    with transaction.atomic(), ExitStack() as stack:
        store_with(stack, checked)
        question = locked(question, QuestionState.ASKED, QuestionState.ANSWERED)
        write_entry(by, question, EntryKind.ANSWER, text, checked)
        answered_on = question.answered_on or timezone.localdate()
        move_question(by, "question.answer", question, state=QuestionState.ANSWERED, answered_on=answered_on)
        notify_answered(question)
    return question


@transaction.atomic
def pass_on(*, by: User, question: Question, to: User) -> Question:
    """Have a colleague who appraises the same agency answer; that one alone is told from then on."""
    require(can_answer(by, question))
    question = locked(question, QuestionState.ASKED)
    if to.pk not in answering(question.agency):
        raise InvalidQuestion(_("%(name)s does not appraise this agency.") % {"name": to.full_name})
    move_question(by, "question.pass_on", question, answerer=to)
    notify_passed_on(question, by)
    return question


@transaction.atomic
def close_question(*, by: User, question: Question) -> Question:
    """Close a question that was answered: nothing more is asked or answered there."""
    require(can_answer(by, question) or can_ask_for(by, question.agency))
    question = locked(question, QuestionState.ANSWERED)
    return move_question(by, "question.close", question, state=QuestionState.CLOSED)
