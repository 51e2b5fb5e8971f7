"""Every block of the portal's pages: what it shows, what it tells a program, and what it refuses."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog_pages.content_body import ContentBody
from catalog_pages.models import HomePage, TransparencyPage, TransparencyRelease
from catalog_pages.word_blocks import video_host
from tests.factories import catalogs
from tests.factories.content import add_content_page, every_block
from tests.factories.figures import publish_figures
from tests.factories.people import make_people
from tests.own_scripts import without_own_scripts


@pytest.fixture
def catalog(province):
    """Return an agency's published catalog as a page."""
    people = make_people(province)
    version = catalogs.make_version(people["uploader"], province.statistics, items=3)
    version = catalogs.accept(catalogs.submit(version, people["uploader"]), people["editor"])
    return catalogs.decide(version, people["provincial_approver"]).catalog.page


def html_of(page):
    answer = Client().get(page.url)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def blocks_of(page):
    """Return the values of the page's blocks over the API, by type."""
    answer = Client().get(f"/api/pages/{page.pk}/")
    assert answer.status_code == 200
    return {block["type"]: block["value"] for block in answer.json()["body"]}


def test_every_block_is_shown_and_told(catalog):
    publish_figures()
    page = add_content_page(every_block(catalog))
    html, data = html_of(page), blocks_of(page)

    assert "<h2>Mở đầu</h2>" in html
    assert data["heading"] == {"text": "Mở đầu", "level": 2}
    assert '<td role="cell" class="number" data-label="Số trang">1.234,5</td>' in html
    assert "<caption>Biểu mẫu</caption>" in html
    assert data["table"] == {
        "caption": "Biểu mẫu",
        "columns": [{"heading": "Tên mẫu", "kind": "text"}, {"heading": "Số trang", "kind": "number"}],
        "rows": [["Mẫu số 01", "1234.5"], ["Mẫu số 02", ""]],
    }  # fmt: skip
    assert "<details><summary>Ai nộp</summary>" in html
    assert data["accordion"]["parts"] == [{"heading": "Ai nộp", "text": "<p>Cơ quan</p>"}]
    assert "<h3>Khi nào?</h3>" in html
    assert data["questions"]["questions"] == [{"question": "Khi nào?", "answer": "<p>Tháng sáu</p>"}]
    assert "<li><h3>Lập</h3>" in html
    assert data["steps"]["steps"][0]["text"] == "<p>Theo mẫu</p>"
    assert '<blockquote cite="/nghi-dinh-335/"><p>Mỗi cơ quan lập danh mục.</p>' in html
    assert data["law"]["url"] == "http://testserver/nghi-dinh-335/"
    assert 'href="tel:02323820101"' in html
    assert data["contact"]["email"] == "noivu@example.gov.vn"
    assert 'class="figure-block"' in html
    assert data["figure"]["figure"]["code"] == "tien-do"
    assert html.count('class="code"') == 1
    assert data["catalog"]["current_version"]["item_count"] == 3
    assert f'action="{catalog.url}"' in html
    assert "agency=" in data["catalog_search"]["items_url"]
    assert "30/06/2026" in html
    assert set(data) == set(ContentBody.base_blocks) - {"picture", "documents"}


def test_the_same_blocks_stand_on_the_home_page_and_beside_the_figures(catalog):
    publish_figures()
    for page in (HomePage.objects.get(), TransparencyPage.objects.get()):
        page.body = add_content_page(every_block(catalog), f"Mẫu {page.pk}").body
        page.save()
        assert "<summary>Ai nộp</summary>" in html_of(page)
        assert "questions" in blocks_of(page)


def test_a_search_box_finds_works_of_all_agencies(catalog):
    page = add_content_page([{"type": "catalog_search", "value": {"heading": "Tìm công việc", "page": None}}])

    assert 'action="/danh-muc/tim-kiem/"' in html_of(page)
    value = blocks_of(page)["catalog_search"]
    assert value["html_url"] == "http://testserver/danh-muc/tim-kiem/"
    found = Client().get(value["items_url"] + "&search=bao+cao")
    assert found.status_code == 200


def test_a_box_and_a_list_of_a_catalog_that_is_not_published_are_left_out(catalog):
    page = add_content_page(every_block(catalog))
    catalog.live = False
    catalog.save()

    assert "<form" not in html_of(page)
    assert {"catalog", "catalog_search"}.isdisjoint(blocks_of(page))


def test_a_figure_that_is_not_published_says_so(db):
    figure = {"figure": "tien-do", "heading": "", "comment": "", "table_open": False}
    gone = figure | {"figure": "khong-con", "heading": "Số liệu cũ"}
    page = add_content_page([{"type": "figure", "value": figure}])
    assert "Tiến độ xây dựng danh mục: số liệu này hiện không được công bố." in html_of(page)
    assert blocks_of(page) == {"missing_figure": {"code": "tien-do", "title": "Tiến độ xây dựng danh mục"}}

    publish_figures()
    page = add_content_page([{"type": "figure", "value": gone}], "Trang khác")
    assert "Số liệu cũ: số liệu này hiện không được công bố." in html_of(page)
    transparency = TransparencyPage.objects.get()
    transparency.body = page.body
    transparency.save()
    assert "Số liệu cũ: số liệu này hiện không được công bố." in html_of(transparency)


def test_many_figures_cost_one_reading_of_the_release(db):
    publish_figures()
    value = {"figure": "tien-do", "heading": "", "comment": "", "table_open": False}
    codes = list(TransparencyRelease.objects.get().figures)

    def queries(number):
        figures = [{"type": "figure", "value": value | {"figure": code}} for code in codes[:number]]
        page = add_content_page(figures, f"Trang {number}")
        with CaptureQueriesContext(connection) as asked:
            html_of(page)
        return len(asked)

    queries(1)
    assert queries(2) == queries(5)


def test_a_video_is_a_link_and_loads_nothing(db):
    value = {"title": "Hướng dẫn", "address": "https://youtu.be/abc", "image": {"image": None}}
    page = add_content_page([{"type": "video", "value": value}])
    html = html_of(page)

    assert '<a href="https://youtu.be/abc" rel="noreferrer noopener">' in html
    assert "Mở tại youtu.be." in html
    assert "<iframe" not in html
    assert "<script" not in without_own_scripts(html)
    assert blocks_of(page)["video"] == {
        "title": "Hướng dẫn", "url": "https://youtu.be/abc", "host": "youtu.be", "picture": None
    }  # fmt: skip


def test_a_video_of_a_site_that_is_no_longer_named_is_left_out(db, settings):
    page = add_content_page(
        [{"type": "video", "value": {"title": "A", "address": "https://youtu.be/a", "image": None}}]
    )
    settings.THUOCDO_VIDEO_HOSTS = ["vimeo.com"]

    assert "youtu.be" not in html_of(page)
    assert blocks_of(page) == {}


@pytest.mark.parametrize(
    "address",
    [
        "http://youtu.be/a", "javascript:alert(1)", "https://youtu.be.example.com/a", "https://youtu.be@example.com/a",
        "https://youtu.be:444/a", "//youtu.be/a", "https://[x/a", "", "https://YOUTU.BE/a",
    ],
)  # fmt: skip
def test_videos_elsewhere_are_refused_with_the_sites_that_may_be(address):
    assert video_host(address) == ""
    block = ContentBody().child_blocks["video"]
    value = block.to_python({"title": "A", "address": address, "image": None})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    if address:
        assert "www.youtube.com, youtu.be, vimeo.com" in str(refused.value.block_errors["address"])


def refuses(kind, value):
    block = ContentBody().child_blocks[kind]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


def test_blocks_refuse_what_readers_could_not_use(db):
    contact = {"name": "Phòng", "about": "", "address": "", "telephone": "", "email": "", "hours": ""}
    refuses("contact", contact | {"telephone": "gọi cho tôi"})
    refuses("contact", contact | {"email": "không phải"})
    refuses("law", {"text": "a", "source": "b", "address": "javascript:alert(1)"})
    refuses("heading", {"text": "a", "level": "7"})
    refuses("accordion", {"parts": []})
    refuses("table", {"caption": " ", "columns": [{"type": "text", "heading": "a"}], "rows": [{"values": ["b"]}]})
    refuses("table", {"caption": "a", "columns": [], "rows": []})
    refuses("figure", {"figure": "khong-co", "heading": "", "comment": "", "table_open": False})


def test_what_editors_write_is_words_and_never_markup(db):
    hostile = "<script>alert(1)</script>"
    page = add_content_page([
        {"type": "heading", "value": {"text": hostile, "level": "2"}},
        {"type": "law", "value": {"text": hostile, "source": hostile, "address": ""}},
        {"type": "table", "value": {
            "caption": hostile, "columns": [{"type": "text", "heading": hostile}], "rows": [{"values": [hostile]}]}},
    ])  # fmt: skip

    assert "<script>alert" not in html_of(page)


def test_a_cell_keeps_its_exact_decimal(db):
    block = ContentBody().child_blocks["table"]
    table = block.to_python(
        {"caption": "a", "columns": [{"type": "number", "heading": "b"}], "rows": [{"values": ["0.1"]}]}
    )

    assert block.clean(table).row_data[0]["values"] == [Decimal("0.1")]


def test_days_are_days(db):
    page = add_content_page(every_block())
    assert page.body[-1].value["days"][0]["day"] == datetime.date(2026, 6, 30)


def test_a_figure_that_stands_twice_on_a_page_has_two_names(db):
    publish_figures()
    value = {"figure": "tien-do", "heading": "", "comment": "", "table_open": False}
    page = add_content_page([{"type": "figure", "value": value}] * 2)

    for _again in range(2):
        names = re.findall(r' id="([^"]+)"', html_of(page))
        assert len(names) == len(set(names))
        assert {"tien-do", "tien-do-2"} <= set(names)
