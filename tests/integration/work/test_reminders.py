"""Reminders: one digest a day for who has something to be reminded of, and a run that breaks off goes on."""

import datetime
from collections import Counter

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.actions import reminding
from cms.assignments.enums import ClaimAbout, ClaimCause
from cms.assignments.models import Reminder, WorkAssignment
from cms.organisations.actions import edit_officer
from tests.factories.officers import make_posting
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
# A Tuesday, after whatever day the tests run on.
TODAY = datetime.date(2027, 11, 23)


@pytest.fixture(autouse=True)
def _morning(time_machine, desk):
    time_machine.move_to(timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(7))), tick=False)


@pytest.fixture
def add(desk):
    """Write open work that is due so many days from today."""

    def write(days, posting=None, state="given"):
        posting, due = posting or desk.posting, TODAY + datetime.timedelta(days=days)
        return WorkAssignment.objects.create(
            officer=posting.officer, posting=posting, agency=posting.agency, item=desk.item,
            item_identity=desk.item.identity, code=desk.item.code, name=desk.item.name, coefficient=1, assigned=4,
            given_on=due - datetime.timedelta(days=10), due_on=due, state=state,
            done_on=due if state == "done" else None,
        )  # fmt: skip

    return write


def posted(agency, number, **fields):
    """Return the posting of an officer with an account and an address."""
    posting = make_posting(agency, code=f"CC-{number}", name=f"Công chức {number}", **fields)
    posting.officer = edit_officer(by=None, officer=posting.officer, account=make_user(f"cc-{number}"))
    return posting


def send():
    mail.outbox.clear()
    return sum(actions.send_reminders(TODAY))


def test_a_digest_names_what_is_late_and_soon_due_and_nothing_else(desk, add):
    add(-2)
    add(0)
    add(3)
    add(4)
    add(-1, state="done")
    assert send() == 1
    (message,) = mail.outbox
    assert message.to == [desk.officer.account.email]
    assert message.subject == "Công việc của bạn ngày 23/11/2027"
    days = [line.split(":")[0] for line in message.body.splitlines() if line.startswith("– ")]
    assert days == ["– 21/11/2027", "– 23/11/2027", "– 26/11/2027"]
    assert "/cua-toi/cong-viec/" in message.body


def test_who_has_nothing_to_be_reminded_of_hears_nothing(desk, add):
    add(20)
    assert send() == 0
    assert not Reminder.objects.exists()


def test_one_a_day_however_often_it_runs(desk, add, time_machine):
    add(0)
    assert [send(), send()] == [1, 0]
    time_machine.shift(datetime.timedelta(days=1))
    assert sum(actions.send_reminders(TODAY + datetime.timedelta(days=1))) == 1


def test_each_chooses_of_what(client, desk, add):
    add(-2)
    add(2)
    client.force_login(desk.officer.account)
    url = reverse("personal:reminders")
    assert "checked" in client.get(url).content.decode()
    times = {"before_days": 3, "quiet_from": 19, "quiet_until": 7}
    assert "Đã lưu lựa chọn." in client.post(url, times | {"soon": "on"}, follow=True).content.decode()
    send()
    assert "25/11/2027" in mail.outbox[0].body and "21/11/2027" not in mail.outbox[0].body
    assert client.post(url, times).status_code == 302
    assert client.post(url, {"before_days": "nhiều"}).status_code == 422
    Reminder.objects.all().delete()
    assert send() == 0


def test_a_manager_hears_who_is_long_late(desk, add, province):
    leader = posted(province.statistics, 1, role="head")
    add(-4)
    assert send() == 1
    add(-5)
    add(-9)
    Reminder.objects.all().delete()
    assert send() == 2
    (reported,) = [message for message in mail.outbox if message.to == [leader.officer.account.email]]
    assert "– Công chức 0100 (CC-100): 2 nhiệm vụ" in reported.body


def test_a_claim_to_decide_is_counted(desk, add, province, time_machine):
    leader = posted(province.statistics, 1, role="head")
    claim = actions.make_claim(
        by=desk.officer.account, work=add(9), about=ClaimAbout.LATE, cause=ClaimCause.SYSTEM, statement="Hệ thống lỗi."
    )
    type(claim).objects.filter(pk=claim.pk).update(competent=leader.officer)
    assert send() == 1
    assert "1 giải trình đang chờ bạn." in mail.outbox[0].body


def test_who_has_no_account_or_left_is_passed_over(desk, add, province):
    add(0, posting=make_posting(province.statistics))
    left = posted(province.statistics, 2)
    add(0, posting=left)
    left.officer.account.is_active = False
    left.officer.account.save()
    assert send() == 0


class Refusing(EmailBackend):
    """A mail server that refuses one reader."""

    def send_messages(self, messages):
        if any("cc-7" in reader for message in messages for reader in message.to):
            raise OSError("550 no such reader")
        return super().send_messages(messages)


def test_one_who_cannot_be_reached_keeps_nobody_from_theirs_and_is_shown_it(client, desk, add, province, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    unreachable = posted(province.statistics, 7)
    add(0)
    add(0, posting=unreachable)
    assert [send() for _run in range(5)] == [1, 0, 0, 0, 0]
    assert Reminder.objects.get(officer=unreachable.officer).tries == reminding.MOST_TRIES
    client.force_login(unreachable.officer.account)
    page = client.get(reverse("personal:reminders")).content.decode()
    assert "không gửi được" in page


class BreaksOff(EmailBackend):
    """A process that is killed after so many mails."""

    left = 0

    def send_messages(self, messages):
        if type(self).left == 0:
            raise KeyboardInterrupt
        type(self).left -= 1
        return super().send_messages(messages)


def test_a_run_that_breaks_off_anywhere_goes_on_without_loss_or_double(desk, add, province, settings, monkeypatch):
    monkeypatch.setattr(reminding, "CHUNK", 3)
    for number in range(20, 28):
        add(0, posting=posted(province.statistics, number))
    settings.EMAIL_BACKEND = f"{__name__}.BreaksOff"
    mail.outbox.clear()
    for so_many in (0, 1, 2, 3, 1):
        BreaksOff.left = so_many
        with pytest.raises(KeyboardInterrupt):
            list(actions.send_reminders(TODAY))
    BreaksOff.left = 99
    list(actions.send_reminders(TODAY))
    readers = Counter(message.to[0] for message in mail.outbox)
    assert len(readers) == 8
    assert set(readers.values()) == {1}


def test_the_same_mail_sent_again_is_known_by_its_name(desk, add):
    add(0)
    send()
    (first,) = mail.outbox
    Reminder.objects.update(sent_at=None)
    send()
    assert mail.outbox[0].extra_headers["Message-ID"] == first.extra_headers["Message-ID"]


def test_outside_the_hours_nothing_is_sent(desk, add, time_machine, capsys):
    add(0)
    for day, hour in ((23, 5), (23, 20), (27, 9), (28, 9)):
        time_machine.move_to(timezone.make_aware(datetime.datetime(2027, 11, day, hour)), tick=False)
        call_command("send_reminders")
    assert not Reminder.objects.exists()
    call_command("send_reminders", now=True)
    time_machine.move_to(timezone.make_aware(datetime.datetime(2027, 11, 29, 9)), tick=False)
    call_command("send_reminders")
    assert Reminder.objects.filter(sent_at__isnull=False).count() == 2


def test_a_chunk_of_many_asks_as_often_as_a_chunk_of_few(desk, add, province):
    def asked():
        Reminder.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            sent = send()
        # Each mail is marked by a query of its own.
        return len(queries) - sent

    add(0)
    add(-9)
    few = asked()
    for number in range(20, 40):
        posting = posted(province.statistics, number)
        add(0, posting=posting)
        add(-9, posting=posting)
    assert asked() <= few + 1
