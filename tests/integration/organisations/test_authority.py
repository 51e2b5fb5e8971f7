"""Who evaluates and classifies whom: the shipped table's cases, the answers in words, and the holes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.organisations import actions
from cms.organisations.authority import authority_for, lines_at
from cms.organisations.enums import AuthorityAct, Block, Hole
from cms.organisations.errors import InvalidAuthorityTable, SecondPersonNeeded
from cms.organisations.models import AuthorityRow, AuthorityTable
from tests.factories.agencies import make_agency
from tests.factories.delegations import make_delegation
from tests.factories.officers import make_officer

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)


def today():
    return timezone.localdate()


@pytest.fixture
def table(province):
    table = actions.load_shipped_authority(by=None)
    return actions.issue_authority_table(by=None, table=table, effective_from=START, decision_number="15/QĐ-UBND")


@pytest.fixture
def units(province, table):
    """Return agencies by the words of the cases."""
    below = make_agency(province.commune, code="xa-vh-kt", name="Phòng Kinh tế xã", kind="commune_division")
    return {
        "province": province.root, "department": province.statistics, "division": province.division,
        "commune": province.commune, "commune_division": below,
    }  # fmt: skip


@pytest.fixture
def officers(units):
    """Return officers by kind of agency and rank: every case of the plan."""
    return {
        f"{kind} {role}": make_officer(agency, role=role, name=f"{kind} {role}")
        for kind, agency in units.items()
        for role in ("head", "deputy", "staff")
    }


# The plan's five cases of evaluating and three of classifying (IV.1), officer by officer.
CASES = [
    ("department head", "province head", "province head"),
    ("commune head", "province head", "province head"),
    ("department deputy", "department head", "department head"),
    ("division head", "department head", "department head"),
    ("division deputy", "division head", "department head"),
    ("division staff", "division head", "department head"),
    ("commune deputy", "commune head", "commune head"),
    ("commune_division head", "commune head", "commune head"),
    ("commune_division deputy", "commune_division head", "commune head"),
    ("commune_division staff", "commune_division head", "commune head"),
    ("department staff", "department head", "department head"),
    ("commune staff", "commune head", "commune head"),
]


@pytest.mark.parametrize(("subject", "evaluates", "classifies"), CASES)
def test_the_shipped_table_answers_every_case_of_the_plan(officers, subject, evaluates, classifies):
    found = [authority_for(officers[subject], act, today()) for act in (AuthorityAct.EVALUATE, AuthorityAct.CLASSIFY)]

    assert [one.officer for one in found] == [officers[evaluates], officers[classifies]]
    assert all(
        one.reason.startswith("Bảng thẩm quyền số 1, khối Chính quyền (hiệu lực từ 01/01/2026)") for one in found
    )


@pytest.mark.parametrize(
    ("unit", "classifies"),
    [
        ("department", "province head"), ("commune", "province head"), ("division", "department head"),
        ("commune_division", "commune head"),
    ],
)  # fmt: skip
def test_organisations_are_classified_from_above(officers, units, unit, classifies):
    assert authority_for(units[unit], AuthorityAct.CLASSIFY, today()).officer == officers[classifies]


def test_an_opinion_is_asked_for_about_deputies_of_departments_and_communes_alone(officers):
    asked = {
        name: authority_for(officer, AuthorityAct.OPINION, today())
        for name, officer in officers.items()
        if not name.startswith("province")
    }

    assert {name for name, one in asked.items() if one.officer} == {"department deputy", "commune deputy"}
    assert asked["department deputy"].officer == officers["province head"]
    assert not any(one.is_gap for one in asked.values())


def test_the_reason_says_the_row_its_source_and_who_holds_the_post(officers):
    answer = authority_for(officers["division staff"], AuthorityAct.CLASSIFY, today())

    assert answer.reason == (
        "Bảng thẩm quyền số 1, khối Chính quyền (hiệu lực từ 01/01/2026): Phòng, ban, Không giữ chức vụ, "
        "Xếp loại: Giám đốc sở hoặc Chủ tịch xã (IV.1.2.b). Đứng đầu Chi cục Thống kê."
    )


def test_nobody_is_ever_their_own_authority(officers, units):
    actions.end_posting(
        by=None, posting=officers["department head"].postings.get(), last_day=today() - timedelta(days=1)
    )
    make_delegation("acting", to=officers["department deputy"], agency=units["department"])

    own = authority_for(officers["department deputy"], AuthorityAct.EVALUATE, today())

    assert (own.officer, own.hole) == (None, Hole.ONESELF)
    assert "Không ai tự đánh giá, xếp loại chính mình." in own.reason
    for officer in officers.values():
        for act in AuthorityAct:
            assert authority_for(officer, act, today()).officer != officer


def test_what_is_delegated_is_authority_too(officers):
    make_delegation("delegation", officers["department head"], officers["department deputy"])

    staff = authority_for(officers["division staff"], AuthorityAct.CLASSIFY, today())
    deputy = authority_for(officers["department deputy"], AuthorityAct.CLASSIFY, today())

    assert staff.officer == officers["department deputy"]
    assert "Theo ủy quyền của department head" in staff.reason
    assert deputy.officer == officers["department head"]


def test_holes_are_listed_with_their_reason(officers, units, province):
    party = make_agency(province.root, code="ban-to-chuc", name="Ban Tổ chức", block="party")
    other = make_officer(party)
    without = make_agency(province.root, code="so-moi", name="Sở mới")
    alone = make_officer(without)
    deputy = officers["province deputy"]

    found = {
        one: authority_for(one, AuthorityAct.CLASSIFY, today()).hole
        for one in (other, alone, deputy, officers["province head"])
    }

    assert found == {
        other: Hole.NO_TABLE, alone: Hole.NO_HEAD, deputy: Hole.NO_ROW, officers["province head"]: Hole.TOP,
    }  # fmt: skip
    gaps = {line.posting.officer for line in lines_at([without], today()) if line.answer.is_gap}
    assert gaps == {alone}


def test_the_version_of_the_day_holds(officers, table):
    draft = actions.draft_authority_table(by=None, block="government")
    posts = {(row.agency_kind, row.subject, row.act): row.post for row in draft.rows.all()}
    posts["division", "staff", "classify"] = "head_of_unit"
    actions.edit_authority_table(by=None, table=draft, posts=posts, basis="Quyết định mới")
    day = today() + timedelta(days=10)
    actions.issue_authority_table(by=None, table=draft, effective_from=day, decision_number="16/QĐ")
    staff = officers["division staff"]

    held = [authority_for(staff, AuthorityAct.CLASSIFY, one).officer for one in (day - timedelta(days=1), day)]

    assert held == [officers["department head"], officers["division head"]]
    assert authority_for(staff, AuthorityAct.CLASSIFY, START - timedelta(days=1)).hole == Hole.NO_TABLE
    assert draft.rows.get(agency_kind="division", subject="staff", act="evaluate").basis == "IV.1.1.c"
    assert draft.rows.get(agency_kind="division", subject="staff", act="classify").basis == ""


def test_an_issued_table_never_changes_by_action_or_by_sql(table):
    with pytest.raises(InvalidAuthorityTable):
        actions.edit_authority_table(by=None, table=table, posts={}, basis="")
    row = table.rows.first()
    for attempt in (
        lambda: AuthorityTable.objects.filter(pk=table.pk).update(effective_from=today()),
        lambda: AuthorityRow.objects.filter(pk=row.pk).update(post="head_above"),
        lambda: AuthorityRow.objects.filter(pk=row.pk).delete(),
        lambda: AuthorityRow.objects.create(
            table=table, agency_kind="province", subject="staff", act="classify", post="head_of_unit"
        ),
        lambda: AuthorityTable.objects.filter(pk=table.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert table.rows.count() == 30


def test_one_person_writes_and_another_issues(people):
    table = actions.draft_authority_table(by=people["editor"], block="party")
    posts = {("department", "staff", "classify"): "head_of_unit"}

    actions.edit_authority_table(by=people["editor"], table=table, posts=posts, basis="Quy định")
    for refused in ("editor", "agency_head", "technical_admin", "nobody"):
        with pytest.raises(NotAllowed):
            actions.issue_authority_table(
                by=people[refused], table=table, effective_from=today(), decision_number="1"
            )  # fmt: skip
    actions.issue_authority_table(by=people["approver"], table=table, effective_from=today(), decision_number="1")

    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.after["rows"]) == ("authority.issue", ["department staff classify: head_of_unit"])


def test_who_wrote_a_table_does_not_issue_it(people, province):
    both = people["editor"]
    actions.grant_membership(by=None, user=both, role="approver", agency=province.home_affairs)
    both = type(both).objects.get(pk=both.pk)
    table = actions.draft_authority_table(by=both, block="front")
    posts = {("department", "staff", "classify"): "head_of_unit"}
    actions.edit_authority_table(by=both, table=table, posts=posts, basis="")

    with pytest.raises(SecondPersonNeeded):
        actions.issue_authority_table(by=both, table=table, effective_from=today(), decision_number="1")
    with pytest.raises(InvalidAuthorityTable):
        actions.issue_authority_table(
            by=people["approver"], table=table, effective_from=today() - timedelta(days=1), decision_number="1"
        )


def test_an_organisation_is_not_judged_by_its_own_head(province):
    table = actions.draft_authority_table(by=None, block="front")

    with pytest.raises(InvalidAuthorityTable):
        posts = {("department", "organisation", "classify"): "head_of_unit"}
        actions.edit_authority_table(by=None, table=table, posts=posts, basis="")


def test_a_province_of_lines_costs_the_same_however_many_people(officers, units):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            lines = lines_at(list(units.values()), today())
        return len(caught), len(lines)

    few, before = queries()
    for _number in range(20):
        make_officer(units["division"])
        make_officer(units["commune"])

    many, after = queries()
    assert after == before + 40 * 3
    assert many == few <= 25


@pytest.fixture
def party(province):
    """Return the Party's organisation with its people; its table is the shipped one, issued by its body."""
    department = make_agency(province.root, code="ban-to-chuc", name="Ban Tổ chức Tỉnh ủy", block="party")
    division = make_agency(department, code="btc-tc", name="Phòng Tổ chức", kind="division", block="party")
    table = actions.load_shipped_authority(by=None, block="party")
    actions.issue_authority_table(by=None, table=table, effective_from=START, decision_number="28-QĐ/TU")
    people = {
        f"{unit.kind} {role}": make_officer(unit, role=role, name=f"{unit.kind} {role}")
        for unit in (department, division)
        for role in ("head", "deputy", "staff")
    }
    return {"agency": department, "division": division, "people": people}


def test_each_block_ships_a_table_that_says_what_it_rests_on_and_that_its_body_confirms_it():
    tables = {block: actions.load_shipped_authority(by=None, block=block) for block in Block.values}

    assert all(table.issued_at is None for table in tables.values())
    for block in ("party", "front", "mass"):
        assert "người trực tiếp quản lý, giao việc thì đánh giá" in tables[block].basis
        assert "trước khi ban hành" in tables[block].basis
        assert {row.basis for row in tables[block].rows.all()} == {"Nguyên tắc chung; chờ khối xác nhận"}
    assert actions.load_shipped_authority(by=None, block="party") is None


def test_in_the_other_blocks_who_manages_evaluates_and_the_head_of_the_agency_classifies(party):
    people = party["people"]
    found = {
        name: [authority_for(people[name], act, today()) for act in (AuthorityAct.EVALUATE, AuthorityAct.CLASSIFY)]
        for name in people
    }

    head, division_head = people["department head"], people["division head"]
    assert {name: [one.officer for one in two] for name, two in found.items() if name != "department head"} == {
        "department deputy": [head, head], "department staff": [head, head],
        "division head": [head, head], "division deputy": [division_head, head],
        "division staff": [division_head, head],
    }  # fmt: skip
    assert {one.hole for one in found["department head"]} == {Hole.OTHER_BLOCK}
    assert authority_for(party["division"], AuthorityAct.CLASSIFY, today()).officer == head


def test_whom_a_decision_names_as_manager_of_a_head_judges_the_organisation_too(party, province):
    secretary = make_officer(province.office, role="head", name="Công chức 0301")
    hole = authority_for(party["agency"], AuthorityAct.CLASSIFY, today())
    make_delegation("named", party["people"]["department head"], secretary, reason="Quyết định 12-QĐ/TU")

    answer = authority_for(party["agency"], AuthorityAct.CLASSIFY, today())

    assert (hole.officer, hole.hole) == (None, Hole.OTHER_BLOCK)
    assert answer.officer == secretary
    assert "Quản lý trực tiếp người đứng đầu Ban Tổ chức Tỉnh ủy." in answer.reason
    assert "Quyết định 12-QĐ/TU" in answer.reason
    assert authority_for(party["people"]["department head"], AuthorityAct.EVALUATE, today()).officer == secretary
