"""Work by template, as last month, for many at once, by rule; and work handed over."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.actions import giving
from cms.assignments.actions.rules_of_work import spans_of
from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidWork
from cms.assignments.models import HandOver, RulePiece, WorkAssignment, WorkRule
from cms.assignments.planning_enums import Rhythm
from cms.assignments.working_days import month_span, read_calendar
from cms.catalogs.actions import edit_items
from cms.catalogs.models import CatalogItem
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.actions import start_posting
from cms.organisations.models import Posting
from tests.factories.catalogs import accept, decide, make_version, submit
from tests.factories.officers import make_officer, values
from tests.factories.work import give

pytestmark = pytest.mark.django_db
Day = datetime.date
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def next_month():
    return month_span(timezone.localdate())[1] + ONE_DAY


@pytest.fixture
def second(province):
    return make_officer(province.statistics, code="CC-200", name="Công chức 0200").postings.get()


def rule_values(desk, **changes):
    asked = {
        "item": desk.item, "rhythm": Rhythm.WEEKLY, "day": 5, "assigned": Decimal(5), "first_day": timezone.localdate(),
    }  # fmt: skip
    return actions.RuleValues(**(asked | changes))


def spans(rhythm, day, first, until, last_day=None):
    rule = WorkRule(rhythm=rhythm, day=day, first_day=first, last_day=last_day)
    known = read_calendar(first - 40 * ONE_DAY, until + 60 * ONE_DAY)
    return [(span.given_on, span.due_on) for span in spans_of(rule, first, until, known)]


def test_a_weekly_rule_skips_the_week_of_tet_and_moves_off_holidays():
    assert spans("weekly", 5, Day(2026, 2, 9), Day(2026, 2, 23)) == [
        (Day(2026, 2, 9), Day(2026, 2, 13)),
        (Day(2026, 2, 23), Day(2026, 2, 27)),
    ]
    # Thursday 30 April and Friday 1 May are off: the week's report is due on Wednesday.
    assert spans("weekly", 5, Day(2026, 4, 28), Day(2026, 4, 28)) == [(Day(2026, 4, 28), Day(2026, 4, 29))]


def test_a_monthly_rule_takes_the_last_day_of_short_months_and_the_working_day_before_a_day_off():
    assert spans("monthly", 31, Day(2026, 2, 2), Day(2026, 2, 28)) == [(Day(2026, 2, 2), Day(2026, 2, 27))]
    # Tuesday 1 and Wednesday 2 September are off: what was due on the 2nd is due on the first working day.
    assert spans("monthly", 2, Day(2026, 9, 1), Day(2026, 9, 1)) == [(Day(2026, 9, 3), Day(2026, 9, 3))]


def test_a_rule_gives_each_week_once_however_often_it_runs(desk, people):
    rule = actions.make_rule(by=people["agency_head"], posting=desk.posting, values=rule_values(desk))
    today = timezone.localdate()
    first = sum(actions.carry_out_rules(today))
    assert first >= 2
    assert sum(actions.carry_out_rules(today)) == 0
    assert RulePiece.objects.filter(rule=rule).count() == WorkAssignment.objects.count() == first
    actions.stop_rule(by=people["agency_head"], rule=rule)
    assert sum(actions.carry_out_rules(today + 7 * ONE_DAY)) == 0


def test_a_rule_whose_officer_left_says_so_and_keeps_no_other_from_it(desk, people, second):
    today = timezone.localdate()
    gone = actions.make_rule(by=people["agency_head"], posting=desk.posting, values=rule_values(desk))
    actions.make_rule(by=people["agency_head"], posting=second, values=rule_values(desk))
    Posting.objects.filter(pk=desk.posting.pk).update(valid_from=today - 60 * ONE_DAY, valid_to=today - ONE_DAY)
    assert sum(actions.carry_out_rules(today)) > 0
    gone.refresh_from_db()
    assert "không công tác" in gone.problem
    assert not WorkAssignment.objects.filter(officer=desk.officer).exists()


def test_a_rule_gives_nothing_for_a_week_of_leave(desk, people):
    head, today = people["agency_head"], timezone.localdate()
    actions.enter_absence(
        by=head, officer=desk.officer, first_day=today, last_day=today + 40 * ONE_DAY, reason="Nghỉ phép"
    )
    actions.make_rule(by=head, posting=desk.posting, values=rule_values(desk))
    assert sum(actions.carry_out_rules(today)) == 0


def test_a_rule_that_cannot_be_is_refused(desk, people):
    head = people["agency_head"]
    for changes, words in [
        ({"day": 8}, "1 \\(thứ Hai\\)"), ({"assigned": Decimal(0)}, "lớn hơn 0"),
        ({"last_day": timezone.localdate() - ONE_DAY}, "kết thúc trước"),
        ({"first_day": Day(2020, 1, 6)}, "không có trong danh mục"),
    ]:  # fmt: skip
        with pytest.raises(InvalidWork, match=words):
            actions.make_rule(by=head, posting=desk.posting, values=rule_values(desk, **changes))
    with pytest.raises(NotAllowed):
        actions.make_rule(by=people["other_agency_head"], posting=desk.posting, values=rule_values(desk))


def test_a_template_gives_a_month_and_says_what_it_leaves_out(desk, people, next_month):
    head = people["agency_head"]
    lines = [(desk.item, Decimal(3), 25)]
    template = actions.save_template(by=head, agency=desk.posting.agency, position=desk.posting.position, lines=lines)
    made = actions.apply_template(by=head, template=template, month=next_month)
    (work,) = made.given
    assert (work.assigned, work.month, work.due_on.day <= 25) == (Decimal(3), next_month, True)
    assert read_calendar(work.due_on, work.due_on).is_working(work.due_on)
    again = actions.apply_template(by=head, template=template, month=next_month)
    assert (again.given, len(again.left_out)) == ([], 1)
    assert "đã được giao" in again.left_out[0]
    with pytest.raises(InvalidWork, match="đã qua"):
        actions.apply_template(by=head, template=template, month=Day(2026, 1, 1))
    with pytest.raises(InvalidWork, match="hai lần"):
        actions.save_template(
            by=head, agency=desk.posting.agency, position=desk.posting.position, lines=[*lines, *lines]
        )


def test_last_months_plan_is_copied_without_what_was_unplanned_or_withdrawn(desk, people, next_month):
    head = people["agency_head"]
    planned = desk.give()
    desk.give(is_planned=False)
    actions.withdraw_work(by=head, work=desk.give(), reason="Nhầm")
    copied = actions.copy_plan(by=head, agency=desk.posting.agency, month=next_month)
    (work,) = copied.given
    assert (work.item_identity, work.assigned, work.month) == (planned.item_identity, planned.assigned, next_month)
    assert actions.copy_plan(by=head, agency=desk.posting.agency, month=next_month).given == []


def test_who_is_away_all_month_is_left_out_of_the_copied_plan(desk, people, next_month):
    desk.give()
    head = people["agency_head"]
    first, last = month_span(next_month)
    actions.enter_absence(by=head, officer=desk.officer, first_day=first, last_day=last, reason="Thai sản")
    copied = actions.copy_plan(by=head, agency=desk.posting.agency, month=next_month)
    assert copied.given == []
    assert "vắng" in copied.left_out[0]


def test_a_month_with_a_transfer_two_posts_and_a_rule_is_copied_piece_by_piece(
    desk, people, second, province, next_month
):
    head, agency, today = people["agency_head"], desk.posting.agency, timezone.localdate()
    beside = start_posting(by=None, officer=desk.officer, values=values(agency, is_main=False))
    for posting in (desk.posting, desk.posting, beside, second):
        give(head, posting, desk.item)
    actions.make_rule(by=head, posting=desk.posting, values=rule_values(desk))
    sum(actions.carry_out_rules(today))
    # Who was transferred in mid-month is left out where they were, by name and with the reason.
    Posting.objects.filter(pk=second.pk).update(valid_from=today - 60 * ONE_DAY, valid_to=today)
    copied = actions.copy_plan(by=head, agency=agency, month=next_month)
    assert sorted(work.posting_id for work in copied.given) == sorted([desk.posting.pk, desk.posting.pk, beside.pk])
    assert ["Công chức 0200" in line and "không công tác" in line for line in copied.left_out] == [True]
    again = actions.copy_plan(by=head, agency=agency, month=next_month)
    assert (again.given, len(again.left_out)) == ([], 4)


def test_an_item_superseded_after_it_was_given_keeps_its_coefficient_and_is_copied_at_the_new_one(
    desk, people, province, next_month
):  # fmt: skip
    work = desk.give()
    draft = make_version(people["uploader"], province.statistics)
    newer = draft.items.get(identity=desk.item.identity)
    edit_items(by=people["uploader"], version=draft, items=[newer], changes={"score": 50, "coefficient": 10})
    submit(draft, people["uploader"])
    accept(draft, people["editor"])
    decide(draft, people["provincial_approver"], effective_from=next_month)
    (copied,) = actions.copy_plan(by=people["agency_head"], agency=desk.posting.agency, month=next_month).given
    work.refresh_from_db()
    assert (work.coefficient, copied.coefficient) == (desk.item.coefficient, Decimal(10))


def test_many_people_get_their_own_quantity_or_nobody_gets_any(desk, people, second):
    head = people["agency_head"]
    lines = [(desk.posting, desk.values(assigned=Decimal(2))), (second, desk.values(assigned=Decimal(7)))]
    given = actions.give_to_many(by=head, lines=lines)
    assert [work.assigned for work in given] == [Decimal(2), Decimal(7)]
    with pytest.raises(InvalidWork, match="Công chức 0200"):
        actions.give_to_many(by=head, lines=[lines[0], (second, desk.values(assigned=Decimal(0)))])
    assert WorkAssignment.objects.count() == 2
    with pytest.raises(InvalidWork):
        actions.give_to_many(by=head, lines=[])


def test_the_rest_of_somebodys_work_is_handed_over_and_their_part_stays(desk, people, second):
    head = people["agency_head"]
    work = actions.report_work(by=desk.officer.account, work=desk.give(), completed=Decimal("1.5"))
    (rest,) = actions.hand_over_work(by=head, work=[work], to=second, reason="Chuyển công tác")
    work.refresh_from_db()
    assert (work.assigned, work.completed, work.state) == (Decimal("1.5"), Decimal("1.5"), WorkState.DONE)
    assert (rest.assigned, rest.officer, rest.coefficient) == (Decimal("2.5"), second.officer, work.coefficient)
    kept = HandOver.objects.get()
    assert (kept.from_work, kept.to_work, kept.reason) == (work, rest, "Chuyển công tác")
    # Assigned before is assigned now: nothing is lost and nothing is counted twice.
    assert work.assigned + rest.assigned == Decimal(4)


def test_work_of_which_nothing_is_done_is_the_seconds_alone(desk, people, second):
    work = desk.give()
    (rest,) = actions.hand_over_work(by=people["agency_head"], work=[work], to=second, reason="Nghỉ thai sản")
    work.refresh_from_db()
    assert (work.state, rest.assigned) == (WorkState.WITHDRAWN, Decimal(4))


def test_what_cannot_be_handed_over(desk, people, second):
    head = people["agency_head"]
    work = desk.give()
    with pytest.raises(InvalidWork, match="lý do"):
        actions.hand_over_work(by=head, work=[work], to=second, reason=" ")
    with pytest.raises(InvalidWork, match="người khác"):
        actions.hand_over_work(by=head, work=[work], to=desk.posting, reason="Nghỉ")
    with pytest.raises(NotAllowed):
        actions.hand_over_work(by=people["other_agency_head"], work=[work], to=second, reason="Nghỉ")
    full = actions.report_work(by=desk.officer.account, work=work, completed=Decimal(4))
    with pytest.raises(InvalidWork, match="Báo cáo hoàn thành"):
        actions.hand_over_work(by=head, work=[full], to=second, reason="Nghỉ")
    with pytest.raises(WrongState):
        actions.hand_over_work(by=head, work=[desk.done()], to=second, reason="Nghỉ")
    Posting.objects.filter(pk=second.pk).update(valid_from=Day(2020, 1, 1), valid_to=Day(2020, 2, 1))
    second.refresh_from_db()
    with pytest.raises(InvalidWork, match="không công tác"):
        actions.hand_over_work(by=head, work=[desk.give()], to=second, reason="Nghỉ")


def test_an_item_that_holds_no_more_is_still_handed_over(desk, people, second, monkeypatch):
    work = desk.give()
    monkeypatch.setattr(giving, "items_on", lambda agency, day: CatalogItem.objects.none())
    with pytest.raises(InvalidWork):
        desk.give()
    (rest,) = actions.hand_over_work(by=people["agency_head"], work=[work], to=second, reason="Nghỉ")
    assert rest.coefficient == work.coefficient
