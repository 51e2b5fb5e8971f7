"""Work is given, reported and confirmed; what cannot be is refused in a sentence, and nothing is written."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidWork, OwnWorkConfirmed
from cms.assignments.models import WorkAssignment
from cms.audit.models import AuditEvent
from cms.catalogs.actions import edit_items
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.actions import edit_officer, end_posting
from tests.factories.catalogs import accept, decide, make_version, submit
from tests.factories.officers import make_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def acts_of(work):
    return list(
        AuditEvent.objects.filter(subject_type="assignments.workassignment", subject_id=str(work.pk))
        .order_by("sequence").values_list("action", flat=True)
    )  # fmt: skip


def test_the_whole_life_of_work_is_in_the_ledger_and_counts_in_standard_units(desk):
    work = desk.give()
    actions.report_work(by=desk.officer.account, work=work, completed=Decimal("1.5"))
    work = actions.finish_work(
        by=desk.officer.account, work=work, completed=Decimal(4), done_on=timezone.localdate(), result="Số 12/BC"
    )
    [work] = actions.confirm_work(by=desk.people["agency_head"], work=[work])

    assert work.state == WorkState.CONFIRMED
    assert work.standard_quantity == 4 * desk.item.coefficient
    assert (work.quality_failures, work.late_occurrences) == (0, 0)
    assert acts_of(work) == ["work.give", "work.report", "work.finish", "work.confirm"]
    assert not AuditEvent.objects.filter(action__startswith="work.", subject_label__contains=desk.officer.name).exists()


def test_the_coefficient_is_the_one_that_held_when_the_work_was_given(desk, province, people):
    work = desk.give()
    given = work.coefficient
    writer = people["uploader"]
    draft = make_version(writer, province.statistics)
    item = draft.items.get(identity=desk.item.identity)
    edit_items(by=writer, version=draft, items=[item], changes={"coefficient": given + 1, "score": (given + 1) * 5})
    tomorrow = timezone.localdate() + DAY
    decide(accept(submit(draft, writer), people["editor"]), people["provincial_approver"], tomorrow)
    work.refresh_from_db()

    assert work.coefficient == given
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assignments_workassignment SET coefficient = 9 WHERE id = %s", [work.pk])


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(desk):
    today = timezone.localdate()

    with pytest.raises(InvalidWork) as refusal:
        desk.give(assigned=Decimal(0), due_on=today - DAY)

    assert "đứng trước ngày giao" in str(refusal.value)
    assert "Số lượng giao" in str(refusal.value)
    assert not WorkAssignment.objects.exists()


def test_work_for_many_is_given_to_all_or_to_nobody(desk, province):
    elsewhere = make_officer(province.statistics).postings.get()
    end_posting(by=None, posting=elsewhere, last_day=timezone.localdate() - DAY)
    elsewhere.refresh_from_db()

    with pytest.raises(InvalidWork, match="không công tác"):
        actions.give_work(by=None, postings=[desk.posting, elsewhere], values=desk.values())
    assert not WorkAssignment.objects.exists()

    colleague = make_officer(province.statistics).postings.get()
    assert len(actions.give_work(by=None, postings=[desk.posting, colleague], values=desk.values())) == 2


def test_an_item_that_does_not_hold_for_the_agency_on_the_day_is_refused(desk, province):
    other = make_officer(province.office).postings.get()

    with pytest.raises(InvalidWork, match="không có trong danh mục"):
        actions.give_work(by=None, postings=[other], values=desk.values())
    with pytest.raises(InvalidWork, match="không có trong danh mục"):
        desk.give(given_on=timezone.localdate() - DAY)


def test_divisions_work_by_the_catalog_of_the_agency_above(desk, province):
    agency = desk.posting.agency
    assert actions.items_on(agency, timezone.localdate()).count() == 3
    assert not actions.items_on(province.office, timezone.localdate()).exists()


def test_only_the_officer_reports_and_only_the_head_confirms(desk):
    work = desk.give()
    with pytest.raises(NotAllowed):
        actions.report_work(by=desk.people["agency_head"], work=work, completed=Decimal(1))
    work = actions.finish_work(by=desk.officer.account, work=work, completed=Decimal(1), done_on=timezone.localdate())
    for nobody in (desk.people["uploader"], desk.people["editor"], desk.people["other_uploader"]):
        with pytest.raises(NotAllowed):
            actions.confirm_work(by=nobody, work=[work])


def test_nobody_confirms_their_own_work(desk):
    head = desk.people["agency_head"]
    edit_officer(by=None, officer=desk.officer, account=None)
    edit_officer(by=None, officer=desk.officer, account=head)
    work = actions.finish_work(by=head, work=desk.give(), completed=Decimal(1), done_on=timezone.localdate())

    assert work not in WorkAssignment.objects.confirmable_by(head)
    with pytest.raises(OwnWorkConfirmed):
        actions.confirm_work(by=head, work=[work])


def test_work_done_late_counts_as_late_unless_it_is_said_otherwise(desk):
    today = timezone.localdate()
    late, excused = desk.done(), desk.done()
    WorkAssignment.objects.update(given_on=today - 3 * DAY, due_on=today - 2 * DAY)

    [late] = actions.confirm_work(by=desk.people["agency_head"], work=[late])
    [excused] = actions.confirm_work(by=desk.people["agency_head"], work=[excused], late_occurrences=0)

    assert (late.days_late, late.late_occurrences, excused.late_occurrences) == (2, 1, 0)


def test_returned_work_is_open_again_with_what_has_to_be_mended(desk):
    work = desk.done()
    with pytest.raises(InvalidWork):
        actions.return_work(by=desk.people["agency_head"], work=work, reason=" ")
    work = actions.return_work(by=desk.people["agency_head"], work=work, reason="Thiếu phụ lục")

    assert (work.state, work.done_on, work.reason) == (WorkState.RETURNED, None, "Thiếu phụ lục")
    assert work in WorkAssignment.objects.own(desk.officer).open()


def test_confirmed_work_changes_only_by_a_correction_with_its_reason(desk):
    head = desk.people["agency_head"]
    [work] = actions.confirm_work(by=head, work=[desk.done()])
    with pytest.raises(WrongState):
        actions.edit_work(by=head, work=work, assigned=Decimal(9))
    with pytest.raises(InvalidWork):
        actions.correct_work(by=head, work=work, reason="", completed=Decimal(3))

    work = actions.correct_work(by=head, work=work, reason="Trừ một báo cáo trùng", completed=Decimal(3))

    event = AuditEvent.objects.get(action="work.correct")
    assert (Decimal(event.before["completed"]), Decimal(event.after["completed"])) == (4, 3)
    assert event.reason == "Trừ một báo cáo trùng"
    assert work.completed == 3
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assignments_workassignment WHERE id = %s", [work.pk])


def test_failures_are_counted_by_the_time_and_one_product_may_fail_more_than_once(desk):
    with pytest.raises(InvalidWork, match="1.000"):
        actions.confirm_work(by=desk.people["agency_head"], work=[desk.done()], quality_failures=1_001)

    (work,) = actions.confirm_work(by=desk.people["agency_head"], work=[desk.done()], quality_failures=5)
    assert work.quality_failures > work.completed


def test_withdrawn_work_counts_for_nothing_and_stays(desk):
    work = actions.withdraw_work(by=desk.people["agency_head"], work=desk.give(), reason="Giao nhầm")

    assert work not in WorkAssignment.objects.own(desk.officer)
    with pytest.raises(NotAllowed):
        actions.report_work(by=desk.officer.account, work=work, completed=Decimal(1))


def test_work_is_not_done_tomorrow_nor_done_without_anything_completed(desk):
    today, own = timezone.localdate(), desk.officer.account
    with pytest.raises(InvalidWork):
        actions.finish_work(by=own, work=desk.give(), completed=Decimal(1), done_on=today + DAY)
    with pytest.raises(InvalidWork):
        actions.finish_work(by=own, work=desk.give(), completed=Decimal(0), done_on=today)
