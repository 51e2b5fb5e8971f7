"""Wagtail's published pages, headless beside the API."""

from django.apps import apps
from django.urls import get_resolver

from catalog_pages.models import AgencyCatalogPage
from tests.integration.api.conftest import CANARY


def test_published_pages_are_listed(api, world):
    titles = {page["title"] for page in api.json("/api/pages/")["items"]}

    assert {"Chi cục Thống kê", "Văn phòng UBND tỉnh"} <= titles


def test_addresses_of_pages_are_on_the_host_that_was_asked(api, world):
    page = AgencyCatalogPage.objects.get(catalog=world.first.catalog)
    reported = api.json(f"/api/pages/{page.pk}/")["meta"]
    listed = {entry["id"]: entry["meta"] for entry in api.json("/api/pages/")["items"]}[page.pk]

    for meta in (reported, listed):
        assert meta["html_url"] == f"http://testserver{page.url}"
        assert meta["detail_url"] == f"http://testserver/api/pages/{page.pk}/"
    assert reported["parent"]["meta"]["html_url"] == "http://testserver/danh-muc/"
    assert api.json("/api/pages/?fields=_,title")["items"]


def test_unpublished_pages_and_drafts_of_published_ones_are_not(api, draft, people):
    page = AgencyCatalogPage.objects.get()

    for by in (None, people["editor"]):
        assert api.get(f"/api/pages/{page.pk}/", by).status_code == 404
        assert page.title not in {entry["title"] for entry in api.json("/api/pages/", by)["items"]}


def test_a_draft_of_a_published_page_does_not_leak(api, world):
    page = AgencyCatalogPage.objects.get(catalog=world.first.catalog)
    page.title = page.introduction = page.search_description = CANARY
    page.save_revision()

    for path in (f"/api/pages/{page.pk}/?fields=*", "/api/pages/?fields=*", f"/api/pages/?search={CANARY}"):
        assert CANARY not in api.get(path).content.decode()


def test_a_refusal_of_wagtail_is_a_problem_too(api, db):
    assert api.problem("/api/pages/", 400, nope="1")["code"] == "bad_request"
    assert api.problem("/api/pages/", 400, type="auth.Group")["code"] == "bad_request"


def test_nothing_else_of_wagtails_is_served(api, db):
    for name in ("redirects", "users", "sites", "collections", "snippets"):
        assert api.get(f"/api/{name}/").status_code == 404


def test_wagtails_third_api_is_off():
    assert not apps.is_installed("wagtail.api.v3")
    assert not any("api/v3" in str(pattern.pattern) for pattern in get_resolver().url_patterns)
    modules = {type(pattern).__module__ for pattern in get_resolver().url_patterns}
    assert not any("ninja" in module for module in modules)
