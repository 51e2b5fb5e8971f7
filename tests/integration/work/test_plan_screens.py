"""Screens of plan tasks: from giving to judging, the Office's key tasks as a workbook, and the burn-up."""

import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments.models import PlanTask
from cms.assignments.plan_board import BurnPoint, burn_up, draw_burn_up, key_task_window, quarter_of
from tests.factories.plan_tasks import give_plan, report_plan

pytestmark = pytest.mark.django_db
BACKEND = "cms.organisations.backends.MembershipBackend"
Day = datetime.date


def signed_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def test_a_task_is_given_reported_and_judged_on_screens(client, province, people):
    today = f"{timezone.localdate():%d/%m/%Y}"
    own = province.statistics.pk
    typed = {"agency": own, "giver": own, "name": "Quyết toán quý", "given_on": today, "due_on": today}
    signed_in(client, people["uploader"]).post(reverse("assignments:plan_give"), typed)
    task = PlanTask.objects.get()
    client.post(
        reverse("assignments:plan_report", args=[task.pk]), {"progress": "100", "result": "Xong", "done_on": today}
    )
    detail = reverse("assignments:plan_detail", args=[task.pk])
    assert "Xác nhận kết quả" not in client.get(detail).text
    signed_in(client, people["agency_head"])
    assert "Xác nhận kết quả" in client.get(detail).text
    client.post(reverse("assignments:plan_confirm", args=[task.pk]), {"quality_met": "on", "words": "Tốt"})
    task.refresh_from_db()
    assert (task.state, task.quality_met, task.effect_met, task.words) == ("confirmed", True, False, "Tốt")


def test_a_last_day_at_tet_is_warned_of_on_the_screen(client, province, people):
    typed = {
        "agency": province.statistics.pk, "giver": province.statistics.pk, "name": "Báo cáo", "given_on": "01/02/2027",
        "due_on": "08/02/2027",
    }  # fmt: skip
    page = signed_in(client, people["uploader"]).post(reverse("assignments:plan_give"), typed, follow=True)
    assert "08/02/2027 (Tết Nguyên đán)" in page.text
    assert PlanTask.objects.count() == 1


def test_key_tasks_go_to_home_affairs_as_a_workbook(client, province, people):
    give_plan(people["uploader"], province.statistics, is_key=True, name="=CMD()|nhiệm vụ")
    give_plan(people["uploader"], province.statistics, name="Không trọng tâm")
    answer = signed_in(client, people["editor"]).get(reverse("assignments:key_tasks") + "?how=all&file=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["=CMD()|nhiệm vụ"]
    assert sheet.cell(2, 2).data_type == "s"


def test_the_window_of_key_tasks_is_data(settings):
    assert key_task_window(Day(2026, 11, 24)) == (Day(2026, 12, 5), Day(2026, 12, 10))
    settings.THUOCDO_KEY_TASK_DAYS = (3, 8)
    assert key_task_window(Day(2026, 2, 28)) == (Day(2026, 3, 3), Day(2026, 3, 8))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (Day(2026, 1, 1), Day(2026, 1, 1), Day(2026, 3, 31)),
        (Day(2026, 9, 30), Day(2026, 7, 1), Day(2026, 9, 30)),
        (Day(2026, 12, 31), Day(2026, 10, 1), Day(2026, 12, 31)),
    ],
)
def test_quarters(day, first, last):
    assert quarter_of(day) == (first, last)


def test_the_burn_up_counts_what_is_due_and_done_by_each_sunday(province, people):
    today = timezone.localdate()
    first, last = quarter_of(today)
    done = give_plan(people["uploader"], province.statistics, given_on=today, due_on=today)
    report_plan(done, people["agency_head"], today)
    give_plan(people["uploader"], province.statistics, due_on=last)
    points = burn_up(PlanTask.objects.all(), first, last, today)
    assert (points[-1].day, points[-1].due) == (last, 2)
    assert [point.done for point in points if point.done is not None][-1] == 1
    assert all(before.due <= after.due for before, after in zip(points, points[1:], strict=False))
    chart = draw_burn_up(points)
    assert chart is not None
    assert (chart.most, len(chart.due.split())) == (2, len(points))
    assert draw_burn_up([BurnPoint(first, 0, 0)]) is None


def test_the_overview_asks_few_queries_however_many_tasks(client, province, people):
    signed_in(client, people["agency_head"])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("assignments:plan_overview")).status_code == 200
        return len(queries)

    give_plan(people["uploader"], province.statistics)
    before = asked()
    for agency in (province.statistics, province.division) * 5:
        give_plan(people["agency_head"], agency)
    assert asked() <= before < 30
