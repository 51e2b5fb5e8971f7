"""What writes the fields of pages, pictures and documents over the API: those of editors, and those of the platform."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from api.pages.blocks import serialize_blocks
from api.pages.reader import Reader
from catalog_pages import published
from catalog_pages.frame import read_frame
from catalog_pages.news import published_news
from catalog_pages.portal import PortalSettings, with_province

LATEST, LATEST_NEWS = 5, 3


class ReaderField(serializers.Field[Any, Any, Any, Any]):
    """A field of which a reader makes the value."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    @property
    def reader(self) -> Reader:
        """Return the reader of this answer: one for all fields."""
        context: dict[str, Any] = self.context  # type: ignore[assignment]
        reader: Reader = context.setdefault("_reader", Reader(context["request"]))
        return reader


class PageField(ReaderField):
    """A field made of the whole page."""

    def __init__(self) -> None:
        super().__init__(source="*")


class HtmlField(ReaderField):
    """Rich text as HTML."""

    def to_representation(self, value: str) -> str:
        """Return the HTML."""
        return self.reader.html(value)


class PlainTextField(ReaderField):
    """A line of words, with the province's name where it shall stand."""

    def to_representation(self, value: str) -> str:
        """Return the line."""
        return with_province(value)


class BodyField(ReaderField):
    """Blocks."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return those that show something."""
        return serialize_blocks(self.reader, value)


class CountField(PageField):
    """How many agencies have a published catalog."""

    def to_representation(self, page: Any) -> int:
        """Return the number."""
        return published.published_pages().count()


class FrontFiguresField(PageField):
    """What the front page says at a glance."""

    def to_representation(self, page: Any) -> dict[str, Any]:
        """Return the findings, and how many agencies are how far."""
        return self.reader.front_figures()


class DecisionsField(PageField):
    """The versions decided last."""

    def to_representation(self, page: Any) -> list[dict[str, Any]]:
        """Return them, the newest first."""
        return [
            self.reader.version(version) for version in published.latest_decisions(LATEST, published.published_pages())
        ]


class FooterField(PageField):
    """What stands at the foot of every page."""

    def to_representation(self, page: Any) -> dict[str, str]:
        """Return its words."""
        portal = PortalSettings.for_request(self.context["request"])
        return {
            "legal_line": with_province(portal.legal_line), "note": portal.footer_note,
            "contact": self.reader.html(portal.contact),
        }  # fmt: skip


class SiteField(PageField):
    """What the site is called, how it looks, and what is urgent."""

    def to_representation(self, page: Any) -> dict[str, Any]:
        """Return it, with the pages of the menu in their order."""
        portal = PortalSettings.for_request(self.context["request"])
        logo = portal.open_logo
        return {
            "name": portal.name, "province": settings.THUOCDO_PROVINCE_NAME, "colour": portal.colour,
            "logo": self.reader.renditions(logo) if logo else [], "notice": self.reader.html(portal.open_notice),
            "menu": [
                {"title": page.title, "detail_url": self.reader.detail("pages", page.pk)}
                for page in read_frame().menu
            ],
        }  # fmt: skip


class NewsField(PageField):
    """The newest articles."""

    def to_representation(self, page: Any) -> list[dict[str, Any]]:
        """Return them, the newest first."""
        return [
            {
                "title": news.title, "date": news.date, "summary": news.summary,
                "detail_url": self.reader.detail("pages", news.pk), "html_url": self.reader.address(news.url),
            }
            for news in published_news()[:LATEST_NEWS]
        ]  # fmt: skip


class PictureField(PageField):
    """The picture of an article."""

    def to_representation(self, page: Any) -> dict[str, Any] | None:
        """Return it; None where there is none that everybody may see."""
        return self.reader.picture(page.open_picture) if page.open_picture else None


class CatalogField(PageField):
    """The catalog of an agency's page."""

    def to_representation(self, page: Any) -> dict[str, Any] | None:
        return self.reader.catalog(page)


class ReleaseField(PageField):
    """The release of figures that the page shows."""

    def to_representation(self, page: Any) -> dict[str, Any] | None:
        return self.reader.release()


class AltField(PageField):
    """The words of the library that stand for a picture."""

    def to_representation(self, image: Any) -> str:
        """Return them."""
        return str(image.default_alt_text)


class DownloadField(PageField):
    """Where a file is downloaded from."""

    def to_representation(self, instance: Any) -> str:
        """Return the address."""
        return self.reader.address(getattr(instance, "url", "") or instance.file.url)


class RenditionsField(PageField):
    """A picture in several sizes."""

    def to_representation(self, image: Any) -> list[dict[str, Any]]:
        """Return them, the smallest first."""
        return self.reader.renditions(image)


# What is written by the names of fields that editors fill in, and the further fields of pages of a type.
_IN_BOTH_LANGUAGES: dict[str, type[ReaderField]] = {
    "introduction": HtmlField, "contact": HtmlField, "body": BodyField, "links": BodyField,
    **dict.fromkeys(("headline", "search_label", "search_hint", "links_heading", "count_label"), PlainTextField),
    "decisions_heading": PlainTextField,
}  # fmt: skip
EDITOR_FIELDS = (
    _IN_BOTH_LANGUAGES | {f"{name}_en": maker for name, maker in _IN_BOTH_LANGUAGES.items()} | {"picture": PictureField}
)
PAGE_FIELDS: dict[str, dict[str, type[PageField]]] = {
    "HomePage": {
        "published_count": CountField,
        "front_figures": FrontFiguresField,
        "latest_decisions": DecisionsField,
        "latest_news": NewsField,
        "site": SiteField,
        "footer": FooterField,
    },
    "AgencyCatalogPage": {"catalog": CatalogField},
    "TransparencyPage": {"release": ReleaseField},
}
