"""The demo's public face as its editors would have built it: figures on the home page, two pages, news."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from catalog_pages.models import ContentPage, HomePage, NewsIndexPage, NewsPage

ABOUT_INTRODUCTION = "<p>Cổng công bố danh mục sản phẩm, công việc của các cơ quan trong tỉnh và cách đánh giá.</p>"
QUESTIONS_INTRODUCTION = "<p>Những điều người dân và công chức hay hỏi về danh mục, hệ số và dữ liệu.</p>"
NEWS_INTRODUCTION = "<p>Tiến độ lập, thẩm định và công bố danh mục của các cơ quan.</p>"
HOME: list[tuple[str, Any]] = [
    ("figure", {"figure": "tien-do", "heading": "", "comment": "", "table_open": False}),
    ("figure", {"figure": "quy-mo-nhom", "heading": "", "comment": "", "table_open": False}),
]
ABOUT: list[tuple[str, Any]] = [
    ("steps", {"heading": "Một danh mục ra đời thế nào", "steps": [
        {"heading": "Cơ quan lập danh mục", "text": "<p>Điền tệp Excel theo mẫu rồi tải lên, hoặc nhập từng mục.</p>"},
        {"heading": "Sở Nội vụ thẩm định", "text": "<p>Đọc từng mục, góp ý, loại việc trùng, so sánh hệ số.</p>"},
        {"heading": "Chủ tịch Ủy ban nhân dân tỉnh quyết định", "text": "<p>Có số, ngày và ngày hiệu lực.</p>"},
        {"heading": "Danh mục được công bố", "text": "<p>Ai cũng đọc, tải về, so sánh được các phiên bản.</p>"},
    ]}),
    ("law", {
        "text": "Nghị định số 335/2025/NĐ-CP: 30 điểm tiêu chí chung, 70 điểm kết quả thực hiện nhiệm vụ, "
        "tính theo sản phẩm quy đổi.",
        "source": "Tóm tắt của nền tảng; nguyên văn là của nghị định", "address": "/nghi-dinh-335/",
    }),
    ("catalog_search", {"heading": "Tìm sản phẩm, công việc", "page": None}),
]  # fmt: skip
ABOUT_IN_ENGLISH = (
    "<p>Where the agencies of the province publish what their officials produce, and how it is measured.</p>"
)
ABOUT_EN: list[tuple[str, Any]] = [
    ("steps", {"heading": "How a catalog comes about", "steps": [
        {"heading": "The agency lists its products and works", "text": "<p>In an Excel template, or item by item.</p>"},
        {"heading": "The Department of Home Affairs appraises", "text": "<p>Item by item: notes and repeats.</p>"},
        {"heading": "The Chairman decides", "text": "<p>With a number, a date and a day of effect.</p>"},
        {"heading": "The catalog is published", "text": "<p>To be read, downloaded and compared by anybody.</p>"},
    ]}),
    ("catalog_search", {"heading": "Find a product or work", "page": None}),
]  # fmt: skip
QUESTIONS: list[tuple[str, Any]] = [("questions", {"heading": "Câu hỏi thường gặp", "questions": [
    {"question": "Hệ số quy đổi là gì?",
     "answer": "<p>Một sản phẩm bằng bao nhiêu lần sản phẩm chuẩn của danh mục.</p>"},
    {"question": "Có xem được điểm của một công chức không?",
     "answer": "<p>Không. Trang công khai chỉ có danh mục, tiêu chí và số liệu tổng hợp, không có cá nhân nào.</p>"},
    {"question": "Tôi dùng lại dữ liệu này được không?",
     "answer": "<p>Được. Trang Dữ liệu mở có mọi tệp, kèm mô tả từng cột và giấy phép.</p>"},
]})]  # fmt: skip
NEWS = [
    (16, "Các cơ quan trình danh mục sản phẩm, công việc", "Hạn trình đã gần; tệp mẫu và hướng dẫn có sẵn."),
    (9, "Thẩm định danh mục: so sánh hệ số giữa các cơ quan", "Cùng một việc mà hệ số khác nhau nhiều thì được hỏi."),
    (2, "Công bố số liệu về danh mục của các cơ quan", "Số liệu tổng hợp và tệp dữ liệu mở có trên trang Công khai."),
]  # fmt: skip


def load() -> Iterator[str]:
    """Write and publish the pages, unless there are news already."""
    if NewsIndexPage.objects.exists():
        return
    home = HomePage.objects.get()
    with transaction.atomic():
        home.body = _body(HomePage, HOME)
        home.save_revision().publish()
        about = {"title_en": "About", "introduction_en": ABOUT_IN_ENGLISH, "body_en": _body(ContentPage, ABOUT_EN)}
        _add(home, _page("Giới thiệu", ABOUT_INTRODUCTION, ABOUT, **about))
        _add(home, _page("Hỏi đáp", QUESTIONS_INTRODUCTION, QUESTIONS, title_en="Questions"))
        news = _add(
            home,
            NewsIndexPage(title="Tin tức", title_en="News", show_in_menus=True, introduction=NEWS_INTRODUCTION),
        )
        for days, title, summary in NEWS:
            _add(news, NewsPage(title=title, date=timezone.localdate() - timedelta(days), summary=summary))
    yield f"Cổng thông tin: {len(NEWS)} tin, 2 trang nội dung"


def _page(title: str, introduction: str, blocks: list[tuple[str, Any]], **english: Any) -> ContentPage:
    body = _body(ContentPage, blocks)
    return ContentPage(title=title, introduction=introduction, show_in_menus=True, body=body, **english)


def _body(page: type[Page], blocks: list[tuple[str, Any]]) -> Any:
    stored = [{"type": kind, "value": value} for kind, value in blocks]
    return page._meta.get_field("body").to_python(json.dumps(stored))


def _add(above: Page, page: Page) -> Page:
    added = above.add_child(instance=page)
    added.save_revision().publish()
    return added
