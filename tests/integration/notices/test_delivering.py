"""Messages are never silently lost: a row each, e-mail after the commit, and again until it arrives."""

import datetime
import smtplib
from collections import Counter
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from cms.notices.actions import delivering, send, send_due
from cms.notices.enums import EmailError, EmailState
from cms.notices.models import LEASE, RETENTION, Message

NOON = datetime.datetime(2027, 3, 2, 5, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def notify(people, django_capture_on_commit_callbacks):
    """Tell people that an upload is done, as an act does."""

    def act(*names, executes=True):
        with django_capture_on_commit_callbacks(execute=executes):
            send(
                "upload.done", to=[people[name].pk for name in names], link="/admin/uploads/1/", file="a.xlsx",
                state="đã ghi", agency="Chi cục Thống kê",
            )  # fmt: skip

    return act


@pytest.fixture
def down(monkeypatch):
    """Take the mail server away, and give it back."""

    def refuse(self):
        raise ConnectionRefusedError("refused")

    def switch(is_down):
        monkeypatch.setattr(EmailBackend, "open", refuse if is_down else lambda self: None, raising=False)

    return switch


def counted():
    return Counter(address for message in mail.outbox for address in message.to)


def test_what_is_told_is_a_row_for_each_and_one_mail_for_each(people, notify):
    notify("uploader", "editor")

    rows = Message.objects.order_by("pk")
    assert {row.recipient_id for row in rows} == {people["uploader"].pk, people["editor"].pk}
    assert {(row.email_state, row.attempts, row.link) for row in rows} == {(EmailState.SENT, 1, "/admin/uploads/1/")}
    assert counted() == {people["uploader"].email: 1, people["editor"].email: 1}
    assert sum(send_due()) == 0


def test_what_is_undone_is_told_to_nobody(notify):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify("uploader")
        raise ZeroDivisionError

    assert not Message.objects.exists()


def test_who_has_no_address_or_is_closed(people, notify):
    people["uploader"].email, people["editor"].is_active = "", False
    people["uploader"].save()
    people["editor"].save()
    notify("uploader", "editor")

    assert Message.objects.get().email_state == EmailState.NONE
    assert not mail.outbox


def test_a_server_that_is_down_for_a_day_gets_everything_exactly_once_later(people, notify, clock, down):
    down(True)
    notify("uploader", "editor")
    for hours in range(1, 25):
        clock.move_to(NOON + hours * HOUR, tick=False)
        assert sum(send_due()) == 0
    rows = Message.objects.all()
    assert {(row.email_state, row.error) for row in rows} == {(EmailState.FAILED, EmailError.UNREACHABLE)}
    assert 5 < rows[0].attempts < 24
    assert Message.objects.overdue().count() == 0

    down(False)
    for hours in range(25, 40):
        clock.move_to(NOON + hours * HOUR, tick=False)
        list(send_due())

    assert counted() == {people["uploader"].email: 1, people["editor"].email: 1}
    assert set(Message.objects.values_list("email_state", flat=True)) == {EmailState.SENT}


def test_pauses_grow_for_three_days_at_least_and_then_it_is_given_up(notify, clock, down):
    down(True)
    notify("uploader")
    pauses, begun = [], timezone.now()
    while (row := Message.objects.get()).email_state == EmailState.FAILED:
        pauses.append(row.next_try_at - timezone.now())
        clock.move_to(row.next_try_at, tick=False)
        list(send_due())

    assert pauses == sorted(pauses)
    assert timezone.now() - begun > datetime.timedelta(days=3)
    assert row.email_state == EmailState.ABANDONED
    down(False)
    clock.move_to(timezone.now() + datetime.timedelta(days=30), tick=False)
    assert sum(send_due()) == 0


def test_an_address_that_is_refused_keeps_it_from_nobody_else(people, notify, monkeypatch):
    kept = EmailBackend.send_messages

    def refuse_one(backend, messages):
        if messages[0].to == [people["uploader"].email]:
            raise smtplib.SMTPRecipientsRefused({})
        return kept(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_one)
    notify("uploader", "editor")

    states = dict(Message.objects.values_list("recipient", "email_state"))
    assert states == {people["uploader"].pk: EmailState.FAILED, people["editor"].pk: EmailState.SENT}
    assert Message.objects.get(recipient=people["uploader"]).error == EmailError.ADDRESS


def test_what_no_mail_can_be_made_of_stands_in_nobodys_way(people, notify, clock, down):
    down(True)
    notify("uploader", "editor")
    Message.objects.filter(recipient=people["uploader"]).update(address="a@example.vn\nBcc: b@example.vn")
    down(False)
    clock.shift(HOUR)

    assert sum(send_due()) == 1
    assert counted() == {people["editor"].email: 1}
    row = Message.objects.get(recipient=people["uploader"])
    assert (row.email_state, row.error) == (EmailState.FAILED, "refused")


def test_what_another_run_claimed_is_left_to_it(notify, clock):
    notify("uploader", executes=False)
    row = Message.objects.get()
    Message.objects.update(next_try_at=timezone.now() + LEASE)

    assert sum(send_due()) == 0
    with mail.get_connection() as connection:
        assert not delivering._send_one(connection, row.pk)
    assert not mail.outbox


def test_a_run_that_was_killed_loses_nothing_and_repeats_one_at_most(people, notify, clock, monkeypatch):
    notify("uploader", "editor", executes=False)
    kept = EmailBackend.send_messages

    def die(backend, messages):
        kept(backend, messages)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", die)
        with pytest.raises(KeyboardInterrupt):
            list(send_due())
    assert sum(send_due()) == 1
    clock.move_to(NOON + LEASE, tick=False)
    assert sum(send_due()) == 1

    assert sorted(counted().values()) == [1, 2]
    twice = [message for message in mail.outbox if counted()[message.to[0]] == 2]
    assert len({message.extra_headers["Message-ID"] for message in twice}) == 1


def test_two_commands_after_another_send_once_and_say_what_waits(people, notify, clock, down):
    down(True)
    notify("uploader")
    clock.move_to(NOON + 25 * HOUR, tick=False)
    out = StringIO()
    call_command("send_messages", stdout=out)
    assert "Đã gửi 0 thư; 1 thư chờ quá một ngày." in out.getvalue()
    down(False)
    clock.move_to(NOON + 30 * HOUR, tick=False)
    call_command("send_messages", stdout=out)
    call_command("send_messages", stdout=out)

    assert counted() == {people["uploader"].email: 1}


def test_old_messages_go_and_those_on_their_way_stay(people, notify, clock):
    notify("uploader", executes=True)
    notify("editor", executes=False)
    clock.move_to(NOON + RETENTION + HOUR, tick=False)
    call_command("forget_messages", stdout=StringIO())

    assert list(Message.objects.values_list("recipient", flat=True)) == [people["editor"].pk]


@pytest.mark.parametrize(
    ("url", "ssl", "tls", "port"),
    [
        ("smtp+ssl://u:p@mail.example.vn:465", True, False, 465),
        ("smtp+tls://u:p@mail.example.vn:587", False, True, 587),
    ],
)
def test_the_setting_of_the_mail_server_takes_both_kinds_of_tls(url, ssl, tls, port):
    from cms.settings.base import env

    found = env.email_url_config(url)
    assert (bool(found.get("EMAIL_USE_SSL")), bool(found.get("EMAIL_USE_TLS")), found["EMAIL_PORT"]) == (ssl, tls, port)
