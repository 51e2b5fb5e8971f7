"""Pages of the portal with every block that editors may use."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any

from catalog_pages.models import AgencyCatalogPage, ContentPage, HomePage, NewsIndexPage, NewsPage

TABLE = {
    "caption": "Biểu mẫu",
    "columns": [{"type": "text", "heading": "Tên mẫu"}, {"type": "number", "heading": "Số trang"}],
    "rows": [{"values": ["Mẫu số 01", "1234.5"]}, {"values": ["Mẫu số 02", None]}],
}
LAW = {
    "text": "Mỗi cơ quan lập danh mục.\n\nMỗi năm một lần.",
    "source": "Khoản 2 Điều 5",
    "address": "/nghi-dinh-335/",
}
CONTACT = {
    "name": "Phòng Công chức", "about": "Danh mục", "address": "1 Lê Lợi", "telephone": "0232 382 0101",
    "email": "noivu@example.gov.vn", "hours": "7:30 đến 17:00",
}  # fmt: skip
NO_IMAGE = {"image": None, "decorative": False, "alt_text": ""}


def every_block(catalog: AgencyCatalogPage | None = None) -> list[dict[str, Any]]:
    """Return one stored block of each type that needs nothing of the library; ``catalog`` is a published one."""
    page = catalog.pk if catalog else None
    rows = [
        ("heading", {"text": "Mở đầu", "level": "2"}),
        ("text", "<p>Lời <b>dẫn</b>.</p>"),
        ("table", TABLE),
        ("accordion", {"parts": [{"heading": "Ai nộp", "text": "<p>Cơ quan</p>"}]}),
        ("questions", {"heading": "Hỏi đáp", "questions": [{"question": "Khi nào?", "answer": "<p>Tháng sáu</p>"}]}),
        ("steps", {"heading": "Các bước", "steps": [{"heading": "Lập", "text": "<p>Theo mẫu</p>"}]}),
        ("law", LAW),
        ("contact", CONTACT),
        ("video", {"title": "Hướng dẫn", "address": "https://youtu.be/abc", "image": NO_IMAGE}),
        ("figure", {"figure": "tien-do", "heading": "", "comment": "", "table_open": False}),
        *([("catalog", {"page": page, "shown_items": 1})] if page else []),
        ("catalog_search", {"heading": "Tìm công việc", "page": page}),
        ("milestones", {"heading": "Lịch", "days": [{"day": "2026-06-30", "text": "Hạn trình"}]}),
    ]
    return [{"type": kind, "value": value} for kind, value in rows]


def add_content_page(blocks: list[dict[str, Any]], title: str = "Nội dung", **fields: Any) -> ContentPage:
    """Return a published page below the home page, made of stored blocks."""
    body = ContentPage.body.field.to_python(json.dumps(blocks))
    page: ContentPage = HomePage.objects.get().add_child(instance=ContentPage(title=title, body=body, **fields))
    return page


def add_news(articles: Sequence[tuple[str, datetime.date, str]]) -> NewsIndexPage:
    """Return the list of news, with an article for each title, day and summary below it."""
    index = NewsIndexPage.objects.first()
    if index is None:
        index = HomePage.objects.get().add_child(instance=NewsIndexPage(title="Tin tức", show_in_menus=True))
    for title, day, summary in articles:
        index.add_child(instance=NewsPage(title=title, date=day, summary=summary)).save_revision().publish()
    return index
