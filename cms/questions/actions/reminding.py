"""Reminding those who answer of what is due, and of what is late."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.models import AuditEvent
from cms.core.dates import format_date_vi
from cms.core.mail import in_the_platforms_language
from cms.notices.actions import Letter, send_all
from cms.questions.actions.threads import record_question
from cms.questions.models import Question
from cms.questions.notifications import recipients_of

# Days before the last day of the answer, and (below 0) after it.
REMINDED_ON = (3, 1, -1, -3, -7)


@transaction.atomic
@in_the_platforms_language()
def remind_of_questions() -> list[Question]:
    """Remind those who answer of questions that are due, or late, ``REMINDED_ON`` days from today; once a day.

    Each person is sent one message about all of theirs.
    """
    today = timezone.localdate()
    days = [today + datetime.timedelta(days=each) for each in REMINDED_ON]
    due = Question.objects.waiting().filter(due_on__in=days).select_related("agency").order_by("due_on", "pk")
    # Of two timers that run at once the second waits here, and then finds what the first has done.
    locked = list(due.select_for_update(of=("self",)))
    done = AuditEvent.objects.done("question.remind").between(today, today).values_list("subject_id", flat=True)
    reminded = {int(key) for key in done}
    questions = [question for question in locked if question.pk not in reminded]
    lines: dict[int, list[str]] = defaultdict(list)
    for question in questions:
        line = _("– %(question)s: by %(day)s") % {"question": question, "day": format_date_vi(question.due_on)}
        for account in recipients_of(question):
            lines[account].append(line)
        record_question(None, "question.remind", question)
    send_all(
        Letter("question.due", [account], reverse("questions:list"), {"questions": "\n".join(said)})
        for account, said in sorted(lines.items())
    )
    return questions
