"""Every door through which a framework is published leads through the same gate."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from cms.audit.models import AuditEvent
from cms.core.errors import DomainError
from cms.frameworks import actions, permissions
from cms.frameworks.errors import NotTried, OwnFramework
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, SourceConfirmation
from cms.organisations.actions import grant_membership
from cms.users.enums import Role
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, published, submitted, tried, version_of, written
from tests.integration.frameworks.posting import posted

pytestmark = pytest.mark.django_db
People = dict[str, User]
_BACKEND = "cms.organisations.backends.MembershipBackend"


def url(name: str, *arguments: Any) -> str:
    return reverse(f"wagtailsnippets_frameworks_criteriaframework:{name}", args=arguments)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=_BACKEND)
    return client


def versions(framework: CriteriaFramework) -> list[FrameworkVersion]:
    return list(framework.versions.order_by("number"))


def approve(framework: CriteriaFramework, by: User) -> Any:
    """Approve what waits, on the screen on which it is done."""
    step = framework.current_workflow_task_state
    address = url("workflow_action", framework.pk, "approve", step.pk)
    return signed_in(by).post(address, {"comment": "Đồng ý"})


def in_days(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


# What must not become a version: the draft as it stands when it comes to the gate


def not_tried(people: People) -> CriteriaFramework:
    return written(draft_of("nd335", effective_from=in_days(1)), people["editor"])


def changed_since_it_was_tried(people: People) -> CriteriaFramework:
    framework = not_tried(people)
    tried(framework, people["editor"])
    return written(framework, people["editor"], name="Tên khác")


def with_problems(people: People) -> CriteriaFramework:
    framework = not_tried(people)
    tried(framework, people["editor"])
    return written(framework, people["editor"], effective_from=None)


def written_by_the_approver(people: People) -> CriteriaFramework:
    framework = written(not_tried(people), people["approver"])
    tried(framework, people["editor"])
    return framework


def with_a_source_that_waits(people: People) -> CriteriaFramework:
    framework = not_tried(people)
    tried(framework, people["editor"])
    SourceConfirmation.objects.first().delete()  # type: ignore[union-attr]
    return framework


OBSTACLES = [
    not_tried, changed_since_it_was_tried, with_problems, written_by_the_approver, with_a_source_that_waits,
]  # fmt: skip


def through_the_workflow(framework: CriteriaFramework, people: People) -> None:
    approve(submitted(framework, people["editor"]), people["approver"])


def scheduled(framework: CriteriaFramework, people: People) -> None:
    draft = framework.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.save_revision(user=people["editor"])
    approve(submitted(framework, people["editor"]), people["approver"])


def through_a_later_day(framework: CriteriaFramework, people: People) -> None:
    scheduled(framework, people)
    the_day_comes()
    call_command("publish_scheduled")


def the_day_comes() -> None:
    """Let every day to go live that was approved be past."""
    past = timezone.now() - datetime.timedelta(minutes=1)
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
        revision.save()


def through_the_button(framework: CriteriaFramework, people: People) -> None:
    for person in ("approver", "editor"):
        form = posted(framework.get_latest_revision_as_object()) | {"action-publish": "1"}
        signed_in(people[person]).post(url("edit", framework.pk), form)


def through_the_models(framework: CriteriaFramework, people: People) -> None:
    with pytest.raises(DomainError):
        framework.get_latest_revision().publish(user=people["approver"])


DOORS = [through_the_workflow, through_a_later_day, through_the_button, through_the_models]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_no_door_lets_through(
    people: People, obstacle: Callable[[People], CriteriaFramework], door: Callable[..., None]
) -> None:
    framework = obstacle(people)

    door(framework, people)

    assert versions(framework) == []
    assert not CriteriaFramework.objects.get(pk=framework.pk).live


def test_the_button_is_nobodys_even_for_a_good_draft(people: People) -> None:
    framework = not_tried(people)
    tried(framework, people["editor"])

    through_the_button(framework, people)

    assert versions(framework) == []


# What does become one


def ready(people: People) -> CriteriaFramework:
    framework = not_tried(people)
    tried(framework, people["editor"])
    return framework


def test_approval_by_the_second_person_freezes_a_version(people: People) -> None:
    framework = submitted(ready(people), people["editor"])

    approve(framework, people["approver"])

    (version,) = versions(framework)
    assert (version.number, version.published_by) == (1, people["approver"])
    assert CriteriaFramework.objects.get(pk=framework.pk).live
    event = AuditEvent.objects.filter(action="framework.publish").get()
    assert event.after["hash"] == version.content_hash


def test_a_refused_approval_says_why_and_leaves_it_waiting(people: People) -> None:
    framework = submitted(not_tried(people), people["editor"])

    answer = approve(framework, people["approver"])

    shown = signed_in(people["approver"]).get(answer.url) if answer.status_code == 302 else answer
    assert answer.status_code == 302
    assert shown.status_code == 200
    assert CriteriaFramework.objects.get(pk=framework.pk).current_workflow_task_state is not None


def test_who_is_editor_and_approver_at_once_does_not_approve_what_they_wrote(
    people: People, province: Province
) -> None:
    grant_membership(by=None, user=people["approver"], role=Role.EDITOR, agency=province.home_affairs)
    person = User.objects.get(pk=people["approver"].pk)
    framework = written(draft_of("nd335"), person)
    tried(framework, person)

    with pytest.raises(OwnFramework):
        framework.get_latest_revision().publish(user=person)
    form = posted(framework) | {"action-publish": "1"}
    signed_in(person).post(url("edit", framework.pk), form)
    approve(submitted(framework, person), person)

    assert versions(framework) == []


def test_a_later_day_makes_the_version_on_that_day(people: People) -> None:
    framework = ready(people)

    through_a_later_day(framework, people)

    (version,) = versions(framework)
    assert version.published_by is None
    assert AuditEvent.objects.filter(action="framework.publish").count() == 1


def test_what_can_no_longer_be_published_on_its_day_is_not_and_holds_nothing_up(people: People) -> None:
    scheduled(framework := ready(people), people)
    other = written(draft_of("gia-lai-to-chuc", effective_from=in_days(1)), people["editor"])
    tried(other, people["editor"])
    scheduled(other, people)
    version_of(framework, effective_from="2030-01-01")
    the_day_comes()

    call_command("publish_scheduled")

    assert [each.effective_from.year for each in versions(framework)] == [2030]
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert AuditEvent.objects.filter(action="framework.give_up").get().reason
    assert len(versions(other)) == 1


def test_nothing_is_frozen_before_the_day(people: People) -> None:
    framework = ready(people)

    scheduled(framework, people)
    call_command("publish_scheduled")

    assert versions(framework) == []


def test_the_same_content_again_is_no_new_version(people: People) -> None:
    framework = ready(people)
    approve(submitted(framework, people["editor"]), people["approver"])
    framework = written(framework, people["editor"])

    approve(submitted(framework, people["editor"]), people["approver"])

    assert len(versions(framework)) == 1


def test_an_earlier_draft_brought_back_needs_its_trial_like_any(people: People) -> None:
    framework = not_tried(people)
    earlier = framework.get_latest_revision()
    framework = written(framework, people["editor"], name="Tên khác")
    tried(framework, people["editor"])

    form = posted(earlier.as_object()) | {"revision": earlier.pk}
    signed_in(people["editor"]).post(url("edit", framework.pk), form)
    brought_back = CriteriaFramework.objects.get(pk=framework.pk)

    assert brought_back.get_latest_revision_as_object().name == earlier.as_object().name
    with pytest.raises(NotTried):
        actions.require_publishable(brought_back.get_latest_revision_as_object())


def test_an_editor_who_wrote_in_an_earlier_version_alone_may_approve_the_next(people: People) -> None:
    framework = written(draft_of("nd335"), people["approver"])
    version_of(framework)
    framework = written(framework, people["editor"], effective_from="2027-01-01")
    tried(framework, people["editor"])

    approve(submitted(framework, people["editor"]), people["approver"])

    assert [each.number for each in versions(framework)] == [1, 2]


def as_editor_too(person: User, province: Province) -> User:
    grant_membership(by=None, user=person, role=Role.EDITOR, agency=province.home_affairs)
    return User.objects.get(pk=person.pk)


def test_who_wrote_a_draft_does_not_approve_a_copy_of_it(people: People, province: Province) -> None:
    author = as_editor_too(people["approver"], province)
    begun = actions.copy(
        by=people["editor"], framework=written(draft_of("nd335"), author), code="ban-sao", name="Bản sao"
    )
    again = actions.copy(by=people["editor"], framework=begun, code="ban-sao-2", name="Bản sao 2")

    for copied in (begun, again):
        copied = written(copied, people["editor"], effective_from="2027-01-01")
        tried(copied, people["editor"])
        approve(submitted(copied, people["editor"]), author)
        assert versions(copied) == []


def test_who_wrote_a_version_that_was_published_approves_what_is_made_of_it(people: People, province: Province) -> None:
    author = as_editor_too(people["approver"], province)
    version_of(framework := written(draft_of("nd335"), author))

    copied = actions.copy(by=people["editor"], framework=framework, code="ban-sao", name="Bản sao")
    communes = {"categories": ["civil_servant"], "roles": [], "position_groups": [], "kinds": ["commune"]}
    copied = written(copied, people["editor"], effective_from="2027-01-01", applies_to=communes)
    tried(copied, people["editor"])
    approve(submitted(copied, people["editor"]), author)

    assert [each.number for each in versions(copied)] == [1]


def test_who_wrote_an_earlier_draft_does_not_approve_it_when_somebody_brings_it_back(
    people: People, province: Province
) -> None:
    author = as_editor_too(people["approver"], province)
    framework = written(draft_of("nd335"), author, name="Tên của người duyệt")
    earlier = framework.get_latest_revision()
    framework = written(framework, people["editor"], name="Tên khác")
    version_of(framework)
    assert not permissions.is_own_work(author, framework)

    signed_in(people["editor"]).post(url("revisions_revert", framework.pk, earlier.pk), posted(earlier.as_object()))

    framework = CriteriaFramework.objects.get(pk=framework.pk)
    assert framework.get_latest_revision_as_object().name == "Tên của người duyệt"
    assert permissions.is_own_work(author, framework)


# What cannot be undone


def test_a_published_framework_is_neither_taken_back_nor_deleted(people: People) -> None:
    framework = published("nd335").framework

    for person in ("editor", "approver"):
        for name in ("unpublish", "delete"):
            signed_in(people[person]).post(url(name, framework.pk))
        signed_in(people[person]).post(f"/admin/bulk/frameworks/criteriaframework/delete/?id={framework.pk}")

    assert CriteriaFramework.objects.get().live
    with pytest.raises(DomainError):
        framework.unpublish()


_COLUMNS = {
    "content": "'{{}}'", "content_hash": "'x'", "number": "7", "name": "'x'", "effective_from": "'2020-01-01'",
    "effective_to": "'2020-01-01'", "published_at": "'2020-01-01'",
}  # fmt: skip


@pytest.mark.parametrize("column", _COLUMNS)
def test_sql_changes_no_column_of_a_version(column: str) -> None:
    version = published("nd335")
    sql = f"UPDATE frameworks_frameworkversion SET {column} = {_COLUMNS[column].format()} WHERE id = {version.pk}"

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert FrameworkVersion.objects.get() == version


def test_neither_sql_nor_the_orm_removes_or_changes_a_version() -> None:
    version = published("nd335")
    found = FrameworkVersion.objects.filter(pk=version.pk)

    def by_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM frameworks_frameworkversion WHERE id = {version.pk}")

    attempts: list[Callable[[], object]] = [
        by_sql, version.delete, found.delete, lambda: found.update(content="{}"),
        lambda: FrameworkVersion.objects.bulk_update([FrameworkVersion(pk=version.pk, number=9)], ["number"]),
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert found.get().content_hash == version.content_hash
