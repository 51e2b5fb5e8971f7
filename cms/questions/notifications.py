"""Which people are told of each step of a question."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from cms.core.dates import format_date_vi
from cms.core.mail import in_the_platforms_language
from cms.notices.actions import send
from cms.organisations.models import Membership
from cms.questions.models import Question
from cms.questions.permissions import answering
from cms.users.enums import WRITING_AGENCY_ROLES
from cms.users.models import User


def recipients_of(question: Question) -> set[int]:
    """Return the accounts (keys) of those who answer: whom it was passed on to, or else all who appraise the agency."""
    known = answering(question.agency)
    return known & {question.answerer_id} or known


def notify_asked(question: Question) -> None:
    """Tell those who answer that a question waits."""
    due = format_date_vi(question.due_on)
    _send("question.asked", question, recipients_of(question), topic=question.topic.name, deadline=due)


def notify_passed_on(question: Question, by: User) -> None:
    """Tell whom the question was passed on to."""
    to = [question.answerer_id] if question.answerer_id else []
    _send("question.passed_on", question, to, name=by.full_name, deadline=format_date_vi(question.due_on))


def notify_answered(question: Question) -> None:
    """Tell the people of the agency, and who asked, that there is an answer."""
    people = Membership.objects.active().filter(agency=question.agency, role__in=WRITING_AGENCY_ROLES)
    _send("question.answered", question, {question.asked_by_id, *people.values_list("user", flat=True)})


def _send(kind: str, question: Question, to: Iterable[int], **values: object) -> None:
    link = reverse("questions:detail", args=[question.pk])
    with in_the_platforms_language():
        send(kind, to=to, link=link, question=str(question), agency=question.agency.name, **values)
