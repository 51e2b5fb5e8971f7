"""Criteria frameworks on the public side: published versions alone, each at its address for ever."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.frameworks import actions, decree
from cms.organisations.models import PositionGroup
from cms.users.models import User
from tests.english import english_in
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, published, version_of
from tests.own_scripts import without_own_scripts

pytestmark = pytest.mark.django_db
LIST = "/khung-tieu-chi/"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def later(days: int = 30) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


def test_the_home_page_leads_to_the_frameworks_the_figures_and_the_files(client: Client) -> None:
    home = text_of(client, "/")
    assert f'href="{LIST}"' in home and home.count('href="/minh-bach/"') > 1 and home.count('href="/du-lieu-mo/"') > 2
    assert "Chưa có khung tiêu chí nào đang có hiệu lực." in text_of(client, LIST)


def test_what_the_decrees_articles_say_has_an_anchor_for_each_and_says_that_it_is_a_summary(client: Client) -> None:
    page = text_of(client, "/nghi-dinh-335/")

    assert all(f'id="{article.key}"' in page and f'href="#{article.key}"' in page for article in decree.ARTICLES)
    assert "không phải nguyên văn" in page
    assert re.search(r"Điều 17\.\s+Tổng điểm", page)
    assert english_in(page) == []
    assert client.get("/nghi-dinh-335/")["Cache-Control"].startswith("public")
    assert 'href="/nghi-dinh-335/"' in text_of(client, LIST)


def test_the_list_shows_what_holds_today_and_what_is_to_come(client: Client) -> None:
    version = published("nghe-an", name="Khung hiện hành")
    version_of(version.framework, effective_from=later(), name="Khung năm sau")
    published("truong-hoc", effective_to="2026-01-02", name="Khung đã hết")

    html = text_of(client, LIST)

    assert html.index("Khung hiện hành") < html.index("Khung năm sau")
    assert "Khung đã hết" not in html


def test_a_version_tells_everything_that_it_says(client: Client) -> None:
    PositionGroup.objects.create(code="mot-cua", name="Bộ phận một cửa")
    version = published("nghe-an")

    html = text_of(client, f"{LIST}nghe-an/1/")

    assert version.content_hash in html
    assert "Trọng số đối với Bộ phận một cửa: 30" in html
    assert "Mức trừ mỗi lần (%)" in html
    assert "Quy định 366-QĐ/TW, Điều 11" in html
    assert 'href="/api/v1/frameworks/nghe-an/versions/1/definition/"' in html
    assert "<script" not in without_own_scripts(html)


def test_an_earlier_version_keeps_its_address_and_leads_to_the_one_in_effect(client: Client) -> None:
    first = published("nd335", name="Khung thứ nhất")
    version_of(first.framework, effective_from=timezone.localdate().isoformat(), name="Khung thứ hai")

    html = text_of(client, f"{LIST}nd335/1/")

    assert "<h1>Khung thứ nhất</h1>" in html
    assert f'href="{LIST}nd335/2/"' in html
    assert client.get(f"{LIST}nd335/").url == f"{LIST}nd335/2/"  # type: ignore[attr-defined]


def test_before_its_day_a_version_is_shown_as_such(client: Client) -> None:
    published("nd335", effective_from=later())

    html = text_of(client, f"{LIST}nd335/1/")

    assert "Hôm nay không có hiệu lực" in html
    assert client.get(f"{LIST}nd335/").url == f"{LIST}nd335/1/"  # type: ignore[attr-defined]


def test_an_agencys_own_leads_to_the_one_it_is_made_of(
    client: Client, people: dict[str, User], province: Province
) -> None:
    base = published("nghe-an").framework
    own = actions.specialise(by=people["editor"], framework=base, agency=province.office, code="rieng", name="Riêng")
    version_of(own)

    html = text_of(client, f"{LIST}rieng/1/")

    assert province.office.name in html
    assert f'href="{LIST}nghe-an/"' in html


@pytest.mark.parametrize("address", ["nd335/", "nd335/1/", "nd335/99999999999999999999/", "khong-co/", "../nd335/"])
def test_drafts_and_what_is_not_there_look_the_same(client: Client, people: dict[str, User], address: str) -> None:
    draft_of("nd335", name="Tên trong bản nháp")
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")

    assert client.get(LIST + address).status_code == 404
    assert "Tên trong bản nháp" not in text_of(client, LIST)


def test_a_newer_draft_changes_nothing_that_is_public(client: Client, people: dict[str, User]) -> None:
    framework = published("nd335").framework
    before = text_of(client, f"{LIST}nd335/1/")
    draft = framework.get_latest_revision_as_object()
    draft.name = "Tên trong bản nháp"
    draft.save_revision(user=people["editor"])

    assert text_of(client, f"{LIST}nd335/1/") == before


def test_visitors_may_keep_the_pages_briefly(client: Client) -> None:
    published("nd335")

    for address in (LIST, f"{LIST}nd335/1/"):
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=60"
        assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_long_list_asks_no_more(client: Client) -> None:
    for number in range(12):
        published("nd335", code=f"khung-{number}", name=f"Khung số {number}")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        text_of(client, LIST)

    assert len(asked) < 12
