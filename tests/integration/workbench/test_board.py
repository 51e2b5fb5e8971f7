"""The board of versions: filters, who reads what, load, deadlines, reminders in bulk, a file, the burn-up."""

import datetime
import io

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from catalog_pages.admin.burn_up import burn_up
from cms.audit.models import AuditEvent
from cms.catalogs.actions import remind_of_deadlines, save_round
from cms.catalogs.actions.reminding import REMINDED_ON
from cms.catalogs.models import BoardFilter, VersionAssignment
from cms.organisations.actions import add_agency
from tests.factories import catalogs

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def round_(people):
    return _round(people["editor"], first=5)


def _round(editor, first):
    return save_round(
        by=editor, year=2026, name="Đợt 2026", submit_by=timezone.localdate() + datetime.timedelta(days=first),
        appraise_by=timezone.localdate() + datetime.timedelta(days=10),
        approve_by=timezone.localdate() + datetime.timedelta(days=20), is_current=True,
    )  # fmt: skip


def test_reading_is_shared_out_taken_over_and_released(client_of, people, province, round_, url, reported):
    waiting = catalogs.make_submitted(people, province.statistics)
    draft = catalogs.make_version(people["editor"], province.office)
    client, editor, approver = client_of(people["editor"]), people["editor"], people["approver"]
    both = [province.statistics.code, province.office.code]

    client.post(url("board"), {"act": "assign", "agency": both[:1], "editor": editor.pk})
    taken = client_of(approver).post(url("board"), {"act": "assign", "agency": both[:1], "editor": approver.pk})
    assert "Đã giao 1 danh mục" in reported(taken)
    assert {each.version: each.editor for each in VersionAssignment.objects.all()} == {waiting: approver}
    act = AuditEvent.objects.done("catalog_version.assign").latest("sequence")
    assert (act.before, act.after) == ({"editor": editor.full_name}, {"editor": approver.full_name})

    # Nobody is given what they wrote; who does not appraise is no choice.
    own = client.post(url("board"), {"act": "assign", "agency": both, "editor": editor.pk})
    assert "nên không được phân công" in reported(own)
    assert draft.pk not in VersionAssignment.objects.values_list("version", flat=True)
    assert VersionAssignment.objects.get(version=waiting).editor == editor
    for wrong in (people["uploader"].pk, "x", ""):
        answer = client.post(url("board"), {"act": "assign", "agency": both, "editor": wrong})
        assert "Hãy chọn người thẩm định" in reported(answer)
    assert "chưa được quyết định" in reported(client.post(url("board"), {"act": "release"}))

    page = client.get(url("board"), {"editor": editor.pk})
    assert [row.version for row in page.context["rows"]] == [waiting]
    found = [(each.editor, each.lists, each.waiting, each.items) for each in page.context["loads"]]
    assert found == [(editor, 1, 1, 3)]
    nobody = client.get(url("board"), {"editor": "none", "state": "draft"})
    assert [row.version for row in nobody.context["rows"]] == [draft]
    missing = {each.label: each.missing for each in client.get(url("board")).context["deadlines"]}
    assert list(missing.values())[:1] == [missing["cơ quan trình"]] and len(missing) == 3

    client.post(url("board"), {"act": "release", "agency": both})
    assert not VersionAssignment.objects.exists()


def test_late_agencies_are_reminded_with_the_text_that_was_shown(
    client_of, people, province, round_, url, reported, mailoutbox, django_capture_on_commit_callbacks
):
    catalogs.make_submitted(people, province.statistics)
    catalogs.make_version(people["other_uploader"], province.office)
    client = client_of(people["editor"])
    chosen = {"agency": [province.statistics.code, province.office.code], "words": "Đề nghị trình trước thứ Sáu."}
    with time_machine.travel(timezone.now() + datetime.timedelta(days=7)):
        late = client.get(url("board"), {"late": "1"})
        assert province.office in [row.agency for row in late.context["rows"]]
        shown = client.post(url("board"), chosen | {"act": "remind"}).content.decode()
        assert "đã quá hạn 2 ngày" in shown and "1 cơ quan được chọn đã trình" in shown and not mailoutbox
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url("board"), chosen | {"act": "send"})
        # Without ticks, everything that the filter finds: the office, and whoever else is late.
        found = client.post(f"{url('board')}?late=1", {"act": "remind", "all": "1"})
        late_codes = {row.agency.code for row in late.context["rows"]}
        assert {each.agency.code for each in found.context["reminders"]} == late_codes > {province.office.code}
        home = client.get("/admin/")
        assert f'action="{url("board")}?late=1"' in home.content.decode()
        assert "td-burn-up" in home.content.decode()

    assert {each.to[0] for each in mailoutbox} == {people["other_uploader"].email, people["other_agency_head"].email}
    assert all(line in shown for line in mailoutbox[0].body.splitlines()[:4]) and chosen["words"] in mailoutbox[0].body
    act = AuditEvent.objects.latest("sequence")
    assert act.action == "catalog.remind" and act.after["readers"] == 2

    sent = {"agency": [province.statistics.code, "khong-co"], "act": "send"}
    assert "chưa nhắc cơ quan nào" in reported(client.post(url("board"), sent))
    long = chosen | {"act": "send", "words": "x" * 2001}
    assert "2000" in reported(client.post(url("board"), long)).replace(".", "")
    decider = client_of(people["provincial_approver"]).post(url("board"), chosen | {"act": "send"})
    assert decider.status_code == 302 and AuditEvent.objects.latest("sequence") == act


def test_agencies_are_reminded_by_themselves_on_the_days_that_count_and_once(
    people, province, mailoutbox, django_capture_on_commit_callbacks
):
    _round(people["editor"], first=8)
    catalogs.make_submitted(people, province.statistics)
    catalogs.make_version(people["other_uploader"], province.office)
    reminded = {}
    for left in range(8, -9, -1):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=8 - left)):
            with django_capture_on_commit_callbacks(execute=True):
                call_command("remind_of_deadlines", stdout=io.StringIO())
            reminded[left] = remind_of_deadlines() or [act.agency_code for act in _reminders_of_today()]

    office = [province.office.code]
    assert {left: codes for left, codes in reminded.items() if codes} == dict.fromkeys(REMINDED_ON, office)
    assert {each.to[0] for each in mailoutbox} == {people["other_uploader"].email, people["other_agency_head"].email}
    assert len(mailoutbox) == 2 * len(REMINDED_ON)
    assert any("hạn 7 ngày" in each.body for each in mailoutbox)


def _reminders_of_today():
    today = timezone.localdate()
    return AuditEvent.objects.done("catalog.remind").between(today, today)


def test_nobody_is_reminded_without_a_round(people, province):
    catalogs.make_version(people["other_uploader"], province.office)
    assert remind_of_deadlines() == []


def test_filters_are_ones_own_and_the_workbook_says_what_the_table_says(client_of, people, province, url, reported):
    catalogs.make_submitted(people, province.statistics)
    client = client_of(people["editor"])
    address = url("board") + "?state=submitted&nonsense=1"

    client.post(address, {"act": "save", "name": "Chờ thẩm định"})
    saved = BoardFilter.objects.get()
    assert (saved.person, saved.query) == (people["editor"], "state=submitted")
    assert "Chờ thẩm định" in client.get(url("board")).content.decode()
    other = client_of(people["approver"])
    assert "Chờ thẩm định</a>" not in other.get(url("board")).content.decode()
    other.post(url("board"), {"act": "remove", "filter": saved.pk})
    assert BoardFilter.objects.exists()
    for wrong, words in (({"name": " "}, "đặt tên"), ({"name": "x" * 61}, "đặt tên")):
        assert words in reported(client.post(address, {"act": "save"} | wrong))
    assert "chưa có gì để lưu" in reported(client.post(url("board"), {"act": "save", "name": "Trống"}))
    client.post(address, {"act": "remove", "filter": saved.pk})
    assert not BoardFilter.objects.exists()

    file = client.get(address + "&xuat=1")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[4], row[5]) for row in rows] == [(province.statistics.name, 1, 3)]


@pytest.mark.one_database("what a screen asks for is the same on both")
def test_a_hundred_agencies_cost_as_many_queries_as_ten(
    client_of, people, province, round_, url, django_assert_max_num_queries
):
    catalogs.make_submitted(people, province.statistics)
    for number in range(100):
        add_agency(
            by=None, parent=province.root, code=f"xa-{number}", name=f"Xã {number}", kind="commune",
            item_prefix=f"X{number}",
        )  # fmt: skip
    client = client_of(people["editor"])
    with django_assert_max_num_queries(32):
        page = client.get(url("board"))
    assert len(page.context["rows"]) == 50 and page.context["chart"]


def test_the_burn_up_counts_by_days_and_reaches_the_deadline():
    days = [DAY(2026, 11, 1), DAY(2026, 11, 9), DAY(2026, 11, 9)]
    chart = burn_up(days, [DAY(2026, 11, 12)], total=4, deadline=DAY(2026, 12, 15), today=DAY(2026, 11, 15))

    assert [(row.day.day, row.submitted, row.decided) for row in chart.rows] == [(1, 1, 0), (8, 1, 0), (15, 3, 1)]
    assert (chart.first, chart.last, chart.deadline_x, chart.top) == (days[0], DAY(2026, 12, 15), "628", "12")
    assert len(chart.submitted.split()) == 15
    assert burn_up([], [], total=4, deadline=DAY(2026, 12, 15), today=DAY(2026, 11, 15)) is None
    past = burn_up(days, [], total=4, deadline=DAY(2026, 10, 1), today=DAY(2026, 11, 15))
    assert past.first == DAY(2026, 10, 1) and past.last == DAY(2026, 11, 15)
