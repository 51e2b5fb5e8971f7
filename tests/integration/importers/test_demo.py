"""The demo province: a story that holds together, made once, and never where it would be dangerous."""

import io
from collections import Counter

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from catalog_pages.admin.progress import counts_by_state
from cms.assignments.enums import WorkSource
from cms.assignments.models import Claim, Evidence, HandOver, PlanTask, Signal, WorkAssignment, WorkProposal, WorkRule
from cms.audit.models import AuditEvent
from cms.catalogs.enums import VersionState
from cms.catalogs.models import Catalog, CatalogItem, CatalogRound, CatalogVersion
from cms.catalogs.progress import agencies_in
from cms.catalogs.rounds import CurrentRounds, current_rounds
from cms.changesets.enums import Answer, SetState
from cms.changesets.models import ChangeSet, Proposal
from cms.curation.common import members_in_force
from cms.curation.enums import LinkOrigin
from cms.curation.models import CommonLink, LikePair
from cms.evaluations.cap_board import cap_board
from cms.evaluations.models import Evaluation, Objection, Period, Procedure, Result
from cms.frameworks.enums import DraftState, TrialState
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, Trial
from cms.organisations.authority import lines_at
from cms.organisations.enums import Block, Hole, PostingRole
from cms.organisations.models import Agency, Officer, Position, PositionGroup, Posting
from cms.users.models import User
from importers.demo import clock, organisation_evaluations, personal, quarter, work
from importers.demo.agencies import all_agencies
from importers.demo.catalogs import acts_of
from importers.demo.load import PASSWORD
from importers.models import ImportBatch

pytestmark = pytest.mark.django_db


def counts():
    """Return how many there are of what the demo makes."""
    made = (Agency, User, CatalogVersion, ImportBatch, CriteriaFramework, FrameworkVersion, Trial, PositionGroup)
    made += (Position, Officer, Posting, Page)
    return [model.objects.count() for model in (*made, AuditEvent)]


# Loaded once for all that is asked of it: it takes most of a minute.
def test_the_demo_is_a_province_whose_dates_and_numbers_agree(settings, capsys):
    settings.DEBUG = True
    call_command("load_demo")

    _agencies_are_alive()
    _dates_follow_each_other()
    _frameworks_and_officers_are_there()
    _authority_is_answered()
    _the_public_face_is_built()
    for check in ("verify_audit", "verify_published", "verify_counts"):
        call_command(check, stdout=io.StringIO())
    first = counts()
    call_command("load_demo")
    assert counts() == first
    reported = capsys.readouterr().out
    assert "http://localhost:8000/admin/" in reported
    _officers_sign_in(reported)
    _work_stands_in_every_state()
    _a_month_of_work_is_alive()
    _a_quarter_was_evaluated_to_its_end()
    _organisations_were_recognised()
    _evidence_and_procedures_are_there()
    _the_party_appraises_its_own()
    _the_party_has_its_own_deadlines()
    _the_common_list_is_alive()


def _the_common_list_is_alive():
    """Works of many lists stand in it, with conflicts of coefficients in every state that an editor meets."""
    version = CatalogVersion.objects.effective_on().get(catalog__agency__depth=1)
    promoted = CommonLink.objects.standing().filter(origin=LinkOrigin.PROMOTED)
    assert 30 <= promoted.count() <= 100
    assert set(promoted.values_list("common", flat=True)) <= set(version.items.values_list("identity", flat=True))
    assert CommonLink.objects.filter(origin=LinkOrigin.TAKEN_OVER, catalog__agency__code="xa-088").exists()
    members = members_in_force([item.identity for item in version.items.all()])
    assert sum(len(items) >= 10 for items in members.values()) > 20
    assert LikePair.objects.waiting().exists()
    assert set(ChangeSet.objects.values_list("state", flat=True)) == set(SetState.values)
    assert set(Proposal.objects.exclude(answer="").values_list("answer", flat=True)) == set(Answer.values)
    assert Proposal.objects.filter(change_set=None, answer="").exists()
    released = CatalogVersion.objects.filter(number=2, state=VersionState.APPROVED).exclude(catalog=version.catalog)
    assert released.count() == Proposal.objects.filter(change_set__state=SetState.RELEASED).count() > 1
    client = Client()
    assert f"{version.item_count} mục" in client.get(version.catalog.page.get_url()).content.decode()
    link = promoted.filter(catalog__in=CatalogVersion.objects.effective_on().values("catalog")).first()
    item = version.items.get(identity=link.common)
    shown = client.get(link.catalog.page.get_url(), {"q": item.name}).content.decode()
    assert f"Thuộc Danh mục chung: {item.code} {item.name}" in shown


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
    now = WorkAssignment.objects.filter(month__gt=clock.evaluated_quarter().last_day)
    states = Counter(now.filter(officer__account__username="cc-0295").values_list("state", flat=True))
    assert states == {"confirmed": 2, "returned": 1, "done": 1, "in_progress": 1, "given": 7}
    assert WorkAssignment.objects.late().exists()


def _a_month_of_work_is_alive():
    """By all three ways in, with what a month brings beside the work itself."""
    now = WorkAssignment.objects.filter(month__gt=clock.evaluated_quarter().last_day)
    assert {each.value for each in (WorkSource.TYPED, WorkSource.EXCEL, WorkSource.API)} <= set(
        now.values_list("source", flat=True)
    )
    of_department = PlanTask.objects.filter(agency__code=personal.DEPARTMENT)
    assert set(of_department.values_list("state", flat=True)) == {"given", "in_progress", "reported", "confirmed"}
    assert of_department.filter(is_key=True, due_on__lt=timezone.localdate(), state="in_progress").exists()
    assert WorkRule.objects.get().pieces.exists()
    assert HandOver.objects.count() == WorkProposal.objects.count() == 1
    assert Signal.objects.filter(kind="same_words").exists()


def _a_quarter_was_evaluated_to_its_end():
    """Thirty people, three months and the quarter: with what may happen on the way."""
    reported = clock.evaluated_quarter()
    periods = Period.objects.filter(subject_kind="officer", last_day__lte=reported.last_day)
    assert Counter(periods.values_list("kind", flat=True)) == {"month": 3, "quarter": 1}
    assert all(period.is_locked and period.evaluations.count() == 30 for period in periods)
    assert not Result.objects.filter(evaluation__period__in=periods, frozen_at=None).exists()
    longer = periods.get(kind="quarter")
    levels = Counter(longer.evaluations.values_list("level", flat=True))
    assert levels == {"excellent": 3, "good": 25, "completed": 1, "not_completed": 1}
    over = longer.evaluations.get(officer__code="CC-0302")
    assert (over.results.get().level, over.level) == ("excellent", "good") and over.acts.get(act="decide").words
    group = next(each for each in cap_board(longer) if each.position_group == "chuyen-mon-nghiep-vu")
    assert (group.holding, group.allowance, group.decided) == (2, 1, 1)
    objection = Objection.objects.get()
    assert list(objection.evaluation.results.order_by("number").values_list("level", flat=True)) == [
        "completed",
        "good",
    ]
    assert (
        objection.outcome == "changed"
        and Claim.objects.filter(work__month=reported.first_day, state="accepted").exists()
    )
    assert Evaluation.objects.exclude(absence="").filter(period__in=periods).count() == 1


def _organisations_were_recognised():
    decided = (
        Evaluation.objects.filter(period__subject_kind="organisation").decided().select_related("decider__account")
    )
    assert dict(decided.values_list("organisation__code", "level")) == {
        organisation_evaluations.DEPARTMENT: "excellent", organisation_evaluations.COMMUNE: "completed",
        organisation_evaluations.PARTY: "good",
    }  # fmt: skip
    by = {each.organisation.code: each.decider.account.username for each in decided}
    assert by[organisation_evaluations.DEPARTMENT] == by[organisation_evaluations.COMMUNE] == personal.CHAIRMAN
    assert by[organisation_evaluations.PARTY] == "cc-0254"


def _evidence_and_procedures_are_there():
    own = WorkAssignment.objects.filter(officer__account__username=work.REPORTER)
    assert Evidence.objects.filter(work__in=own).count() == 3
    assert set(Claim.objects.values_list("state", flat=True)) == {"accepted", "made"}
    issued = Procedure.objects.in_force(timezone.localdate())
    assert {each.code for each in issued} == {"dinh-ky", "hang-nam", "to-chuc"}
    assert all(each.written_by_id != each.issued_by_id for each in issued)
    judged = Evaluation.objects.filter(period__subject_kind="officer")
    assert judged.count() == 150
    assert set(judged.values_list("procedure__code", flat=True)) == {"dinh-ky"}


def _the_public_face_is_built():
    home = Client().get("/").content.decode()
    assert 'id="tien-do"' in home
    for title in ("Giới thiệu", "Hỏi đáp", "Tin tức", "Công bố số liệu về danh mục của các cơ quan"):
        assert title in home
    assert Client().get("/tin-tuc/").status_code == Client().get("/gioi-thieu/").status_code == 200


def _authority_is_answered():
    """Every unit and everybody posted has an answer; gaps are left where no plan says anything."""
    lines = lines_at(list(Agency.objects.all()), timezone.localdate())
    gaps = [line for line in lines if line.answer.is_gap]
    assert {line.agency for line in lines} == set(Agency.objects.all())
    assert {line.posting.officer_id for line in lines if line.posting} == set(
        Officer.objects.values_list("pk", flat=True)
    )
    assert all(line.answer.reason for line in lines)
    assert {line.answer.hole for line in gaps} == {Hole.NO_ROW, Hole.OTHER_BLOCK}
    # No agency of their block stands above them: a decision has to name who manages them, as it does for two others.
    without_manager = [line for line in gaps if line.agency.block != "government"]
    assert {line.agency.code for line in without_manager} == {"ban-to-chuc", "mttq"}
    assert {line.posting.role for line in without_manager if line.posting} == {"head"}
    governed = [line for line in gaps if line.agency.block == "government"]
    assert {line.posting.position.code for line in governed} == {"pho-chu-tich-tinh"}
    answered = [line for line in lines if line.answer.officer and line.posting]
    assert len(answered) > 600
    assert all(line.answer.officer.pk != line.posting.officer_id for line in answered)


def _officers_sign_in(reported):
    shown = personal.postings()
    assert len(shown) == len(personal.PLACES) == 13
    assert {posting.agency.block for posting in shown} == set(Block.values)
    assert {posting.role for posting in shown} == {"head", "deputy", "staff"}
    client = Client()
    for posting in shown:
        account = posting.officer.account
        assert account.username in reported
        assert account.check_password(PASSWORD)
        # Two of them also hold a role, and go from the desk to their own pages and back.
        assert account.memberships.exists() == (account.username in (personal.HEAD, personal.CHAIRMAN))
        client.force_login(account)
        assert posting.officer.name in client.get("/cua-toi/").content.decode()


def _agencies_are_alive():
    assert agencies_in(CurrentRounds()).count() == 122
    by_state, late = counts_by_state(agencies_in(current_rounds()))
    states = {state: number for state, _label, number in by_state}
    assert states["approved"] > 80
    assert states["returned"] == 2
    # Not begun: the agency alone that the tour begins with.
    assert states["none"] == 1
    assert Catalog.objects.filter(versions__isnull=False).distinct().count() == 121
    assert 0 < late < 10
    assert min(states.values()) > 0
    assert ImportBatch.objects.filter(verdict="reject", error_count__gt=3).count() == 1
    sizes = [version.item_count for version in CatalogVersion.objects.frozen()]
    assert sum(1 for size in sizes if size >= 40) > 80
    assert CatalogItem.objects.exclude(version__number=2).count() > 5000
    _lists_name_and_weigh_works_as_real_ones_do()
    # The desk of the tour is clean.
    assert not CatalogVersion.objects.filter(catalog__agency__code="vp-hdnd").exists()
    assert CatalogVersion.objects.effective_on().filter(catalog__agency__code="thong-ke").count() == 1


def _lists_name_and_weigh_works_as_real_ones_do():
    """The same work in many words and at many weights, with hours in some lists, beside works that look alike."""
    frozen = CatalogItem.objects.filter(version__state=VersionState.APPROVED)
    one_work = frozen.filter(name__in=["Phân loại, đề xuất xử lý đơn", "Thực hiện phân loại, đề xuất xử lý đơn",
                                       "Phân loại, đề xuất xử lý đơn theo quy định"])  # fmt: skip
    assert one_work.values("name").distinct().count() > 1
    assert one_work.values("coefficient").distinct().count() > 2
    assert frozen.filter(hours__isnull=False).count() > 500
    for near, other in (("cấp tỉnh", "cấp xã"), ("quý", "năm"), ("Thẩm định", "Thẩm tra")):
        assert frozen.filter(name__contains=near).exists() and frozen.filter(name__contains=other).exists()


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
    # One decision releases the versions of a whole change set.
    numbers = [int(number.split("/")[0]) for number in dict.fromkeys(decisions)]
    assert numbers == list(range(95, 95 + len(numbers)))
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


@pytest.mark.parametrize("day", ["2026-11-24", "2027-01-26", "2027-02-10", "2027-03-31"])
def test_nothing_of_the_story_lies_ahead_of_the_day_of_loading(day):
    with time_machine.travel(f"{day}T08:00+07:00"):
        of_catalogs = acts_of([Agency(code=seed.code, kind=seed.kind) for seed in all_agencies()])
        acts = [*of_catalogs, *quarter.acts(), *organisation_evaluations.acts()]
        made = clock.made()

    assert min(act.days_ago for act in acts) > 0
    assert max(act.days_ago for act in acts) < made - 3
    # Each has a minute of its own.
    assert max(Counter((act.days_ago, act.hour) for act in acts).values()) < 60


def test_without_debug_the_demo_is_refused(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not User.objects.filter(username="nhap-lieu").exists()
