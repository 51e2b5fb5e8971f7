"""The demo province: a story that holds together, made once, and never where it would be dangerous."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from catalog_pages.admin.progress import counts_by_state
from cms.assignments.models import WorkAssignment
from cms.audit.models import AuditEvent
from cms.catalogs.enums import VersionState
from cms.catalogs.models import Catalog, CatalogRound, CatalogVersion
from cms.catalogs.progress import agencies_in
from cms.catalogs.rounds import CurrentRounds, current_rounds
from cms.frameworks.enums import DraftState, TrialState
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, Trial
from cms.organisations.authority import lines_at
from cms.organisations.enums import Block, Hole, PostingRole
from cms.organisations.models import Agency, Officer, Position, PositionGroup, Posting
from cms.users.models import User
from importers.demo import personal, work
from importers.demo.agencies import all_agencies
from importers.demo.catalogs import acts_of
from importers.demo.load import PASSWORD
from importers.models import ImportBatch

pytestmark = pytest.mark.django_db


def counts():
    """Return how many there are of what the demo makes."""
    made = (Agency, User, CatalogVersion, ImportBatch, CriteriaFramework, FrameworkVersion, Trial, PositionGroup)
    made += (Position, Officer, Posting)
    return [model.objects.count() for model in (*made, AuditEvent)]


# Loaded once for all that is asked of it: it takes most of a minute.
def test_the_demo_is_a_province_whose_dates_and_numbers_agree(settings, capsys):
    settings.DEBUG = True
    call_command("load_demo")

    _agencies_are_alive()
    _dates_follow_each_other()
    _frameworks_and_officers_are_there()
    _authority_is_answered()
    for check in ("verify_audit", "verify_published", "verify_counts"):
        call_command(check, stdout=io.StringIO())
    first = counts()
    call_command("load_demo")
    assert counts() == first
    told = capsys.readouterr().out
    assert "http://localhost:8000/admin/" in told
    _officers_sign_in(told)
    _work_stands_in_every_state()
    _the_party_appraises_its_own()
    _the_party_has_its_own_deadlines()


def _the_party_appraises_its_own():
    for username in ("tham-dinh-dang", "phe-duyet-dang"):
        seen = Catalog.objects.worked_on_by(User.objects.get(username=username))
        assert {catalog.agency.block for catalog in seen.select_related("agency")} == {"party"}


def _the_party_has_its_own_deadlines():
    rounds = {round_.block: round_ for round_ in CatalogRound.objects.current()}
    assert set(rounds) == {"", Block.PARTY}
    assert rounds[""].submit_by < timezone.localdate() < rounds[Block.PARTY].submit_by
    versions = CatalogVersion.objects.filter(catalog__agency__block=Block.PARTY)
    assert {version.round for version in versions.select_related("round")} == {rounds[Block.PARTY]}
    client = Client()
    client.force_login(User.objects.get(username="tham-dinh-dang"))
    desk = client.get("/admin/").content.decode()
    assert "Văn phòng Tỉnh ủy" in desk
    assert f"{rounds[Block.PARTY].submit_by:%d/%m/%Y}" in desk
    assert rounds[""].name + "<" not in desk


def _work_stands_in_every_state():
    states = Counter(
        WorkAssignment.objects.filter(officer__account__username="cc-0295").values_list("state", flat=True)
    )
    assert states == {"confirmed": 2, "returned": 1, "done": 1, "in_progress": 1, "given": 7}
    assert WorkAssignment.objects.late().exists()


def _authority_is_answered():
    """Every unit and everybody posted has an answer; gaps are left where no plan says anything."""
    lines = lines_at(list(Agency.objects.all()), timezone.localdate())
    gaps = [line for line in lines if line.answer.is_gap]
    assert {line.agency for line in lines} == set(Agency.objects.all())
    assert {line.posting.officer_id for line in lines if line.posting} == set(
        Officer.objects.values_list("pk", flat=True)
    )
    assert all(line.answer.reason for line in lines)
    assert {line.answer.hole for line in gaps} == {Hole.NO_TABLE, Hole.NO_ROW, Hole.OTHER_BLOCK}
    governed = [line for line in gaps if line.agency.block == "government"]
    assert {line.posting.position.code for line in governed} == {"pho-chu-tich-tinh"}
    answered = [line for line in lines if line.answer.officer and line.posting]
    assert len(answered) > 600
    assert all(line.answer.officer.pk != line.posting.officer_id for line in answered)


def _officers_sign_in(told):
    shown = personal.postings()
    assert len(shown) == len(personal.PLACES) == 12
    assert {posting.agency.block for posting in shown} == {"government", "party", "front"}
    assert {posting.role for posting in shown} == {"head", "deputy", "staff"}
    client = Client()
    for posting in shown:
        account = posting.officer.account
        assert account.username in told
        assert account.check_password(PASSWORD)
        # One of them also holds a role, and goes from the desk to their own pages and back.
        assert account.memberships.exists() == (account.username == work.HEAD)
        client.force_login(account)
        assert posting.officer.name in client.get("/cua-toi/").content.decode()


def _agencies_are_alive():
    assert agencies_in(CurrentRounds()).count() == 121
    by_state, late = counts_by_state(agencies_in(current_rounds()))
    states = {state: number for state, _label, number in by_state}
    assert states["approved"] > 80
    assert states["returned"] == 2
    # Not begun: the agency that the tour begins with, and the one whose only file was refused.
    assert states["none"] == 2
    assert 0 < late < 10
    assert min(states.values()) > 0
    assert ImportBatch.objects.filter(verdict="reject", error_count__gt=3).count() == 1
    sizes = [version.item_count for version in CatalogVersion.objects.frozen()]
    assert sum(sizes) > 3500
    assert sum(1 for size in sizes if size >= 30) > 80
    # The desk of the tour is clean.
    assert not CatalogVersion.objects.filter(catalog__agency__code="vp-hdnd").exists()
    assert CatalogVersion.objects.effective_on().filter(catalog__agency__code="thong-ke").count() == 1


def _dates_follow_each_other():
    now = timezone.now()
    for version in CatalogVersion.objects.select_related("catalog__agency", "round"):
        moments = [version.created_at, version.submitted_at, version.appraised_at, version.decided_at, now]
        known = [moment for moment in moments if moment]
        assert known == sorted(known), version
        if version.state in (VersionState.APPROVED, VersionState.APPRAISED):
            assert timezone.localdate(version.submitted_at) <= version.round.submit_by
        if version.decision_date:
            assert timezone.localdate(version.decided_at) == version.decision_date <= version.effective_from
    decisions = CatalogVersion.objects.frozen().order_by("decided_at").values_list("decision_number", flat=True)
    assert [int(number.split("/")[0]) for number in decisions] == list(range(95, 95 + len(decisions)))
    moments = list(AuditEvent.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)


def _frameworks_and_officers_are_there():
    frameworks = dict(CriteriaFramework.objects.listed().values_list("code", "state"))
    assert frameworks["nd335"] == frameworks["gia-lai-cong-chuc"] == DraftState.PUBLISHED
    assert (frameworks["tay-ninh"], frameworks["nghe-an"]) == (DraftState.WAITING, DraftState.DRAFT)
    assert set(Trial.objects.values_list("state", flat=True)) == {TrialState.DONE}
    assert Officer.objects.count() == Posting.objects.count() > 270
    deputy = Posting.objects.filter(role=PostingRole.DEPUTY, agency__code="so-noi-vu").first()
    assert set(Posting.objects.led_by(deputy, deputy.valid_from).values_list("agency__code", flat=True)) > {"so-noi-vu"}


def test_nothing_of_the_story_lies_ahead_of_the_day_of_loading():
    acts = acts_of([Agency(code=seed.code, kind=seed.kind) for seed in all_agencies()])

    assert min(act.days_ago for act in acts) > 0
    assert [act.days_ago for act in acts] == sorted((act.days_ago for act in acts), reverse=True)
    # Each has a minute of its own.
    assert max(Counter((act.days_ago, act.hour) for act in acts).values()) < 60


def test_without_debug_the_demo_is_refused(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not User.objects.filter(username="nhap-lieu").exists()
