"""Procedures and the calendar on their screens: written, compared, issued by another person; each act in the ledger."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.evaluations.models import Procedure, SpecialYearEnd, YearClock
from cms.evaluations.year import year_of

pytestmark = pytest.mark.django_db


def signed_in(client, user):
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client


def test_an_editor_writes_steps_and_an_approver_issues_what_was_compared(
    client, people, province, django_assert_max_num_queries
):
    editor, approver = people["editor"], people["approver"]
    signed_in(client, editor).post("/admin/procedures/add/", {"shipped": "dinh-ky"})
    draft = Procedure.objects.get()
    edit = reverse("evaluations:edit_procedure", args=[draft.pk])
    form = client.get(edit).context["form"]
    typed = {name: "" if form[name].value() in (None, False) else form[name].value() for name in form.fields}
    typed |= {"order_verify": "2", "actor_verify": "uploader", "due_rule_verify": "after_end", "due_value_verify": "x"}
    refused = client.post(edit, typed).content.decode()
    assert "Thứ tự này đã có bước khác." in refused
    refused = client.post(edit, typed | {"order_mark": "3", "order_decide": "4"}).content.decode()
    assert "ghi hạn bằng số ngày" in refused and 'value="x"' in refused

    client.post(edit, typed | {"order_mark": "3", "order_decide": "4", "due_value_verify": "3"})
    assert list(draft.steps.values_list("step", flat=True)) == ["assess", "verify", "mark", "decide"]

    issue, day = reverse("evaluations:issue_procedure", args=[draft.pk]), f"{timezone.localdate():%d/%m/%Y}"
    signed_in(client, approver).post(issue, {"effective_from": day, "decision_number": "7/QĐ-SNV"})
    assert Procedure.objects.in_force(timezone.localdate()).get() == draft

    page = reverse("evaluations:procedure", args=[draft.pk])
    signed_in(client, editor).post(page)
    second = Procedure.objects.drafts().get()
    client.post(reverse("evaluations:edit_procedure", args=[second.pk]), typed | {"order_verify": ""})
    with django_assert_max_num_queries(30):
        compared = client.get(reverse("evaluations:procedure", args=[second.pk])).content.decode()
    assert "So với phiên bản 1" in compared and "2. Thẩm định" in compared
    assert "in effect" not in client.get("/admin/procedures/").content.decode()


def test_the_calendar_follows_from_rules_and_clocks(client, people, province, house, django_assert_max_num_queries):
    editor, year = people["editor"], timezone.localdate().year
    add = reverse("evaluations:add_clock")
    signed_in(client, editor)
    clock = {"name": "Gửi tiến độ", "months": ["3", "12"], "first_day": "5", "last_day": "10", "days_after": ""}
    wrong = client.post(add, clock | {"days_after": "5"}).content.decode()
    assert "không ghi cả hai loại" in wrong
    assert "Chọn các tháng" in client.post(add, clock | {"months": []}).content.decode()
    client.post(add, clock)
    client.post(add, {"name": "Đồng bộ", "days_after": "5"})
    assert AuditEvent.objects.filter(action="calendar.clock").count() == 2

    days = {(day.name, day.first, day.last) for day in year_of(year).days}
    assert ("Gửi tiến độ", datetime.date(year, 12, 5), datetime.date(year, 12, 10)) in days
    assert {datetime.date(year, 12, 15), datetime.date(year + 1, 1, 15)} <= {last for _name, _first, last in days}
    with django_assert_max_num_queries(30):
        page = client.get(reverse("evaluations:calendar")).content.decode()
    assert "trong 5 ngày sau khi có kết quả" in page and "15/01" in page

    grant = {"agency": province.commune.pk, "year": str(year), "document": ""}
    signed_in(client, people["approver"])
    assert client.post(reverse("evaluations:grant_special"), grant).status_code == 200
    client.post(reverse("evaluations:grant_special"), grant | {"document": "12/UBND-NC"})
    assert SpecialYearEnd.objects.get().agency == province.commune

    changed = YearClock.objects.get(name="Gửi tiến độ")
    signed_in(client, editor).post(reverse("evaluations:edit_clock", args=[changed.pk]), clock | {"last_day": "12"})
    event = AuditEvent.objects.filter(action="calendar.clock").latest("sequence")
    assert (event.before["last_day"], event.after["last_day"]) == (10, 12)
    client.post(reverse("evaluations:remove_clock", args=[changed.pk]))
    assert YearClock.objects.count() == 1
