"""Which version holds on a day, and what is said and asked before days that are over get another rule."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import DomainError
from cms.frameworks import actions
from cms.frameworks.effect import notices_before_publishing
from cms.frameworks.errors import NotConfirmed
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.users.models import User
from tests.factories.frameworks import draft_of, published, submitted, tried, version_of, written

pytestmark = pytest.mark.django_db
People = dict[str, User]
REASON = "Công văn giao chỉ tiêu từ đầu năm"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def holding(day: str) -> list[int]:
    on = datetime.date.fromisoformat(day)
    return list(FrameworkVersion.objects.effective_on(on).values_list("number", flat=True))


def with_an_end() -> CriteriaFramework:
    """Return a framework whose second version, from June to September, took the place of one without end."""
    framework = published("nd335").framework
    version_of(framework, effective_from="2026-06-01", effective_to="2026-09-30")
    return framework


def test_what_was_superseded_does_not_come_back_when_its_successor_ends() -> None:
    with_an_end()

    assert [holding(day) for day in ("2026-05-31", "2026-06-01", "2026-09-30", "2026-10-01")] == [[1], [2], [2], []]


def test_the_public_page_and_the_calculation_say_the_same() -> None:
    with_an_end()

    page = Client().get("/khung-tieu-chi/nd335/1/").content.decode()
    answer = Client().post(
        "/api/v1/scores/preview/", {"framework": "nd335", "subjects": []}, content_type="application/json"
    )

    assert "Đang có hiệu lực" not in page
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unknown_framework")


def test_gaps_and_what_does_not_come_back_are_told_before_publishing(people: People) -> None:
    framework = published("nd335").framework
    definition = version_of(draft_of("mau-01", effective_from="2026-06-01", effective_to="2026-09-30")).definition

    assert notices_before_publishing(framework, definition) == [
        "Phiên bản 1 chỉ còn áp dụng đến hết ngày 31/05/2026 và không tự áp dụng trở lại.",
        "Từ ngày 01/10/2026 không có phiên bản nào áp dụng cho đến khi công bố phiên bản tiếp theo.",
    ]
    version_of(framework, effective_from="2026-06-01", effective_to="2026-09-30")
    later = version_of(draft_of("nghe-an", effective_from="2026-11-01")).definition
    assert notices_before_publishing(framework, later) == [
        "Từ ngày 01/10/2026 đến ngày 31/10/2026 không có phiên bản nào áp dụng."
    ]


def backdated(people: People, **changes: Any) -> CriteriaFramework:
    """Return a draft for days that are over, tried and waiting for approval."""
    framework = draft_of("nd335", effective_from="1900-01-01")
    draft = framework.get_latest_revision_as_object()
    draft.backdating_reason = changes.get("reason", REASON)
    draft.save_revision(user=people["editor"])
    framework = CriteriaFramework.objects.get(pk=framework.pk)
    tried(framework, people["editor"])
    return submitted(framework, people["editor"])


def approve(framework: CriteriaFramework, by: User, **form: str) -> str:
    answer = signed_in(by).post(
        reverse("frameworks:review", args=[framework.pk]), {"act": "approve", **form}, follow=True
    )
    return answer.content.decode()


def test_days_that_are_over_need_a_reason(people: People) -> None:
    framework = backdated(people, reason=" ")

    found = actions.problems_of(framework.get_latest_revision_as_object())
    approve(framework, people["approver"], backdating="yes")

    assert [(each.path, each.code) for each in found] == [("effective_from", "backdated_without_reason")]
    assert not framework.versions.exists()


def test_days_that_are_over_need_the_approvers_own_word_and_mark_the_version_for_ever(people: People) -> None:
    framework = backdated(people)
    page = signed_in(people["approver"]).get(reverse("frameworks:review", args=[framework.pk])).content.decode()
    assert REASON in page
    assert 'name="backdating"' in page

    assert "Hãy xác nhận khung áp dụng cho cả thời gian đã qua." in approve(framework, people["approver"])
    assert not framework.versions.exists()
    approve(framework, people["approver"], backdating="yes")

    (version,) = framework.versions.all()
    assert version.backdating_reason == REASON
    assert AuditEvent.objects.get(action="framework.confirm_backdating").reason == REASON
    assert REASON in Client().get("/khung-tieu-chi/nd335/1/").content.decode()
    assert Client().get("/api/v1/frameworks/nd335/versions/1/").json()["backdating_reason"] == REASON


def test_no_other_door_publishes_for_days_that_are_over(people: People) -> None:
    framework = backdated(people)

    with pytest.raises(NotConfirmed):
        framework.get_latest_revision().publish(user=people["approver"])

    assert not framework.versions.exists()


def test_what_was_confirmed_is_what_the_draft_said_then(people: People) -> None:
    framework = backdated(people)
    actions.confirm_backdating(by=people["approver"], draft=framework.get_latest_revision_as_object())

    changed = written(framework, people["editor"], name="Tên khác")
    tried(changed, people["editor"])

    with pytest.raises(NotConfirmed):
        changed.get_latest_revision().publish(user=people["approver"])


def test_who_may_not_publish_confirms_nothing(people: People) -> None:
    framework = backdated(people)

    for person in ("editor", "agency_head"):
        with pytest.raises(DomainError):
            actions.confirm_backdating(by=people[person], draft=framework.get_latest_revision_as_object())

    assert not CriteriaFramework.objects.get(pk=framework.pk).backdating_confirmed


def test_a_day_that_begins_today_is_not_over(people: People) -> None:
    framework = draft_of("nd335", effective_from=timezone.localdate().isoformat())

    assert actions.problems_of(framework.get_latest_revision_as_object()) == []
