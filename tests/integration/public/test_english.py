"""What everybody reads stands below /en/ in English, with the words that editors wrote in it (docs/adr, 109)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import activate, get_language, override

from catalog_pages.models import CatalogIndexPage, ContentPage, HomePage
from catalog_pages.portal import PortalSettings, is_reserved
from catalog_pages.routes.answers import file_answer
from cms.core.workbooks import ExportTable
from tests.crawling import links_of
from tests.factories.content import add_content_page, add_news, every_block
from tests.factories.figures import publish_figures
from tests.integration.public.conftest import STATISTICS, TwoVersions

_VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Numbers of decisions, the decree's name and names of people and places are the same in every language.
_NAMES = re.compile(r"\d+/QĐ-\w+|335/2025/NĐ-CP|Tỉnh Sông Lam|Thước Đo|Chi cục Thống kê|Văn phòng UBND tỉnh")
# What stands in one language: screens of those who sign in, programs, guides.
_ONE_LANGUAGE = ("/accounts/", "/api/", "/tro-giup/", "/static/", "/media/", "/documents/", "/sitemap", "/robots.txt")


class _Unmarked(HTMLParser):
    """Collects words with Vietnamese letters that are not marked as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = bool(self._open) and self._open[-1][1]
        marked = dict(attrs).get("lang") == "vi" or tag in ("script", "style", "title")
        if tag not in _VOID:
            self._open.append((tag, inside or marked))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]) and _VIETNAMESE.search(_NAMES.sub("", data)):
            self.texts.append(" ".join(data.split()))


def unmarked(html: str) -> list[str]:
    parser = _Unmarked()
    parser.feed(html)
    return parser.texts


@pytest.fixture(autouse=True)
def _vietnamese_again(settings: Any) -> Iterator[None]:
    """The language of the last answer stays that of the thread."""
    yield
    activate(settings.LANGUAGE_CODE)


@pytest.fixture
def portal(two_versions: TwoVersions) -> ContentPage:
    """Return a content page with every block, beside news, figures and two versions of a list."""
    publish_figures()
    add_news([("Tin đầu", timezone.localdate(), "Tóm tắt")])
    catalog = two_versions.first.catalog.page
    return add_content_page(every_block(catalog), show_in_menus=True, introduction="<p>Lời dẫn.</p>")


def pages_in_english(client: Client, start: str, most: int = 60) -> Iterator[tuple[str, str]]:
    """Yield pages below /en/ that lead to each other."""
    waiting, known = [start], {start}
    while waiting and most:
        address, most = waiting.pop(0), most - 1
        answer = client.get(address)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert answer.status_code == 200, address
            html = answer.content.decode()
            yield address, html
            targets = {urlsplit(link).path for link in links_of(html) if link.startswith("/")} - known
            known |= targets
            waiting += sorted(target for target in targets if target.startswith("/en/"))


def test_every_page_is_english_but_for_what_is_marked_as_vietnamese(portal: ContentPage) -> None:
    seen = dict(pages_in_english(Client(), "/en/"))

    assert {"/en/", "/en/danh-muc/", f"/en{STATISTICS}phien-ban/1/", "/en/minh-bach/", "/en/khung-tieu-chi/",
            "/en/du-lieu-mo/", "/en/tin-tuc/", "/en/noi-dung/", "/en/tim-kiem/"} <= seen.keys()  # fmt: skip
    assert {address: texts for address, html in seen.items() if (texts := unmarked(html))} == {}
    for address, html in seen.items():
        assert '<html lang="en">' in html
        # One way back to the same page in Vietnamese; everything else stays in English.
        ways = [link for link in links_of(html) if link.startswith("/") and not link.startswith("/en/")]
        assert {link for link in ways if not link.startswith(_ONE_LANGUAGE)} == {address.removeprefix("/en")}, address
        assert Client().get(address.removeprefix("/en")).status_code == 200


@pytest.mark.parametrize("address", [f"{STATISTICS}phien-ban/1/", "/danh-muc/", "/minh-bach/"])
def test_each_language_names_the_other_for_search_engines(portal: ContentPage, address: str) -> None:
    host = "http://testserver"
    for language, other in (("", "/en"), ("/en", "")):
        html = Client().get(f"{language}{address}").content.decode()
        assert f'<link rel="canonical" href="{host}{language}{address}">' in html
        named = "en" if other else "vi"
        assert f'<link rel="alternate" hreflang="{named}" href="{host}{other}{address}">' in html


def test_words_stand_in_english_where_an_editor_wrote_them(portal: ContentPage) -> None:
    both = Client().get("/en/noi-dung/").content.decode()
    assert '<h1 lang="vi">Nội dung</h1>' in both and '<div class="prose" lang="vi"><p' in both

    body = ContentPage.body_en.field.to_python('[{"type": "text", "value": "<p>In English.</p>"}]')  # type: ignore[attr-defined]
    portal.title_en, portal.introduction_en, portal.body_en = "Contents", "<p>Introduction.</p>", body
    portal.save_revision().publish()
    settings = PortalSettings.objects.get()
    settings.contact_en, settings.legal_line_en = "<p>Write to us.</p>", "Of {tỉnh} alone"
    settings.save()

    english, vietnamese = (Client().get(address).content.decode() for address in ("/en/noi-dung/", "/noi-dung/"))
    for words in ("<h1>Contents</h1>", "Introduction.", "In English.", "Of Tỉnh Sông Lam alone"):
        assert words in english and words not in vietnamese
    assert "Mở đầu" not in english and "Mở đầu" in vietnamese
    # The menu of every other page too.
    assert ">Contents</a>" in Client().get("/en/").content.decode()
    found = Client().get("/en/tim-kiem/", {"q": "in english"}).content.decode()
    assert 'href="/en/noi-dung/"' in found
    told = Client().get(f"/api/pages/{portal.pk}/").json()
    assert (told["title"], told["title_en"]) == ("Nội dung", "Contents")


def test_a_fresh_portal_has_its_front_page_in_english(province: Any) -> None:
    html = Client().get("/en/").content.decode()

    assert "Products and works of the agencies of Tỉnh Sông Lam" in html
    assert '<a href="/en/khung-tieu-chi/">Criteria by which' in html
    with override("en"):
        assert CatalogIndexPage.objects.get().url == "/en/danh-muc/"


@pytest.mark.parametrize("address", ["/en/admin/", "/en/api/v1/", "/en/cua-toi/", "/en/accounts/login/", "/en/en/"])
def test_screens_of_those_who_sign_in_have_one_address(province: Any, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_no_page_takes_the_address_of_a_language(province: Any) -> None:
    assert is_reserved("en") and is_reserved("vi") and is_reserved("tim-kiem") and not is_reserved("english")
    assert Client().get("/en").headers["Location"] == "/en/"


def test_what_stands_in_a_file_is_vietnamese_whatever_the_page_that_leads_to_it(rf: Any) -> None:
    """A file is kept for all who ask, so the language of the first must not stand in it."""
    languages = []

    def make_tables() -> list[ExportTable]:
        languages.append(get_language())
        return [ExportTable("Muc", ("Mã",), (9,), [("TK.1",)])]

    with override("en"):
        file = file_answer(
            rf.get("/en/"), make_tables, kind="csv", name="muc", contents="1", changed=timezone.now()
        )  # fmt: skip

    assert "TK.1" in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
    assert languages == ["vi"]


def test_the_frame_costs_as_many_queries_however_many_pages_stand_in_the_menu(
    portal: ContentPage, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        add_content_page([], f"Trang {number}", show_in_menus=True)
    assert HomePage.objects.get().get_children().count() > 5
    with django_assert_max_num_queries(20):
        Client().get("/en/danh-muc/")
