"""Roles over a part of the province: its catalogs from draft to decision, and nothing of the rest."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from api.events.reading import readable_by
from cms.audit.models import AuditEvent
from cms.catalogs import permissions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import Catalog, CatalogVersion
from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.organisations.actions import grant_membership
from cms.organisations.enums import Block
from cms.organisations.errors import InvalidMembership
from cms.organisations.ledger import MembershipScope
from cms.organisations.models import Agency, Membership
from cms.organisations.permissions import waiting_for
from cms.users.enums import Role
from cms.users.models import User
from importers import permissions as importing
from tests.factories import catalogs
from tests.factories.agencies import make_agency
from tests.factories.people import make_member, make_user


@pytest.fixture
def party(province) -> Agency:
    """Return the Party Organisation Committee."""
    return make_agency(province.root, code="ban-to-chuc", name="Ban Tổ chức Tỉnh ủy", block=Block.PARTY)


@pytest.fixture
def writer(party) -> User:
    return make_member(Role.UPLOADER, party, "nhap_lieu_dang")


@pytest.fixture
def editor(party) -> User:
    """Return the editor of the Party block."""
    return make_member(Role.EDITOR, party, "bien_tap_dang", scope_block=Block.PARTY)


@pytest.fixture
def decider(party) -> User:
    return make_member(Role.PROVINCIAL_APPROVER, party, "phe_duyet_dang", scope_block=Block.PARTY)


@pytest.fixture
def list_of_party(writer, party) -> CatalogVersion:
    return catalogs.submit(catalogs.make_version(writer, party), writer)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client


def test_a_catalog_of_the_party_is_appraised_and_decided_by_its_own(list_of_party, editor, decider, submitted):
    appraised = catalogs.accept(list_of_party, editor)
    decided = catalogs.decide(appraised, decider)

    assert decided.state == VersionState.APPROVED
    assert (decided.appraised_by, decided.decided_by) == (editor, decider)
    assert catalogs.pages.page_of(decided).live


@pytest.mark.parametrize("act", [catalogs.accept, catalogs.send_back])
def test_a_catalog_of_the_government_is_not_theirs_to_move(submitted, editor, act):
    with pytest.raises(NotAllowed):
        act(submitted, editor)

    submitted.refresh_from_db()
    assert submitted.state == VersionState.SUBMITTED


def test_a_catalog_of_the_government_is_not_theirs_to_decide(people, province, decider):
    appraised = catalogs.make_appraised(people, province.office)

    with pytest.raises(NotAllowed):
        catalogs.decide(appraised, decider)
    with pytest.raises(NotAllowed):
        catalogs.send_back(appraised, decider)


def test_they_find_the_partys_catalogs_alone(list_of_party, submitted, editor, decider):
    for user in (editor, decider):
        assert list(CatalogVersion.objects.worked_on_by(user)) == [list_of_party]
        assert list(CatalogVersion.objects.visible_to(user)) == [list_of_party]
        assert list(Catalog.objects.worked_on_by(user)) == [list_of_party.catalog]
    assert list(importing.agencies_to_upload_for(editor)) == [list_of_party.catalog.agency]
    assert not permissions.can_write(editor, submitted.catalog)
    assert not access_for(editor).reads_province


def test_the_workbench_shows_them_the_partys_catalogs_alone(list_of_party, submitted, editor):
    client = client_of(editor)

    board = client.get(reverse("catalogs:overview")).content.decode()
    assert "Ban Tổ chức Tỉnh ủy" in board
    assert "Chi cục Thống kê" not in board
    assert client.get(reverse("catalogs:version", args=[list_of_party.pk])).status_code == 200
    assert client.get(reverse("catalogs:version", args=[submitted.pk])).status_code == 404
    assert client.get(reverse("catalogs:next")).url == reverse("catalogs:version", args=[list_of_party.pk])
    found = client.get(reverse("organisations:finder"), {"q": "bao cao"}).content.decode()
    assert "Ban Tổ chức Tỉnh ủy" in found
    assert "Chi cục Thống kê" not in found


def test_what_is_told_of_drafts_is_told_of_the_partys_alone(list_of_party, submitted, editor, decider):
    for user in (editor, decider):
        ledger = MembershipScope().readable_by(user)
        assert set(ledger.values_list("agency_code", flat=True)) == {"ban-to-chuc"}
        reported = AuditEvent.objects.filter(pk__in=readable_by(user).values("pk"), action="catalog_version.submit")
        assert [event.agency_code for event in reported] == ["ban-to-chuc"]


def test_mail_goes_to_those_who_appraise_the_agency(
    people, province, editor, django_capture_on_commit_callbacks, writer, party
):
    with django_capture_on_commit_callbacks(execute=True):
        catalogs.make_submitted(people, province.office)
    assert editor.email not in {to for message in mail.outbox for to in message.recipients()}

    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        catalogs.submit(catalogs.make_version(writer, party), writer)
    assert editor.email in {to for message in mail.outbox for to in message.recipients()}


def test_an_editor_of_a_subtree_reaches_it_and_what_is_below(people, province):
    editor = make_member(Role.EDITOR, province.home_affairs, "bien_tap_nhanh", scope_agency=province.statistics)
    access = access_for(editor)

    assert access.over(province.statistics, Role.EDITOR)
    assert access.over(province.division, Role.EDITOR)
    assert not access.over(province.office, Role.EDITOR)
    assert not access.over(province.root, Role.EDITOR)
    reached = Agency.objects.filter(access.rows_over("", Role.EDITOR)).order_by("path")
    assert list(reached) == [province.statistics, province.division]
    appraising = Membership.objects.active().filter(role=Role.EDITOR)
    assert set(appraising.over(province.division).values_list("user", flat=True)) == {people["editor"].pk, editor.pk}
    assert set(appraising.over(province.office).values_list("user", flat=True)) == {people["editor"].pk}


def test_who_approves_over_a_part_confirms_nobodys_role(people, province, party):
    approver = make_member(Role.APPROVER, party, "phe_duyet", scope_block=Block.PARTY)
    grant_membership(by=people["technical_admin"], user=make_user("moi"), role=Role.EDITOR, agency=province.root)

    assert waiting_for(people["approver"]).exists()
    assert not waiting_for(approver).exists()


def test_a_role_over_a_part_waits_for_a_second_person_who_sees_the_part(people, party):
    waits = grant_membership(
        by=people["technical_admin"], user=make_user("moi"), role=Role.EDITOR, agency=party, scope_block=Block.PARTY
    )

    assert waits.needs_confirmation
    shown = client_of(people["approver"]).get(reverse("organisations:membership_confirm", args=[waits.pk]))
    assert "khối: Đảng" in shown.content.decode()
    reported = AuditEvent.objects.get(action="membership.grant", subject_id=str(waits.pk))
    assert reported.after["scope_block"] == Block.PARTY


@pytest.mark.parametrize(
    ("role", "scope", "words"),
    [
        (Role.UPLOADER, {"scope_block": Block.PARTY}, "thẩm định hoặc phê duyệt"),
        (Role.TECHNICAL_ADMIN, {"scope_block": Block.PARTY}, "thẩm định hoặc phê duyệt"),
        (Role.EDITOR, {"scope_block": Block.PARTY, "scope_agency": True}, "không chọn cả hai"),
        (Role.EDITOR, {"scope_block": "quan-doi"}, "quan-doi"),
    ],
)
def test_a_part_that_makes_no_sense_is_refused_with_a_sentence(people, party, role, scope, words):
    if "scope_agency" in scope:
        scope = scope | {"scope_agency": party}
    with pytest.raises(InvalidMembership, match=words):
        grant_membership(by=None, user=make_user("moi"), role=role, agency=party, **scope)


def test_one_person_may_hold_a_role_over_two_blocks(party):
    editor = make_member(Role.EDITOR, party, "hai_khoi", scope_block=Block.PARTY)
    grant_membership(by=None, user=editor, role=Role.EDITOR, agency=party, scope_block=Block.FRONT)

    assert access_for(User.objects.get(pk=editor.pk)).parts[Role.EDITOR].blocks == {Block.PARTY, Block.FRONT}
    with pytest.raises(InvalidMembership):
        grant_membership(by=None, user=editor, role=Role.EDITOR, agency=party, scope_block=Block.FRONT)


def test_the_screen_gives_a_role_over_a_block(people, party):
    person = make_user("moi")
    form = {
        "user": person.pk, "role": Role.EDITOR, "agency": party.pk, "scope_block": Block.PARTY, "scope_agency": "",
        "valid_from": "01/01/2026",
    }  # fmt: skip

    answer = client_of(people["technical_admin"]).post(reverse("organisations:membership_grant"), form)

    assert answer.status_code == 302
    given = person.memberships.get()
    assert (given.scope_block, given.scope_agency) == (Block.PARTY, None)


def test_screens_name_a_role_by_what_it_is_held_over(people, party, editor):
    admin = client_of(people["technical_admin"])
    whole, part = people["editor"], editor
    of_part = "Chuyên viên thẩm định (khối: Đảng)"

    assert of_part in admin.get(reverse("organisations:account_edit", args=[part.pk])).content.decode()
    page = admin.get(reverse("organisations:account_edit", args=[whole.pk])).content.decode()
    assert "Chuyên viên thẩm định" in page
    assert "Chuyên viên thẩm định Sở Nội vụ" not in page
    grant_membership(
        by=people["technical_admin"], user=make_user("moi"), role=Role.EDITOR, agency=party, scope_block=Block.PARTY
    )
    assert of_part in client_of(people["approver"]).get("/admin/").content.decode()
