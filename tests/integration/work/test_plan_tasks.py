"""Plan tasks: who gives, reports and confirms them, and what is refused."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import PlanGiver, PlanState
from cms.assignments.errors import InvalidPlanTask, OwnReportConfirmed
from cms.assignments.models import PlanTask
from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.evaluations.models import Evaluation, Period, Reopening
from cms.evaluations.models.periods import last_day_of
from tests.factories.people import make_member
from tests.factories.plan_tasks import give_plan, report_plan

pytestmark = pytest.mark.django_db
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def month(today):
    first = today.replace(day=1)
    return first, last_day_of("month", first)


@pytest.fixture
def own(province, people):
    return give_plan(people["uploader"], province.statistics)


def test_an_own_task_is_reported_by_one_and_confirmed_by_the_head(own, people):
    reported = report_plan(own, people["uploader"])
    assert reported.state == PlanState.REPORTED
    done = actions.confirm_plan_task(
        by=people["agency_head"], task=reported, quality_met=True, effect_met=True, exceeded=True, words="Vượt tiến độ"
    )
    assert (done.state, done.exceeded, done.judged_by) == (PlanState.CONFIRMED, True, people["agency_head"])
    acts = AuditEvent.objects.filter(action__startswith="plan_task").order_by("sequence")
    assert [event.action for event in acts] == ["plan_task.give", "plan_task.finish", "plan_task.confirm"]


def test_nobody_confirms_what_they_reported(own, people):
    reported = report_plan(own, people["agency_head"])
    with pytest.raises(OwnReportConfirmed):
        actions.confirm_plan_task(by=people["agency_head"], task=reported, quality_met=True, effect_met=True)


def test_who_reports_does_not_confirm(own, people):
    reported = report_plan(own, people["agency_head"])
    with pytest.raises(NotAllowed):
        actions.confirm_plan_task(by=people["uploader"], task=reported, quality_met=True, effect_met=True)


def test_a_superior_gives_and_confirms_and_the_owner_only_reports(province, people):
    task = give_plan(people["agency_head"], province.division, giver=province.statistics, given_kind=PlanGiver.SUPERIOR)
    reported = report_plan(task, people["uploader"])
    done = actions.confirm_plan_task(by=people["agency_head"], task=reported, quality_met=True, effect_met=False)
    assert done.effect_met is False
    with pytest.raises(NotAllowed):
        give_plan(people["agency_head"], province.office, giver=province.statistics, given_kind=PlanGiver.SUPERIOR)


def test_the_office_gives_to_every_agency_and_others_do_not(province, people, settings):
    office_head = people["other_agency_head"]
    asked = {"giver": province.office, "given_kind": PlanGiver.OFFICE, "is_key": True}
    with pytest.raises(NotAllowed):
        give_plan(office_head, province.commune, **asked)
    settings.THUOCDO_PROVINCIAL_OFFICE = province.office.code
    task = give_plan(office_head, province.commune, **asked)
    assert task.is_key
    reporter = make_member("uploader", province.commune)
    reported = report_plan(task, reporter)
    with pytest.raises(NotAllowed):
        actions.confirm_plan_task(by=people["agency_head"], task=reported, quality_met=True, effect_met=True)
    assert actions.confirm_plan_task(by=office_head, task=reported, quality_met=True, effect_met=True).is_confirmed


def test_what_cannot_be_is_refused_with_a_sentence(province, people, own, today):
    with pytest.raises(InvalidPlanTask, match="trước ngày giao"):
        give_plan(people["uploader"], province.statistics, due_on=today - ONE_DAY)
    with pytest.raises(InvalidPlanTask, match="nội dung nhiệm vụ"):
        give_plan(people["uploader"], province.statistics, name="  ")
    with pytest.raises(InvalidPlanTask, match="không báo trước"):
        report_plan(own, people["uploader"], today + ONE_DAY)
    with pytest.raises(InvalidPlanTask, match="trước ngày giao"):
        report_plan(own, people["uploader"], today - ONE_DAY)
    with pytest.raises(InvalidPlanTask, match="từ 0 đến 100"):
        actions.report_plan_task(by=people["uploader"], task=own, progress=101)
    with pytest.raises(InvalidPlanTask, match="phối hợp"):
        actions.edit_plan_task(by=people["uploader"], task=own, cooperating=[province.statistics])
    with pytest.raises(InvalidPlanTask, match="lý do"):
        actions.withdraw_plan_task(by=people["uploader"], task=own, reason=" ")


def test_a_returned_task_is_reported_again(own, people):
    reported = report_plan(own, people["uploader"])
    returned = actions.return_plan_task(by=people["agency_head"], task=reported, reason="Thiếu phụ lục")
    assert (returned.state, returned.done_on, returned.words) == (PlanState.RETURNED, None, "Thiếu phụ lục")
    assert report_plan(returned, people["uploader"]).state == PlanState.REPORTED


def test_a_confirmed_task_changes_by_a_correction_alone(own, people):
    task = report_plan(own, people["uploader"])
    task = actions.confirm_plan_task(by=people["agency_head"], task=task, quality_met=True, effect_met=True)
    with pytest.raises(WrongState):
        actions.edit_plan_task(by=people["uploader"], task=task, name="Khác")
    with pytest.raises(InvalidPlanTask, match="phải có ngày"):
        actions.correct_plan_task(by=people["agency_head"], task=task, reason="Sai", quality_met=None)
    task = actions.correct_plan_task(by=people["agency_head"], task=task, reason="Kết luận lại", quality_met=False)
    event = AuditEvent.objects.filter(action="plan_task.correct").get()
    assert (task.quality_met, event.after, event.reason) == (False, {"quality_met": False}, "Kết luận lại")


def test_what_is_due_in_a_period_is_the_agencys_own(province, people, own, month):
    give_plan(people["agency_head"], province.division)
    withdrawn = give_plan(people["uploader"], province.statistics)
    actions.withdraw_plan_task(by=people["uploader"], task=withdrawn, reason="Trùng")
    assert list(PlanTask.objects.due_in(province.statistics, *month)) == [own]
    assert not PlanTask.objects.due_in(province.statistics, month[1] + ONE_DAY, month[1] + 30 * ONE_DAY)


def test_who_sees_a_task(province, people, own):
    shared = give_plan(people["uploader"], province.statistics, cooperating=[province.office])
    seen = {name: set(PlanTask.objects.visible_to(user)) for name, user in people.items()}
    assert seen["agency_head"] == seen["uploader"] == seen["editor"] == {own, shared}
    assert seen["other_agency_head"] == {shared}
    assert seen["nobody"] == seen["technical_admin"] == set()


def test_a_locked_period_freezes_the_tasks_due_in_it(province, people, own, today, month):
    below = give_plan(people["agency_head"], province.division)
    later = give_plan(people["uploader"], province.statistics, due_on=month[1] + ONE_DAY)
    _lock(province.statistics, people, month)
    for task in (own, below):
        with pytest.raises(WrongState, match="đã chốt"):
            report_plan(task, people["uploader"])
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanTask.objects.filter(pk=task.pk).update(progress=50)
    with pytest.raises(WrongState, match="đã chốt"):
        give_plan(people["uploader"], province.statistics)
    with pytest.raises(WrongState, match="đã chốt"):
        actions.edit_plan_task(by=people["uploader"], task=later, due_on=today)
    assert report_plan(later, people["uploader"]).state == PlanState.REPORTED


def test_tasks_thaw_while_the_evaluation_of_their_agency_is_opened_again_by_two(province, people, own, month):
    below = give_plan(people["agency_head"], province.division)
    period = _lock(province.statistics, people, month)
    evaluation = Evaluation.objects.create(
        period=period, organisation=province.statistics, agency=province.statistics, role="organisation"
    )
    reopening = Reopening.objects.create(
        evaluation=evaluation, reason="Sót nhiệm vụ", proposed_by=people["uploader"], proposed_at=timezone.now()
    )
    with pytest.raises(WrongState, match="đã chốt"):
        report_plan(own, people["uploader"])
    Reopening.objects.filter(pk=reopening.pk).update(approved_by=people["agency_head"], approved_at=timezone.now())
    assert report_plan(own, people["uploader"]).state == PlanState.REPORTED
    # What another organisation has to do stays as it was when its result was locked.
    with pytest.raises(WrongState, match="đã chốt"):
        report_plan(below, people["uploader"])
    Reopening.objects.filter(pk=reopening.pk).update(closed_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanTask.objects.filter(pk=own.pk).update(progress=50)


def _lock(agency, people, month):
    now = timezone.now()
    return Period.objects.create(
        agency=agency, kind="month", first_day=month[0], last_day=month[1], opened_at=now,
        lock_proposed_by=people["uploader"], lock_proposed_at=now, locked_by=people["agency_head"], locked_at=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM assignments_plantask",
        "UPDATE assignments_plantask SET giver_id = agency_id + 1, given_kind = 'superior'",
        "UPDATE assignments_plantask SET state = 'confirmed'",
        "UPDATE assignments_plantask SET quality_met = {true}, effect_met = {true}, exceeded = {true}",
    ],
)
def test_the_database_refuses(own, statement):
    true = "1" if connection.vendor == "sqlite" else "true"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(true=true))
