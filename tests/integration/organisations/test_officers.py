"""Who works where: the writes, who may do them, and what the database refuses."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.organisations import actions
from cms.organisations.errors import InvalidOfficer, InvalidPosition, InvalidPosting
from cms.organisations.models import Officer, Posting
from cms.users.models import User
from tests.factories.officers import START, make_officer, make_position, make_posting, values

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def reported(action):
    return AuditEvent.objects.filter(action=action).latest("sequence")


def test_an_officer_is_added_with_a_first_posting_and_told_to_the_ledger_by_code_alone(people, province):
    officer = actions.add_officer(
        by=people["uploader"], code=" cc-7 ", name="Công  chức 0007", category="cadre",
        posting=values(province.division, role="deputy", fields_in_charge=["Đầu tư ", "Đầu tư", ""]),
    )  # fmt: skip

    posting = officer.postings.get()
    assert (officer.code, officer.name) == ("CC-7", "Công chức 0007")
    assert (posting.role, posting.fields_in_charge, posting.field_keys) == ("deputy", ["Đầu tư"], "|dau tu|")
    event = reported("officer.add")
    assert (event.subject_label, event.agency_code, event.actor_id) == (
        "CC-7", province.division.code, people["uploader"].pk,
    )  # fmt: skip


def test_a_code_is_given_once_in_the_province_whatever_its_case_and_hyphens(province):
    make_officer(province.office, code="CC-9")

    with pytest.raises(InvalidOfficer):
        make_officer(province.statistics, code="cc‐9")
    assert Officer.objects.count() == 1


def test_two_main_postings_at_one_time_are_refused_and_a_secondary_one_is_not(province):
    officer = make_officer(province.office)

    with pytest.raises(InvalidPosting):
        actions.start_posting(by=None, officer=officer, values=values(province.commune, valid_from=DAY))
    actions.start_posting(by=None, officer=officer, values=values(province.commune, valid_from=DAY, is_main=False))

    assert officer.postings.count() == 2


def test_a_transfer_ends_the_one_the_day_before_the_other_begins(people, province):
    posting = make_posting(province.office, valid_to=date(2027, 1, 1))

    new = actions.transfer_posting(
        by=people["editor"], posting=posting, to=values(province.commune, valid_from=DAY), reason="QĐ 12"
    )

    posting.refresh_from_db()
    assert (posting.valid_to, new.valid_from, new.agency) == (date(2026, 2, 28), DAY, province.commune)
    event = reported("posting.transfer")
    assert (event.before["agency"], event.after["agency"], event.reason) == ("van-phong", "xa-vinh-hoa", "QĐ 12")


@pytest.mark.parametrize("day", [START, date(2024, 12, 31)])
def test_a_transfer_begins_after_the_posting_did(province, day):
    posting = make_posting(province.office)

    with pytest.raises(InvalidPosting):
        actions.transfer_posting(by=None, posting=posting, to=values(province.commune, valid_from=day))


def test_an_ended_posting_is_not_transferred_and_nobody_begins_where_nothing_is(province):
    ended = make_posting(province.office, valid_to=date(2025, 12, 31))
    actions.edit_agency(by=None, agency=province.commune, dissolved_on=date(2026, 1, 1))
    province.commune.refresh_from_db()

    with pytest.raises(InvalidPosting):
        actions.transfer_posting(by=None, posting=ended, to=values(province.statistics, valid_from=DAY))
    with pytest.raises(InvalidPosting):
        actions.start_posting(by=None, officer=ended.officer, values=values(province.commune, valid_from=DAY))


def test_a_posting_ends_and_is_corrected_and_the_same_again_leaves_no_trace(people, province):
    posting = make_posting(province.statistics)
    uploader = people["uploader"]

    actions.end_posting(by=uploader, posting=posting, last_day=DAY, reason="Nghỉ hưu")
    actions.edit_posting(by=uploader, posting=posting, role="head")
    count = AuditEvent.objects.count()
    actions.end_posting(by=uploader, posting=posting, last_day=DAY)
    actions.edit_posting(by=uploader, posting=posting, role="head")
    actions.edit_officer(by=uploader, officer=posting.officer, name=posting.officer.name)

    posting.refresh_from_db()
    assert (posting.valid_to, posting.role, AuditEvent.objects.count()) == (DAY, "head", count)
    with pytest.raises(InvalidPosting):
        actions.end_posting(by=uploader, posting=posting, last_day=date(2024, 1, 1))


@pytest.mark.parametrize("role", ["uploader", "approver", "provincial_approver", "technical_admin", "nobody"])
def test_others_write_nothing_about_an_agency_that_is_not_theirs(people, province, role):
    posting = make_posting(province.office)
    by = people[role]
    there, here = values(province.office, valid_from=DAY), values(province.statistics, valid_from=DAY)

    for attempt in (
        lambda: actions.add_officer(by=by, code="X", name="Công chức", category="cadre", posting=there),
        lambda: actions.edit_officer(by=by, officer=posting.officer, name="Khác"),
        lambda: actions.start_posting(by=by, officer=posting.officer, values=there),
        lambda: actions.edit_posting(by=by, posting=posting, role="head"),
        lambda: actions.end_posting(by=by, posting=posting, last_day=DAY),
        lambda: actions.transfer_posting(by=by, posting=posting, to=here),
        lambda: actions.write_staff(by=by, agency=province.office, rows=[], source={}),
        lambda: actions.save_position(by=by, code="x", name="X", kind="support", group=posting.position.group),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert list(Posting.objects.values_list("role", "valid_to")) == [("staff", None)]


def test_the_agency_that_an_officer_left_no_longer_renames_them(people, province):
    posting = make_posting(province.statistics)
    actions.transfer_posting(by=None, posting=posting, to=values(province.office, valid_from=DAY))

    with pytest.raises(NotAllowed):
        actions.edit_officer(by=people["uploader"], officer=posting.officer, name="Khác")
    actions.edit_officer(by=people["other_uploader"], officer=posting.officer, name="Công chức mới")


def test_only_home_affairs_says_whose_account_it_is(people, province):
    officer = make_officer(province.statistics)

    with pytest.raises(NotAllowed):
        actions.edit_officer(by=people["agency_head"], officer=officer, account=people["agency_head"])
    officer = actions.edit_officer(by=people["editor"], officer=officer, account=people["agency_head"])

    assert officer.account == people["agency_head"]


def test_a_position_is_kept_by_editors_and_its_code_lasts(people):
    position = make_position()

    changed = actions.save_position(
        by=people["editor"], position=position, code="khac", name="Chuyên viên chính", kind="professional",
        group=position.group,
    )  # fmt: skip

    assert (changed.code, changed.name) == ("chuyen-vien", "Chuyên viên chính")
    assert reported("position.edit").before == {"name": "Chuyên viên"}
    with pytest.raises(InvalidPosition):
        actions.save_position(
            by=people["editor"], code="moi", name="Chuyên viên chính", kind="support", group=position.group
        )


# What the database itself refuses


def test_overlapping_main_postings_are_refused_by_the_orm_and_by_sql(province):
    posting = make_posting(province.office, valid_to=date(2025, 12, 31))
    later = actions.start_posting(by=None, officer=posting.officer, values=values(province.office, valid_from=DAY))
    copy = f"""INSERT INTO organisations_posting (identity, officer_id, agency_id, position_id, role, is_main,
        valid_from, valid_to, fields_in_charge, field_keys)
        SELECT '{"0" * 32}', officer_id, agency_id, position_id, role, is_main, valid_from, valid_to,
        fields_in_charge, field_keys FROM organisations_posting WHERE id = {later.pk}"""
    bare = {"officer": posting.officer, "agency": province.office, "position": posting.position, "valid_from": START}

    for attempt in (
        lambda: Posting.objects.create(**bare),
        lambda: Posting.objects.bulk_create([Posting(**bare)]),
        lambda: Posting.objects.filter(pk=posting.pk).update(valid_to=None),
        lambda: Posting.objects.filter(pk=later.pk).update(valid_from=START),
        lambda: connection.cursor().execute(copy),
        lambda: connection.cursor().execute("UPDATE organisations_posting SET valid_to = NULL"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Posting.objects.create(**bare, is_main=False).pk


def test_a_posting_does_not_end_before_it_begins_in_any_way(province):
    posting = make_posting(province.office)

    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.filter(pk=posting.pk).update(valid_to=date(2020, 1, 1))


# Who sees whom


def seen(user, model=Officer):
    # A fresh object: access is read once per user object.
    return model.objects.visible_to(User.objects.get(pk=user.pk)).count()


def test_an_agency_sees_its_own_home_affairs_all_and_nobody_else_any(people, province):
    make_officer(province.division)
    make_officer(province.office)

    counts = {role: seen(person) for role, person in people.items()}

    assert counts == {role: 0 for role in people} | {
        "uploader": 1, "agency_head": 1, "api_client": 1, "other_uploader": 1, "other_agency_head": 1, "editor": 2,
        "approver": 2,
    }  # fmt: skip


def test_after_a_transfer_each_side_keeps_its_own_part(people, province):
    posting = make_posting(province.statistics)
    actions.transfer_posting(by=None, posting=posting, to=values(province.office, valid_from=DAY))

    for role in ("uploader", "other_uploader"):
        assert (seen(people[role]), seen(people[role], Posting)) == (1, 1)


# Who answers for whom


@pytest.fixture
def department(province):
    """Return the postings of a department: head, two deputies, staff by field, and a division with its head."""
    here, below = province.statistics, province.division
    return {
        "head": make_posting(here, role="head"),
        "deputy": make_posting(here, role="deputy", fields_in_charge=["Tài chính", "phong tong hop"]),
        "idle": make_posting(here, role="deputy"),
        "finance": make_posting(here, fields_in_charge=["TÀI CHÍNH"]),
        "other": make_posting(here, fields_in_charge=["Văn thư"]),
        "below_head": make_posting(below, role="head"),
        "below": make_posting(below),
        "elsewhere": make_posting(province.office, fields_in_charge=["Tài chính"]),
    }


@pytest.mark.parametrize(
    ("leader", "led"),
    [
        ("head", {"deputy", "idle", "finance", "other", "below_head", "below"}),
        ("deputy", {"finance", "below_head", "below"}),
        ("idle", set()),
        ("below_head", {"below"}),
        ("other", set()),
    ],
)
def test_heads_answer_for_all_and_deputies_within_their_fields(department, leader, led):
    names = {posting.pk: name for name, posting in department.items()}

    postings = Posting.objects.led_by(department[leader], DAY)
    officers = Officer.objects.led_by(department[leader].officer, DAY)

    assert {names[posting.pk] for posting in postings} == led
    assert set(officers) == {department[name].officer for name in led}


def test_who_answers_for_whom_is_a_matter_of_the_day(department):
    actions.end_posting(by=None, posting=department["below"], last_day=date(2025, 6, 30))
    finance, head = department["finance"], department["head"].officer

    assert department["below"].officer in Officer.objects.led_by(head, date(2025, 6, 30))
    assert department["below"].officer not in Officer.objects.led_by(head, date(2025, 7, 1))
    assert not Officer.objects.led_by(head, date(2024, 12, 31)).exists()
    assert finance in Posting.objects.on(START) and finance not in Posting.objects.on(date(2024, 12, 31))


def test_search_needs_no_diacritics(province):
    officer = make_officer(province.office, code="CC-55", name="Công chức Đặng 0055")

    for text in ("cong chuc dang", "đặng", "cc-55", "0055 DANG"):
        assert list(Officer.objects.search(text)) == [officer]
    assert not Officer.objects.search("dangg").exists()
