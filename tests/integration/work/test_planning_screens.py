"""The screens of planning at both doors: the desk of an agency, and the pages of a manager without a role."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.away_parts import COLUMNS
from cms.assignments.models import Absence, DayOff, PositionTemplate, WorkAssignment, WorkRule
from cms.assignments.working_days import ONE_DAY, month_span
from cms.organisations.actions import edit_officer
from cms.organisations.models import Officer, Posting
from cms.organisations.workbooks import read_rows, write_rows
from tests.factories.officers import make_officer
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
_BACKEND = "cms.organisations.backends.MembershipBackend"


@pytest.fixture
def manager(desk, province):
    """Return the account of the head of the officer's agency, who holds no role on the platform."""
    head = make_officer(province.statistics, code="CC-001", name="Công chức 0001")
    Posting.objects.filter(officer=head).update(role="head")
    edit_officer(by=None, officer=head, account=make_user("cc-001"))
    return Officer.objects.get(pk=head.pk).account


@pytest.fixture(params=["assignments", "personal"])
def door(request, client, desk, manager):
    """Return the client at one of the two doors, signed in as who comes there, and the way to its routes."""
    client.force_login(desk.people["agency_head"] if request.param == "assignments" else manager, backend=_BACKEND)
    return client, lambda name, *args: reverse(f"{request.param}:{name}", args=args)


def written(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


def test_work_is_planned_at_both_doors(door, desk, province):
    client, way = door
    second = make_officer(province.statistics, code="CC-200", name="Công chức 0200").postings.get()
    agency, item, today = desk.posting.agency_id, desk.item, timezone.localdate()
    next_month = month_span(today)[1] + ONE_DAY
    assert way("item_choice") in client.get(way("planning")).text
    assert way("rule_add", agency, item.pk) in client.get(way("item_choice"), {"q": item.code}).text

    # Many people, each their own quantity, due on New Year: it is warned of, and given.
    give = way("work_give", agency, item.pk)
    form = {
        "assigned": "2", f"people-{desk.posting.pk}-chosen": "on", f"people-{second.pk}-assigned": "7,5",
        "given_on": written(today), "due_on": written(datetime.date(today.year + 1, 1, 1)),
    }  # fmt: skip
    assert "Hãy ghi số lượng" in client.post(give, form | {"assigned": ""}).text
    assert "Công chức 0200" in client.post(give, form | {f"people-{second.pk}-assigned": "x"}).text
    page = client.post(give, form, follow=True).text
    assert "Hạn rơi vào ngày nghỉ" in page
    given = {work.officer_id: work.assigned for work in WorkAssignment.objects.all()}
    assert given == {desk.officer.pk: Decimal(2), second.officer_id: Decimal("7.5")}

    # A rule for each Sunday: made for both, changed, ended.
    rule_form = {"assigned": "5", "when": "weekly-7", "first_day": written(today), "last_day": "", "instruction": ""}
    chosen = {f"people-{one.pk}-chosen": "on" for one in (desk.posting, second)}
    page = client.post(way("rule_add", agency, item.pk), rule_form | chosen, follow=True).text
    assert ("Đã lập 2 quy tắc" in page, "làm việc liền trước" in page, "Chủ Nhật" in page) == (True, True, True)
    rule = WorkRule.objects.filter(posting=second).get()
    change = {"assigned": "6", "day": "5", "last_day": "", "instruction": "Bản giấy"}
    assert client.post(way("rule_edit", rule.pk), change).status_code == 302
    client.post(way("rule_stop", rule.pk))
    rule.refresh_from_db()
    assert (rule.assigned, rule.day, bool(rule.stopped_at)) == (Decimal(6), 5, True)
    assert "hãy lập quy tắc mới" in client.post(way("rule_edit", rule.pk), change).text

    # Last month's plan of one person, and a template's month.
    desk.give()
    copied = {"month": f"{next_month:%Y-%m-%d}", "agency": agency, "officer": desk.officer.code.lower()}
    assert "Đã giao 1 việc." in client.post(way("copy_plan"), copied, follow=True).text
    assert "không giao việc cho người nào" in client.post(way("copy_plan"), copied | {"officer": "CC-X"}).text
    template = actions.save_template(
        by=None, agency=second.agency, position=second.position, lines=[(desk.item, Decimal(3), 25)]
    )
    apply = way("template_apply", template.pk)
    assert apply in client.get(way("template_list")).text
    page = client.post(apply, {"month": f"{next_month:%Y-%m-%d}", "people": [second.pk, desk.posting.pk]}, follow=True)
    assert ("Đã giao 1 việc." in page.text, "đã được giao trong tháng này" in page.text) == (True, True)

    # Away from tomorrow: entered, listed, taken back.
    away = {"officer": desk.officer.code, "first_day": written(today), "last_day": written(today), "reason": "Phép"}
    assert "không giao việc" in client.post(way("absence_add"), away | {"officer": "CC-X"}).text
    client.post(way("absence_add"), away)
    absence = Absence.objects.get()
    assert way("absence_withdraw", absence.pk) in client.get(way("absence_list")).text
    client.post(way("absence_withdraw", absence.pk))
    absence.refresh_from_db()
    assert absence.withdrawn_at is not None


def test_a_manager_changes_and_withdraws_what_was_given(client, desk, manager, province):
    client.force_login(manager, backend=_BACKEND)
    work, other = desk.give(), desk.give()
    due = timezone.localdate() + 5 * ONE_DAY
    form = {"assigned": "9", "due_on": written(due), "is_planned": "on", "instruction": "", "reason": "Thêm việc"}
    client.post(reverse("personal:managed_edit", args=[work.pk]), form)
    client.post(reverse("personal:managed_withdraw", args=[other.pk]), {"reason": "Giao nhầm"})
    work.refresh_from_db()
    other.refresh_from_db()
    assert (work.assigned, work.due_on, other.state) == (Decimal(9), due, "withdrawn")
    # After a transfer each side keeps its own part: the manager there gives and changes nothing of the old agency's.
    Posting.objects.filter(pk=desk.posting.pk).update(
        agency=province.office, valid_from=timezone.localdate() - 9 * ONE_DAY
    )
    assert client.post(reverse("personal:managed_edit", args=[work.pk]), form).status_code == 404


def test_a_template_is_made_at_the_desk(client, desk):
    client.force_login(desk.people["agency_head"], backend=_BACKEND)
    agency, position = desk.posting.agency_id, desk.posting.position_id
    page = client.post(reverse("assignments:template_add"), {"agency": agency, "position": position}, follow=True)
    edit = reverse("assignments:template_edit", args=[agency, position])
    assert page.redirect_chain[-1][0] == edit
    row = f"lines_asked-{desk.item.identity}"
    assert f"{row}-assigned" in client.get(edit, {"q": desk.item.code}).text
    assert "31" in client.post(edit, {f"{row}-assigned": "3", f"{row}-day": "32"}).text
    client.post(edit, {f"{row}-assigned": "3", f"{row}-day": "15"})
    (line,) = PositionTemplate.objects.get().lines.all()
    assert (line.item_identity, line.assigned, line.day) == (desk.item.identity, Decimal(3), 15)
    assert client.get(edit).text.count('value="15"') == 1
    client.post(edit, {f"{row}-assigned": "", f"{row}-day": ""})
    assert not PositionTemplate.objects.get().lines.exists()


def test_absences_come_by_a_workbook_all_or_none(door, desk):
    client, way = door
    today, code = timezone.localdate(), desk.officer.code
    template = client.get(way("absence_template"))
    listed = read_rows(template.content, COLUMNS)
    assert (code, desk.officer.name) in [(row.values[COLUMNS[0]], row.values[COLUMNS[1]]) for row in listed]

    def sent(*rows):
        content = write_rows("VangMat", COLUMNS, rows, {})
        return client.post(way("absence_upload"), {"file": SimpleUploadedFile("v.xlsx", content)}, follow=True).text

    good = (code, "", today, written(today + 2 * ONE_DAY), "Nghỉ phép")
    page = sent(
        good, ("CC-X", "", today, today, "Phép"), (code, "", "32/13/2026", today, "Phép"), (code, "", "", "", "")
    )
    assert ("Dòng 3: Bạn không giao việc" in page, "Dòng 4:" in page, "Dòng 5:" in page) == (True, True, False)
    assert not Absence.objects.exists()
    assert "Đã ghi 1 đợt vắng mặt." in sent(good, (code, "", "", "", ""))
    assert "Dòng 2: Đã có ngày vắng mặt" in sent(good)
    assert Absence.objects.get().last_day == today + 2 * ONE_DAY


def test_days_off_are_kept_on_screens(client, people):
    client.force_login(people["technical_admin"], backend=_BACKEND)
    add = reverse("assignments:day_off_add")
    assert "ngày làm việc" in client.post(add, {"day": "02/12/2026", "name": "Bù", "is_working": "on"}).text
    client.post(add, {"day": "02/12/2026", "name": "Ngày hội"})
    kept = DayOff.objects.get(day=datetime.date(2026, 12, 2))
    listed = client.get(reverse("assignments:day_off_list"), {"year": "2026"}).text
    assert ("Ngày hội" in listed, "Tết Nguyên đán" in listed) == (True, True)
    client.post(reverse("assignments:day_off_remove", args=[kept.pk]))
    assert not DayOff.objects.filter(pk=kept.pk).exists()


@pytest.mark.one_database("a list asks the same on both")
def test_lists_cost_the_same_however_long_they_are(door, desk, province):
    client, way = door
    position, today = desk.posting.position, timezone.localdate()

    def one_more(number):
        posting = make_officer(province.statistics, code=f"CC-3{number}", name=f"Công chức 03{number}").postings.get()
        values = actions.RuleValues(item=desk.item, rhythm="weekly", day=5, assigned=Decimal(1), first_day=today)
        actions.make_rule(by=None, posting=posting, values=values)
        actions.enter_absence(by=None, officer=posting.officer, first_day=today, last_day=today, reason="Phép")
        Posting.objects.filter(pk=posting.pk).update(position=position)

    one_more(1)
    actions.save_template(by=None, agency=desk.posting.agency, position=position, lines=[(desk.item, Decimal(3), 25)])
    addresses = [way(name) for name in ("rule_list", "absence_list", "template_list", "item_choice")]
    addresses += [way("work_give", desk.posting.agency_id, desk.item.pk), way("hand_over", desk.posting.pk)]

    def asked():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    asked()  # the first question fills what is kept between them
    few = asked()
    for number in range(2, 6):
        one_more(number)
    assert (asked(), max(few) < 35) == (few, True)
