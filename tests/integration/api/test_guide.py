"""The page that teaches the API in ten minutes: its commands are those of this platform, and work."""

import html
import re

import pytest
from django.conf import settings
from django.test import Client

from api.v1.views.guide import CHECK_SIGNATURE, KEEP_IN_STEP


def commands(page):
    """Return the commands of the page, as they are copied from it."""
    blocks = re.findall(r'<pre class="commands">(.*?)</pre>', page, re.DOTALL)
    return [html.unescape(line) for block in blocks for line in re.findall(r"<code>(.*?)</code>", block, re.DOTALL)]


def test_every_address_of_the_page_answers(api, world):
    page = api.get("guide/").content.decode()
    addresses = set(re.findall(r"'(http://testserver/[^']*)'", "\n".join(commands(page))))

    answers = {address: api.get(address).status_code for address in addresses}

    assert len(addresses) > 9
    assert {address for address, status in answers.items() if status != 200} == {
        "http://testserver/api/v1/agencies/?type=x"
    }
    assert "http://testserver/api/v1/catalogs/thong-ke/versions/2/" in addresses
    assert api.results("agencies/?search=chi+cuc+thong+ke")[0]["code"] == "thong-ke"
    assert "http://testserver/api/v1/agencies/?search=chi+cuc+thong+ke" in addresses


def test_links_of_the_page_lead_somewhere(api, world):
    page = api.get("guide/").content.decode()
    leads = set(re.findall(r'href="(/api/[^"]*)"', page))

    assert len(leads) > 3 and all(api.get(link).status_code == 200 for link in leads)
    assert '/api/v1/guide/"' in Client().get("/").content.decode()


def test_without_a_catalog_the_page_stands_for_any_agency(api, province):
    page = api.get("guide/").content.decode()

    assert "/api/v1/catalogs/ma-co-quan/versions/1/" in page


def test_the_page_is_vietnamese(api, world):
    assert "Giữ bản sao luôn khớp" in api.get("guide/").content.decode()


def test_the_page_tells_of_oauth_where_it_is_switched_on(api, world, settings):
    assert "OAuth2" in api.get("guide/").content.decode()
    settings.THUOCDO_OAUTH = False
    assert "OAuth2" not in api.get("guide/").content.decode()


@pytest.mark.parametrize("name", [KEEP_IN_STEP, CHECK_SIGNATURE])
def test_programs_are_handed_out_as_they_are(api, db, name):
    given = api.get(f"guide/{name}")

    assert b"".join(given.streaming_content) == (settings.BASE_DIR / "docs" / "examples" / name).read_bytes()
    assert given["Content-Type"] == "text/x-python; charset=utf-8"


@pytest.mark.parametrize("name", ["settings.py", "..%2Fapi.md", "keep_in_step"])
def test_nothing_else_is_handed_out(api, db, name):
    assert api.get(f"guide/{name}").status_code == 404


def test_the_page_costs_the_same_for_few_and_for_many(api, world, django_assert_max_num_queries):
    api.get("guide/")
    with django_assert_max_num_queries(8):
        api.get("guide/")
