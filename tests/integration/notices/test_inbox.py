"""The inbox: everybody's own messages alone, how many are unread, read and done."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.notices.actions import retry_messages, send
from cms.notices.enums import EmailState
from cms.notices.models import MOST_COUNTED, Message
from cms.organisations.actions import edit_officer
from tests.factories.officers import make_posting

LIST = reverse("inbox:list")


def notify(*people, link="/admin/"):
    send("upload.done", to=[each.pk for each in people], link=link, file="a.xlsx", state="đã ghi", agency="Chi cục")


@pytest.fixture
def message(people):
    notify(people["uploader"])
    return Message.objects.get()


def test_everybody_finds_their_own_alone(people, message, client_of):
    own = client_of(people["uploader"]).get(LIST).content.decode()
    other = client_of(people["editor"]).get(LIST).content.decode()

    assert "a.xlsx: đã ghi" in own
    assert "Chưa đọc: 1." in own
    assert "a.xlsx" not in other
    assert "Không có tin nào đang chờ." in other


def test_opening_leads_there_and_marks_it_as_read(people, message, client_of):
    answer = client_of(people["uploader"]).post(reverse("inbox:open", args=[message.pk]))

    message.refresh_from_db()
    assert answer.url == "/admin/"
    assert message.read_at
    assert message.done_at is None


@pytest.mark.parametrize("route", ["open", "finish"])
def test_a_message_of_somebody_else_is_not_there(people, message, client_of, route):
    answer = client_of(people["editor"]).post(reverse(f"inbox:{route}", args=[message.pk]))

    message.refresh_from_db()
    assert answer.status_code == 404
    assert (message.read_at, message.done_at) == (None, None)


def test_what_is_done_leaves_the_list_and_stands_among_all(people, message, client_of):
    client = client_of(people["uploader"])
    client.post(reverse("inbox:finish", args=[message.pk]))

    assert "a.xlsx" not in client.get(LIST).content.decode()
    assert "a.xlsx" in client.get(LIST, {"tat-ca": ""}).content.decode()


def test_all_is_read_at_once_and_nobody_elses(people, client_of):
    notify(people["uploader"], people["editor"])
    notify(people["uploader"])
    client_of(people["uploader"]).post(reverse("inbox:read_all"))

    assert list(Message.objects.unread().values_list("recipient", flat=True)) == [people["editor"].pk]


def test_the_count_stands_in_the_menu_of_the_admin_and_on_ones_own_pages(people, province, message, client_of):
    posting = make_posting(province.statistics, code="CC-1", name="Công chức 1")
    edit_officer(by=None, officer=posting.officer, account=people["uploader"])
    client = client_of(people["uploader"])

    shown = json.dumps("Hộp tin (1)").strip(chr(34))
    assert shown in client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Hộp tin (1)" in client.get(reverse("personal:home")).content.decode()


def test_the_count_is_one_query_that_stops(people, django_assert_num_queries):
    row = {"recipient": people["uploader"], "kind": "upload.done", "subject": "…", "text": "…"}
    Message.objects.bulk_create([Message(**row) for _number in range(MOST_COUNTED + 5)])

    with django_assert_num_queries(1):
        assert Message.objects.unread_label(people["uploader"]) == "99+"


def test_a_full_page_costs_what_one_message_does(people, message, client_of):
    client = client_of(people["uploader"])
    # Types of content are read once by a process.
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _number in range(40):
        notify(people["uploader"])
    with CaptureQueriesContext(connection) as many:
        answer = client.get(LIST)

    assert len(many) == len(one)
    assert answer.content.decode().count("<article") == 30


def failed(message, days=0):
    Message.objects.filter(pk=message.pk).update(
        email_state=EmailState.FAILED, made_at=timezone.now() - datetime.timedelta(days=days)
    )


def log(client, **asked):
    return client.get(reverse("message_log:list"), asked).content.decode()


def test_the_log_masks_addresses_and_shows_no_text(people, message, client_of):
    failed(message)
    page = log(client_of(people["technical_admin"]))

    assert message.address not in page
    assert f"{message.address[0]}***@" in page
    assert "a.xlsx" not in page
    assert "Tệp lớn đã xử lý xong" in page


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"state": "failed"}, 1), ({"state": "sent"}, 0), ({"kind": "upload.done"}, 1),
        ({"kind": "catalog.returned"}, 0), ({"q": "la@example.com"}, 0), ({"q": "không phải địa chỉ"}, 0),
        ({"day": "01/01/2020"}, 0), ({"day": "99/99/9999"}, 0), ({"state": "x"}, 0),
    ],
)  # fmt: skip
def test_the_log_is_narrowed(people, message, client_of, asked, count):
    failed(message)

    assert log(client_of(people["technical_admin"]), **asked).count(f"{message.address[0]}***@") == count


def test_the_log_finds_somebody_by_the_whole_address(people, message, client_of):
    assert "***@" in log(client_of(people["technical_admin"]), q=message.address.upper())


def test_what_failed_is_tried_again_one_or_all_of_a_filter(people, client_of):
    notify(people["uploader"], people["editor"], people["approver"])
    first, second, third = Message.objects.order_by("pk")
    Message.objects.update(email_state=EmailState.ABANDONED)
    client, url = client_of(people["technical_admin"]), reverse("message_log:retry")
    client.post(url, {"pk": first.pk})
    assert set(Message.objects.filter(email_state="waiting")) == {first}
    client.post(f"{url}?q={second.address}")
    assert set(Message.objects.filter(email_state="waiting")) == {first, second}
    client.post(url)

    assert not Message.objects.filter(email_state="abandoned").exists()
    assert AuditEvent.objects.filter(action="message.retry").count() == 3


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30])
def test_nothing_is_tried_again_that_is_not_there(people, message, client_of, key):
    failed(message)
    answer = client_of(people["technical_admin"]).post(reverse("message_log:retry"), {"pk": key})

    assert answer.status_code == 404
    assert Message.objects.get().email_state == EmailState.FAILED


def test_nobody_else_has_anything_tried_again(people, message):
    from cms.core.errors import NotAllowed

    failed(message)
    with pytest.raises(NotAllowed):
        retry_messages(by=people["approver"], messages=Message.objects.all())


def test_the_check_warns_when_e_mails_wait_for_a_day(people, message, capsys):
    failed(message, days=2)
    call_command("check", deploy=True, databases=["default"], fail_level="CRITICAL")

    assert "1 e-mails wait for more than a day." in capsys.readouterr().err
