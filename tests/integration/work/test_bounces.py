"""Mail that did not arrive is seen: refused at once or come back later, of reminders and of set-up links."""

import datetime
import io
import mailbox
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.models import Reminder
from cms.organisations.enums import InvitationFailure
from cms.organisations.models import Invitation

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2027, 11, 23)


@pytest.fixture(autouse=True)
def _morning(time_machine, desk):
    time_machine.move_to(timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(7))), tick=False)


@pytest.fixture
def reminded(desk):
    """Return today's reminder of the officer, as it was sent."""
    return Reminder.objects.create(officer=desk.officer, day=TODAY, sent_at=timezone.now(), tries=1)


def report(address, *, action="failed", message_id="", original=""):
    """Return what a mail system writes about a message that it could not deliver (RFC 3464)."""
    fields = f"Reporting-MTA: dns; mail.example.vn\n\nFinal-Recipient: rfc822; {address}\n"
    fields += f"Original-Recipient: rfc822;{original}\n" if original else ""
    fields += f"Action: {action}\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such\n user here\n\n"
    enclosed = f"Message-ID: {message_id}\nSubject: Công việc\n\n"
    mark = "mark-of-parts"
    return (
        f"From: mailer-daemon@example.vn\nTo: thuocdo@example.vn\nSubject: Undelivered\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{mark}"\n\n'
        f"--{mark}\nContent-Type: text/plain\n\nNot delivered.\n\n"
        f"--{mark}\nContent-Type: message/delivery-status\n\n{fields}"
        f"--{mark}\nContent-Type: text/rfc822-headers; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{enclosed}"
        f"--{mark}--\n"
    ).encode()


@pytest.fixture
def read(monkeypatch, capsys):
    """Hand a message to the command, as a mail server does; return what it says."""

    def handed(content):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        call_command("read_bounces")
        return capsys.readouterr().out

    return handed


def named(reminder):
    return f"<nhac-viec-{reminder.day:%Y%m%d}-{reminder.officer_id}@localhost>"


def shown(client, people, name="agency_head"):
    client.force_login(people[name], backend="cms.organisations.backends.MembershipBackend")
    return client.get(reverse("assignments:bounce_list"))


def test_a_reminder_that_came_back_stands_in_the_list_until_the_address_is_another(desk, reminded, read, client):
    address = desk.officer.account.email
    assert "ghi nhận 1 địa chỉ" in read(report(address, message_id=named(reminded)))
    reminded.refresh_from_db()
    assert (reminded.refusal, reminded.refused_address) == ("5.1.1 550 5.1.1 No such user here", address)

    page = shown(client, desk.people).content.decode()
    assert desk.officer.name in page and address in page and "No such user here" in page
    assert desk.officer.name not in shown(client, desk.people, "other_agency_head").content.decode()
    desk.officer.account.email = "moi@example.vn"
    desk.officer.account.save()
    assert desk.officer.name not in shown(client, desk.people).content.decode()


def test_a_report_without_the_messages_name_is_about_the_latest_mail_to_the_address(desk, reminded, read):
    earlier = Reminder.objects.create(officer=desk.officer, day=TODAY - datetime.timedelta(days=1))
    address = desk.officer.account.email
    read(report("forwarded@elsewhere.example", original=address.upper()))
    earlier.refresh_from_db()
    reminded.refresh_from_db()
    assert (earlier.refused_address, reminded.refused_address.lower()) == ("", address)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: Re: nghi phep\n\nToi nghi den thu hai.\n",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\xff\xfe",
        report("stranger@example.com"),
        report("not an address"),
    ],
    ids=["nothing", "another mail", "cut off", "a stranger", "no address"],
)
def test_what_is_no_report_about_our_mail_changes_nothing(reminded, read, content):
    assert "ghi nhận 0 địa chỉ" in read(content)
    reminded.refresh_from_db()
    assert reminded.refusal == ""


def test_a_delay_is_no_failure(desk, reminded, read):
    assert "0 thư báo" in read(report(desk.officer.account.email, action="delayed", message_id=named(reminded)))


def test_a_report_forged_about_somebody_elses_reminder_touches_neither(desk, reminded, read):
    forged = named(reminded).replace(f"-{reminded.officer_id}@", "-999999@")
    assert "ghi nhận 0 địa chỉ" in read(report(desk.officer.account.email, message_id=forged))


def test_a_set_up_link_that_came_back_is_among_those_that_can_be_sent_again(desk, read):
    link = Invitation.objects.create(
        officer=desk.officer, email="moi-ve@example.vn", made_by=desk.people["uploader"], sent_at=timezone.now()
    )
    assert "ghi nhận 1 địa chỉ" in read(report("moi-ve@example.vn"))
    assert Invitation.objects.unsent().get() == link
    link.refresh_from_db()
    assert link.failure == InvitationFailure.REFUSED


def test_a_whole_mailbox_is_read_and_reading_it_again_changes_nothing(desk, reminded, tmp_path, capsys):
    box = mailbox.mbox(tmp_path / "bounces")
    for content in (b"Subject: xin chao\n\nabc\n", report(desk.officer.account.email, message_id=named(reminded))):
        box.add(content)
    box.close()
    for _turn in range(2):
        call_command("read_bounces", str(tmp_path / "bounces"))
        assert capsys.readouterr().out.startswith("Đã đọc 2 thư, 1 thư báo")
    assert Reminder.objects.undelivered().get() == reminded
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("read_bounces", str(tmp_path / "khong-co"))


def test_more_than_a_mail_can_be_is_not_read(read, monkeypatch):
    monkeypatch.setattr("cms.assignments.management.commands.read_bounces._MOST_BYTES", 100)
    with pytest.raises(CommandError, match="10 MiB"):
        read(bytes(101))


def test_an_address_that_the_mail_server_refuses_at_once_is_in_the_list_too(desk, monkeypatch):
    desk.give(given_on=TODAY, due_on=TODAY)
    address = desk.officer.account.email

    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({address: (550, b"5.1.1 Unknown user")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert sum(actions.send_reminders(TODAY)) == 0
    [undelivered] = Reminder.objects.undelivered()
    assert (undelivered.refusal, undelivered.refused_address) == ("550 5.1.1 Unknown user", address)
