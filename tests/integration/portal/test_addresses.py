"""Addresses of pages stay: they are made once, another is refused with a sentence, a moved page is still found."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from catalog_pages.models import ContentPage, HomePage, NewsPage
from tests.factories.content import add_content_page, add_news
from tests.integration.portal.test_news import DAY
from tests.integration.portal.test_portal_editor import client, edit, editors, page_form

__all__ = ["client", "editors"]


def test_another_address_is_refused_with_a_sentence(db):
    add_news([("Tin", DAY, "Tóm tắt")])
    for page in (add_content_page([]), NewsPage.objects.get(), NewsPage.objects.get().get_parent().specific):
        page.slug = "cho-khac"
        with pytest.raises(ValidationError) as refused:
            page.save()
        assert "Địa chỉ của trang không đổi được" in str(refused.value)
        page.refresh_from_db()
        assert page.slug != "cho-khac"


def test_an_editor_who_sends_another_address_changes_the_title_alone(client):
    page = add_content_page([])
    edit(client, page, page_form(title="Tên mới", slug="cho-khac"))

    page = ContentPage.objects.get()
    assert (page.title, page.url) == ("Tên mới", "/noi-dung/")


def test_a_moved_page_and_all_below_it_are_found_at_their_old_addresses(client):
    page, target = add_content_page([], "Một"), add_content_page([], "Hai")
    page.add_child(instance=ContentPage(title="Dưới"))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))

    assert Client().get("/mot/")["Location"] == "/hai/mot/"
    assert Client().get("/mot/duoi/")["Location"] == "/hai/mot/duoi/"
    assert Client().get("/hai/mot/duoi/").status_code == 200


def test_the_pages_that_the_platform_stands_on_are_not_moved(client):
    target = add_content_page([])
    index = HomePage.objects.get().get_children().get(slug="danh-muc")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[index.pk, target.pk]))

    assert Client().get("/danh-muc/").status_code == 200


def test_a_page_that_is_not_there_offers_the_search(db):
    answer = Client().get("/khong-co-trang-nay/")

    assert answer.status_code == 404
    main = answer.content.decode().partition("<main")[2]
    assert 'action="/tim-kiem/"' in main
    assert "Tìm trong toàn cổng" in main
