"""Two frameworks for the same people at once: the narrower judges them, and without one nothing is published."""

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
from cms.frameworks.errors import FrameworksOverlap
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.overlap import example_text, overlaps
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, published, submitted, tried, version_of, written
from tests.factories.officers import make_officer

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


def test_without_a_winner_it_is_refused_and_both_are_named_with_somebody(
    waiting: CriteriaFramework, people: People, province: Province
) -> None:
    somebody = make_officer(province.statistics)
    shown = SAID.format(first=timezone.localdate().strftime("%d/%m/%Y"))
    editor = reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[waiting.pk])
    page = signed_in(people["editor"]).get(editor).content.decode()
    assert (shown in page, "Không khung nào hẹp hơn" in page) == (True, True)
    page = signed_in(people["approver"]).get(reverse("frameworks:review", args=[waiting.pk])).content.decode()
    assert (shown in page, waiting.name in page, somebody.code in page) == (True, True, True)
    assert 'value="approve"' not in page

    with pytest.raises(FrameworksOverlap, match="Khung trước"):
        waiting.get_latest_revision().publish(user=people["approver"])

    assert not waiting.versions.exists()


def test_who_may_not_see_officers_reads_no_code(waiting: CriteriaFramework, province: Province) -> None:
    somebody = make_officer(province.statistics)
    draft = waiting.get_latest_revision_as_object()

    text = example_text(overlaps(draft)[0], None)

    assert (somebody.code in text, somebody.name in text, province.statistics.name in text) == (False, False, True)


@pytest.mark.parametrize(
    ("mine", "theirs", "wins"),
    [
        ({"kinds": ["commune"]}, {}, True),
        ({}, {"blocks": ["government"]}, False),
        ({"subtrees": ["thong-ke"]}, {"kinds": ["division"]}, True),
        ({"agencies": ["phong-tong-hop"]}, {"subtrees": ["phong-tong-hop"]}, True),
        ({"subtrees": ["phong-tong-hop"]}, {"subtrees": ["thong-ke"]}, True),
        ({"subtrees": ["tinh"]}, {"subtrees": ["thong-ke"]}, False),
        ({"kinds": ["commune"]}, {"blocks": ["government"]}, None),
        ({"agencies": ["thong-ke"]}, {"agencies": ["thong-ke", "van-phong"]}, None),
        ({"subtrees": ["thong-ke"]}, {"subtrees": ["thong-ke", "van-phong"]}, None),
        ({"kinds": ["commune"]}, {"kinds": ["department"]}, "apart"),
        ({"subtrees": ["van-phong"]}, {"subtrees": ["thong-ke"]}, "apart"),
        ({"subtrees": ["thong-ke"]}, {"kinds": ["commune"]}, "apart"),
        ({"agencies": ["xa-vinh-hoa"]}, {"agencies": ["thong-ke"]}, "apart"),
    ],
)
def test_the_narrower_judges_whom_both_are_for(
    mine: dict[str, Any], theirs: dict[str, Any], wins: Any, province: Province
) -> None:
    published("nd335", **scope(**theirs))
    draft = draft_of("nghe-an", **scope(**mine)).get_latest_revision_as_object()

    assert [each.wins for each in overlaps(draft)] == ([] if wins == "apart" else [wins])


def test_an_agencys_own_has_no_winner_beside_one_that_the_province_makes_for_that_agency(
    people: People, province: Province
) -> None:
    base = published("nghe-an").framework
    own = actions.specialise(
        by=people["editor"], framework=base, agency=province.statistics, code="rieng", name="Khung riêng"
    )
    version_of(own)

    beside = draft_of("nd335", **scope(subtrees=["thong-ke"])).get_latest_revision_as_object()
    above = draft_of("nd335", code="khac", **scope(subtrees=["tinh"])).get_latest_revision_as_object()

    assert {each.version.framework.code: each.wins for each in overlaps(beside)} == {"nghe-an": True, "rieng": None}
    assert {each.version.framework.code: each.wins for each in overlaps(above)} == {"nghe-an": True}


def test_with_a_winner_nothing_is_asked_and_the_ledger_has_it(people: People, province: Province) -> None:
    published("nd335", name="Khung trước")
    framework = written(draft_of("nghe-an", **scope(kinds=["commune"])), people["editor"])
    tried(framework, people["editor"])
    framework = submitted(framework, people["editor"])

    page = signed_in(people["approver"]).get(reverse("frameworks:review", args=[framework.pk])).content.decode()
    assert "Khung này áp dụng cho phạm vi hẹp hơn" in page
    approve(framework, people["approver"])

    assert framework.versions.count() == 1
    recorded = [{"framework": "nd335", "version": 1, "from": timezone.localdate().isoformat(), "to": None}]
    event = AuditEvent.objects.filter(action="framework.publish", subject_id=framework.pk).get()
    assert event.after["overlaps"] == recorded


def test_one_that_waits_for_its_day_is_given_up_when_another_came_first(people: People, time_machine: Any) -> None:
    framework = written(
        draft_of("nghe-an", effective_from=(timezone.localdate() + datetime.timedelta(days=9)).isoformat()),
        people["editor"],
    )
    draft = framework.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.save_revision(user=people["editor"])
    framework = CriteriaFramework.objects.get(pk=framework.pk)
    tried(framework, people["editor"])
    approve(submitted(framework, people["editor"]), people["approver"])
    published("nd335", name="Khung đến sau")
    time_machine.move_to(timezone.now() + datetime.timedelta(days=2))
    call_command("publish_scheduled")

    assert framework.versions.count() == 0
    event = AuditEvent.objects.filter(action="framework.give_up", subject_id=framework.pk).get()
    assert "Khung đến sau" in event.reason
