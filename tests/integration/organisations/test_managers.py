"""Who manages whom follows from postings, the tree and recorded exceptions; where it does not, a sentence says why."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.organisations import actions
from cms.organisations.enums import Hole
from cms.organisations.managers import manager_of, managers_at, reports_of
from cms.organisations.models import Posting
from tests.factories.agencies import make_agency
from tests.factories.delegations import make_delegation
from tests.factories.officers import make_officer, values

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


@pytest.fixture
def led(province):
    """Return officers by name: heads of province, statistics and division, a deputy and staff of the division."""
    return {
        "chair": make_officer(province.root, name="Công chức 0001", role="head"),
        "director": make_officer(province.statistics, name="Công chức 0002", role="head"),
        "head": make_officer(province.division, name="Công chức 0003", role="head"),
        "deputy": make_officer(province.division, name="Công chức 0004", role="deputy", fields_in_charge=["Giá cả"]),
        "staff": make_officer(province.division, name="Công chức 0005"),
        "in_field": make_officer(province.division, name="Công chức 0006", fields_in_charge=["giá cả", "Dân số"]),
    }


@pytest.mark.parametrize(
    ("who", "manager", "words"),
    [
        ("staff", "head", "Đứng đầu Phòng Tổng hợp, nơi công chức làm việc."),
        ("in_field", "deputy", "Cấp phó của Phòng Tổng hợp phụ trách “Giá cả”, là lĩnh vực công chức làm."),
        ("deputy", "head", "Đứng đầu Phòng Tổng hợp, nơi công chức là cấp phó."),
        ("head", "director", "Đứng đầu Chi cục Thống kê, cơ quan cấp trên của Phòng Tổng hợp do công chức đứng đầu."),
        ("director", "chair", "Đứng đầu Tỉnh Sông Lam, cơ quan cấp trên của Chi cục Thống kê do công chức đứng đầu."),
    ],
)
def test_the_manager_follows_from_postings_and_says_why(led, who, manager, words):
    answer = manager_of(led[who], today())

    assert (answer.officer, answer.reason, answer.hole) == (led[manager], words, None)


def test_nobody_stands_above_the_top_and_that_is_no_gap(led):
    answer = manager_of(led["chair"], today())

    assert (answer.officer, answer.hole, answer.is_gap) == (None, Hole.TOP, False)


def test_the_manager_is_that_of_the_day(led, province):
    posting = led["staff"].postings.get()
    day = today() + timedelta(days=10)
    actions.transfer_posting(by=None, posting=posting, to=values(province.statistics, valid_from=day))

    assert manager_of(led["staff"], day - timedelta(days=1)).officer == led["head"]
    assert manager_of(led["staff"], day).officer == led["director"]
    assert manager_of(led["staff"], date(2024, 1, 1)).hole == Hole.NO_POSTING


def test_holes_are_told_in_words_and_never_filled(led, province):
    head = led["head"].postings.get()
    actions.end_posting(by=None, posting=head, last_day=today() - timedelta(days=1))
    gone = manager_of(led["staff"], today())
    twice = make_officer(province.division, name="Công chức 0007", role="head")
    make_officer(province.division, name="Công chức 0008", role="head")
    several = manager_of(led["staff"], today())
    make_officer(province.division, name="Công chức 0009", role="deputy", fields_in_charge=["Dân số"])
    deputies = manager_of(led["in_field"], today())

    assert (gone.hole, gone.officer, gone.reason) == (
        Hole.NO_HEAD, None, "Phòng Tổng hợp không có người đứng đầu vào ngày này.",
    )  # fmt: skip
    assert (several.hole, several.officer) == (Hole.TWO_HEADS, None)
    assert twice.name in several.reason
    assert (deputies.hole, deputies.officer) == (Hole.TWO_DEPUTIES, None)
    assert "Công chức 0004, Công chức 0009" in deputies.reason


def test_the_tree_does_not_say_who_stands_above_another_block(led, province):
    party = make_agency(province.root, code="ban-to-chuc", name="Ban Tổ chức", block="party")
    head = make_officer(party, role="head")

    assert manager_of(head, today()).hole == Hole.OTHER_BLOCK
    make_delegation("named", head, led["chair"])
    assert manager_of(head, today()).officer == led["chair"]


def test_whoever_heads_two_rungs_has_the_superior_of_the_upper_one(led, province):
    second = values(province.division, role="head", is_main=False, valid_from=today())
    actions.end_posting(by=None, posting=led["head"].postings.get(), last_day=today() - timedelta(days=1))
    actions.start_posting(by=None, officer=led["director"], values=second)

    assert manager_of(led["staff"], today()).officer == led["director"]
    assert manager_of(led["director"], today()).officer == led["chair"]


def test_a_circle_out_of_postings_is_a_hole_that_names_its_people(led, province):
    second = values(province.statistics, role="head", is_main=False, valid_from=today())
    actions.end_posting(by=None, posting=led["director"].postings.get(), last_day=today() - timedelta(days=1))
    actions.start_posting(by=None, officer=led["staff"], values=second)

    answer = manager_of(led["staff"], today())

    assert (answer.hole, answer.officer) == (Hole.CYCLE, None)
    assert answer.reason == "Các cấp quản lý thành một vòng: Công chức 0005 → Công chức 0003 → Công chức 0005."


def test_a_delegation_gives_what_the_giver_manages_and_not_the_giver_to_themselves(led):
    make_delegation("delegation", led["head"], led["deputy"], valid_to=today() + timedelta(days=5))

    staff, deputy = manager_of(led["staff"], today()), manager_of(led["deputy"], today())

    assert staff.officer == led["deputy"]
    assert staff.reason.endswith(f"Theo ủy quyền của Công chức 0003 từ {today():%d/%m/%Y}: Quyết định 12/QĐ.")
    assert deputy.officer == led["head"]
    assert manager_of(led["staff"], today() + timedelta(days=6)).officer == led["head"]


def test_who_acts_counts_while_the_post_is_vacant(led, province):
    actions.end_posting(by=None, posting=led["head"].postings.get(), last_day=today() - timedelta(days=1))
    make_delegation("acting", to=led["deputy"], agency=province.division)

    assert manager_of(led["staff"], today()).officer == led["deputy"]
    assert manager_of(led["deputy"], today()).officer == led["director"]
    new = make_officer(province.division, role="head", valid_from=today() + timedelta(days=1))
    assert manager_of(led["staff"], today() + timedelta(days=1)).officer == new


def test_who_is_seconded_is_managed_where_they_work(led, province):
    other = make_officer(province.office, role="head")
    make_delegation("secondment", led["staff"], to_agency=province.office)

    assert manager_of(led["staff"], today()).officer == other
    assert led["staff"].pk in reports_of(other, today())


@pytest.mark.parametrize(
    ("manager", "reports"),
    [("chair", ["director"]), ("director", ["head"]), ("head", ["deputy", "staff"]), ("deputy", ["in_field"])],
)
def test_reports_are_whom_the_rules_lead_to_a_manager(led, manager, reports):
    assert reports_of(led[manager], today()) == [led[who].pk for who in reports]
    assert reports_of(led["staff"], today()) == []


def test_reports_follow_exceptions(led, province):
    make_delegation("delegation", led["head"], led["deputy"])
    make_delegation("named", led["staff"], led["chair"])

    assert reports_of(led["deputy"], today()) == [led["in_field"].pk]
    assert reports_of(led["head"], today()) == [led["deputy"].pk]
    assert reports_of(led["chair"], today()) == [led["director"].pk, led["staff"].pk]


def test_a_whole_agency_costs_the_same_however_many_work_there(led, province):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            found = managers_at(province.statistics, today())
        assert all(answer.officer for _posting, answer in found)
        return len(caught)

    few = queries()
    for _number in range(40):
        make_officer(province.division)

    assert queries() == few <= 16
    assert Posting.objects.filter(agency=province.division).count() > 40
