"""Organisations as subjects of evaluation: the same rows, steps and receipts as for officers."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.assignments.models import PlanTask
from cms.core.errors import NotAllowed
from cms.evaluations import actions
from cms.evaluations.errors import InvalidEvaluation, InvalidFact, InvalidPeriod, OwnEvaluation
from cms.evaluations.models import Evaluation, Period, Result
from cms.evaluations.models.periods import last_day_of
from cms.evaluations.scoring_inputs.organisations import PlanLine, plan_figures
from cms.organisations.models import Agency
from cms.scoring.definition.words import FIGURES_OF_WORK
from cms.scoring.work import figures
from cms.users.models import User
from tests.factories.frameworks import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(house) -> Period:
    return Period.objects.create(
        agency=house.agency, kind="month", subject_kind="organisation", first_day=house.month,
        last_day=last_day_of("month", house.month), opened_at=timezone.now(),
    )  # fmt: skip


def test_an_evaluation_is_of_an_officer_or_of_an_organisation_and_never_of_both(house, period, province):
    one = Evaluation.objects.create(
        period=period, organisation=province.division, agency=province.division, role="organisation", awaits="mark"
    )
    officer = house.people["an"]
    own = {"officer": officer, "posting": officer.postings.get()}

    assert one.subject == province.division and str(one) == f"{province.division.code} – {period}"
    for wrong in (own | {"organisation": province.statistics}, {}, {"officer": officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evaluation.objects.create(
                period=period, agency=province.statistics, role="organisation", awaits="mark", **wrong
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(
            period=period, organisation=province.division, agency=province.division, role="organisation"
        )


def test_who_heads_an_organisation_or_belongs_to_it_does_not_see_its_evaluation_among_others(house, period, province):
    one = Evaluation.objects.create(
        period=period, organisation=province.division, agency=province.division, role="organisation", awaits="mark",
        evaluator=house.people["chief"],
    )  # fmt: skip

    assert one in Evaluation.objects.visible_to(house.clerk)
    assert one in Evaluation.objects.visible_to(house.account("chief"))
    assert one not in Evaluation.objects.visible_to(house.account("division"))


# The plan of Gia Lai, by rows ------------------------------------------------------------------------------------


@dataclass
class Tasks:
    """Writes plan tasks of this year as they stand at last, whoever went through the steps."""

    house: Any

    def add(self, agency: Agency, count: int = 1, *, done: bool = True, late: bool = False, **judged: bool) -> None:
        day = self.house.month.replace(month=3, day=20)
        quality, effect, exceeded = (judged.get(each, each != "exceeded") for each in ("quality", "effect", "exceeded"))
        state = {
            "state": "confirmed", "done_on": day + timedelta(days=5 if late else 0), "quality_met": quality,
            "effect_met": effect, "exceeded": exceeded, "reported_by": self.house.clerk, "judged_by": self.house.head,
            "judged_at": timezone.now(),
        } if done else {"state": "given"}  # fmt: skip
        for number in range(count):
            PlanTask.objects.create(
                agency=agency, giver=agency, name=f"Nhiệm vụ {number}", given_on=day - timedelta(days=30), due_on=day,
                **state,
            )  # fmt: skip


COMMON = {"I": "7.5", "II": "7.5", "III": "7.5", "IV": "7.5"}
FULL = {"criteria": COMMON, "indicators": {"ql": "100", "tthc": "n/a"}}


@pytest.fixture
def tasks(house) -> Tasks:
    published("gia-lai-to-chuc")
    return Tasks(house)


def year(house, agency, by=None) -> Period:
    return actions.open_organisation_period(
        by=by, agency=agency, kind="year", first_day=house.month.replace(month=1)
    )  # fmt: skip


def through(period: Period, organisation: Agency, editor, marks=None) -> Evaluation:
    """Let an organisation assess itself and the verifying body mark it; it then waits for the decision."""
    one = period.evaluations.get(organisation=organisation)
    head = User.objects.get(officer__postings__agency=organisation, officer__postings__role="head")
    actions.assess_self(by=head, evaluation=one, marks=marks or FULL, words="Đề xuất mức hoàn thành tốt")
    actions.mark(by=editor, evaluation=one, marks=marks or FULL)
    one.refresh_from_db()
    return one


@pytest.fixture
def alone(house, province, tasks, people):
    """Evaluate the department in the province's period, without the division that stands below it."""
    Agency.objects.filter(pk=province.division.pk).update(dissolved_on=house.month.replace(month=2))

    def evaluated(marks=None) -> tuple[Evaluation, Result]:
        one = through(year(house, province.root), province.statistics, people["editor"], marks)
        return one, Result.objects.of([one.pk]).get()

    return evaluated


class TestLevelsOfThePlan:
    """The five worked examples (domain facts, section 12), from rows."""

    def test_excellent_with_a_third_of_the_tasks_beyond_what_was_asked(self, alone, tasks, province):
        tasks.add(province.statistics, 17)
        tasks.add(province.statistics, 8, exceeded=True)

        one, result = alone()

        assert (result.total, result.level, result.status) == (100, "excellent", "scored")
        assert one.agency == province.statistics and one.role == "organisation"

    def test_good_where_fewer_go_beyond(self, alone, tasks, province):
        tasks.add(province.statistics, 18)
        tasks.add(province.statistics, 7, exceeded=True)

        assert alone()[1].level == "good"

    def test_what_was_late_leaves_completed_and_is_flagged(self, alone, tasks, province):
        tasks.add(province.statistics, 19)
        tasks.add(province.statistics, 1, late=True)

        result = alone()[1]

        assert (result.level, result.status) == ("completed", "scored")
        assert "lower_level" in {each["code"] for each in result.receipt["result"]["reasons"]}

    def test_no_level_fits_and_the_authority_decides_with_a_reason(self, alone, tasks, province, house):
        tasks.add(province.statistics, 17)
        tasks.add(province.statistics, 3, done=False)

        one, result = alone()

        assert (result.level, result.status) == ("", "needs_decision")
        with pytest.raises(InvalidEvaluation, match="chọn"):
            actions.decide(by=house.account("chair"), evaluation=one)
        with pytest.raises(InvalidEvaluation):
            actions.decide(by=house.account("chair"), evaluation=one, level="completed")
        words = "Ba nhiệm vụ được cấp giao lùi thời hạn sang năm sau."
        decided = actions.decide(by=house.account("chair"), evaluation=one, level="completed", words=words)
        assert decided.level == "completed" and decided.acts.last().words == words

    def test_under_70_percent_is_not_completed_unless_force_majeure_is_accepted(self, alone, tasks, province, house):
        tasks.add(province.statistics, 13)
        tasks.add(province.statistics, 7, done=False)
        one, result = alone()
        assert (result.level, result.status) == ("not_completed", "scored")

        chair = house.account("chair")
        said = {"reasoning": "Bão số 5 làm gián đoạn ba tháng.", "document": "12/BC", "decided_on": house.month}
        with pytest.raises(NotAllowed):
            actions.accept_force_majeure(by=house.account("an"), evaluation=one, **said)
        accepted = actions.accept_force_majeure(by=chair, evaluation=one, **said)

        result.refresh_from_db()
        assert (result.level, result.status) == ("", "needs_decision")
        assert accepted.decided_by == chair and "force_majeure" in result.receipt["inputs"]["flags"]
        actions.withdraw_force_majeure(by=chair, accepted=accepted, reason="Ghi nhầm cơ quan")
        result.refresh_from_db()
        assert result.level == "not_completed"

    @pytest.mark.parametrize("unmet", ["quality", "effect", "late"])
    def test_in_time_with_quality_and_with_effect_are_each_asked(self, alone, tasks, province, unmet):
        tasks.add(province.statistics, 10, exceeded=True)
        tasks.add(province.statistics, 1, **({"late": True} if unmet == "late" else {unmet: False}))

        assert alone()[1].level == "completed"

    def test_what_an_inspection_found_has_to_be_remedied(self, alone, tasks, province, people, house):
        tasks.add(province.statistics, 10, exceeded=True)
        day = house.month.replace(month=2)
        found = actions.record_shortcoming(
            by=people["editor"], organisation=province.statistics, source="inspection", found_on=day,
            words="Chậm công khai thủ tục", document="05/KL-TTr",
        )  # fmt: skip
        one, result = alone()
        assert result.level == "good"

        actions.remedy_shortcoming(
            by=people["editor"], shortcoming=found, remedied_on=day, remedy="Đã công khai đủ", document="77/BC"
        )

        result.refresh_from_db()
        assert result.level == "excellent"


class TestLowerBeforeHigher:
    def test_a_department_waits_for_its_divisions_which_its_director_recognises(self, house, tasks, province, people):
        tasks.add(province.statistics, 4, exceeded=True)
        tasks.add(province.division, 4, exceeded=True)
        upper, lower = year(house, province.root), year(house, province.statistics, by=house.clerk)
        department = through(upper, province.statistics, people["editor"])

        assert department.decider == house.people["chair"]
        with pytest.raises(InvalidEvaluation, match=province.division.name):
            actions.decide(by=house.account("chair"), evaluation=department)
        division = through(lower, province.division, house.clerk)
        assert division.decider == house.people["chief"]
        actions.decide(by=house.account("chief"), evaluation=division)
        assert actions.decide(by=house.account("chair"), evaluation=department).level == "excellent"

    def test_a_division_not_completed_keeps_its_department_from_excellent(self, house, tasks, province, people):
        tasks.add(province.statistics, 4, exceeded=True)
        tasks.add(province.division, 4, done=False)
        upper, lower = year(house, province.root), year(house, province.statistics)
        department = through(upper, province.statistics, people["editor"])
        division = through(lower, province.division, house.clerk)

        actions.decide(by=house.account("chief"), evaluation=division)

        result = Result.objects.of([department.pk]).get()
        assert result.level != "excellent" and result.receipt["inputs"]["subordinates"][0]["level"] == "not_completed"

    def test_nobody_verifies_or_decides_their_own_organisation(self, house, tasks, province, people):
        tasks.add(province.division)
        period = year(house, province.statistics)
        one = period.evaluations.get(organisation=province.division)

        with pytest.raises(OwnEvaluation):
            actions.mark(by=house.account("division"), evaluation=one, marks=FULL, words="x")
        with pytest.raises(NotAllowed):
            actions.mark(by=people["editor"], evaluation=one, marks=FULL, words="x")
        with pytest.raises(NotAllowed):
            actions.assess_self(by=house.account("an"), evaluation=one, marks=FULL)


class TestOpening:
    def test_organisations_are_opened_once_and_only_where_there_are_any(self, house, tasks, province):
        assert {each.code for each in Agency.objects.filter(evaluations__period=year(house, province.root))} == {
            province.statistics.code, province.commune.code, province.office.code, province.home_affairs.code,
        }  # fmt: skip
        with pytest.raises(InvalidPeriod, match="đã được mở"):
            year(house, province.root)
        with pytest.raises(InvalidPeriod):
            year(house, province.division)
        with pytest.raises(NotAllowed):
            year(house, province.root, by=house.clerk)

    def test_nothing_assigned_gives_no_level(self, alone):
        result = alone()[1]

        assert (result.total, result.status) == (None, "insufficient_data")

    def test_a_framework_replaced_within_the_year_judges_by_the_one_in_force_at_its_end(self, alone, tasks, province):
        later = published("nd335-to-chuc", effective_from="2026-06-01", code="thay-the", subject="organisation")
        tasks.add(province.statistics)

        with pytest.raises(InvalidPeriod):
            alone()
        assert later.number == 1


class TestHeads:
    """A head's component d where the framework lets it follow from the organisation (Gia Lai plan, II.2.c)."""

    @pytest.fixture
    def quarter(self, house, province, tasks):
        # Narrower than the decree's, which the house has for everybody.
        narrow = {"categories": ["civil_servant"], "kinds": ["department", "division"]}
        house.framework = published("gia-lai-cong-chuc", applies_to=narrow)
        first = house.month.replace(month=(house.month.month - 1) // 3 * 3 + 1)
        for agency in (province.statistics, province.division):
            day = house.month + timedelta(days=10)
            for number in range(5):
                done = number < 2
                PlanTask.objects.create(
                    agency=agency, giver=agency, name=f"Nhiệm vụ {number}", given_on=first, due_on=day,
                    **({"state": "confirmed", "done_on": day, "quality_met": True, "effect_met": True,
                        "exceeded": False, "reported_by": house.clerk, "judged_by": house.head,
                        "judged_at": timezone.now()} if done else {"state": "given"}),
                )  # fmt: skip
        return first

    def test_a_head_whose_unit_did_40_percent_does_not_come_out_at_100(self, house, quarter, province):
        for name in ("an", "binh", "division", "chief"):
            house.done(name)
        officers = house.open("quarter", quarter)
        for name in ("an", "binh", "division"):
            house.mark(name)
        head = house.of("division", officers)
        blocked = Result.objects.of([head.pk]).get()
        assert (blocked.total, blocked.status) == (None, "blocked")

        units = actions.open_organisation_period(
            by=house.clerk, agency=house.agency, kind="quarter", first_day=quarter
        )  # fmt: skip
        unit = through(units, province.division, house.clerk)

        result = Result.objects.of([head.pk]).get()
        assert Result.objects.of([unit.pk]).get().level == "not_completed"
        d = next(each for each in result.receipt["steps"] if each["code"] == "d")
        assert d["value"] == "50.00" and "do người đó đứng đầu" in d["rule"]
        assert result.receipt["inputs"]["subordinates"][0]["id"] == province.division.code
        assert result.total is not None and result.total < 98

    def test_a_head_who_was_decided_is_named_when_the_organisations_level_moves(self, house, quarter, province):
        for name in ("an", "binh", "division", "chief"):
            house.done(name)
        officers = house.open("quarter", quarter)
        units = actions.open_organisation_period(
            by=house.clerk, agency=house.agency, kind="quarter", first_day=quarter
        )  # fmt: skip
        unit = through(units, province.division, house.clerk)
        for name in ("an", "binh", "division"):
            house.mark(name)
            house.decide(name)

        words = "Nhiệm vụ được điều chỉnh thời hạn."
        said = {"reasoning": words, "document": "12/BC", "decided_on": house.month}
        actions.accept_force_majeure(by=house.account("chief"), evaluation=unit, **said)
        actions.decide(by=house.account("chief"), evaluation=unit, level="completed", words=words)

        behind = actions.compute(officers)
        assert [each.subject for each in behind] == [house.people["division"]]
        assert "d: 50,00 → 100,00" in behind[0].moved


class TestFigures:
    """Surveys and indices, recorded with source and day, are the marks of the indicators that ask for them."""

    def test_a_figure_of_the_agency_counts_until_it_is_withdrawn(self, alone, tasks, province, people, house):
        tasks.add(province.statistics, 4)
        said = {"code": "tthc", "measured_on": house.month, "source": "Cổng dịch vụ công, 30/10"}
        figure = actions.record_figure(by=people["editor"], subject=province.statistics, value=Decimal("80"), **said)
        marks = {"criteria": COMMON, "indicators": {"ql": "100"}}

        one, result = alone(marks)

        assert result.receipt["inputs"]["indicators"] == {"ql": "100", "tthc": "80"}
        actions.withdraw_figure(by=people["editor"], figure=figure, reason="Nhầm kỳ")
        actions.compute(one.period)
        result.refresh_from_db()
        assert "tthc" not in result.receipt["inputs"]["indicators"]

    def test_nobody_records_their_own_and_nothing_without_source_or_day(self, house, province, people):
        said = {"code": "dti", "value": Decimal("0.5"), "measured_on": house.month, "source": "QĐ 9"}
        with pytest.raises(OwnEvaluation):
            actions.record_figure(by=house.clerk, subject=province.statistics, **said)
        with pytest.raises(NotAllowed):
            actions.record_figure(by=people["nobody"], subject=province.division, **said)
        for wrong in ({"source": " "}, {"value": Decimal(-1)}, {"measured_on": house.month + timedelta(days=400)}):
            with pytest.raises(InvalidFact):
                actions.record_figure(by=house.clerk, subject=province.division, **said | wrong)


class TestAgainstANaiveCount:
    """The mathematician's reader: shares and levels out of random tasks, worked out apart from the code."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(*[st.booleans()] * 5), min_size=1, max_size=12))
    def test_figures_are_those_of_counting_by_hand(self, rows):
        lines = [
            PlanLine(str(number), "x", done, late * 3 if done else 0, done and quality, done and effect, done and more)
            for number, (done, late, quality, effect, more) in enumerate(rows)
        ]

        found = figures([each.line() for each in lines], FIGURES_OF_WORK) | plan_figures(lines)

        total, done = len(rows), [row for row in rows if row[0]]
        assert found["tasks_done_pct"] == Fraction(100 * len(done), total)
        assert found["on_time_pct"] == Fraction(100 * sum(not row[1] for row in done), total)
        assert found["quality_pct"] == Fraction(100 * sum(row[2] for row in done), total)
        assert found["late_pct"] == Fraction(100 * (total - sum(not row[1] for row in done)), total)
        assert found["tasks_effective"] == (len(done) == total and all(row[3] for row in done))
        exceeding = Fraction(100 * sum(row[4] for row in done), total)
        assert 0 <= exceeding - found["exceeded_pct"] < Fraction(1, 10_000)
        for bound in (Fraction(30), exceeding, Fraction("33.3333")):
            if (bound * 10_000).denominator == 1:
                assert (found["exceeded_pct"] >= bound) == (exceeding >= bound)
