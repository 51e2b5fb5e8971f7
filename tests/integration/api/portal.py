"""A portal with words, pictures and files: some for everybody, some not. CANARY stands only in what nobody may read."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from catalog_pages.models import AgencyCatalogPage, ContentPage, HomePage
from tests.factories.content import add_news
from tests.factories.figures import publish_figures
from tests.integration.api.conftest import CANARY, World


@dataclass(frozen=True)
class Portal:
    """Pages, pictures and documents; ``hidden`` is behind a password, ``unpublished`` a draft."""

    page: ContentPage
    hidden: ContentPage
    unpublished: ContentPage
    picture: Any
    document: Any
    closed_picture: Any
    closed_document: Any


def add_picture(title: str, collection: Collection | None = None, **fields: Any) -> Any:
    """Return a new picture of the library."""
    drawn = BytesIO()
    Drawing.new("RGB", (1000, 500), "navy").save(drawn, "PNG")
    where = collection or Collection.get_first_root_node()
    file = ImageFile(BytesIO(drawn.getvalue()), f"{title}.png")
    return get_image_model().objects.create(title=title, file=file, collection=where, **fields)


def add_document(title: str, collection: Collection | None = None, **fields: Any) -> Any:
    """Return a new document of the library."""
    where = collection or Collection.get_first_root_node()
    file = ContentFile(b"%PDF-1.4", f"{title}.pdf")
    document = get_document_model().objects.create(title=title, file=file, collection=where, **fields)
    document.get_file_size()
    return document


def make_portal(world: World) -> Portal:
    """Return the portal around the published catalogs of a world."""
    publish_figures()
    home = HomePage.objects.get()
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    below = closed.add_child(name="Nội bộ, phần hai")
    picture = add_picture("Trụ sở", description="Trụ sở Sở Nội vụ nhìn từ quảng trường")
    document = add_document("Kế hoạch 2026")
    closed_picture, closed_document = add_picture(CANARY, closed), add_document(CANARY, below)
    hidden = home.add_child(instance=ContentPage(title=f"Kín {CANARY}", slug="kin"))
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password=CANARY)
    unpublished = home.add_child(instance=ContentPage(title=f"Nháp {CANARY}", live=False))
    catalog = AgencyCatalogPage.objects.get(catalog=world.first.catalog)
    targets = {"page": catalog.pk, "draft": unpublished.pk, "hidden": hidden.pk, "file": document.pk}
    text = (
        "<h2>Quy trình</h2>"
        '<p>Xem <a linktype="page" id="{page}">danh mục</a>, <a linktype="document" id="{file}">tệp</a>,'
        ' <a href="/du-lieu-mo/?a=1&amp;b=2">dữ liệu</a>, <a href="https://vanban.example.gov.vn/">văn bản</a>,'
        ' <a linktype="page" id="{draft}">trang nháp</a>, <a linktype="page" id="{hidden}">trang kín</a>,'
        f' <a linktype="document" id="{closed_document.pk}">tệp kín</a>.</p>'
    ).format(**targets)
    body = [
        {"type": "text", "value": text},
        {"type": "picture", "value": {"image": _image(picture), "caption": "Nơi tiếp nhận"}},
        {"type": "picture", "value": {"image": _image(closed_picture), "caption": CANARY}},
        {"type": "documents", "value": {"heading": "Văn bản", "documents": [document.pk, closed_document.pk]}},
        {"type": "documents", "value": {"heading": CANARY, "documents": [closed_document.pk]}},
        {"type": "catalog", "value": {"page": catalog.pk}},
    ]
    page = home.add_child(instance=ContentPage(title="Giới thiệu", introduction="<p>Đây là cổng.</p>"))
    page.body = stored_body(body)
    page.save()
    add_news([("Công bố danh mục", datetime.date(2026, 6, 15), "Chín cơ quan đã công bố.")])
    return Portal(page, hidden, unpublished, picture, document, closed_picture, closed_document)


def _image(image: Any) -> dict[str, Any]:
    return {"image": image.pk, "decorative": False, "alt_text": "Toà nhà bốn tầng"}


def stored_body(blocks: list[dict[str, Any]]) -> Any:
    """Return the body that these stored blocks make."""
    return ContentPage.body.field.to_python(json.dumps(blocks))
