"""Steps of evaluations in the daily digest: the one engine of reminders, with its quiet hours and escalation."""

import datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from cms.assignments.actions import send_reminders
from cms.assignments.digests import digests_of
from cms.evaluations import actions
from cms.evaluations.clock_lines import due_clocks
from cms.evaluations.models import SpecialYearEnd, YearClock
from cms.organisations.actions import edit_officer, grant_membership
from cms.organisations.managers import managers_of
from cms.users.enums import Role
from tests.factories.officers import make_officer
from tests.integration.evaluations.test_procedures import issue

pytestmark = pytest.mark.django_db


def digest(house, name, day):
    officer = house.people[name]
    found = digests_of([officer], day, {})
    return found[officer.pk].lines() if officer.pk in found else []


def test_each_is_reminded_of_what_waits_for_them_and_the_manager_of_what_is_long_late(house, mailoutbox):
    issue()
    period = house.open()
    opened = timezone.localdate()
    soon, late = opened + datetime.timedelta(days=1), opened + datetime.timedelta(days=5)

    own = digest(house, "an", soon)
    assert "Đánh giá chờ bạn:" in own
    assert f"– {period}: Tự đánh giá (trước ngày {opened + datetime.timedelta(days=3):%d/%m/%Y})" in own
    assert "Quá hạn:" in digest(house, "an", late)
    assert digest(house, "division", soon)[0] == "Đánh giá chờ bạn:"

    actions.assess_self(by=house.account("an"), evaluation=house.of("an"), marks=house.marks_of("an"))
    assert digest(house, "an", soon) == []

    long_late = opened + datetime.timedelta(days=60)
    manager = managers_of([house.people["binh"].pk], long_late)[house.people["binh"].pk].officer
    mail.outbox.clear()
    assert sum(send_reminders(long_late)) > 0
    to_manager = next(each.body for each in mail.outbox if each.to == [manager.account.email])
    assert "Công chức 0505 (CC-505): 1 bước đánh giá" in to_manager


def test_queries_do_not_grow_with_officers(house, django_assert_max_num_queries):
    issue()
    house.open()
    officers = list(house.people.values())
    with django_assert_max_num_queries(7):
        digests_of(officers, timezone.localdate(), {})


def named(house, account, words, first, last) -> list[datetime.date]:
    """Return the days, of those from one to another, on which an account is reminded of something, and once."""
    days = [first + datetime.timedelta(days=each) for each in range((last - first).days + 1)]
    found = []
    for day in days:
        lines = [line for line in due_clocks(day).get(account.pk, []) if words in line]
        assert len(lines) <= 1, (day, lines)
        found += [day] if lines else []
    return found


def test_clocks_of_the_plans_are_named_to_the_desks_twice_and_once_a_day(house, province):
    # A clerk who heads the agency too, so that a reminder could come twice; their post is elsewhere.
    made = make_officer(province.office, code="CC-520", name="Công chức 0520")
    edit_officer(by=None, officer=made, account=house.clerk)
    grant_membership(by=None, user=house.clerk, role=Role.AGENCY_HEAD, agency=province.statistics)
    actions.load_shipped_procedures(by=None)
    quarter, synced = "Gửi Sở Nội vụ tiến độ", "Cơ sở dữ liệu quốc gia"
    YearClock.objects.filter(name__startswith=quarter).update(agency=province.statistics)
    day = datetime.date

    # The 5th of September 2026 is a Saturday: no digest goes out, so that the Monday names it.
    assert named(house, house.clerk, quarter, day(2026, 9, 1), day(2026, 9, 15)) == [day(2026, 9, 7), day(2026, 9, 10)]
    review = named(house, house.clerk, "Kiểm điểm tiến độ", day(2026, 9, 1), day(2026, 9, 30))
    assert review == [day(2026, 9, 1), day(2026, 9, 28)]
    # Whoever holds no role at the agency is not asked, and another agency is not either.
    assert named(house, house.account("an"), quarter, day(2026, 9, 7), day(2026, 9, 10)) == []

    year = "Xếp loại năm 2026 của Chi cục Thống kê"
    near = named(house, house.clerk, year, day(2026, 11, 20), day(2027, 1, 20))
    assert near == [day(2026, 12, 1), day(2026, 12, 15)]
    SpecialYearEnd.objects.create(
        agency=province.statistics, year=2026, document="12/UBND", granted_by=house.head, granted_at=timezone.now()
    )
    assert named(house, house.clerk, year, day(2026, 11, 20), day(2027, 1, 20)) == [day(2027, 1, 1), day(2027, 1, 15)]

    for name in ("an", "binh", "division", "chief"):
        house.done(name)
    period = house.open()
    house.finish_everybody()
    assert named(house, house.clerk, synced, timezone.localdate(), timezone.localdate()) == []
    house.lock(period)
    final = timezone.localdate()
    days = named(house, house.clerk, synced, final, final + datetime.timedelta(days=7))
    assert 1 <= len(days) <= 2 and all(each.weekday() <= 4 and (each - final).days <= 5 for each in days)


def test_a_mail_server_that_is_down_the_whole_day_of_a_clock_loses_no_reminder(
    house, province, mailoutbox, time_machine, monkeypatch, django_capture_on_commit_callbacks
):
    day = timezone.make_aware(datetime.datetime(2026, 9, 7, 1))
    time_machine.move_to(day, tick=False)
    grant_membership(by=None, user=house.clerk, role=Role.AGENCY_HEAD, agency=province.statistics)
    actions.load_shipped_procedures(by=None)
    YearClock.objects.filter(name__startswith="Gửi Sở Nội vụ tiến độ").update(agency=province.statistics)

    def run(command):
        with django_capture_on_commit_callbacks(execute=True):
            call_command(command)

    with monkeypatch.context() as patch:

        def refuse(backend):
            raise ConnectionRefusedError

        patch.setattr(EmailBackend, "open", refuse, raising=False)
        for hour in range(24):
            time_machine.move_to(day + datetime.timedelta(hours=hour), tick=False)
            run("remind_of_deadlines")
            run("send_messages")
    assert mailoutbox == []
    for hour in (26, 30, 34):
        time_machine.move_to(day + datetime.timedelta(hours=hour), tick=False)
        run("remind_of_deadlines")
        run("send_messages")
    (mine,) = [each for each in mailoutbox if each.to == [house.clerk.email]]
    assert mine.body.count("Gửi Sở Nội vụ tiến độ") == 1
