"""What search engines find: each public address that stays, once, and nothing else; and what they read of a page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from catalog_pages.models import AgencyCatalogPage
from tests.factories import catalogs
from tests.factories.people import make_member
from tests.integration.public.conftest import STATISTICS, publish, publish_items

PLACE = re.compile(r"<loc>http://testserver(.*?)</loc>")


def listed(client, address="/sitemap.xml"):
    """Return every address of every file."""
    parts = PLACE.findall(client.get(address).content.decode())
    return [place for part in parts for place in PLACE.findall(client.get(part).content.decode())]


def test_every_public_address_that_stays_is_listed_and_answers(client, two_versions, people, province):
    catalogs.make_version(make_member("uploader", province.office), province.office)

    places = listed(client)

    assert len(places) == len(set(places))
    assert {"/", "/danh-muc/", STATISTICS, f"{STATISTICS}phien-ban/1/", f"{STATISTICS}phien-ban/2/"} <= set(places)
    assert {"/du-lieu-mo/", "/minh-bach/"} <= set(places)
    assert [place for place in places if client.get(place).status_code != 200] == []


def test_a_page_behind_a_restriction_is_not_listed(client, two_versions):
    page = AgencyCatalogPage.objects.get(slug=STATISTICS.strip("/").split("/")[-1])
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert [place for place in listed(client) if place.startswith(STATISTICS)] == []


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_file_of_addresses_takes_as_many_queries_whatever_it_holds(client, two_versions, people, province):
    parts = ("/sitemap-trang.xml", "/sitemap-danh-muc.xml")
    listed(client)
    few = [queries_of(client, part) for part in parts]
    publish(people, catalogs.make_version(make_member("uploader", province.office), province.office))

    assert [queries_of(client, part) for part in parts] == few


def test_robots_leave_what_people_sign_in_for_and_are_shown_the_list(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Disallow: /cua-toi/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.parametrize(
    ("address", "title", "description"),
    [
        (STATISTICS, "phiên bản 2", "theo Quyết định số 102/QĐ-UBND"),
        ("/du-lieu-mo/", "Dữ liệu mở", "CSV, JSON"),
    ],
)
def test_what_others_show_of_a_page_that_is_shared(client, two_versions, address, title, description):
    html = client.get(address).content.decode()
    found = dict(re.findall(r'<meta (?:name|property)="([\w:]+)" content="(.*?)">', html))

    assert title in found["og:title"]
    assert description in found["description"] == found["og:description"]
    assert found["og:url"].startswith("http://testserver/")
    assert f'<link rel="canonical" href="{found["og:url"]}">' in html


def test_words_of_an_item_stay_words_in_what_is_shared(client, people, province):
    version = publish_items(people, province, 1, name='Báo cáo "quý" <script>alert(1)</script> & sơ kết')
    html = client.get(f"{STATISTICS}phien-ban/1/muc/{version.items.get().identity}/").content.decode()

    assert "<script>alert" not in html
    assert 'og:title" content="' in html
    assert "Báo cáo &quot;quý&quot; &lt;script&gt;alert(1)" in html or "Báo cáo &quot;quý&quot; alert(1)" in html
