"""Who manages an officer, or has authority over them, reads their work without a role; a manager also judges it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState, WorkState
from cms.assignments.errors import OwnWorkConfirmed
from cms.assignments.models import Claim, Evidence, WorkAssignment
from cms.assignments.permissions import can_confirm
from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.organisations.actions import (
    edit_officer,
    end_posting,
    issue_authority_table,
    load_shipped_authority,
    revoke_delegation,
    start_posting,
    transfer_posting,
)
from cms.organisations.authority import authority_for
from cms.organisations.enums import AuthorityAct
from cms.organisations.models import Officer
from cms.users.models import User
from tests.factories.delegations import make_delegation
from tests.factories.officers import make_officer, values
from tests.factories.people import make_user
from tests.factories.work import finish, give

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def signed_in(officer):
    """Return the officer's account as a new request reads it."""
    return User.objects.get(officer=officer)


def member(agency, name, **fields):
    officer = make_officer(agency, name=name, **fields)
    return edit_officer(by=None, officer=officer, account=make_user(f"tk-{officer.pk}"))


@pytest.fixture
def table(province):
    day = timezone.localdate() - DAY
    return issue_authority_table(
        by=None, table=load_shipped_authority(by=None), effective_from=day, decision_number="1/QĐ"
    )


@pytest.fixture
def staff(province, desk, table):
    """Return people by what they are to the officer, who works in the division; none of them holds a role."""
    division = province.division
    return {
        "officer": member(division, "Công chức 0201"),
        "manager": member(division, "Công chức 0202", role="deputy", fields_in_charge=["Tài chính"]),
        "head": member(division, "Công chức 0203", role="head"),
        "director": member(province.statistics, "Công chức 0204", role="head"),
        "colleague": member(division, "Công chức 0205"),
        "stranger": member(province.office, "Công chức 0206", role="head"),
    }


def work_of(desk, officer):
    return give(desk.people["agency_head"], officer.postings.get(), desk.item)


def readers(staff, work):
    return {name for name, one in staff.items() if WorkAssignment.objects.visible_to(signed_in(one)).filter(pk=work.pk)}


def confirmers(staff, work):
    listed = {
        name for name, one in staff.items() if WorkAssignment.objects.confirmable_by(signed_in(one)).filter(pk=work.pk)
    }
    assert listed == {name for name, one in staff.items() if can_confirm(signed_in(one), work)}
    return listed


def test_who_manages_or_has_authority_reads_and_the_manager_alone_confirms(staff, desk):
    work = finish(work_of(desk, staff["officer"]), staff["officer"].account)

    assert readers(staff, work) == {"officer", "head", "director"}
    assert confirmers(staff, work) == {"head"}


def test_a_deputy_in_charge_of_the_field_manages_and_the_head_evaluates(staff, desk, province):
    officer = member(province.division, "Công chức 0207", fields_in_charge=["Tài chính"])
    staff["officer"] = officer
    work = finish(work_of(desk, officer), officer.account)

    assert readers(staff, work) == {"officer", "manager", "head", "director"}
    assert confirmers(staff, work) == {"manager"}


def test_the_manager_verifies_confirms_and_corrects_and_who_only_has_authority_may_not(staff, desk):
    officer = staff["officer"]
    work = work_of(desk, officer)
    piece = actions.add_evidence(
        by=officer.account, work=work, values=actions.EvidenceValues(document_number="12/BC-STC")
    )
    finish(work, officer.account)
    head, director = signed_in(staff["head"]), signed_in(staff["director"])

    for act in (
        lambda: actions.verify_evidence(by=director, evidence=piece),
        lambda: actions.confirm_work(by=director, work=[work]),
        lambda: actions.return_work(by=director, work=work, reason="Thiếu"),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(OwnWorkConfirmed):
        actions.confirm_work(by=officer.account, work=[work])

    assert actions.verify_evidence(by=head, evidence=piece).verified_by == head
    [work] = actions.confirm_work(by=head, work=[work])
    assert (work.state, work.confirmed_by) == (WorkState.CONFIRMED, head)
    corrected = actions.correct_work(by=head, work=work, reason="Nhập nhầm", late_occurrences=1)
    assert corrected.late_occurrences == 1


def test_evidence_and_claims_are_read_with_the_work(staff, desk):
    officer = staff["officer"]
    work = work_of(desk, officer)
    actions.add_evidence(by=officer.account, work=work, values=actions.EvidenceValues(document_number="12/BC"))
    actions.make_claim(
        by=officer.account, work=work, about=ClaimAbout.LATE, cause=ClaimCause.PARTNER, statement="Chờ số liệu"
    )

    for rows in (Evidence.objects, Claim.objects):
        seen = {name for name, one in staff.items() if rows.visible_to(signed_in(one)).exists()}
        assert seen == {"officer", "head", "director"}


def test_after_a_transfer_neither_side_reaches_the_others_part(staff, desk, province):
    officer = staff["officer"]
    old = finish(work_of(desk, officer), officer.account)
    end_posting(by=None, posting=officer.postings.get(), last_day=timezone.localdate() - DAY)
    start_posting(by=None, officer=officer, values=values(province.office, valid_from=timezone.localdate()))

    assert officer.pk in access_for(signed_in(staff["stranger"])).managed
    assert readers(staff, old) == {"officer"}
    assert confirmers(staff, old) == set()
    with pytest.raises(NotAllowed):
        actions.confirm_work(by=signed_in(staff["head"]), work=[old])
    with pytest.raises(NotAllowed):
        actions.confirm_work(by=signed_in(staff["stranger"]), work=[old])


def test_a_manager_whose_posting_ended_reaches_nothing_any_more(staff, desk):
    work = finish(work_of(desk, staff["officer"]), staff["officer"].account)
    end_posting(by=None, posting=staff["head"].postings.get(), last_day=timezone.localdate() - DAY)

    assert readers(staff, work) == {"officer", "director"}
    with pytest.raises(NotAllowed):
        actions.confirm_work(by=signed_in(staff["head"]), work=[work])


def test_a_delegation_gives_both_and_takes_both_when_it_is_revoked(staff, desk):
    work = finish(work_of(desk, staff["officer"]), staff["officer"].account)
    delegation = make_delegation("delegation", staff["head"], staff["manager"])

    assert readers(staff, work) == {"officer", "manager", "director"}
    assert confirmers(staff, work) == {"manager"}

    revoke_delegation(by=None, delegation=delegation, reason="Hết việc")

    assert readers(staff, work) == {"officer", "head", "director"}
    assert confirmers(staff, work) == {"head"}


def test_row_scope_says_of_everybody_what_authority_says(staff, province):
    chair = member(province.root, "Công chức 0208", role="head")
    member(province.root, "Công chức 0209", role="deputy")
    for unit in (province.commune, province.office):
        member(unit, f"Công chức phó {unit.code}", role="deputy")
    make_delegation("delegation", staff["director"], staff["head"])
    acts, today = (AuthorityAct.EVALUATE, AuthorityAct.CLASSIFY, AuthorityAct.OPINION), timezone.localdate()
    everybody = list(Officer.objects.all())

    for holder in everybody:
        expected = {one.pk for one in everybody for act in acts if authority_for(one, act, today).officer == holder}
        assert access_for(signed_in(holder)).under_authority == expected, holder
    assert access_for(signed_in(chair)).under_authority


def test_more_officers_and_agencies_cost_no_more_queries(staff, province, django_assert_max_num_queries):
    def count():
        user = signed_in(staff["director"])
        with CaptureQueriesContext(connection) as asked:
            under = access_for(user).under_authority
        return len(asked), len(under)

    few, under_few = count()
    for number in range(20):
        make_officer(province.division, code=f"CC-N{number}")
        make_officer(province.office, code=f"CC-V{number}")
    many, under_many = count()

    assert under_many == under_few + 20
    assert many == few
    bystander = signed_in(staff["colleague"])
    with django_assert_max_num_queries(3):
        assert not access_for(bystander).under_authority


@pytest.fixture
def claim(staff, desk):
    """Claim, as the officer, while the deputy acts for the head by delegation; return the claim and the delegation."""
    officer = staff["officer"]
    work = work_of(desk, officer)
    actions.add_evidence(by=officer.account, work=work, values=actions.EvidenceValues(document_number="12/BC"))
    delegation = make_delegation("delegation", staff["head"], staff["manager"])
    made = actions.make_claim(
        by=officer.account, work=work, about=ClaimAbout.LATE, cause=ClaimCause.PARTNER, statement="Chờ số liệu"
    )
    assert made.competent == staff["manager"]
    return made, delegation


def decide(claim, officer):
    return by_account(claim, signed_in(officer))


def by_account(claim, account):
    return actions.decide_claim(by=account, claim=claim, outcome=ClaimState.ACCEPTED)


def test_who_decided_by_a_delegation_no_longer_does_when_it_is_revoked(client, staff, desk, claim):
    made, delegation = claim
    page = reverse("personal:claim", args=[made.identity])
    client.force_login(signed_in(staff["manager"]))
    assert client.get(page).status_code == 200

    revoke_delegation(by=None, delegation=delegation, reason="Hết việc")

    client.force_login(signed_in(staff["manager"]))
    assert client.get(page).status_code == 404
    assert not Claim.objects.of_competent(staff["manager"]).exists()
    with pytest.raises(NotAllowed):
        decide(made, staff["manager"])
    assert by_account(made, desk.people["agency_head"]).state == ClaimState.ACCEPTED


def test_who_was_to_decide_a_claim_and_left_decides_and_reads_it_no_more(
    client, staff, desk, claim, province, time_machine
):  # fmt: skip
    made, _delegation = claim
    posting, tomorrow = staff["manager"].postings.get(), timezone.localdate() + DAY
    transfer_posting(by=None, posting=posting, to=values(province.office, valid_from=tomorrow), reason="Điều động")
    time_machine.move_to(timezone.now() + DAY)

    client.force_login(signed_in(staff["manager"]))
    assert client.get(reverse("personal:claim", args=[made.identity])).status_code == 404
    with pytest.raises(NotAllowed):
        decide(made, staff["manager"])
    assert by_account(made, desk.people["agency_head"]).state == ClaimState.ACCEPTED
