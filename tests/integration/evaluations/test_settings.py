"""Settings of the framework that say whose work counts, where and in which post somebody is evaluated."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cms.assignments.models import WorkAssignment
from cms.evaluations import actions
from cms.evaluations.models import Result
from cms.evaluations.models.periods import last_day_of
from cms.evaluations.whose import Days, chosen_at
from cms.organisations.models import Delegation, Posting
from cms.scoring import shipped
from cms.scoring.shape import write_part
from tests.factories.frameworks import published
from tests.factories.officers import make_position
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruled(house):
    """Publish the decree's framework for the department's people, with other settings."""

    def publish(part: str, **settings: str):
        written = {name: {"value": value, "citation": "Quyết định của tỉnh"} for name, value in settings.items()}
        # Narrower than the decree's, which the house has for everybody.
        narrow = {"categories": ["civil_servant"], "kinds": ["department", "division", "commune"]}
        base = getattr(shipped.load("nd335"), part)
        return published("nd335", applies_to=narrow, code="rieng", **{part: write_part(base) | written})

    return publish


def _days(house) -> Days:
    return Days(house.month, last_day_of("month", house.month))


def _chosen(house, name, agency=None):
    days = _days(house)
    found = chosen_at(agency or house.agency, days.first, days.last)
    return next((each for each in found if each.posting.officer == house.people[name]), None)


def _move(house, name, agency, day) -> Posting:
    old = house.people[name].postings.get()
    Posting.objects.filter(pk=old.pk).update(valid_to=day - timedelta(days=1))
    return Posting.objects.create(
        officer=old.officer, agency=agency, position=old.position, role=old.role, valid_from=day
    )  # fmt: skip


class TestTransfer:
    def test_the_new_agency_evaluates_and_says_so(self, house, province):
        _move(house, "an", province.commune, house.month + timedelta(days=20))

        assert _chosen(house, "an") is None
        found = _chosen(house, "an", province.commune)
        assert found.agency == province.commune and "cơ quan mới đánh giá" in found.applied[0]

    def test_or_the_agency_of_the_longest_time(self, house, province, ruled):
        ruled("procedure", changed_agency="longest_agency")
        _move(house, "an", province.commune, house.month + timedelta(days=20))

        assert _chosen(house, "an", province.commune) is None
        found = _chosen(house, "an")
        assert found.agency == province.division and "dài nhất" in found.applied[0]

    def test_what_was_applied_stands_with_the_evaluation(self, house, province):
        house.done("an")
        _move(house, "an", province.statistics, house.month + timedelta(days=1))
        Posting.objects.filter(officer=house.people["binh"]).update(valid_from=house.month + timedelta(days=3))

        period = house.open()

        assert house.of("an", period).applied == ""
        assert "Nhận công tác từ ngày 04/" in house.of("binh", period).applied


class TestSeveralPosts:
    @pytest.fixture
    def second(self, house, province):
        officer = house.people["an"]
        return Posting.objects.create(
            officer=officer, agency=province.commune, position=make_position("pho-chu-tich", "Phó Chủ tịch"),
            role="deputy", is_main=False, valid_from=house.month + timedelta(days=9),
        )  # fmt: skip

    def test_the_highest_post_evaluates(self, house, province, second):
        assert _chosen(house, "an") is None
        found = _chosen(house, "an", province.commune)
        assert found.posting == second and "vị trí cao nhất" in found.applied[0]

    def test_or_that_of_the_most_time(self, house, ruled, second):
        ruled("procedure", several_posts="most_time")

        found = _chosen(house, "an")
        assert found.posting.is_main and "thời gian nhiều nhất" in found.applied[0]

    def test_the_authority_is_that_over_the_post(self, house, province, second):
        period = actions.open_period(by=None, agency=province.commune, kind="month", first_day=house.month)

        one = house.of("an", period)
        assert one.agency == province.commune and one.role == "deputy"
        assert one.decider is None and "Xã Vĩnh Hòa" in one.decider_reason


class TestSecondment:
    @pytest.fixture
    def seconded(self, house, province):
        return Delegation.objects.create(
            kind="secondment", agency=province.division, to_agency=province.commune,
            from_officer=house.people["an"], valid_from=house.month, reason="QĐ 7/QĐ-SNV",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("rule", "words"), [("by_decision", "theo quyết định biệt phái"), ("home_agency", "cơ quan cử đi")]
    )
    def test_the_home_agency_evaluates(self, house, province, ruled, seconded, rule, words):
        ruled("procedure", seconded=rule)

        assert _chosen(house, "an", province.commune) is None
        found = _chosen(house, "an")
        assert found.agency == province.division and words in found.applied[-1]

    def test_or_the_receiving_one(self, house, province, ruled, seconded):
        ruled("procedure", seconded="receiving_agency")

        assert _chosen(house, "an") is None
        found = _chosen(house, "an", province.commune)
        assert found.agency == province.commune and found.posting.agency == province.division


class TestWork:
    def _lines(self, house, name):
        return Result.objects.of([house.of(name).pk]).get().receipt["inputs"]["work"]

    def test_a_heads_work_by_rank_is_the_whole_units(self, house, ruled):
        ruled("work", leaders_work="by_rank")
        for name in ("an", "binh", "division", "chief"):
            house.done(name)
        actions.compute(house.open())

        assert [len(self._lines(house, name)) for name in ("an", "division", "chief")] == [1, 3, 4]

    def test_by_default_a_head_has_the_work_that_was_given_to_them(self, house):
        for name in ("an", "division"):
            house.done(name)
        actions.compute(house.open())

        assert len(self._lines(house, "division")) == 1

    def test_each_task_of_a_leader_may_be_one_product(self, house, ruled):
        ruled("work", leaders_work="assigned_tasks")
        house.done("division", assigned=4, completed=3)
        house.done("an", assigned=4, completed=3)
        actions.compute(house.open())

        assert [(each["assigned"], each["completed"]) for each in self._lines(house, "division")] == [("1", "0")]
        assert [(each["assigned"], each["completed"]) for each in self._lines(house, "an")] == [("4", "3")]

    def test_unplanned_work_may_count_as_completed_alone(self, house, ruled):
        ruled("work", unplanned="completed_only", over_100="aggregate")
        house.done("an")
        extra = house.done("an", assigned=2, completed=2)
        WorkAssignment.objects.filter(pk=extra.pk).update(is_planned=False)
        actions.compute(house.open())

        assert sorted(Decimal(each["assigned"]) for each in self._lines(house, "an")) == [0, 4]


def test_indicators_marked_once_a_quarter_stand_in_its_later_months(house, ruled):
    version = ruled("periods", marks_given="quarter")
    first = house.month.replace(month=(house.month.month - 1) // 3 * 3 + 1)
    second = first.replace(month=first.month + 1)
    marked = {"criteria": MARKS["criteria"], "indicators": {"đ": "50", "e": "100"}}
    one, two = house.open("month", first), house.open("month", second)
    assert house.of("division", one).framework == version
    by = house.account("chief")
    actions.mark(by=by, evaluation=house.of("division", one), marks=marked, words="x")

    actions.mark(by=by, evaluation=house.of("division", two), marks={"criteria": MARKS["criteria"]}, words="x")
    actions.compute(two)

    receipt = Result.objects.of([house.of("division", two).pk]).get().receipt
    assert receipt["inputs"]["indicators"] == {"e": "100", "đ": "50"}


def test_a_year_is_locked_with_its_last_part_provisional_and_says_so(house):
    first = house.month
    for name in ("an", "binh", "division", "chief"):
        house.done(name)
    house.open("month", first)
    house.finish_everybody()
    house.open("quarter", first.replace(month=(first.month - 1) // 3 * 3 + 1))
    for name in ("an", "binh", "division", "chief"):
        house.decide(name)
    year = house.open("year", first.replace(month=1))

    parts = Result.objects.get(evaluation=house.of("an", year)).receipt["inputs"]["subjects"][0]["parts"]
    assert "tạm tính" in parts[-1]["note"]
    for name in ("an", "binh", "division", "chief"):
        house.decide(name)
    assert house.lock(year).is_locked
