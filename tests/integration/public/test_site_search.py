"""One search over the whole portal: what is published, of every kind, the best first, in bounded queries."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from catalog_pages.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from catalog_pages.site_search import KINDS, PAGE_SIZE
from tests.factories.content import add_content_page
from tests.factories.figures import publish_figures
from tests.integration.public.conftest import STATISTICS

HIT = re.compile(r'<li><a href="([^"]+)">([^<]+)</a>')


def found(client, text, kind="", page=""):
    """Return address and name of each hit, in order."""
    html = client.get("/tim-kiem/", {"q": text, "loai": kind, "trang": page}).content.decode()
    return HIT.findall(html.partition('class="kinds"')[2].partition("</nav>")[2].partition("<footer")[0])


def add_page(title, above=None, model=ContentPage, **values):
    page = (above or HomePage.objects.get()).add_child(instance=model(title=title, live=False, **values))
    page.save_revision().publish()
    return page


@pytest.fixture
def news(db):
    return add_page("Tin tức", model=NewsIndexPage)


@pytest.mark.parametrize(
    ("kind", "text", "address"),
    [
        ("co-quan", "thong ke", STATISTICS),
        ("muc", "chuyen doi so", f"{STATISTICS}phien-ban/2/muc/"),
        ("tieu-chi", "tieu chi chung", "/nghi-dinh-335/#dieu-12"),
        ("du-lieu", "co quan", "/du-lieu-mo/#"),
        ("huong-dan", "tai len", "/tro-giup/"),
    ],
)
def test_each_kind_is_found_without_diacritics(client, two_versions, kind, text, address):
    hits = found(client, text, kind)

    assert any(url.startswith(address) for url, _name in hits), hits
    assert all(client.get(url).status_code == 200 for url, _name in hits[:3])


def test_pages_and_news_are_found_by_their_words_and_named_first_by_their_titles(client, news):
    body = [("text", "<p>Nói cả về vườn ươm hài lòng</p>")]
    inside = add_page("Giới thiệu", body=body)
    named = add_page("Vườn ươm hài lòng")
    article = add_page("Công bố", news, NewsPage, summary="Kết quả vườn ươm hài lòng")

    assert [url for url, _name in found(client, "vuon uom hai long", "trang")] == [named.url, inside.url]
    assert [url for url, _name in found(client, "vuon uom hai long")] == [named.url, inside.url, article.url]


def test_what_is_no_longer_public_or_only_drafted_is_not_found(client, news):
    draft = HomePage.objects.get().add_child(instance=ContentPage(title="Vườn ươm nháp", live=False))
    page, closed = add_page("Vườn ươm hở"), add_page("Vườn ươm kín")
    withdrawn = add_page("Vườn ươm rút", news, NewsPage, summary="Rút")
    page.introduction = "<p>từ chưa công bố</p>"
    page.save_revision()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    NewsPage.objects.get(pk=withdrawn.pk).unpublish()

    assert found(client, "vuon uom") == [(page.url, "Vườn ươm hở")]
    assert found(client, "tu chua cong bo", "trang") == []
    assert not draft.live


def test_a_draft_of_a_catalog_is_not_found(client, draft):
    name = draft.items.first().name

    assert found(client, name, "muc") == []


def test_figures_of_the_release_are_found(client, people):
    publish_figures(people["approver"])

    assert any(url.startswith("/minh-bach/") for url, _name in found(client, "danh muc", "du-lieu"))


def test_a_kind_is_in_pages_and_a_made_up_place_is_the_first(client, news):
    for number in range(PAGE_SIZE + 3):
        add_page(f"Thông báo {number:02}", news, NewsPage, summary="Việc")
    pages = [found(client, "thong bao", "tin", page) for page in ("1", "2")]

    assert [len(page) for page in pages] == [PAGE_SIZE, 3]
    assert not {*pages[0]} & {*pages[1]}
    assert found(client, "thong bao", "tin", "-1") == found(client, "thong bao", "tin", "x²") == pages[0]
    assert len(found(client, "thong bao")) < PAGE_SIZE


def test_as_many_queries_whatever_there_is(client, two_versions, news):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/tim-kiem/", {"q": "bao cao"}).status_code == 200
        return len(counted)

    add_page("Báo cáo 0", news, NewsPage, summary="Việc")
    queries()
    few = queries()
    for number in range(1, 30):
        add_page(f"Báo cáo {number}", news, NewsPage, summary="Việc")
        add_page(f"Báo cáo trang {number}")

    assert queries() <= few + 2
    assert few <= 45


@pytest.mark.parametrize(
    "text", ["", "  ", "\x00", "!!!", "x" * 5000, '"* OR (', "</script><b>", "không có chữ nào thế này"]
)
def test_nothing_and_hostile_words_are_answered(client, two_versions, text):
    answer = client.get("/tim-kiem/", {"q": text, "loai": "khong-co", "trang": "9" * 400})

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()
    assert {client.get("/tim-kiem/", {"q": text, "loai": kind.key}).status_code for kind in KINDS} == {200}


def test_nothing_found_says_what_to_do_and_a_lost_reader_is_sent_there(client, two_versions):
    assert "Hãy thử ít từ hơn" in client.get("/tim-kiem/?q=zzzzz").content.decode()
    assert 'action="/tim-kiem/"' in client.get("/khong-co/").content.decode()


def test_documents_are_found_where_a_published_page_hands_them_out(client, two_versions):
    documents = get_document_model()
    plan, draft, closed = (
        documents.objects.create(title=f"Kế hoạch {name}", file=ContentFile(b"%PDF-1.7", "ke-hoach.pdf"))
        for name in ("năm", "nháp", "kín")
    )
    closed.collection = Collection.get_first_root_node().add_child(name="Kín")
    closed.save()
    CollectionViewRestriction.objects.create(collection=closed.collection, restriction_type="login")
    block = {"type": "documents", "value": {"heading": "Văn bản", "documents": [plan.pk, closed.pk]}}
    page = add_content_page([block])
    hidden = add_content_page([{"type": "documents", "value": {"heading": "x", "documents": [draft.pk]}}], "Chưa đăng")
    hidden.unpublish()

    assert found(client, "ke hoach", "tai-lieu") == [(plan.url, "Kế hoạch năm")]
    page.unpublish()
    assert found(client, "ke hoach", "tai-lieu") == []
