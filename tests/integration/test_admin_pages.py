"""Wagtail's own screens, as the people of the platform meet them."""

import pytest
from django.urls import reverse

from catalog_pages.models import CatalogIndexPage
from tests.english import read_texts


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    return client


def all_catalogs():
    return reverse("wagtailadmin_explore", args=[CatalogIndexPage.objects.get().pk])


@pytest.mark.parametrize("typed", ["Thống kê", "thong ke", "THỐNG", "chi cuc"])
def test_a_page_is_found_with_and_without_diacritics(editor, submitted, typed):
    for screen in (reverse("wagtailadmin_pages:search"), all_catalogs()):
        assert "Chi cục Thống kê" in read_texts(editor.get(screen, {"q": typed}).content.decode())


def test_lists_of_pages_count_in_vietnamese(editor, submitted):
    shown = editor.get(all_catalogs()).content.decode()

    assert "trang danh mục của cơ quan" in shown
    assert "trang danh mục của cơ quans" not in shown


def test_wagtails_help_outside_the_network_is_offered_to_nobody(client, people):
    for person in people.values():
        client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
        assert "guide.wagtail.org" not in client.get("/admin/").content.decode()
