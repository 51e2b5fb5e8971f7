"""Procedures as data, and a year of a department through all seven steps of Form 02; what is refused on the way."""

import datetime
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.evaluations import actions
from cms.evaluations.blocking import blocked_in
from cms.evaluations.enums import Actor, DueRule, Step
from cms.evaluations.errors import InvalidEvaluation, InvalidPeriod, InvalidProcedure, OwnEvaluation
from cms.evaluations.models import Decision, Evaluation, Meeting, Notice, Procedure, ProcedureStep, StaleMark
from cms.evaluations.procedures import nearest
from cms.evaluations.shipped_procedures import OPTIONAL, PROCEDURES, StepSpec
from cms.organisations.enums import DelegationKind
from cms.organisations.models import Delegation
from cms.users.models import User
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db
LONG = (
    StepSpec(Step.ASSESS, Actor.SELF, DueRule.OPENED, "3"),
    StepSpec(Step.MEET, Actor.UPLOADER, DueRule.OPENED, "5"),
    StepSpec(Step.MARK, Actor.EVALUATE),
    StepSpec(Step.VERIFY, Actor.UPLOADER, name="Thẩm định"),
    StepSpec(Step.OPINION, Actor.OPINION),
    StepSpec(Step.DECIDE, Actor.CLASSIFY, DueRule.CLASSIFIED, numbered=True),
    StepSpec(Step.NOTIFY, Actor.UPLOADER),
)


def issue(code="dai", steps=LONG, kinds=("month",), **scope) -> Procedure:
    draft = actions.draft_procedure(by=None, code=code, name="Quy trình thử")
    draft = actions.edit_procedure(by=None, procedure=draft, name="Quy trình thử", steps=steps, kinds=kinds, **scope)
    return actions.issue_procedure(
        by=None, procedure=draft, effective_from=timezone.localdate(), decision_number="9/QĐ-SNV"
    )


@pytest.fixture
def long(house):
    """A month that goes through all seven steps, with everybody's work."""
    issue()
    for name in ("an", "binh", "division", "chief"):
        house.done(name)
    house.period = house.open()
    return house


def assess(house, *names):
    for name in names:
        actions.assess_self(by=house.account(name), evaluation=house.of(name), marks=house.marks_of(name), level="good")


def meet(house, names=("an", "binh", "division"), **changed):
    chosen = [house.of(name) for name in names]
    said = {
        "held_on": timezone.localdate(), "chair": "Công chức 0003", "text": "Tập thể thống nhất.",
        "present": {each.officer_id: True for each in chosen},
    }  # fmt: skip
    minutes = actions.Minutes(**(said | changed))
    return actions.hold_meeting(
        by=house.clerk, period=house.period, agency=chosen[0].agency, evaluations=chosen, minutes=minutes
    )


def to_decision(house, name):
    """Bring one evaluation to its decision."""
    assess(house, name)
    meet(house, [name])
    house.mark(name, words="")
    actions.verify(by=house.clerk, evaluation=house.of(name), words="Đủ căn cứ.", level="good")
    if house.of(name).awaits == Step.OPINION:
        by = User.objects.get(officer=house.of(name).adviser)
        actions.give_opinion(by=by, evaluation=house.of(name), words="Nhất trí.")


def number_of(house, name, number, **said):
    return house.decide(name, number=number, signed_on=timezone.localdate(), **said)


class TestProcedures:
    def test_the_shipped_ones_are_drafts_that_a_second_person_issues(self, people):
        drafts = actions.load_shipped_procedures(by=people["editor"])

        assert [each.code for each in drafts] == [each.code for each in PROCEDURES]
        with pytest.raises(NotAllowed):
            actions.issue_procedure(
                by=people["editor"], procedure=drafts[0], effective_from=timezone.localdate(), decision_number="1"
            )
        issued = actions.issue_procedure(
            by=people["approver"], procedure=drafts[0], effective_from=timezone.localdate(), decision_number="1/QĐ"
        )
        assert Procedure.objects.in_force(timezone.localdate()).get() == issued
        assert actions.load_shipped_procedures(by=people["editor"]) == []

    @pytest.mark.parametrize("spec", [*PROCEDURES, *OPTIONAL], ids=lambda spec: spec.code)
    def test_every_shipped_procedure_makes_sense(self, spec):
        assert actions.load_shipped_procedure(by=None, spec=spec).steps.count() == len(spec.steps)

    @pytest.mark.parametrize(
        "steps",
        [
            LONG[:5],
            (*LONG, LONG[-1]),
            (LONG[-1], LONG[5]),
            (LONG[2], LONG[0], LONG[5]),
            (StepSpec(Step.ASSESS, Actor.CLASSIFY), LONG[5]),
            (StepSpec(Step.DECIDE, Actor.SELF),),
            (StepSpec(Step.DECIDE, Actor.CLASSIFY, DueRule.DATE, "31/02"),),
            (StepSpec(Step.DECIDE, Actor.CLASSIFY, DueRule.AFTER_END, "x"),),
        ],
    )
    def test_steps_that_make_no_procedure_are_refused(self, steps):
        draft = actions.draft_procedure(by=None, code="sai")

        with pytest.raises(InvalidProcedure):
            actions.edit_procedure(by=None, procedure=draft, name="Sai", steps=steps, kinds=["month"])

    def test_an_issued_one_never_changes_and_the_database_holds_it(self):
        procedure = issue()

        with pytest.raises(InvalidProcedure):
            actions.edit_procedure(by=None, procedure=procedure, name="x", steps=LONG, kinds=["month"])
        for refused in (
            lambda: Procedure.objects.filter(pk=procedure.pk).update(name="x"),
            lambda: ProcedureStep.objects.filter(procedure=procedure).update(actor="classify"),
            lambda: ProcedureStep.objects.filter(procedure=procedure).delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                refused()

    def test_two_for_the_same_evaluations_are_refused_and_the_narrower_wins(self, house):
        issue()
        with pytest.raises(InvalidProcedure, match="Quy trình thử"):
            issue("khac", LONG[2:])
        issue("hep", (LONG[2], LONG[5]), subjects=["staff"])
        house.open()

        assert house.of("an").step_values == ["mark", "decide"]
        assert house.of("division").step_values[0] == "assess"

    def test_a_new_version_changes_nothing_of_a_period_that_is_open(self, long):
        issue(steps=LONG[2:])

        assert long.of("an").step_values[0] == Step.ASSESS
        with pytest.raises(DatabaseError), transaction.atomic():
            Evaluation.objects.filter(pk=long.of("an").pk).update(steps=[])

    def test_days_of_the_year_lie_around_its_end(self):
        end = datetime.date(2026, 12, 31)
        assert nearest("15/12", end) == datetime.date(2026, 12, 15)
        assert nearest("15/01", end) == datetime.date(2027, 1, 15)

    def test_the_special_day_is_granted_by_a_document(self, house, people):
        issue()

        def grant(document="12/UBND"):
            year = house.month.year
            actions.grant_special_year_end(by=people["approver"], agency=house.agency, year=year, document=document)

        with pytest.raises(InvalidProcedure):
            grant(document="")
        grant()
        house.open()

        assert house.of("an").step_data(Step.DECIDE)["due"].endswith("-01-15")
        with pytest.raises(WrongState):
            grant()


class TestSteps:
    def test_all_seven_from_self_assessment_to_notice(self, long, mailoutbox, django_capture_on_commit_callbacks):
        for name in ("an", "binh", "division"):
            to_decision(long, name)
            number_of(long, name, f"{name}/QĐ")
        with django_capture_on_commit_callbacks(execute=True):
            actions.notify(by=long.clerk, evaluations=[long.of("an")], bodies="Chi bộ")

        one = long.of("an")
        assert [act.act for act in one.acts.all()] == ["assess", "meet", "mark", "verify", "decide", "notify"]
        assert one.is_readable and one.notified_on == timezone.localdate()
        assert one.acts.get(act="decide").decision.number == "an/QĐ"
        notice = actions.acknowledge(by=long.account("an"), evaluation=one)
        assert notice.acknowledged_at
        with pytest.raises(WrongState):
            actions.acknowledge(by=long.account("an"), evaluation=one)

    def test_an_opinion_is_asked_only_where_the_table_says_so(self, long):
        assert Step.OPINION not in long.of("an").step_values

    def test_a_result_is_not_read_before_its_notice(self, client, long):
        to_decision(long, "an")
        number_of(long, "an", "7/QĐ")
        one = long.of("an")

        assert one.is_decided and not one.is_readable
        client.force_login(long.account("an"))
        assert "97,5" not in client.get(reverse("personal:evaluation", args=[one.identity])).content.decode()

    def test_nobody_does_a_step_out_of_turn(self, long):
        for act in (
            lambda: actions.verify(by=long.clerk, evaluation=long.of("an"), words="x"),
            lambda: long.mark("an"),
            lambda: number_of(long, "an", "7/QĐ"),
            lambda: actions.notify(by=long.clerk, evaluations=[long.of("an")]),
        ):
            with pytest.raises(WrongState):
                act()
        with pytest.raises(NotAllowed):
            actions.verify(by=long.account("division"), evaluation=long.of("an"), words="x")
        with pytest.raises(OwnEvaluation):
            actions.notify(by=long.account("an"), evaluations=[long.of("an")])

    def test_minutes_say_what_a_meeting_needs(self, long):
        assess(long, "an", "binh", "division")
        everybody = [long.of(name).officer_id for name in ("an", "binh", "division")]
        for wrong in (
            {"chair": " "},
            {"text": ""},
            {"held_on": timezone.localdate() + datetime.timedelta(days=1)},
            {"present": dict(zip(everybody, (True, False, False), strict=True))},
        ):
            with pytest.raises(InvalidEvaluation):
                meet(long, **wrong)
        assert not Meeting.objects.exists()
        meeting = meet(long)
        assert meeting.attendance.count() == 3
        with pytest.raises(DatabaseError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(minutes="x")

    def test_a_meeting_on_somebody_without_a_self_assessment_says_why(self, long):
        with pytest.raises(InvalidEvaluation, match="CC-504"):
            meet(long, ["an"])
        meet(long, ["an"], opinions={long.of("an").pk: "Nghỉ ốm, không tự đánh giá được."})
        assert long.of("an").awaits == Step.MARK

    def test_verification_may_send_back(self, long):
        assess(long, "an")
        meet(long, ["an"])
        long.mark("an", words="")

        one = actions.send_back(by=long.clerk, evaluation=long.of("an"), to=Step.MARK, words="Thiếu căn cứ mục III.")

        assert one.awaits == Step.MARK

    def test_a_lock_with_open_steps_names_who_is_left(self, long):
        to_decision(long, "an")
        number_of(long, "an", "7/QĐ")

        with pytest.raises(InvalidPeriod, match="CC-504"):
            actions.propose_lock(by=long.clerk, period=long.period)


class TestDecisions:
    def test_the_procedure_asks_for_number_and_day(self, long):
        to_decision(long, "an")
        for said in ({}, {"number": "7/QĐ"}, {"signed_on": timezone.localdate()}):
            with pytest.raises(InvalidEvaluation):
                long.decide("an", **said)
        with pytest.raises(InvalidEvaluation):
            long.decide("an", number="7/QĐ", signed_on=timezone.localdate() + datetime.timedelta(days=1))

    def test_a_number_is_used_once_in_a_year(self, long):
        for name in ("an", "binh"):
            to_decision(long, name)
        number_of(long, "an", "7/QĐ-TK")

        with pytest.raises(InvalidEvaluation, match="7/QĐ-TK"):
            number_of(long, "binh", "7 / qđ-tk")
        assert long.of("binh").awaits == Step.DECIDE

    def test_one_decision_for_many_is_for_all_or_none(self, long):
        for name in ("an", "binh"):
            to_decision(long, name)
        asked = {"number": "8/QĐ", "signed_on": timezone.localdate()}
        chief = long.account("chief")
        with pytest.raises(DomainError):
            actions.decide_many(by=chief, evaluations=[long.of("an"), long.of("division")], **asked)
        assert not Decision.objects.exists() and long.of("an").awaits == Step.DECIDE

        actions.decide_many(by=chief, evaluations=[long.of("an"), long.of("binh")], **asked)

        assert Decision.objects.get().acts.count() == 2

    def test_a_notice_is_withdrawn_with_its_decision(self, long):
        to_decision(long, "an")
        number_of(long, "an", "7/QĐ")
        actions.notify(by=long.clerk, evaluations=[long.of("an")])

        actions.send_back(by=long.account("chief"), evaluation=long.of("an"), to=Step.DECIDE, words="Sai mức.")

        assert long.of("an").notified_on is None
        assert Notice.objects.get().withdrawn_at


class TestLowerBeforeUpper:
    def test_who_leads_waits_and_the_desk_reminds(self, house, mailoutbox, django_capture_on_commit_callbacks):
        for name in ("an", "binh", "division"):
            house.done(name)
        period = house.open()
        for name in ("an", "division"):
            house.mark(name)
        house.decide("an")

        with pytest.raises(InvalidEvaluation, match="CC-505"):
            house.decide("division")
        waiting = {one.evaluation.officer.code: one.waits_for for one in blocked_in(period)}
        assert [each.officer.code for each in waiting["CC-503"]] == ["CC-505"]
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.remind_awaited(by=house.clerk, evaluations=[house.of("binh")]) == 1

    def test_a_subordinate_reopened_after_the_superior_was_decided_marks_the_superior(self, house, second_head):
        for name in ("an", "binh", "division", "chief"):
            house.done(name)
        period = house.open()
        house.finish_everybody()
        house.lock(period)

        proposed = actions.propose_reopening(by=house.head, evaluation=house.of("an"), reason="Sai số liệu")
        actions.approve_reopening(by=second_head, reopening=proposed)

        marked = {each.evaluation.officer.code for each in StaleMark.objects.standing()}
        assert marked == {"CC-502", "CC-503"}
        house.mark("an")
        house.decide("an")
        # Nothing moved, so both agree again.
        assert not StaleMark.objects.standing().exists()

    def test_it_stays_marked_where_the_figures_moved(self, house):
        for name in ("an", "binh", "division"):
            house.done(name)
        house.open()
        for name in ("an", "binh", "division"):
            house.mark(name)
            house.decide(name)
        actions.send_back(by=house.account("chief"), evaluation=house.of("an"), to=Step.MARK, words="Xem lại.")
        actions.find(by=house.clerk, evaluation=house.of("an"), code="disciplined", document="QĐ 7/QĐ-CCTK")
        house.mark("an")
        house.decide("an")

        assert [each.evaluation.officer.code for each in StaleMark.objects.standing()] == ["CC-503"]


class TestDelegation:
    def test_a_delegation_made_after_the_opening_is_asked_on_the_day(self, house, second_head):
        house.done("an")
        house.open()
        with pytest.raises(NotAllowed):
            actions.mark(by=house.account("binh"), evaluation=house.of("an"), marks=MARKS, words="x")
        Delegation.objects.create(
            kind=DelegationKind.DELEGATION, agency=house.agency, from_officer=house.people["division"],
            to_officer=house.people["binh"], valid_from=timezone.localdate(), reason="12/QĐ đi học",
        )  # fmt: skip

        one = actions.mark(by=house.account("binh"), evaluation=house.of("an"), marks=MARKS, words="x")

        assert "12/QĐ đi học" in one.acts.get(act="mark").in_place_of
        assert Evaluation.objects.visible_to(house.account("binh")).filter(pk=one.pk).exists()
        # The delegate marks nobody's own evaluation: what is delegated to the subject stays with the giver.
        with pytest.raises(OwnEvaluation):
            actions.mark(by=house.account("binh"), evaluation=house.of("binh"), marks=MARKS, words="x")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_decide_at_once_have_one_winner_and_one_clear_word(house):
    house.done("an")
    house.open()
    house.mark("an")
    waiting, start, said = house.of("an"), threading.Barrier(2), []

    def decide() -> None:
        try:
            start.wait()
            actions.decide(by=house.account("chief"), evaluation=waiting)
            said.append("decided")
        except DomainError as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert said.count("decided") == 1
    other = next(each for each in said if each != "decided")
    assert "đã thực hiện lúc" in other
    assert waiting.acts.filter(act="decide").count() == 1
