"""Delegations: written with a reason, never to oneself, never backwards, never in a circle; revoked, never erased."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.organisations import actions
from cms.organisations.enums import Hole
from cms.organisations.errors import CannotGrantToSelf, InvalidDelegation
from cms.organisations.managers import manager_of
from cms.organisations.models import Delegation
from tests.factories.delegations import make_delegation
from tests.factories.officers import make_officer, values

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


@pytest.fixture
def head(province):
    return make_officer(province.division, role="head", code="CC-H", name="Công chức 0003")


@pytest.fixture
def staff(province):
    return make_officer(province.division, code="CC-S", name="Công chức 0005")


def refused(kind, *people, **fields):
    before = Delegation.objects.count()
    with pytest.raises(InvalidDelegation) as refusal:
        make_delegation(kind, *people, **fields)
    assert Delegation.objects.count() == before
    return str(refusal.value)


def test_it_is_told_to_the_ledger_by_codes_with_its_reason(people, head, staff):
    delegation = make_delegation("delegation", head, staff, by=people["uploader"])

    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.subject_label, event.reason) == ("delegation.give", "CC-H → CC-S", "Quyết định 12/QĐ")
    assert (event.after["from_officer"], event.agency_code) == ("CC-H", "phong-tong-hop")
    assert (delegation.given_by, delegation.state) == (people["uploader"], "active")


def test_nobody_delegates_to_themselves(head):
    assert refused("delegation", head, head) == "Không ai ủy quyền cho chính mình hoặc quản lý chính mình."
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            kind="delegation", agency=head.postings.get().agency, from_officer=head, to_officer=head,
            valid_from=today(), reason="x",
        )  # fmt: skip


def test_no_account_puts_officers_under_itself(people, head, staff):
    actions.edit_officer(by=None, officer=staff, account=people["uploader"])
    staff.refresh_from_db()

    with pytest.raises(CannotGrantToSelf):
        make_delegation("delegation", head, staff, by=people["uploader"])


def test_it_never_goes_backwards_in_time(head, staff):
    yesterday = today() - timedelta(days=1)

    assert refused("delegation", head, staff, valid_from=yesterday).startswith("Ủy quyền bắt đầu sớm nhất từ hôm nay")
    assert refused("delegation", head, staff, valid_to=yesterday) == "Ngày kết thúc trước ngày bắt đầu."


def test_managers_never_stand_in_a_circle(head, staff):
    sentence = refused("named", head, staff)

    assert sentence == "Các cấp quản lý thành một vòng: Công chức 0003 → Công chức 0005 → Công chức 0003."
    assert manager_of(staff, today()).officer == head


def test_a_circle_that_would_begin_later_is_refused_too(province, head, staff):
    other = make_officer(province.office)
    later = today() + timedelta(days=30)
    make_delegation("named", staff, other, valid_from=later)

    with pytest.raises(InvalidDelegation, match="thành một vòng"):
        make_delegation("named", other, staff)


def test_one_of_a_kind_at_one_time(province, head, staff):
    other = make_officer(province.division)
    make_delegation("delegation", head, staff, valid_to=today() + timedelta(days=9))

    assert "Hãy thu hồi trước" in refused("delegation", head, other)
    make_delegation("delegation", head, other, valid_from=today() + timedelta(days=10))


@pytest.mark.parametrize(
    ("kind", "words"),
    [("acting", "đang có người đứng đầu"), ("delegation", "không lãnh đạo"), ("secondment", "đã làm việc cho cơ quan")],
)
def test_it_must_have_something_to_change(province, head, staff, kind, words):
    fields = {"agency": province.division} if kind == "acting" else {}
    fields |= {"to_agency": province.division} if kind == "secondment" else {}

    assert words in refused(kind, None if kind == "acting" else staff, head, **fields)


def test_a_reason_and_both_sides_are_asked_for(head, staff):
    assert refused("delegation", head, staff, reason=" ")
    assert refused("named", head)
    assert refused("delegation", None, staff) == "Hãy cho biết của ai."


def test_revoked_it_holds_until_yesterday_and_stays(people, head, staff):
    delegation = make_delegation("named", staff, make_officer(head.postings.get().agency))

    actions.revoke_delegation(by=people["uploader"], delegation=delegation, reason="Trưởng phòng đã về")

    delegation.refresh_from_db()
    assert (delegation.state, delegation.revoked_on) == ("revoked", today())
    assert manager_of(staff, today()).officer == head
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.reason) == ("delegation.revoke", "Trưởng phòng đã về")
    with pytest.raises(WrongState):
        actions.revoke_delegation(by=people["uploader"], delegation=delegation, reason="Lần nữa")


def test_what_it_did_before_it_was_revoked_stays(head, staff):
    delegation = make_delegation("delegation", head, staff)
    Delegation.objects.filter(pk=delegation.pk).update(
        valid_from=today() - timedelta(days=9), revoked_on=today() - timedelta(days=2)
    )

    found = [Delegation.objects.on(today() - timedelta(days=back)).exists() for back in (10, 9, 3, 2, 0)]
    assert found == [False, True, True, False, False]


@pytest.mark.parametrize("role", ["other_uploader", "approver", "provincial_approver", "technical_admin", "nobody"])
def test_others_write_none_for_an_agency_that_is_not_theirs(people, head, staff, role):
    with pytest.raises(NotAllowed):
        make_delegation("delegation", head, staff, by=people[role])
    delegation = make_delegation("delegation", head, staff)
    with pytest.raises(NotAllowed):
        actions.revoke_delegation(by=people[role], delegation=delegation, reason="Không")


def test_a_secondment_is_written_for_both_agencies(people, province, staff):
    with pytest.raises(NotAllowed):
        make_delegation("secondment", staff, to_agency=province.office, by=people["uploader"])
    delegation = make_delegation("secondment", staff, to_agency=province.office, by=people["editor"])

    seen = {role: Delegation.objects.visible_to(people[role]).exists() for role in (
        "uploader", "other_uploader", "approver", "nobody", "technical_admin",
    )}  # fmt: skip
    assert seen == {
        "uploader": True, "other_uploader": True, "approver": True, "nobody": False, "technical_admin": False,
    }  # fmt: skip
    assert list(Delegation.objects.writable_by(people["uploader"])) == [delegation]
    assert not Delegation.objects.writable_by(people["other_uploader"]).exists()


def test_it_ends_for_whoever_is_transferred_or_leaves(province):
    head = make_officer(province.statistics, role="head")
    deputy = make_officer(province.statistics, role="deputy")
    staff = make_officer(province.statistics)
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_delegation("delegation", head, deputy)
    assert manager_of(staff, timezone.localdate()).officer == deputy

    actions.transfer_posting(
        by=None, posting=deputy.postings.get(), to=values(province.office, valid_from=tomorrow), reason="Điều động"
    )

    assert manager_of(staff, timezone.localdate()).officer == deputy
    assert manager_of(staff, tomorrow).officer == head


def test_whoever_acted_for_a_vacant_post_and_left_leaves_a_hole(province):
    acting = make_officer(province.statistics, role="deputy")
    staff = make_officer(province.statistics)
    today = timezone.localdate()
    make_delegation("acting", to=acting, agency=province.statistics)
    actions.end_posting(by=None, posting=acting.postings.get(), last_day=today)

    assert manager_of(staff, today).officer == acting
    assert manager_of(staff, today + timedelta(days=1)).hole == Hole.NO_HEAD
