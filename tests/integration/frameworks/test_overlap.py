"""Two frameworks for the same people at once: said on the draft, confirmed before publishing, kept in the ledger."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.frameworks import actions
from cms.frameworks.errors import NotConfirmed
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.overlap import overlaps
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, published, submitted, tried, version_of, written

pytestmark = pytest.mark.django_db
People = dict[str, User]
SAID = "“Khung trước” (nd335), phiên bản 1: từ ngày {first}, không có ngày kết thúc"
SCOPES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"categories": ["cadre"]}, True),
    ({"roles": ["staff"]}, True),
    ({"roles": ["head"], "categories": ["civil_servant"]}, True),
    ({"position_groups": ["mot-cua"]}, True),
    ({"roles": ["deputy"]}, False),
    ({"categories": ["contract"]}, False),
    ({"position_groups": ["khac"]}, False),
]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def scope(**parts: Any) -> dict[str, Any]:
    return {"applies_to": {"categories": [], "roles": [], "position_groups": []} | parts}


def found(framework: CriteriaFramework) -> list[tuple[str, int, str, str | None]]:
    draft = CriteriaFramework.objects.get(pk=framework.pk).get_latest_revision_as_object()
    return [tuple(each.as_data().values()) for each in overlaps(draft)]


@pytest.mark.parametrize(("parts", "same"), SCOPES)
def test_whom_they_share(parts: dict[str, Any], same: bool) -> None:
    theirs = {"categories": ["civil_servant", "cadre"], "roles": ["staff", "head"], "position_groups": ["mot-cua"]}
    published("nd335", **scope(**theirs))

    assert bool(found(draft_of("nghe-an", **scope(**parts)))) is same


def test_organisations_are_not_people_and_an_agencys_own_is_not_the_provinces(
    people: People, province: Province
) -> None:
    base = published("nghe-an").framework
    published("gia-lai-to-chuc")
    own = actions.specialise(
        by=people["editor"], framework=base, agency=province.statistics, code="rieng", name="Khung riêng"
    )

    assert found(own) == []
    version_of(own)
    assert [each[0] for each in found(draft_of("nd335"))] == ["nghe-an"]
    second = actions.specialise(
        by=people["editor"], framework=base, agency=province.statistics, code="rieng-2", name="Khung riêng 2"
    )
    assert [each[0] for each in found(second)] == ["rieng"]
    elsewhere = actions.specialise(
        by=people["editor"], framework=base, agency=province.office, code="rieng-3", name="Khung riêng 3"
    )
    assert found(elsewhere) == []


@pytest.mark.parametrize(
    ("days", "shared"),
    [
        (("2026-01-01", "2026-02-28"), []),
        (("2026-03-01", None), [(1, "2026-03-01", "2026-05-31"), (2, "2026-06-01", "2026-09-30")]),
        (("2026-03-31", "2026-03-31"), [(1, "2026-03-31", "2026-03-31")]),
        (("2026-06-01", None), [(2, "2026-06-01", "2026-09-30")]),
        (("2026-10-01", None), []),
    ],
)
def test_which_days_they_share(days: tuple[str, str | None], shared: list[Any]) -> None:
    first = published("nd335", effective_from="2026-03-01").framework
    version_of(first, effective_from="2026-06-01", effective_to="2026-09-30")

    draft = draft_of("nghe-an", effective_from=days[0], effective_to=days[1])

    assert [each[1:] for each in found(draft)] == shared


def test_its_own_earlier_versions_are_no_overlap() -> None:
    assert found(published("nd335").framework) == []


@pytest.fixture
def waiting(people: People) -> CriteriaFramework:
    """A draft that waits for approval, for the same people as a framework that is in force."""
    published("nd335", name="Khung trước")
    framework = written(draft_of("nghe-an"), people["editor"])
    tried(framework, people["editor"])
    return submitted(framework, people["editor"])


def approve(framework: CriteriaFramework, by: User, **form: str) -> str:
    address = reverse("frameworks:review", args=[framework.pk])
    return signed_in(by).post(address, {"act": "approve", **form}, follow=True).content.decode()


def test_the_draft_and_the_approval_say_it_and_one_click_does_not_publish(
    waiting: CriteriaFramework, people: People
) -> None:
    said = SAID.format(first=timezone.localdate().strftime("%d/%m/%Y"))
    editor = reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[waiting.pk])
    assert said in signed_in(people["editor"]).get(editor).content.decode()
    page = signed_in(people["approver"]).get(reverse("frameworks:review", args=[waiting.pk])).content.decode()
    assert said in page
    assert 'name="overlap"' in page

    assert "Hãy xác nhận có khung khác cùng áp dụng" in approve(waiting, people["approver"])
    assert not waiting.versions.exists()
    approve(waiting, people["approver"], overlap="yes")

    assert waiting.versions.count() == 1
    told = [{"framework": "nd335", "version": 1, "from": timezone.localdate().isoformat(), "to": None}]
    for action in ("framework.confirm_overlap", "framework.publish"):
        event = AuditEvent.objects.filter(action=action, subject_id=waiting.pk).get()
        assert event.after["overlaps"] == told


def test_no_other_door_publishes_beside_another(waiting: CriteriaFramework, people: People) -> None:
    with pytest.raises(NotConfirmed, match="Khung trước"):
        waiting.get_latest_revision().publish(user=people["approver"])

    assert not waiting.versions.exists()


def test_what_was_confirmed_is_what_stood_there_then(waiting: CriteriaFramework, people: People) -> None:
    actions.confirm_overlap(by=people["approver"], draft=waiting.get_latest_revision_as_object())
    published("tay-ninh", name="Khung thứ ba")

    with pytest.raises(NotConfirmed, match="Khung thứ ba"):
        waiting.get_latest_revision().publish(user=people["approver"])


def test_where_nothing_overlaps_nothing_is_asked(people: People) -> None:
    framework = written(draft_of("nd335"), people["editor"])
    tried(framework, people["editor"])
    framework = submitted(framework, people["editor"])

    page = signed_in(people["approver"]).get(reverse("frameworks:review", args=[framework.pk])).content.decode()
    assert 'name="overlap"' not in page
    approve(framework, people["approver"])

    assert framework.versions.count() == 1
    assert not AuditEvent.objects.filter(action="framework.confirm_overlap").exists()


def test_a_confirmed_one_is_published_on_its_later_day(people: People, time_machine: Any) -> None:
    published("nd335")
    framework = written(
        draft_of("nghe-an", effective_from=(timezone.localdate() + datetime.timedelta(days=9)).isoformat()),
        people["editor"],
    )
    draft = framework.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.save_revision(user=people["editor"])
    framework = CriteriaFramework.objects.get(pk=framework.pk)
    tried(framework, people["editor"])
    approve(submitted(framework, people["editor"]), people["approver"], overlap="yes")
    time_machine.move_to(timezone.now() + datetime.timedelta(days=2))
    call_command("publish_scheduled")

    assert framework.versions.count() == 1
