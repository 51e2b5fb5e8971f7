"""Versions inside the admin: readable, comparable, and what an agency may write told in its editor."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.frameworks import actions
from cms.organisations.models import PositionGroup
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, published, version_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(people: dict[str, User]) -> Client:
    return signed_in(people["editor"])


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def shown(client: Client, name: str, *arguments: Any, **query: Any) -> str:
    answer = client.get(reverse(f"frameworks:{name}", args=arguments), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_and_the_page_of_a_version_tell_who_published_it_and_what(
    editor: Client, people: dict[str, User]
) -> None:
    PositionGroup.objects.create(code="mot-cua", name="Bộ phận một cửa")
    framework = draft_of("nghe-an")
    version = version_of(framework)

    listed, page = shown(editor, "versions", framework.pk), shown(editor, "version", framework.pk, 1)

    assert reverse("frameworks:version", args=[framework.pk, 1]) in listed
    assert version.content_hash in page
    assert "Trọng số đối với Bộ phận một cửa: 30" in page
    assert 'href="/khung-tieu-chi/nghe-an/1/"' in page
    assert Client().get("/khung-tieu-chi/nghe-an/1/").status_code == 200


def test_the_draft_is_compared_with_the_last_version(editor: Client, people: dict[str, User]) -> None:
    framework = published("nd335").framework
    assert "Nội dung giống nhau." in shown(editor, "difference", framework.pk)

    written(framework, people["editor"], name="<b>Tên mới</b>")
    page = shown(editor, "difference", framework.pk)

    assert "1 thay đổi" in page
    assert "&lt;b&gt;Tên mới&lt;/b&gt;" in page


def test_two_versions_are_compared_either_way(editor: Client) -> None:
    framework = published("nd335").framework
    version_of(framework, name="Tên thứ hai")

    forth = shown(editor, "difference", framework.pk, before=1, after=2)
    back = shown(editor, "difference", framework.pk, before=2, after=1)

    assert forth.index("Nghị định 335: công chức (mặc định)</del>") < forth.index("Tên thứ hai</ins>")
    assert back.index("Tên thứ hai</del>") < back.index("Nghị định 335: công chức (mặc định)</ins>")


def test_an_unfinished_draft_is_compared_too(editor: Client, people: dict[str, User]) -> None:
    framework = published("nd335").framework
    draft = framework.get_latest_revision_as_object()
    draft.sections = []
    draft.save_revision(user=people["editor"])

    assert "Đã bỏ" in shown(editor, "difference", framework.pk)


@pytest.mark.parametrize("query", [{"before": "9"}, {"after": "live"}, {"before": "1", "after": "x" * 5000}])
def test_a_version_that_is_not_there_is_compared_with_nothing(editor: Client, query: dict[str, str]) -> None:
    framework = published("nd335").framework

    assert editor.get(reverse("frameworks:difference", args=[framework.pk]), query).status_code == 404


def test_a_page_of_a_version_asks_little(editor: Client, django_assert_max_num_queries: Any) -> None:
    framework = published("mau-01").framework
    shown(editor, "version", framework.pk, 1)

    with django_assert_max_num_queries(13):
        shown(editor, "version", framework.pk, 1)


def test_an_agency_is_told_in_its_editor_what_it_writes_itself(people: dict[str, User], province: Province) -> None:
    base = published("nghe-an").framework
    own = actions.specialise(
        by=people["agency_head"], framework=base, agency=province.statistics, code="rieng", name="Khung riêng"
    )
    address = reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[own.pk])

    page = signed_in(people["agency_head"]).get(address).content.decode()

    assert "mục “Kết quả thực hiện nhiệm vụ”, trừ mã và số điểm của mục" in page
    assert 'href="/khung-tieu-chi/nghe-an/1/"' in page
