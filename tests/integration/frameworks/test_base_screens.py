"""Screens on which the moving of a base is seen and answered: approval, list, editor, first screen, public page."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.frameworks import actions, conversion
from cms.frameworks.models import BaseConfirmation, CriteriaFramework, FrameworkVersion
from cms.frameworks.views import following
from cms.organisations.models import Agency
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import published, submitted, tried, version_of, written

pytestmark = pytest.mark.django_db
People = dict[str, User]
DAY = datetime.timedelta(days=1)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def page(person: User, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture
def base() -> CriteriaFramework:
    return published("nghe-an").framework


@pytest.fixture
def own(people: People, province: Province, base: CriteriaFramework) -> FrameworkVersion:
    return made_of(base, people["agency_head"], province.statistics, "rieng")


def made_of(base: CriteriaFramework, by: User, agency: Agency, code: str) -> FrameworkVersion:
    framework = actions.specialise(by=by, framework=base, agency=agency, code=code, name=f"Khung {code}")
    return version_of(framework)


def waiting(base: CriteriaFramework, people: People, *, level: str) -> CriteriaFramework:
    """Let a next draft of the base wait for approval, with another score for Excellent, from in ten days on."""
    classification = conversion.definition_data(base)["classification"]
    classification["levels"][0]["from"] = level
    begins = (timezone.localdate() + 10 * DAY).isoformat()
    framework = written(base, people["editor"], classification=classification, effective_from=begins, name="Khung mới")
    tried(framework, people["editor"])
    return submitted(framework, people["editor"])


def approve(framework: CriteriaFramework, by: User, **form: str) -> str:
    address = reverse("frameworks:review", args=[framework.pk])
    return signed_in(by).post(address, {"act": "approve", **form}, follow=True).content.decode()


def later(days: int) -> str:
    return (timezone.localdate() + days * DAY).strftime("%d/%m/%Y")


def test_an_approval_says_whom_it_touches_where_they_break_it_and_asks_by_when(
    base: CriteriaFramework, own: FrameworkVersion, people: People
) -> None:
    framework = waiting(base, people, level="95")

    shown = page(people["approver"], reverse("frameworks:review", args=[framework.pk]))
    assert "Khung riêng của cơ quan chịu ảnh hưởng: 1" in shown
    assert str(own.framework.agency) in shown
    assert "Khung của tỉnh giữ nguyên phần này" in shown
    assert f'value="{later(30)}"' in shown

    for refused, reported in (("hôm nào", "ngày"), (later(-1), later(0))):
        assert reported in approve(framework, people["approver"], confirm_by=refused)
    assert base.versions.count() == 1
    approve(framework, people["approver"], confirm_by=later(20))

    (version,) = base.versions.filter(number=2)
    assert version.confirm_by == timezone.localdate() + 20 * DAY
    event = AuditEvent.objects.filter(action="framework.publish", subject_id=base.pk).order_by("sequence").last()
    assert event
    assert event.after["confirm_by"] == version.confirm_by.isoformat()


def test_the_day_is_kept_until_a_scheduled_version_is_published(
    base: CriteriaFramework, own: FrameworkVersion, people: People, time_machine: Any
) -> None:
    framework = waiting(base, people, level="90")
    framework.current_workflow_state.cancel(user=people["editor"])
    draft = framework.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + DAY
    draft.save_revision(user=people["editor"])
    framework = submitted(CriteriaFramework.objects.get(pk=base.pk), people["editor"])
    approve(framework, people["approver"], confirm_by=later(25))
    by = timezone.localdate() + 25 * DAY
    time_machine.move_to(timezone.now() + 2 * DAY)
    call_command("publish_scheduled")

    assert base.versions.get(number=2).confirm_by == by


def test_a_long_list_of_those_touched_has_pages_and_as_many_questions(
    base: CriteriaFramework, people: People, province: Province, django_assert_max_num_queries: Any, monkeypatch: Any
) -> None:
    agencies = [province.statistics, province.office]
    for number in range(6):
        made_of(base, people["editor"], agencies[number % 2], f"rieng-{number}")
    version_of(base, name="Mới", effective_from=timezone.localdate().isoformat())
    monkeypatch.setattr(following, "PAGE_SIZE", 4)
    client, address = signed_in(people["approver"]), reverse("frameworks:specialised", args=[base.pk])
    client.get(address)

    with django_assert_max_num_queries(40) as first:
        shown = client.get(address)
    with django_assert_max_num_queries(40) as second:
        client.get(f"{address}?p=2")

    assert len(shown.context["rows"]) == 4
    assert "?p=2" in shown.content.decode()
    assert abs(len(first.captured_queries) - len(second.captured_queries)) <= 1


def test_what_is_due_is_seen_in_the_list_the_editor_and_on_the_first_screen(
    base: CriteriaFramework, own: FrameworkVersion, people: People
) -> None:
    listing = reverse("wagtailsnippets_frameworks_criteriaframework:list")
    editor = reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[own.framework_id])
    due = reverse("frameworks:base", args=[own.framework_id])
    assert due not in page(people["approver"], reverse("wagtailadmin_home"))
    version_of(base, name="Mới", effective_from=timezone.localdate().isoformat())

    for person in ("approver", "agency_head", "editor"):
        assert due in page(people[person], reverse("wagtailadmin_home")), person
        assert "khung của tỉnh đã đổi" in page(people[person], listing)
    assert "khung của tỉnh đã đổi" not in page(people["approver"], f"{listing}?behind=false")
    assert due in page(people["agency_head"], editor)
    assert due not in page(people["other_agency_head"], reverse("wagtailadmin_home"))
    assert signed_in(people["other_agency_head"]).get(due).status_code == 404


def test_an_approver_confirms_on_the_screen(base: CriteriaFramework, own: FrameworkVersion, people: People) -> None:
    second = version_of(base, name="Mới", effective_from=timezone.localdate().isoformat())
    address, form = reverse("frameworks:base", args=[own.framework_id]), {"act": "confirm", "version": own.pk}

    for person in ("agency_head", "editor"):
        assert 'value="confirm"' not in page(people[person], address)
        signed_in(people[person]).post(address, form | {"base_version": second.pk})
    signed_in(people["approver"]).post(address, form | {"base_version": "x"})
    assert not BaseConfirmation.objects.exists()
    assert 'value="confirm"' in page(people["approver"], address)
    signed_in(people["approver"]).post(address, form | {"base_version": second.pk})

    assert BaseConfirmation.objects.get().confirmed_by == people["approver"]
    assert "Không có việc cần làm" in page(people["approver"], address)


def test_the_head_lets_the_draft_follow_on_the_screen(
    base: CriteriaFramework, own: FrameworkVersion, people: People
) -> None:
    version_of(base, name="Mới", open_to_agencies={"sections": [], "settings": []})
    address = reverse("frameworks:base", args=[own.framework_id])

    signed_in(people["agency_head"]).post(address, {"act": "follow"})

    draft = CriteriaFramework.objects.get(pk=own.framework_id).get_latest_revision_as_object()
    assert draft.open_sections == []
    assert (draft.code, draft.name) == ("rieng", "Khung rieng")


def test_the_public_page_says_why_the_agencys_does_not_hold(
    base: CriteriaFramework, own: FrameworkVersion, time_machine: Any
) -> None:
    version_of(base, name="Mới", effective_from=timezone.localdate().isoformat())
    before = Client().get("/khung-tieu-chi/rieng/1/").content.decode()
    time_machine.move_to(timezone.now() + 40 * DAY)
    after = Client().get("/khung-tieu-chi/rieng/1/").content.decode()

    assert "Đang có hiệu lực" in before
    assert "tạm dừng áp dụng từ ngày" in after
    assert "Đang có hiệu lực" not in after
    assert 'href="/khung-tieu-chi/nghe-an/2/"' in after
    assert "Khung rieng" not in Client().get("/khung-tieu-chi/").content.decode()


def test_the_api_says_since_when_the_base_holds_instead(
    base: CriteriaFramework, own: FrameworkVersion, time_machine: Any
) -> None:
    version_of(base, name="Mới", effective_from=timezone.localdate().isoformat())
    before = Client().get("/api/v1/frameworks/rieng/").json()
    suspended = timezone.localdate() + 31 * DAY
    time_machine.move_to(timezone.now() + 40 * DAY)
    after = Client().get("/api/v1/frameworks/rieng/").json()

    assert (before["base"], before["current_version"]["number"], before["suspended_since"]) == ("nghe-an", 1, None)
    assert (after["base"], after["current_version"], after["suspended_since"]) == (
        "nghe-an", None, suspended.isoformat(),
    )  # fmt: skip


def test_the_api_asks_as_much_for_many_suspended_as_for_one(
    base: CriteriaFramework, people: People, province: Province, time_machine: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        made_of(base, people["editor"], province.statistics, f"rieng-{number}")
    version_of(base, name="Mới", effective_from=timezone.localdate().isoformat())
    time_machine.move_to(timezone.now() + 40 * DAY)
    client = Client()
    client.get("/api/v1/frameworks/")

    with django_assert_max_num_queries(12):
        found = client.get("/api/v1/frameworks/").json()["results"]

    assert len([each for each in found if each["suspended_since"]]) == 5
