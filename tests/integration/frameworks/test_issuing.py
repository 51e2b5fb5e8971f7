"""A version of the province holds once the People's Committee's decision is recorded, by who may."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.frameworks import actions
from cms.frameworks.bases import suspended_from
from cms.frameworks.conversion import definition_data
from cms.frameworks.effect import holding
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, IssuingDecision
from cms.organisations.actions import grant_membership
from cms.scoring.definition import read_definition
from cms.users.enums import Role
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, issued, published, version_of

pytestmark = pytest.mark.django_db
People = dict[str, User]
FIRST = datetime.date(2026, 1, 1)
ADDRESS = "/khung-tieu-chi/nd335/1/"
API = "/api/v1/frameworks/nd335/versions/1/"


def frozen(framework: CriteriaFramework | None = None, *, by: User | None = None, **changes: Any) -> FrameworkVersion:
    """Publish a version that waits for its decision."""
    framework = framework or draft_of("nd335", effective_from=FIRST.isoformat())
    definition, problems = read_definition(definition_data(framework) | changes)
    assert definition is not None, problems
    CriteriaFramework.objects.filter(pk=framework.pk).update(live=True, first_published_at=timezone.now())
    return actions.freeze(framework, definition, by=by)


def issue(by: User, version: FrameworkVersion, **changes: Any) -> IssuingDecision:
    given = {"number": "12/QĐ-UBND", "signed_on": datetime.date(2025, 12, 20), "signer": "Chủ tịch"}
    return actions.issue_version(by=by, version=version, **{"effective_from": version.effective_from} | given | changes)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def test_a_version_holds_once_it_is_issued(people: People) -> None:
    version = frozen()
    assert holding(version.framework).version is None

    decision = issue(people["provincial_approver"], version)

    assert holding(version.framework).version == version
    event = AuditEvent.objects.get(action="framework.issue")
    assert event.after["number"] == decision.number == "12/QĐ-UBND"
    assert (event.after["hash"], event.after["signed_on"]) == (version.content_hash, "2025-12-20")


def test_until_then_the_version_before_goes_on(people: People) -> None:
    first = published("nd335")
    second = frozen(first.framework, name="Khung sửa đổi")
    assert holding(first.framework).version == first
    before = timezone.now()

    issue(people["provincial_approver"], second)

    assert holding(first.framework).version == second
    asked = FrameworkVersion.objects.effective_on(published_before=before)
    assert list(asked) == [first]


def test_an_agencys_own_holds_with_its_base_and_is_suspended_by_issued_bases_alone(
    people: People, province: Province, time_machine: Any
) -> None:
    base = frozen()
    draft = actions.specialise(
        by=people["editor"], framework=base.framework, agency=province.statistics, code="rieng", name="Khung riêng"
    )
    own = version_of(draft)
    assert holding(draft).version is None
    issue(people["provincial_approver"], base)
    assert holding(draft).version == own

    moved = frozen(base.framework, name="Khung sau")
    assert moved.confirm_by is not None
    time_machine.move_to(
        datetime.datetime.combine(moved.confirm_by + datetime.timedelta(days=9), datetime.time(12), datetime.UTC)
    )
    assert holding(draft).version == own
    issue(people["provincial_approver"], moved)
    assert (holding(draft).version, holding(draft).suspended) == (moved, own)
    # It was issued after the day of confirming: the days before stay as they were.
    assert holding(draft, moved.confirm_by + datetime.timedelta(days=8)).version == own
    assert suspended_from(moved) == timezone.localdate()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": "  "}, "Quyết định phải có số và người ký"),
        ({"signer": ""}, "Quyết định phải có số và người ký"),
        ({"signed_on": datetime.date(2100, 1, 1)}, "chưa đến"),
        ({"signed_on": datetime.date(2026, 1, 2)}, "ký sau ngày có hiệu lực"),
        ({"effective_from": datetime.date(2026, 2, 1)}, "khác ngày của phiên bản (01/01/2026)"),
    ],
)
def test_bad_decisions_are_refused_and_nothing_is_recorded(people: People, given: Any, said: str) -> None:
    version = frozen()

    with pytest.raises(DomainError) as refusal:
        issue(people["provincial_approver"], version, **given)

    assert said in str(refusal.value)
    assert not IssuingDecision.objects.exists()
    assert holding(version.framework).version is None


def test_a_version_for_days_that_were_over_may_be_signed_after_them(people: People) -> None:
    draft = draft_of("nd335", effective_from=FIRST.isoformat())
    draft.backdating_reason = "Theo kế hoạch"
    version = frozen(draft)

    assert issue(people["provincial_approver"], version, signed_on=datetime.date(2026, 1, 9)).pk


def test_nothing_is_issued_twice_backwards_or_for_an_agencys_own(people: People, province: Province) -> None:
    first = frozen()
    second = frozen(first.framework, name="Khung sau")
    own = version_of(
        actions.specialise(
            by=people["editor"], framework=first.framework, agency=province.statistics, code="rieng", name="Riêng"
        )
    )
    issue(people["provincial_approver"], second)

    for version, said in ((second, "đã được ban hành"), (first, "phiên bản sau"), (own, "không cần quyết định riêng")):
        with pytest.raises(WrongState, match=said):
            issue(people["provincial_approver"], version)


@pytest.mark.parametrize("role", ["editor", "approver", "agency_head", "technical_admin", "nobody"])
def test_only_the_provincial_approver_issues(people: People, role: str) -> None:
    version = frozen()

    with pytest.raises(NotAllowed):
        issue(people[role], version)


def test_who_wrote_or_published_it_issues_nothing(people: People, province: Province) -> None:
    grant_membership(by=None, user=people["approver"], role=Role.PROVINCIAL_APPROVER, agency=province.root)

    with pytest.raises(NotAllowed, match="người khác ghi nhận"):
        issue(User.objects.get(pk=people["approver"].pk), frozen(by=people["approver"]))


@pytest.mark.one_database("the triggers of each database are the same list")
def test_the_database_refuses_changes(people: People) -> None:
    version = frozen()
    issue(people["provincial_approver"], version)

    for statement in (
        "UPDATE frameworks_issuingdecision SET number = 'x'",
        "DELETE FROM frameworks_issuingdecision",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_it_is_recorded_on_a_screen_and_shown_there_in_public_and_in_the_api(people: People) -> None:
    version, chair = frozen(), signed_in(people["provincial_approver"])
    assert "chờ quyết định ban hành" in chair.get(reverse("frameworks:issuing")).text
    assert "Đang chờ quyết định của Ủy ban nhân dân" in Client().get(ADDRESS).text
    assert "chờ quyết định ban hành" in Client().get("/khung-tieu-chi/").text
    waiting = Client().get(API)
    assert (waiting.json()["waits_for_decision"], waiting.json()["decision"]) == (True, None)

    form = {"number": "34/QĐ-UBND", "signed_on": "20/12/2025", "signer": "Chủ tịch", "effective_from": "01/01/2026"}
    answer = chair.post(reverse("frameworks:issue", args=[version.pk]), form)

    assert answer.status_code == 302
    shown = "Số 34/QĐ-UBND ngày 20/12/2025, người ký: Chủ tịch, hiệu lực từ 01/01/2026"
    assert shown in Client().get(ADDRESS).text
    screen = reverse("frameworks:version", args=[version.framework_id, 1])
    assert shown in signed_in(people["editor"]).get(screen).text
    issued_now = Client().get(API, headers={"if-none-match": waiting.headers["ETag"]})
    assert issued_now.status_code == 200
    assert issued_now.json()["waits_for_decision"] is False
    reported = issued_now.json()["decision"]
    assert (reported["number"], reported["signed_on"], reported["signer"]) == ("34/QĐ-UBND", "2025-12-20", "Chủ tịch")


def test_a_form_without_number_loses_nothing(people: People) -> None:
    version, chair = frozen(), signed_in(people["provincial_approver"])
    form = {"number": "", "signed_on": "20/12/2025", "signer": "Chủ tịch", "effective_from": "01/01/2026"}

    answer = chair.post(reverse("frameworks:issue", args=[version.pk]), form)

    assert (answer.status_code, IssuingDecision.objects.count()) == (200, 0)
    assert 'value="Chủ tịch"' in answer.text


def test_versions_of_before_hold_and_no_page_says_who_issued_them(client: Client) -> None:
    version = frozen()
    IssuingDecision.objects.create(
        version=version, effective_from=version.effective_from, recorded_at=version.published_at
    )

    assert holding(version.framework).version == version
    assert "Công bố trước khi hệ thống ghi nhận quyết định" in client.get(ADDRESS).text
    assert (client.get(API).json()["decision"], client.get(API).json()["waits_for_decision"]) == (None, False)


def test_the_list_asks_as_much_for_many(people: People) -> None:
    issued(frozen())
    chair = signed_in(people["provincial_approver"])
    chair.get(reverse("frameworks:issuing"))
    with CaptureQueriesContext(connection) as few:
        chair.get(reverse("frameworks:issuing"))
    for code in ("nghe-an", "tay-ninh", "lao-cai"):
        frozen(draft_of(code, effective_from=FIRST.isoformat()))
    with CaptureQueriesContext(connection) as many:
        chair.get(reverse("frameworks:issuing"))

    assert len(few) == len(many)


def test_who_records_decisions_hears_what_waits_and_finds_it_on_the_first_screen(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        version = frozen(by=people["approver"])
    (message,) = mail.outbox
    assert message.to == [people["provincial_approver"].email]
    assert f"/admin/frameworks/issuing/{version.pk}/" in message.body
    assert "01/01/2026" in message.body

    home = signed_in(people["provincial_approver"])
    assert "Khung chờ quyết định ban hành" in home.get("/admin/").content.decode()
    issue(people["provincial_approver"], version)
    assert "Khung chờ quyết định ban hành" not in home.get("/admin/").content.decode()


def test_a_version_that_is_issued_already_is_sent_to_nobody(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        issue(people["provincial_approver"], frozen())
    assert mail.outbox == []
