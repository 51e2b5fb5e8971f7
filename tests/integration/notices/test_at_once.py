"""Timers that run twice at the same moment, on one machine or two: each person hears once."""

import datetime
import time
from collections import Counter

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from cms.catalogs.actions import remind_of_deadlines, reminding, save_round
from cms.notices.actions import gathering, make_digests, send_due
from cms.notices.enums import EmailState
from cms.notices.message_kinds import DIGEST
from cms.notices.models import Message
from cms.questions.actions import ask_question, remind_of_questions
from cms.questions.actions import reminding as question_reminding
from cms.questions.models import Question, QuestionTopic
from tests.at_once import at_once
from tests.factories import catalogs

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
MANY = 20


def write(people, **fields):
    row = {"kind": "upload.done", "subject": "Tệp đã xong", "text": "…", "address": people["editor"].email}
    Message.objects.bulk_create(Message(recipient=people["editor"], **row | fields) for _number in range(MANY))


@pytest.fixture
def slowed(monkeypatch):
    """Have acts take long enough between what they read and what they write that another one would be in between."""

    def slow(module, name, seconds):
        kept = getattr(module, name)

        def act(*args):
            time.sleep(seconds)
            return kept(*args)

        monkeypatch.setattr(module, name, act)

    return slow


def test_two_runs_send_each_e_mail_once(people, slowed):
    slowed(EmailBackend, "send_messages", 0.01)
    write(people)

    sent = at_once(*[lambda: sum(send_due())] * 2)

    assert sum(sent) == len(mail.outbox) == MANY
    assert set(Counter(letter.extra_headers["Message-ID"] for letter in mail.outbox).values()) == {1}
    assert set(Message.objects.values_list("email_state", "attempts")) == {(EmailState.SENT, 1)}


def test_two_runs_make_one_e_mail_of_the_day(people, slowed, time_machine):
    time_machine.move_to(timezone.make_aware(datetime.datetime(2027, 3, 2, 10)), tick=True)
    slowed(gathering, "send_all", 0.3)
    write(people, email_state=EmailState.GATHERED, made_at=timezone.now() - datetime.timedelta(days=1))

    made = at_once(*[lambda: sum(make_digests())] * 2)

    assert sorted(made) == [0, 1]
    assert Message.objects.get(kind=DIGEST).email_state == EmailState.SENT
    assert set(Message.objects.exclude(kind=DIGEST).values_list("email_state", flat=True)) == {EmailState.DIGESTED}


def test_two_runs_remind_of_a_deadline_once(people, province, slowed):
    today = timezone.localdate()
    days = {name: today + datetime.timedelta(days=7 * number) for number, name in enumerate(
        ("submit_by", "appraise_by", "approve_by"), start=1
    )}  # fmt: skip
    save_round(by=people["editor"], year=today.year, name="Đợt", is_current=True, **days)
    catalogs.make_version(people["other_uploader"], province.office)
    slowed(reminding, "send_all", 0.3)

    reminded = at_once(*[lambda: len(remind_of_deadlines())] * 2)

    assert min(reminded) == 0 < max(reminded)
    assert set(Counter(Message.objects.values_list("recipient", "subject")).values()) == {1}


def test_two_runs_remind_of_a_question_once(people, province, slowed):
    topic = QuestionTopic.objects.get(days=3)
    ask_question(
        by=people["uploader"], agency=province.statistics, topic=topic, subject="Đơn vị chuẩn", text="Tính thế nào?"
    )  # fmt: skip
    Question.objects.update(due_on=timezone.localdate() + datetime.timedelta(days=1))
    slowed(question_reminding, "send_all", 0.3)

    reminded = at_once(*[lambda: len(remind_of_questions())] * 2)

    assert sorted(reminded) == [0, 1]
    told = Message.objects.filter(kind="question.due").values_list("recipient", flat=True)
    assert set(Counter(told).values()) == {1}
