"""Making an answer public for everybody who asks the same, and taking it away."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.errors import require_words
from cms.questions.actions.threads import checked_text, locked, record_question
from cms.questions.enums import QuestionState
from cms.questions.errors import InvalidQuestion
from cms.questions.models import PublishedAnswer, Question
from cms.questions.permissions import can_answer, require
from cms.users.models import User

LONGEST_ASKED = 300


@transaction.atomic
def publish_answer(*, by: User, question: Question, asked: str, answer: str) -> PublishedAnswer:
    """Show everybody a question that was answered, in these words; again: in other words."""
    require(can_answer(by, question))
    question = locked(question, QuestionState.ANSWERED, QuestionState.CLOSED)
    asked = require_words(asked, InvalidQuestion(_("Write what is asked or answered.")))
    if len(asked) > LONGEST_ASKED:
        raise InvalidQuestion(_("At most %(count)d characters.") % {"count": LONGEST_ASKED})
    values = {
        "asked": asked,
        "answer": checked_text(answer),
        "is_public": True,
        "by": by,
        "published_at": timezone.now(),
    }
    published, _is_new = PublishedAnswer.objects.update_or_create(question=question, defaults=values)
    words = {"public_question": published.asked, "public_answer": published.answer}
    record_question(by, "question.publish", question, after=words)
    return published


@transaction.atomic
def hide_answer(*, by: User, question: Question) -> None:
    """Show it to nobody any more; what is hidden already stays so."""
    require(can_answer(by, question))
    if PublishedAnswer.objects.public().filter(question=question).update(is_public=False):
        record_question(by, "question.hide", question)
