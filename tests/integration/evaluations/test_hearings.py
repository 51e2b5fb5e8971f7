"""Being heard: objections in their time and by somebody independent, complaints before, cancellations by two people."""

import dataclasses
import datetime
from fractions import Fraction

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from cms.core.errors import NotAllowed, WrongState
from cms.evaluations import actions
from cms.evaluations.consequences import consequences
from cms.evaluations.errors import InvalidEvaluation, InvalidPeriod, OwnEvaluation
from cms.evaluations.hearing_terms import after, last_day_to_object
from cms.evaluations.models import Cancellation, Objection, Reopening, Result
from cms.organisations.models import OfficerRead
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(house):
    for name in ("an", "binh", "division", "chief"):
        house.done(name)
    period = house.open()
    house.finish_everybody()
    return period


@pytest.fixture
def objection(house, month) -> Objection:
    return actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="Chưa tính việc đột xuất.")


@pytest.fixture
def reviewed(house, objection) -> Objection:
    return actions.appoint_reviewer(by=house.head, objection=objection, reviewer=house.account("binh"))


def later(days: int):
    return time_machine.travel(timezone.now() + datetime.timedelta(days=days))


class TestObjecting:
    def test_it_is_ones_own_to_one_result_once(self, house, objection):
        assert objection.result == Result.objects.get(evaluation=house.of("an"))
        with pytest.raises(WrongState, match="đã kiến nghị"):
            actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="Nữa")
        with pytest.raises(NotAllowed):
            actions.object_to(by=house.account("division"), evaluation=house.of("binh"), grounds="Thay")

    def test_it_has_grounds_and_a_result(self, house):
        house.done("an")
        house.open()
        with pytest.raises(WrongState):
            actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="Sớm")
        house.mark("an")
        house.decide("an")
        with pytest.raises(InvalidEvaluation):
            actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="  ")

    def test_its_term_runs_from_the_notice_and_ends(self, house, month, settings):
        settings.THUOCDO_OBJECTION_WORKING_DAYS = False
        with later(8), pytest.raises(WrongState, match="hết hạn"):
            actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="Muộn")
        with later(7):
            assert actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="Kịp").pk

    def test_the_framework_may_say_how_many_days_there_are(self, house, month, settings):
        settings.THUOCDO_OBJECTION_WORKING_DAYS = False
        evaluation = house.of("an")
        said = evaluation.framework.definition
        days = dataclasses.replace(said.procedure.petition_days, value=Fraction(3))
        procedure = dataclasses.replace(said.procedure, petition_days=days)
        evaluation.framework.definition = dataclasses.replace(said, procedure=procedure)

        assert last_day_to_object(evaluation) == evaluation.notified_on + datetime.timedelta(days=3)

    def test_working_days_pass_over_the_week_end(self, settings):
        friday = datetime.date(2026, 6, 12)

        assert after(friday, 2) == datetime.date(2026, 6, 16)
        settings.THUOCDO_OBJECTION_WORKING_DAYS = False
        assert after(friday, 2) == datetime.date(2026, 6, 14)

    def test_after_the_lock_it_is_still_taken_in_its_term(self, house, month):
        house.lock(month)

        assert actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="Chấm sót").pk

    def test_a_lock_waits_for_open_objections_and_names_them(self, house, month, objection):
        with pytest.raises(InvalidPeriod, match="CC-504"):
            actions.propose_lock(by=house.clerk, period=month)


class TestReviewing:
    @pytest.mark.parametrize("name", ["division", "chief", "an"])
    def test_who_had_a_part_does_not_review(self, house, objection, name):
        with pytest.raises(InvalidEvaluation, match="độc lập"):
            actions.appoint_reviewer(by=house.head, objection=objection, reviewer=house.account(name))

    def test_the_head_appoints_never_the_officer(self, house, objection):
        with pytest.raises(OwnEvaluation):
            actions.appoint_reviewer(by=house.account("an"), objection=objection, reviewer=house.account("binh"))
        with pytest.raises(NotAllowed):
            actions.appoint_reviewer(by=house.clerk, objection=objection, reviewer=house.account("binh"))

    def test_upheld_closes_it_and_leaves_the_result(self, house, month, reviewed):
        before = Result.objects.get(evaluation=house.of("an")).content_hash
        answer = {"outcome": "upheld", "reasons": "Số liệu đúng."}
        actions.answer_objection(by=house.account("binh"), objection=reviewed, **answer)

        assert Result.objects.get(evaluation=house.of("an")).content_hash == before
        assert house.lock(month).is_locked
        with pytest.raises(WrongState):
            actions.answer_objection(by=house.account("binh"), objection=reviewed, **answer)

    def test_only_the_reviewer_answers_with_reasons(self, house, reviewed):
        with pytest.raises(NotAllowed):
            actions.answer_objection(by=house.head, objection=reviewed, outcome="upheld", reasons="x")
        with pytest.raises(InvalidEvaluation):
            actions.answer_objection(by=house.account("binh"), objection=reviewed, outcome="upheld", reasons=" ")
        with pytest.raises(InvalidEvaluation):
            actions.answer_objection(by=house.account("binh"), objection=reviewed, outcome="lower", reasons="x")

    def test_changed_before_the_lock_leads_to_a_new_decision(self, house, reviewed):
        actions.answer_objection(by=house.account("binh"), objection=reviewed, outcome="changed", reasons="Sót việc.")

        one = house.of("an")
        assert (one.awaits, one.level) == ("mark", "")
        house.mark("an", {"criteria": MARKS["criteria"] | {"III": "5"}})
        assert house.decide("an").is_decided

    def test_changed_after_the_lock_makes_a_new_version_by_two_people(self, house, month, second_head):
        house.lock(month)
        made = actions.object_to(by=house.account("an"), evaluation=house.of("an"), grounds="Chấm sót")
        made = actions.appoint_reviewer(by=house.head, objection=made, reviewer=house.account("binh"))
        actions.answer_objection(by=house.account("binh"), objection=made, outcome="changed", reasons="Sót việc.")
        assert house.of("an").is_decided

        actions.approve_reopening(by=second_head, reopening=Reopening.objects.get())
        house.mark("an", {"criteria": MARKS["criteria"] | {"III": "10"}})
        house.decide("an")

        first, second = Result.objects.filter(evaluation=house.of("an")).order_by("number")
        assert (str(first.total), str(second.total), second.number) == ("97.500", "100.000", 2)
        assert made.result == first


class TestComplaints:
    def test_the_decision_waits_for_the_conclusion_of_somebody_else(self, house, people):
        house.done("an")
        house.open()
        house.mark("an")
        ordered = actions.order_verification(by=house.clerk, evaluation=house.of("an"), content="Đơn số 3")

        with pytest.raises(WrongState, match="xác minh"):
            house.decide("an")
        with pytest.raises(OwnEvaluation):
            actions.conclude_verification(by=house.clerk, complaint=ordered, conclusion="Không đúng")
        with pytest.raises(WrongState):
            actions.order_verification(by=house.head, evaluation=house.of("an"), content="Đơn số 4")
        actions.conclude_verification(by=house.head, complaint=ordered, conclusion="Đơn không có cơ sở.")

        assert house.decide("an").is_decided
        with pytest.raises(WrongState):
            actions.order_verification(by=house.clerk, evaluation=house.of("an"), content="Muộn")


class TestCancelling:
    def propose(self, house, by=None, **changes):
        values = {"ground": "dishonesty", "reason": "Khai khống.", "document": "KL 9/KL-TTr"} | changes
        return actions.propose_cancellation(by=by or house.clerk, evaluation=house.of("an"), **values)

    def test_the_chain_names_superiors_and_longer_periods(self, house, month):
        house.lock(month)
        day = month.first_day
        quarter = house.open("quarter", day.replace(month=(day.month - 1) // 3 * 3 + 1))

        found = {(each.kind, each.evaluation) for each in consequences(house.of("an", month))}

        above = {("superior", house.of(name, month).pk) for name in ("division", "chief")}
        assert above | {("longer", house.of("an", quarter).pk), ("cap", None), ("locked", None)} == found

    def test_two_people_cancel_and_the_result_stays_readable(self, house, month, second_head):
        house.lock(month)
        proposed = self.propose(house)
        assert {each["kind"] for each in proposed.chain} == {"superior", "cap", "locked"}
        with pytest.raises(OwnEvaluation):
            actions.approve_cancellation(by=house.clerk, cancellation=proposed)
        with pytest.raises(WrongState):
            self.propose(house)

        one = actions.approve_cancellation(by=second_head, cancellation=proposed)

        assert one.awaits == "mark"
        assert Result.objects.filter(evaluation=one).count() == 1
        house.mark("an", {"criteria": MARKS["criteria"] | {"III": "0"}})
        house.decide("an")
        assert [each.number for each in Result.objects.filter(evaluation=one).order_by("number")] == [1, 2]

    def test_only_what_is_locked_and_with_its_document(self, house, month):
        with pytest.raises(WrongState):
            self.propose(house)
        house.lock(month)
        for wrong in ({"ground": "envy"}, {"reason": " "}, {"document": ""}):
            with pytest.raises(InvalidEvaluation):
                self.propose(house, **wrong)
        with pytest.raises(OwnEvaluation):
            self.propose(house, by=house.account("an"))


class TestGuards:
    def test_the_database_keeps_what_was_said(self, house, month, reviewed):
        actions.answer_objection(by=house.account("binh"), objection=reviewed, outcome="upheld", reasons="Đúng.")
        house.lock(month)
        proposed = actions.propose_cancellation(
            by=house.clerk, evaluation=house.of("an"), ground="fault", reason="Sai", document="KL 1"
        )
        for act in (
            lambda: Objection.objects.update(reasons="khác"),
            lambda: Objection.objects.all().delete(),
            lambda: Cancellation.objects.filter(pk=proposed.pk).update(reason="khác"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


class TestScreens:
    def test_an_officer_objects_and_the_reviewer_answers_on_their_own_pages(self, client, house, month):
        one = house.of("an")
        client.force_login(house.account("an"), backend="cms.organisations.backends.MembershipBackend")
        page = client.get(f"/cua-toi/danh-gia/{one.identity}/")
        assert f"{one.identity}/kien-nghi/" in page.content.decode()
        refused = client.post(f"/cua-toi/danh-gia/{one.identity}/kien-nghi/", {"grounds": " "})
        assert refused.status_code == 422
        sent = client.post(f"/cua-toi/danh-gia/{one.identity}/kien-nghi/", {"grounds": "Chấm sót việc."})
        assert sent.status_code == 302
        made = Objection.objects.get()
        actions.appoint_reviewer(by=house.head, objection=made, reviewer=house.account("binh"))

        client.force_login(house.account("binh"), backend="cms.organisations.backends.MembershipBackend")
        assert house.people["an"].name in client.get("/cua-toi/xem-xet-kien-nghi/").content.decode()
        address = f"/cua-toi/xem-xet-kien-nghi/{made.identity}/"
        assert "Chấm sót việc." in client.get(address).content.decode()
        assert OfficerRead.objects.filter(officer=house.people["an"], reader=house.account("binh")).exists()
        assert client.post(address, {"outcome": "upheld", "reasons": "Đã tính đủ."}).status_code == 302
        assert client.get(address).status_code == 404

    def test_the_desk_appoints_orders_and_cancels(self, client, house, month, objection, second_head):
        one = house.of("an")
        client.force_login(house.head, backend="cms.organisations.backends.MembershipBackend")
        address = f"/admin/evaluations/{one.pk}/"
        page = client.get(address).content.decode()
        assert f"{one.pk}/reviewer/" in page
        code = house.people["binh"].code
        assert client.post(f"{address}reviewer/", {"code": code}).status_code == 302
        actions.answer_objection(
            by=house.account("binh"), objection=Objection.objects.get(), outcome="upheld", reasons="Đúng."
        )
        house.lock(month)
        shown = client.get(f"{address}cancel/").content.decode()
        assert str(house.people["division"]) in shown
        values = {"ground": "authority", "document": "KL 2", "reason": "Sai thẩm quyền"}
        assert client.post(f"{address}cancel/", values).status_code == 302
        client.force_login(second_head, backend="cms.organisations.backends.MembershipBackend")
        assert client.post(f"{address}cancel/approve/").status_code == 302
        assert house.of("an").awaits == "mark"
