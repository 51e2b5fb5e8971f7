"""The life of a version: who may move it, who may not, and what each step leaves behind."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from catalog_pages import actions as pages
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.enums import VersionState
from cms.catalogs.errors import ChecksFailed, DatesOverlap, OwnWork, ReasonRequired, VersionIsFrozen
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.errors import DomainError, NotAllowed, WrongState
from tests.factories import catalogs

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_a_version_goes_from_draft_to_public(people, province, mailoutbox):
    version = catalogs.make_version(people["uploader"], province.statistics)
    page = pages.page_of(version)
    assert pages.submit(by=people["uploader"], page=page).state == VersionState.SUBMITTED
    assert pages.return_to_agency(by=people["editor"], page=page, reason="Bổ sung").state == VersionState.RETURNED
    assert pages.submit(by=people["uploader"], page=page).state == VersionState.SUBMITTED
    assert pages.accept(by=people["editor"], page=page).state == VersionState.APPRAISED
    decided = catalogs.decide(version, people["provincial_approver"])
    assert (decided.state, decided.published_at is not None) == (VersionState.APPROVED, True)
    page.refresh_from_db()
    assert page.live
    assert page.current_workflow_state is None


def test_every_step_stands_in_the_ledger_with_its_person(approved, people):
    steps = AuditEvent.objects.filter(subject_id=str(approved.pk), subject_type="catalogs.catalogversion")
    assert list(steps.order_by("sequence").values_list("action", "actor_name")) == [
        ("catalog_version.start", str(people["uploader"])),
        ("catalog_version.upload", str(people["uploader"])),
        ("catalog_version.submit", str(people["uploader"])),
        ("catalog_version.accept", str(people["editor"])),
        ("catalog_version.approve", str(people["provincial_approver"])),
        ("catalog_version.publish", "Hệ thống"),
    ]


@pytest.mark.parametrize("who", ["agency_head", "uploader"])
def test_the_agencys_own_people_submit(draft, people, who):
    assert pages.submit(by=people[who], page=pages.page_of(draft)).submitted_by == people[who]


@pytest.mark.parametrize(
    "who", ["other_uploader", "editor", "approver", "provincial_approver", "technical_admin", "api_client", "nobody"]
)
def test_nobody_else_submits(draft, people, who):
    with pytest.raises(NotAllowed):
        pages.submit(by=people[who], page=pages.page_of(draft))
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


@pytest.mark.parametrize("who", ["uploader", "agency_head", "provincial_approver", "technical_admin", "nobody"])
def test_only_the_department_of_home_affairs_accepts(submitted, people, who):
    with pytest.raises(NotAllowed):
        pages.accept(by=people[who], page=pages.page_of(submitted))


@pytest.mark.parametrize("who", ["uploader", "agency_head", "editor", "approver", "technical_admin", "nobody"])
def test_only_the_provincial_approver_decides(people, province, who):
    version = catalogs.make_appraised(people, province.statistics)
    with pytest.raises(NotAllowed):
        catalogs.decide(version, people[who])
    version.refresh_from_db()
    assert version.state == VersionState.APPRAISED


def test_an_editor_who_changed_an_item_cannot_accept_but_the_approver_can(submitted, people):
    items = submitted.items.all()[:1]
    actions.edit_items(by=people["editor"], version=submitted, items=items, changes={"unit": "bộ"}, reason="Thống nhất")
    with pytest.raises(OwnWork):
        pages.accept(by=people["editor"], page=pages.page_of(submitted))
    assert pages.accept(by=people["approver"], page=pages.page_of(submitted)).state == VersionState.APPRAISED


def test_a_change_while_appraising_needs_a_reason_and_is_told_to_the_agency(
    submitted, people, mailoutbox, django_capture_on_commit_callbacks
):
    item = submitted.items.first()
    with pytest.raises(ReasonRequired):
        actions.edit_items(by=people["editor"], version=submitted, items=[item], changes={"unit": "bộ"})
    actions.edit_items(
        by=people["editor"], version=submitted, items=[item], changes={"unit": "bộ"}, reason="Thống nhất"
    )
    remark = submitted.remarks.get()
    assert (remark.item, remark.changes) == (item, {"unit": ["báo cáo", "bộ"]})
    with django_capture_on_commit_callbacks(execute=True):
        catalogs.accept(submitted, people["approver"])
    assert "Thống nhất" in mail.outbox[0].body
    agency = {people["uploader"].email, people["agency_head"].email}
    reported = [message.to[0] for message in mail.outbox if "Thống nhất" in message.body]
    assert sorted(reported) == sorted(agency | {people["provincial_approver"].email})


def test_a_return_needs_a_reason(submitted, people):
    with pytest.raises(ReasonRequired):
        pages.return_to_agency(by=people["editor"], page=pages.page_of(submitted), reason=" ")
    submitted.refresh_from_db()
    assert submitted.state == VersionState.SUBMITTED


def test_the_provincial_approver_can_send_back_and_the_list_is_appraised_anew(people, province):
    version = catalogs.make_appraised(people, province.statistics)
    catalogs.send_back(version, people["provincial_approver"])
    resubmitted = catalogs.submit(version, people["uploader"])
    assert resubmitted.state == VersionState.SUBMITTED
    with pytest.raises(NotAllowed):
        catalogs.decide(resubmitted, people["provincial_approver"])


def test_findings_that_block_stop_the_submission(people, province):
    version = catalogs.make_version(people["uploader"], province.statistics, items=0)
    with pytest.raises(ChecksFailed) as refusal:
        catalogs.submit(version, people["uploader"])
    assert [finding.rule for finding in refusal.value.params["findings"]] == ["no_items"]


def test_a_decision_needs_a_number(people, province):
    version = catalogs.make_appraised(people, province.statistics)
    with pytest.raises(DomainError):
        pages.decide(
            by=people["provincial_approver"], page=pages.page_of(version),
            decision_number=" ", decision_date=TODAY(), effective_from=TODAY(),
        )  # fmt: skip


def test_a_submitter_takes_the_version_back(submitted, people):
    with pytest.raises(NotAllowed):
        pages.withdraw(by=people["agency_head"], page=pages.page_of(submitted))
    assert pages.withdraw(by=people["uploader"], page=pages.page_of(submitted)).state == VersionState.DRAFT
    assert catalogs.submit(submitted, people["uploader"]).state == VersionState.SUBMITTED


def test_there_is_one_open_version_at_a_time(draft, people):
    with pytest.raises(WrongState):
        actions.start_version(by=people["uploader"], catalog=draft.catalog)


def test_the_next_version_is_a_copy_with_the_same_identities(approved, people):
    following = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    assert (following.number, following.base) == (2, approved)
    identities = approved.items.order_by("position").values_list("identity", "code")
    assert list(following.items.order_by("position").values_list("identity", "code")) == list(identities)
    assert following.item_count == 3


def test_a_submitted_version_is_not_the_agencys_to_change(submitted, people):
    with pytest.raises(NotAllowed):
        actions.edit_items(by=people["uploader"], version=submitted, items=submitted.items.all(), changes={"note": "x"})


def test_an_approved_version_is_refused_by_every_action(approved, people):
    item = approved.items.first()
    attempts = [
        lambda by: actions.edit_items(by=by, version=approved, items=[item], changes={"note": "x"}, reason="x"),
        lambda by: actions.remove_items(by=by, version=approved, items=[item], reason="x"),
        lambda by: actions.add_item(by=by, version=approved, values=catalogs.item_values(9), reason="x"),
        lambda by: actions.write_rows(by=by, version=approved, rows=[]),
        lambda by: actions.edit_details(by=by, version=approved, legal_basis="x", reason="x"),
    ]
    for by in people.values():
        for attempt in attempts:
            with pytest.raises(VersionIsFrozen):
                attempt(by)
    assert CatalogItem.objects.get(pk=item.pk).note == ""


def test_a_later_version_ends_the_one_before_the_day_before(approved, people):
    earlier_day = TODAY() - datetime.timedelta(days=1)
    following = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    catalogs.accept(catalogs.submit(following, people["uploader"]), people["editor"])
    with pytest.raises(DatesOverlap):
        catalogs.decide(following, people["provincial_approver"], effective_from=TODAY())
    tomorrow = TODAY() + datetime.timedelta(days=1)
    catalogs.decide(following, people["provincial_approver"], effective_from=tomorrow)
    approved.refresh_from_db()
    assert approved.effective_to == TODAY()
    assert CatalogVersion.objects.effective_on(TODAY()).get() == approved
    assert CatalogVersion.objects.effective_on(tomorrow).get() == following
    assert not CatalogVersion.objects.effective_on(earlier_day).exists()


def test_a_later_day_of_effect_is_published_on_that_day(people, province, time_machine):
    tomorrow = TODAY() + datetime.timedelta(days=1)
    version = catalogs.make_approved(people, province.statistics, effective_from=tomorrow)
    page = pages.page_of(version)
    assert (version.published_at, page.live) == (None, False)
    from django.core.management import call_command

    call_command("publish_scheduled")
    version.refresh_from_db()
    assert version.published_at is None
    time_machine.move_to(
        datetime.datetime.combine(tomorrow, datetime.time(0, 5), tzinfo=timezone.get_current_timezone())
    )
    call_command("publish_scheduled")
    version.refresh_from_db()
    page.refresh_from_db()
    assert version.published_at is not None
    assert page.live


def test_a_version_superseded_by_a_scheduled_one_says_so_on_the_day(approved, people, time_machine):
    tomorrow = TODAY() + datetime.timedelta(days=1)
    following = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    catalogs.accept(catalogs.submit(following, people["uploader"]), people["editor"])
    catalogs.decide(following, people["provincial_approver"], effective_from=tomorrow)
    approved.refresh_from_db()
    assert approved.state == VersionState.APPROVED
    time_machine.move_to(
        datetime.datetime.combine(tomorrow, datetime.time(0, 5), tzinfo=timezone.get_current_timezone())
    )
    from django.core.management import call_command

    call_command("publish_scheduled")
    approved.refresh_from_db()
    assert approved.state == VersionState.SUPERSEDED


def test_two_agencies_of_one_name_have_pages_of_their_own(province):
    from tests.factories.agencies import make_agency

    twins = [make_agency(province.root, code=code, name="Xã Tân Thành", kind="commune") for code in ("xa-a", "xa-b")]
    slugs = [pages.open_page(by=None, agency=agency).slug for agency in twins]
    assert slugs == ["xa-tan-thanh", "xa-tan-thanh-xa-b"]


def test_a_details_change_of_the_round_is_written_into_the_ledger(draft, people):
    from cms.catalogs.models import CatalogRound

    today = TODAY()
    later = CatalogRound.objects.create(
        year=2027, name="Đợt 2027", submit_by=today, appraise_by=today, approve_by=today
    )
    actions.edit_details(by=people["uploader"], version=draft, round=later)
    assert AuditEvent.objects.get(action="catalog_version.edit").after == {"round": "Đợt 2027"}
