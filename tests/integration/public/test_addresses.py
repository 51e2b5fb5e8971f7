"""Addresses that everybody may link to: what they begin with, and that nobody can change them by a form."""

import pytest
from django.core.management import call_command
from wagtail.models import Site

from catalog_pages.models import AgencyCatalogPage, CatalogIndexPage, HomePage, TransparencyPage
from catalog_pages.site_address import check_site_address

pytestmark = pytest.mark.django_db


def test_a_fresh_install_links_to_the_address_of_the_settings(settings):
    assert Site.objects.get().root_url == settings.WAGTAILADMIN_BASE_URL


def test_another_address_is_named_by_the_check_and_taken_over_by_the_command(settings):
    assert check_site_address(databases=["default"]) == []
    settings.WAGTAILADMIN_BASE_URL = "https://thuocdo.example.gov.vn"

    assert "thuocdo.example.gov.vn:443" in check_site_address(databases=["default"])[0].msg
    call_command("set_site_address")

    assert check_site_address(databases=["default"]) == []
    assert HomePage.objects.get().full_url == "https://thuocdo.example.gov.vn/"


@pytest.mark.parametrize("kind", [HomePage, CatalogIndexPage, TransparencyPage, AgencyCatalogPage])
def test_no_form_asks_for_the_last_part_of_an_address(kind):
    assert "slug" not in kind.get_edit_handler().get_form_class().base_fields


def test_a_slug_that_is_sent_all_the_same_is_left_as_it_is(client, people):
    page = CatalogIndexPage.objects.get()
    client.force_login(people["approver"])
    answer = client.post(
        f"/admin/pages/{page.pk}/edit/",
        {"title": "Danh mục", "introduction": "null", "slug": "khac", "action-publish": "1", "comments-TOTAL_FORMS": 0,
         "comments-INITIAL_FORMS": 0},
    )  # fmt: skip

    page.refresh_from_db()
    assert answer.status_code == 302
    assert (page.title, page.slug) == ("Danh mục", "danh-muc")
    assert client.get("/danh-muc/").status_code == 200
