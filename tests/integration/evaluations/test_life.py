"""A month of a department from its opening to the lock, and what is refused on the way."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.assignments.actions import correct_work
from cms.core.errors import NotAllowed, WrongState
from cms.evaluations import actions
from cms.evaluations.enums import Step
from cms.evaluations.errors import InvalidEvaluation, InvalidPeriod, OwnEvaluation
from cms.evaluations.models import Period, Result
from cms.organisations.actions import PostingValues, end_posting, start_posting
from cms.scoring.canonical import content_hash
from tests.factories.officers import make_position
from tests.factories.work import finish, give
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_it_settles_framework_and_authority_with_their_reasons(self, house):
        period = house.open()

        one = house.of("an")
        assert one.framework == house.framework
        assert one.evaluator == house.people["division"] and one.evaluator_reason
        assert one.decider == house.people["chief"] and one.decider_reason
        assert one.awaits == Step.ASSESS
        assert house.of("chief").evaluator == house.people["chair"]
        assert period.evaluations.count() == 4

    def test_it_is_opened_once_for_the_agency_and_its_units(self, house):
        house.open()

        with pytest.raises(InvalidPeriod):
            house.open()

    def test_a_period_begins_on_its_day(self, house):
        with pytest.raises(InvalidPeriod):
            house.open(first_day=datetime.date(2026, 1, 2))
        with pytest.raises(InvalidPeriod):
            house.open(kind="quarter", first_day=datetime.date(2026, 2, 1))

    def test_a_division_is_evaluated_with_its_agency(self, house, province):
        with pytest.raises(InvalidPeriod):
            actions.open_period(by=None, agency=province.division, kind="month", first_day=house.month)

    def test_other_agencies_people_open_nothing(self, house, people):
        with pytest.raises(NotAllowed):
            actions.open_period(by=people["other_uploader"], agency=house.agency, kind="month", first_day=house.month)

    def test_who_moved_in_the_period_is_evaluated_where_they_are_at_its_end(self, house, province):
        moved = house.people["an"]
        today = timezone.localdate()
        if today.day == 1:
            pytest.skip("nobody moves on the first day")
        end_posting(by=None, posting=moved.postings.get(), last_day=today - datetime.timedelta(days=1))
        values = PostingValues(agency=province.office, position=make_position(), valid_from=today)
        start_posting(by=None, officer=moved, values=values)

        period = house.open()

        assert not period.evaluations.filter(officer=moved).exists()
        assert (
            actions.open_period(by=None, agency=province.office, kind="month", first_day=house.month)
            .evaluations.get()
            .officer
            == moved
        )


class TestSteps:
    def test_the_officer_assesses_and_the_manager_marks(self, house):
        house.done("an")
        house.open()
        one = actions.assess_self(by=house.account("an"), evaluation=house.of("an"), marks=MARKS, words="Đã làm đủ.")
        assert one.awaits == Step.MARK

        one = actions.mark(by=house.account("division"), evaluation=one, marks=MARKS)

        result = Result.objects.get(evaluation=one)
        assert (str(result.total), result.level, result.status) == ("97.500", "excellent", "scored")
        assert one.awaits == Step.DECIDE

    def test_nobody_marks_or_decides_about_themselves(self, house):
        house.open()

        with pytest.raises(OwnEvaluation):
            actions.mark(by=house.account("chief"), evaluation=house.of("chief"), marks=MARKS)
        with pytest.raises(OwnEvaluation):
            actions.decide(by=house.account("chief"), evaluation=house.of("chief"))

    def test_only_who_has_authority_marks_and_decides(self, house):
        house.done("an")
        house.open()
        one = house.of("an")

        with pytest.raises(NotAllowed):
            actions.mark(by=house.account("chief"), evaluation=one, marks=MARKS, words="x")
        with pytest.raises(NotAllowed):
            actions.assess_self(by=house.account("division"), evaluation=one, marks=MARKS)
        house.mark("an")
        with pytest.raises(NotAllowed):
            actions.decide(by=house.account("division"), evaluation=one)

    def test_who_does_not_wait_for_the_self_assessment_says_why(self, house):
        house.open()

        with pytest.raises(InvalidEvaluation):
            house.mark("an", words=" ")

    def test_marks_are_what_the_framework_takes(self, house):
        house.open()

        with pytest.raises(InvalidEvaluation, match="5"):
            house.mark("an", marks={"criteria": {"I.1": "6"}})
        with pytest.raises(InvalidEvaluation):
            house.mark("an", marks={"criteria": {"IX": "1"}})
        assert not house.of("an").acts.exists()

    def test_a_result_without_a_total_is_not_decided(self, house):
        house.open()
        house.mark("an")

        with pytest.raises(InvalidEvaluation):
            house.decide("an")
        assert Result.objects.get(evaluation=house.of("an")).total is None

    def test_another_level_needs_a_reason_and_leaves_the_points(self, house):
        house.done("an")
        house.open()
        house.mark("an")

        with pytest.raises(InvalidEvaluation):
            house.decide("an", level="good")
        one = house.decide("an", level="good", words="Vượt tỷ lệ 20% của đơn vị.")

        assert one.level == "good" and one.is_decided
        assert Result.objects.get(evaluation=one).level == "excellent"

    def test_two_decisions_at_once_have_one_winner(self, house):
        house.done("an")
        house.open()
        house.mark("an")
        waiting = house.of("an")
        house.decide("an")

        with pytest.raises(WrongState):
            actions.decide(by=house.account("chief"), evaluation=waiting)

    def test_what_was_decided_is_sent_back_with_a_reason(self, house):
        house.done("an")
        house.open()
        house.mark("an")
        one = house.decide("an")

        with pytest.raises(InvalidEvaluation):
            actions.send_back(by=house.account("chief"), evaluation=one, to=Step.MARK, words="")
        one = actions.send_back(by=house.account("chief"), evaluation=one, to=Step.MARK, words="Xem lại III.")

        assert one.awaits == Step.MARK and one.level == ""
        assert [act.act for act in one.acts.all()] == ["mark", "decide", "send_back"]


class TestLeaders:
    def test_the_level_of_those_led_reaches_the_head(self, house):
        for name in ("an", "binh", "division", "chief"):
            house.done(name, completed=1 if name == "an" else 4)
        house.open()
        house.mark("an", marks={"criteria": dict.fromkeys(MARKS["criteria"], "0")})
        house.mark("binh")
        house.mark("division")

        receipt = Result.objects.get(evaluation=house.of("division")).receipt
        assert receipt["result"]["components"]["d"] == "50.00"
        assert {each["id"] for each in receipt["inputs"]["subordinates"]} == {"CC-504", "CC-505"}

    def test_marking_somebody_anew_moves_the_result_of_who_leads_them(self, house):
        for name in ("an", "binh", "division"):
            house.done(name)
        house.open()
        for name in ("an", "binh", "division"):
            house.mark(name)
        before = Result.objects.get(evaluation=house.of("division"))

        actions.find(by=house.clerk, evaluation=house.of("an"), code="disciplined", document="QĐ 7/QĐ-CCTK")

        after = Result.objects.get(evaluation=house.of("division"))
        assert after.total < before.total
        assert "d: 100,00 → 50,00" in after.moved

    def test_two_heads_who_lead_each_other_are_named(self, house, province):
        second = house.people["binh"].postings.get()
        second.role = "head"
        second.save()
        house.open()

        with pytest.raises(InvalidPeriod, match="CC-503"):
            # Neither head could be named, so who heads the agency on the platform marks.
            actions.mark(by=house.head, evaluation=house.of("an"), marks=MARKS, words="Chưa tự đánh giá")

    def test_who_did_not_work_is_nobodys_weight(self, house):
        for name in ("binh", "division"):
            house.done(name)
        house.open()
        actions.excuse(by=house.clerk, evaluation=house.of("an"), reason="Nghỉ thai sản")
        house.mark("binh")
        house.mark("division")

        result = Result.objects.get(evaluation=house.of("division"))
        assert result.receipt["result"]["components"]["d"] == "100.00"


class TestLock:
    def test_two_people_lock_and_everything_behind_is_final(self, house):
        works = {name: house.done(name) for name in ("an", "binh", "division", "chief")}
        period = house.open()
        with pytest.raises(InvalidPeriod):
            actions.propose_lock(by=house.clerk, period=period)
        house.finish_everybody()
        period = actions.propose_lock(by=house.head, period=period)
        with pytest.raises(OwnEvaluation):
            actions.lock_period(by=house.head, period=period)
        actions.withdraw_lock(by=house.clerk, period=period)

        period = house.lock(period)

        assert period.is_locked
        assert not Result.objects.filter(frozen_at=None).exists()
        with pytest.raises(WrongState):
            actions.send_back(by=house.account("chief"), evaluation=house.of("an"), to=Step.MARK, words="x")
        with pytest.raises(WrongState):
            house.done("an")
        with pytest.raises(WrongState):
            correct_work(by=house.head, work=works["an"], reason="x", completed=1)

    def test_facts_that_moved_after_the_decision_stop_the_lock(self, house):
        works = {name: house.done(name) for name in ("an", "binh", "division", "chief")}
        period = house.open()
        house.finish_everybody()
        correct_work(by=house.head, work=works["an"], reason="Đếm lại", completed=3)

        assert [each.officer for each in actions.compute(period)] == [house.people["an"]]
        with pytest.raises(InvalidPeriod, match="CC-504"):
            actions.propose_lock(by=house.clerk, period=period)

    def test_unconfirmed_work_stops_the_lock(self, house):
        for name in ("an", "binh", "division", "chief"):
            house.done(name)
        period = house.open()
        house.finish_everybody()
        officer = house.people["an"]
        finish(give(house.clerk, officer.postings.get(), house.item), officer.account)

        with pytest.raises(InvalidPeriod, match="CC-504"):
            actions.propose_lock(by=house.clerk, period=period)

    def test_a_reopening_by_two_makes_the_next_result(self, house, second_head):
        works = {name: house.done(name) for name in ("an", "binh", "division", "chief")}
        house.lock(_finished(house))
        one = house.of("an")
        reopening = actions.propose_reopening(by=house.head, evaluation=one, reason="Sai số liệu")
        with pytest.raises(OwnEvaluation):
            actions.approve_reopening(by=house.head, reopening=reopening)
        with pytest.raises(WrongState):
            house.mark("an")

        actions.approve_reopening(by=second_head, reopening=reopening)
        correct_work(by=house.head, work=works["an"], reason="Đếm lại", completed=1)
        house.mark("an")
        house.decide("an")

        first, second = Result.objects.filter(evaluation=one).order_by("number")
        assert (str(first.total), second.number) == ("97.500", 2)
        assert second.total < first.total and first.frozen_at and second.frozen_at
        assert not one.reopenings.open().exists()
        with pytest.raises(WrongState):
            house.mark("an")


def _finished(house) -> Period:
    period = house.open()
    house.finish_everybody()
    return period


class TestLongerPeriods:
    def test_a_quarter_follows_from_its_months(self, house):
        for name in ("an", "binh", "division", "chief"):
            house.done(name)
        month = _finished(house)
        first = house.month.replace(month=(house.month.month - 1) // 3 * 3 + 1)
        quarter = house.open("quarter", first)

        result = Result.objects.get(evaluation=house.of("an", quarter))
        assert (str(result.total), result.level) == ("97.500", "excellent")
        assert result.receipt["inputs"]["subjects"][0]["parts"][0]["label"].endswith(f"{house.month:%m/%Y}")
        for name in ("an", "binh", "division", "chief"):
            house.decide(name)
        with pytest.raises(InvalidPeriod):
            actions.propose_lock(by=house.clerk, period=quarter)
        house.lock(month)
        assert house.lock(quarter).is_locked


class TestReceipts:
    def test_anybody_who_has_the_receipt_computes_it_again(self, house, tmp_path, capsys):
        house.done("an", quality_failures=1)
        house.open()
        house.mark("an")
        receipt = Result.objects.get(evaluation=house.of("an")).receipt
        asked = {
            "framework": receipt["framework"]["code"], "version": receipt["framework"]["version"],
            "subjects": [receipt["inputs"]],
        }  # fmt: skip
        path = tmp_path / "receipt.json"
        path.write_text(json.dumps(asked), encoding="utf-8")

        call_command("score", str(path))

        again = json.loads(capsys.readouterr().out)["results"][0]["receipt"]
        assert again == receipt
        assert content_hash({key: value for key, value in receipt.items() if key != "hash"}) == receipt["hash"]

    def test_only_confirmed_work_is_completed(self, house):
        officer = house.people["an"]
        finish(give(house.clerk, officer.postings.get(), house.item), officer.account)
        house.open()
        house.mark("an")

        line = Result.objects.get(evaluation=house.of("an")).receipt["inputs"]["work"][0]
        assert (line["assigned"], line["completed"]) == ("4", "0")
