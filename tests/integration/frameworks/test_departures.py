"""Where a framework departs from the decree is said on its draft and trial, before it is approved, and in public."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cms.frameworks.actions import load_shipped
from cms.frameworks.models import CriteriaFramework
from cms.users.models import User
from tests.factories.frameworks import draft_of, published, submitted, tried

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("look at the words of screens")]
People = dict[str, User]
HEADING = "Khác Nghị định 335/2025/NĐ-CP ở 8 điểm"
FORMULA = "Mức độ hài lòng của đối tượng thụ hưởng kết quả công việc 20%"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def screens(framework: CriteriaFramework, people: People) -> dict[str, str]:
    trial = tried(framework, people["editor"])
    submitted(framework, people["editor"])
    editor, approver = signed_in(people["editor"]), signed_in(people["approver"])
    return {
        "draft": text_of(editor, reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[framework.pk])),
        "trial": text_of(editor, reverse("frameworks:trial", args=[framework.pk, trial.pk])),
        "approval": text_of(approver, reverse("frameworks:review", args=[framework.pk])),
    }


def test_every_screen_before_publishing_tells_them(people: People) -> None:
    for name, html in screens(draft_of("nghe-an"), people).items():
        assert HEADING in html and FORMULA in html and "Điều 16" in html, name


def test_the_public_page_and_the_version_tell_them(client: Client, people: People) -> None:
    version = published("nghe-an")

    public = text_of(client, "/khung-tieu-chi/nghe-an/1/")
    own = text_of(signed_in(people["editor"]), reverse("frameworks:version", args=[version.framework_id, 1]))

    assert HEADING in public and FORMULA in public
    assert HEADING in own


def test_programs_read_them_over_the_api(client: Client) -> None:
    published("nghe-an")
    published("dak-lak")
    published("truong-hoc")

    answers = {
        code: client.get(f"/api/v1/frameworks/{code}/versions/1/conformity/").json()
        for code in ("nghe-an", "dak-lak", "truong-hoc")
    }

    assert FORMULA in answers["nghe-an"]["departures"][0]["framework"]
    assert {"code", "article", "decree", "framework", "path"} == answers["nghe-an"]["departures"][0].keys()
    assert answers["dak-lak"] == {"is_compared": True, "departures": []}
    assert answers["truong-hoc"] == {"is_compared": False, "departures": []}


def test_a_framework_that_keeps_to_the_decree_says_nothing_of_it(client: Client, people: People) -> None:
    published("dak-lak")

    assert all("Khác Nghị định" not in html for html in screens(draft_of("tay-ninh"), people).values())
    assert "Khác Nghị định" not in text_of(client, "/khung-tieu-chi/dak-lak/1/")


def test_of_what_is_not_for_civil_servants_that_is_said(client: Client) -> None:
    published("truong-hoc")

    assert "không dành cho công chức nên không so với Nghị định" in text_of(client, "/khung-tieu-chi/truong-hoc/1/")


def test_a_draft_that_cannot_be_read_yet_still_opens(people: People) -> None:
    framework = draft_of("nghe-an")
    framework.roles = ["nobody"]
    framework.save_revision(user=people["editor"])
    address = reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[framework.pk])

    assert "Khác Nghị định" not in text_of(signed_in(people["editor"]), address)


def test_the_draft_tells_the_sources_that_wait(people: People) -> None:
    framework = load_shipped(by=people["editor"], code="nd335")
    assert framework is not None
    address = reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[framework.pk])

    html = text_of(signed_in(people["editor"]), address)

    assert "căn cứ chờ xác nhận; xác nhận xong khung mới công bố được" in html
    assert reverse("frameworks:sources", args=[framework.pk]) in html
