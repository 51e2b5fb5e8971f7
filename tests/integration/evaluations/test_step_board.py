"""The province's board: agencies by steps, counts equal to a naive count, never a name, few queries."""

import datetime
import io

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.evaluations.models import Evaluation
from cms.evaluations.models.periods import last_day_of
from cms.evaluations.step_board import COLUMNS, step_board
from cms.organisations.actions import add_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(house):
    house.done("an")
    period = house.open()
    house.mark("an")
    house.decide("an")
    return period


def board(user, period):
    return {row.agency.code: row for row in step_board(user, "month", period.first_day, period.last_day)}


def signed_in(client, user):
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client


def test_counts_are_those_of_a_naive_count(house, people, month):
    row = board(people["editor"], month)[house.agency.code]

    naive = [each.awaits or "decided" for each in Evaluation.objects.filter(period=month)]
    assert [cell.count for cell in row.cells] == [naive.count(each) for each in COLUMNS]
    assert row.waiting == 3


def test_agencies_without_a_period_are_there_and_the_late_ones_stand_first(house, people, month):
    rows = board(people["editor"], month)
    assert len(rows) > 1
    assert {row.period for code, row in rows.items() if code != house.agency.code} == {None}
    assert not any(row.is_late for row in rows.values())

    with time_machine.travel(timezone.now() + datetime.timedelta(days=40)):
        late = list(board(people["editor"], month).values())

    assert all(row.is_late for row in late)
    assert late[0].period is None and late[-1].period == month


def test_who_appraises_sees_counts_and_no_name(client, house, people, month):
    day = f"{month.first_day:%d/%m/%Y}"
    page = signed_in(client, people["editor"]).get("/admin/periods/board/", {"kind": "month", "day": day})

    text = page.content.decode()
    assert house.agency.name in text
    assert not any(officer.name in text for officer in house.people.values())
    for who in ("uploader", "agency_head", "technical_admin"):
        assert signed_in(client, people[who]).get("/admin/periods/board/").status_code == 302


def test_the_workbook_says_what_the_table_says(client, house, people, month):
    day = f"{month.first_day:%d/%m/%Y}"
    address = {"kind": "month", "day": day, "xuat": "1"}
    answer = signed_in(client, people["approver"]).get("/admin/periods/board/", address)

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    own = board(people["approver"], month)[house.agency.code]
    assert list(rows[house.agency.name][2 : 2 + len(COLUMNS)]) == [cell.count for cell in own.cells]


def test_a_hundred_agencies_cost_as_many_queries_as_one(province, house, people, month, django_assert_max_num_queries):
    for number in range(100):
        add_agency(
            by=None, parent=province.root, code=f"xa-{number}", name=f"Xã {number}", kind="commune",
            item_prefix=f"X{number}",
        )  # fmt: skip
    last_day = last_day_of("month", month.first_day)

    with django_assert_max_num_queries(7):
        assert len(step_board(people["editor"], "month", month.first_day, last_day)) > 100


def test_chosen_agencies_are_reminded_with_the_text_that_was_shown(
    client, house, people, month, mailoutbox, django_capture_on_commit_callbacks
):
    own = board(people["editor"], month)[house.agency.code]
    Evaluation.objects.filter(period=month, awaits="assess").update(awaits_due=month.first_day)
    late = board(people["editor"], month)[house.agency.code]
    assert own.late_steps == 0 and late.late_steps == 3
    assert next(iter(board(people["editor"], month))) == house.agency.code

    address = f"/admin/periods/board/?kind=month&day={month.first_day:%d/%m/%Y}"
    signed_in(client, people["editor"])
    chosen = {"agency": [house.agency.code], "words": "Đề nghị hoàn thành trước ngày 10."}
    shown = client.post(address, chosen).content.decode()
    assert "3 người, 3 trễ hạn" in shown and not mailoutbox

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, chosen | {"send": ""})
    assert {each.to[0] for each in mailoutbox} == {house.clerk.email, house.head.email}
    text = mailoutbox[0].body
    assert all(line in shown for line in text.splitlines()[:3]) and chosen["words"] in text
    assert not any(officer.name in text for officer in house.people.values())
    act = AuditEvent.objects.latest("sequence")
    assert act.action == "period.remind" and act.after["readers"] == 2

    answer = client.post(address, {"agency": ["khong-co"], "send": ""}, follow=True)
    assert "Chọn cơ quan" in answer.content.decode()
    assert signed_in(client, people["uploader"]).post(address, chosen).status_code == 302
