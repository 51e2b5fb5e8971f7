"""E-mails come as each person chose: at once, once a day in one, or never; the row is always written."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.notices.actions import Letter, choose_emails, make_digests, send, send_all, send_due
from cms.notices.actions.gathering import MOST_NAMED
from cms.notices.enums import EmailState, Pace
from cms.notices.kinds import all_groups, all_kinds
from cms.notices.message_kinds import DIGEST
from cms.notices.models import EmailChoice, Message, QuietHours
from tests.factories.people import make_user

SCREEN = reverse("inbox:emails")
DAY = datetime.timedelta(days=1)


def local(day, hour, minute=0):
    return timezone.make_aware(datetime.datetime(2027, 3, day, hour, minute))


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(local(2, 10), tick=False)
    return time_machine


@pytest.fixture
def notify(django_capture_on_commit_callbacks):
    """Tell people that a file is done, as an act does."""

    def act(*people, file="a.xlsx"):
        with django_capture_on_commit_callbacks(execute=True):
            values = {"file": file, "state": "đã ghi", "agency": "Chi cục Thống kê"}
            send("upload.done", to=[each.pk for each in people], link="/admin/uploads/1/", **values)

    return act


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Run the command of every five minutes."""

    def act():
        with django_capture_on_commit_callbacks(execute=True):
            call_command("send_messages")

    return act


def choose(person, pace, group="uploads", quiet=None):
    choose_emails(by=person, paces={group: pace}, quiet=quiet)


def states(kind="upload.done"):
    rows = Message.objects.filter(kind=kind)
    return dict(rows.values_list("recipient__username", "email_state"))


def test_each_hears_as_they_chose_and_finds_it_in_the_inbox_anyway(people, notify):
    choose(people["editor"], Pace.DAILY)
    choose(people["approver"], Pace.NEVER)
    choose(people["agency_head"], Pace.NEVER, group="catalogs")
    notify(*(people[name] for name in ("uploader", "editor", "approver", "agency_head")))

    told = {people[name].username: state for name, state in (
        ("uploader", EmailState.SENT), ("editor", EmailState.GATHERED), ("approver", EmailState.NONE),
        ("agency_head", EmailState.SENT),
    )}  # fmt: skip
    assert states() == told
    assert {message.to[0] for message in mail.outbox} == {people["uploader"].email, people["agency_head"].email}
    assert all(Message.objects.own(people[name]).unread().count() == 1 for name in ("editor", "approver"))


def test_what_the_law_asks_for_comes_at_once_whatever_was_chosen(people, django_capture_on_commit_callbacks):
    choose(people["editor"], Pace.NEVER, group="evaluations")
    with django_capture_on_commit_callbacks(execute=True):
        send("evaluation.notice", to=[people["editor"].pk], link="/cua-toi/", period="Quý III")

    assert [message.to for message in mail.outbox] == [[people["editor"].email]]


def test_choices_are_read_in_one_query_however_many_are_told(people, django_assert_num_queries):
    many = [make_user(f"nguoi-{number}") for number in range(12)]
    for each in many:
        choose(each, Pace.NEVER)
    values = {"file": "a.xlsx", "state": "đã ghi", "agency": "Chi cục"}
    letters = [Letter("upload.done", [each.pk], "/admin/", values) for each in many]
    # People, the text, choices, and the rows.
    for told in (letters[:1], letters):
        with django_assert_num_queries(4):
            send_all(told)


def test_one_e_mail_a_day_holds_what_was_told_before_the_morning(people, notify, run, clock):
    choose(people["editor"], Pace.DAILY)
    notify(people["editor"], file="mot.xlsx")
    clock.move_to(local(2, 23), tick=False)
    notify(people["editor"], file="hai.xlsx")
    for moment in (local(2, 23, 5), local(3, 5, 55)):
        clock.move_to(moment, tick=False)
        run()
    assert not mail.outbox

    clock.move_to(local(3, 6), tick=False)
    run()
    (letter,) = mail.outbox
    assert letter.subject == "Thông báo trong ngày: 2"
    assert letter.body.index("mot.xlsx") < letter.body.index("hai.xlsx")
    assert "/admin/uploads/1/" in letter.body and "/hop-tin/" in letter.body

    notify(people["editor"], file="ba.xlsx")
    for moment in (local(3, 6, 5), local(3, 22)):
        clock.move_to(moment, tick=False)
        run()
    assert len(mail.outbox) == 1
    clock.move_to(local(4, 6, 5), tick=False)
    run()
    assert ["ba.xlsx" in letter.body for letter in mail.outbox] == [False, True]
    assert set(states().values()) == {EmailState.DIGESTED}
    # It only says again what stands in the inbox.
    assert Message.objects.own(people["editor"]).count() == 3


def test_what_comes_too_late_for_the_morning_waits_for_the_next_one(people, notify, run, clock):
    choose(people["editor"], Pace.DAILY)
    notify(people["editor"])
    clock.move_to(local(3, 6), tick=False)
    run()
    notify(people["editor"])
    # Made before the hour by a transaction that ended after it.
    Message.objects.filter(kind="upload.done", email_state=EmailState.GATHERED).update(made_at=local(3, 5, 59))
    run()
    assert len(mail.outbox) == 1
    clock.shift(DAY)
    run()
    assert len(mail.outbox) == 2


def test_a_server_that_is_down_in_the_morning_gets_the_e_mail_of_the_day_once(people, notify, run, clock, monkeypatch):
    from django.core.mail.backends.locmem import EmailBackend

    choose(people["editor"], Pace.DAILY)
    notify(people["editor"])
    clock.move_to(local(3, 6), tick=False)
    with monkeypatch.context() as patch:

        def refuse(backend):
            raise ConnectionRefusedError

        patch.setattr(EmailBackend, "open", refuse, raising=False)
        run()
    assert not mail.outbox
    for hours in range(1, 4):
        clock.move_to(local(3, 6 + hours), tick=False)
        run()
    assert len(mail.outbox) == 1


def test_a_long_day_is_named_in_part_and_counted(people, clock):
    row = {"recipient": people["editor"], "kind": "upload.done", "text": "…", "email_state": EmailState.GATHERED}
    Message.objects.bulk_create(Message(**row, subject=f"Tin {number}.") for number in range(MOST_NAMED + 3))
    clock.move_to(local(3, 7), tick=False)

    assert sum(make_digests()) == 1
    text = Message.objects.get(kind=DIGEST).text
    assert f"Tin {MOST_NAMED - 1}." in text and f"Tin {MOST_NAMED}." not in text
    assert "và 3 thông báo khác." in text


def test_who_was_closed_meanwhile_gets_none(people, notify, clock):
    choose(people["editor"], Pace.DAILY)
    notify(people["editor"])
    people["editor"].is_active = False
    people["editor"].save()
    clock.move_to(local(3, 7), tick=False)

    assert sum(make_digests()) == 0


@pytest.mark.parametrize(("quiet", "at", "free"), [((20, 6), (2, 22), (3, 6)), ((12, 14), (2, 12), (2, 14))])
def test_in_quiet_hours_nothing_comes_and_after_them_it_does(people, notify, clock, quiet, at, free):
    choose(people["editor"], Pace.AT_ONCE, quiet=quiet)
    clock.move_to(local(*at), tick=False)
    notify(people["editor"], people["uploader"])
    assert [message.to for message in mail.outbox] == [[people["uploader"].email]]
    assert sum(send_due()) == 0
    clock.move_to(local(*free), tick=False)
    assert sum(send_due()) == 1


def test_the_check_counts_what_waits_for_an_e_mail_of_the_day_that_never_comes(people, notify, clock):
    choose(people["editor"], Pace.DAILY)
    notify(people["editor"])
    clock.shift(DAY)
    assert Message.objects.overdue().count() == 0
    clock.shift(DAY * 2)
    assert Message.objects.overdue().count() == 1


def asked(**changes):
    return {group.key: "at_once" for group in all_groups()} | {"quiet_from": "", "quiet_until": ""} | changes


def test_the_screen_keeps_and_shows_what_was_chosen(people, client_of):
    client = client_of(people["editor"])
    page = client.get(SCREEN).content.decode()
    assert all(words in page for words in ("Danh mục và hạn trình", "danh mục được phê duyệt", "Giờ yên tĩnh"))

    changes = {"uploads": "daily", "catalogs": "never", "quiet_from": "20", "quiet_until": "6"}
    assert client.post(SCREEN, asked(**changes)).url == SCREEN
    own = EmailChoice.objects.filter(user=people["editor"])
    assert dict(own.values_list("group", "pace")) == {"uploads": "daily", "catalogs": "never"}
    assert QuietHours.objects.values_list("quiet_from", "quiet_until").get(user=people["editor"]) == (20, 6)
    page = client.get(SCREEN).content.decode()
    assert page.count('<option value="daily" selected>') == 1 and '<option value="20" selected>' in page
    assert not EmailChoice.objects.exclude(user=people["editor"]).exists()

    client.post(SCREEN, asked())
    assert not EmailChoice.objects.exists() and not QuietHours.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"uploads": "hourly"}, "hourly"), ({"uploads": ""}, "bắt buộc"), ({"quiet_from": "24"}, "24"),
        ({"quiet_from": "-1"}, "-1"), ({"quiet_from": "tối"}, "tối"), ({"quiet_from": "20"}, "cả hai"),
        ({"quiet_from": "6", "quiet_until": "6"}, "phải khác nhau"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_changes_nothing(people, client_of, changes, words):
    answer = client_of(people["editor"]).post(SCREEN, asked(**changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not EmailChoice.objects.exists() and not QuietHours.objects.exists()


def test_of_every_kind_but_the_e_mail_of_the_day_people_can_choose():
    assert {kind.key for kind in all_kinds() if kind.group is None} == {DIGEST}
