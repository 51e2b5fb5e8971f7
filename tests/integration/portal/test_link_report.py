"""The report of links says what leads nowhere and names other sites unasked; it is the portal editors' alone."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import PageViewRestriction

from catalog_pages.link_report import check_pages
from catalog_pages.models import ContentPage, HomePage
from tests.factories.content import LAW, add_content_page, every_block
from tests.factories.figures import publish_figures
from tests.integration.portal.test_portal_editor import client, editors

__all__ = ["client", "editors"]
FIGURE = {"figure": "tien-do", "heading": "", "comment": "", "table_open": False}


def text(html):
    return {"type": "text", "value": html}


def faults(page):
    [checked] = check_pages([ContentPage.objects.get(pk=page.pk)])
    return checked.faults


def test_nothing_is_wrong_with_every_block(db):
    publish_figures()

    assert faults(add_content_page(every_block())) == []


def test_a_page_that_was_withdrawn_or_closed_or_deleted_is_named(db):
    other = add_content_page([], "Khác")
    page = add_content_page([text(f'<p><a linktype="page" id="{other.pk}">Xem</a></p>')])
    assert faults(page) == []
    restriction = PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    assert faults(page) == ["Có liên kết dẫn tới một trang không còn được công bố."]
    restriction.delete()
    ContentPage.objects.get(pk=other.pk).delete()
    assert faults(page) == ["Có liên kết dẫn tới một trang không còn được công bố."]


def test_missing_files_and_figures_are_named(db):
    missing = 9_999
    assert not Document.objects.filter(pk=missing).exists() and not Image.objects.filter(pk=missing).exists()
    page = add_content_page(
        [
            text(f'<p><a linktype="document" id="{missing}">Tệp</a></p>'),
            {
                "type": "picture",
                "value": {"image": {"image": missing, "decorative": False, "alt_text": "x"}, "caption": ""},
            },
            {"type": "figure", "value": FIGURE},
        ]
    )

    found = faults(page)
    assert "Thiếu một tài liệu, hoặc không phải ai cũng được xem tài liệu đó." in found
    assert "Thiếu một hình ảnh, hoặc không phải ai cũng được xem hình đó." in found
    assert "Số liệu “Tiến độ xây dựng danh mục” hiện không được công bố." in found


@pytest.mark.parametrize(
    ("address", "is_there"),
    [
        ("/du-lieu-mo/", True), ("/khung-tieu-chi/", True), ("/danh-muc/tim-kiem/?q=a", True), ("/tim-kiem/#x", True),
        ("/khong-co/", False), ("/danh-muc/khong-co/", False), ("/cu/", True), ("/%00/", False),
    ],
)  # fmt: skip
def test_an_address_of_the_portal_is_tried(db, address, is_there):
    Redirect.add_redirect("/cu/", redirect_to="/du-lieu-mo/")
    page = add_content_page([{"type": "law", "value": LAW | {"address": address}}])

    assert (faults(page) == []) is is_there


def test_other_sites_are_listed_and_not_asked(client, db):
    add_content_page([text('<p><a href="https://example.gov.vn/a">A</a> <a href="javascript:x()">B</a></p>')])
    html = client.get(reverse("link_report")).content.decode()

    assert "https://example.gov.vn/a" in html
    assert "javascript:" not in html


def test_as_many_queries_for_many_pages_and_closed_to_others(client, people):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("link_report")).status_code == 200
        return len(asked)

    home = HomePage.objects.get()
    for number in range(2):
        add_content_page([text(f'<p><a linktype="page" id="{home.pk}">Xem</a></p>')], f"Trang {number}")
    queries()
    few = queries()
    for number in range(2, 12):
        add_content_page([text(f'<p><a linktype="page" id="{home.pk}">Xem</a></p>')], f"Trang {number}")

    assert queries() == few
    stranger = Client()
    stranger.force_login(people["editor"])
    assert stranger.get(reverse("link_report")).status_code == 302
