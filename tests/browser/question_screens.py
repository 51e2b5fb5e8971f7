"""Screens of questions: one that waits, and one that was answered."""

from __future__ import annotations

from django.urls import reverse

from cms.organisations.models import Agency
from cms.questions import actions
from cms.questions.models import Question, QuestionTopic
from cms.users.models import User


def of_agency(by: User, agency: Agency, editor: User) -> list[str]:
    """Return the screens of those who ask."""
    waiting, answered = _asked(by, agency), _asked(by, agency)
    actions.answer_question(by=editor, question=answered, text="Một cuộc họp là một đơn vị.")
    return [
        reverse("questions:list"), reverse("questions:ask"), _address("detail", waiting), _address("withdraw", waiting),
        _address("detail", answered),
    ]  # fmt: skip


def of_appraisers(by: User, agency: Agency, editor: User) -> list[str]:
    """Return the screens of those who answer and keep topics."""
    waiting, answered = _asked(by, agency), _asked(by, agency)
    actions.answer_question(by=editor, question=answered, text="Một cuộc họp là một đơn vị.")
    actions.publish_answer(by=editor, question=answered, asked="Họp tính thế nào?", answer="Một cuộc là một đơn vị.")
    topic = QuestionTopic.objects.earliest("pk")
    return [
        f"{reverse('questions:list')}?is_late=on", _address("detail", waiting), _address("pass_on", waiting),
        _address("detail", answered), _address("publish", answered), _address("hide", answered),
        reverse("questions:topics"), reverse("questions:topic_add"), reverse("questions:topic_edit", args=[topic.pk]),
    ]  # fmt: skip


def _asked(by: User, agency: Agency) -> Question:
    topic = QuestionTopic.objects.earliest("pk")
    return actions.ask_question(by=by, agency=agency, topic=topic, subject="Họp giao ban", text="Tính hệ số nào?")


def _address(name: str, question: Question) -> str:
    return reverse(f"questions:{name}", args=[question.pk])
