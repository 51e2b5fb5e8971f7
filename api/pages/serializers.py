"""Pages, pictures and documents as JSON: fields that make the values, and the shapes that document it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.pages.block_shapes import (
    MISSING_FIGURE,
    SHAPES,
    PublishedCatalogSerializer,
    PublishedVersionSerializer,
    RenditionSerializer,
)
from api.pages.blocks import serialize_blocks
from api.pages.reader import Reader
from api.v1.serializers.base import RowSerializer
from api.v1.serializers.transparency import ReleaseDetailSerializer
from catalog_pages import published
from catalog_pages.content_body import ContentBody
from catalog_pages.frame import read_frame
from catalog_pages.portal import PortalSettings, with_province

LATEST = 5


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


class DecisionsField(PageField):
    """The versions decided last."""

    def to_representation(self, page: Any) -> list[dict[str, Any]]:
        """Return them, the newest first."""
        return [self.reader.version(version) for version in published.latest_decisions(LATEST)]


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
EDITOR_FIELDS: dict[str, type[ReaderField]] = {
    "introduction": HtmlField, "body": BodyField, "links": BodyField,
    **dict.fromkeys(("headline", "search_label", "search_hint", "links_heading", "count_label"), PlainTextField),
    "decisions_heading": PlainTextField,
}  # fmt: skip
PAGE_FIELDS: dict[str, dict[str, type[PageField]]] = {
    "HomePage": {
        "published_count": CountField,
        "latest_decisions": DecisionsField,
        "site": SiteField,
        "footer": FooterField,
    },
    "AgencyCatalogPage": {"catalog": CatalogField},
    "TransparencyPage": {"release": ReleaseField},
}


# Shapes, for the documentation.


class ParentMetaSerializer(serializers.Serializer[Any]):
    """Where the page above stands."""

    type = serializers.CharField()
    detail_url = serializers.URLField()
    html_url = serializers.URLField()


class ParentSerializer(serializers.Serializer[Any]):
    """The page above."""

    id = serializers.IntegerField()
    meta = ParentMetaSerializer()
    title = serializers.CharField()


class PageMetaSerializer(RowSerializer):
    """What a page is, and where it stands."""

    type = serializers.CharField(help_text="Such as catalog_pages.ContentPage.")
    detail_url = serializers.URLField()
    html_url = serializers.URLField()
    slug = serializers.CharField()
    show_in_menus = serializers.BooleanField()
    seo_title = serializers.CharField()
    search_description = serializers.CharField()
    first_published_at = serializers.DateTimeField(allow_null=True)
    locale = serializers.CharField()
    alias_of = ParentSerializer(allow_null=True)
    parent = ParentSerializer(allow_null=True)


class PageSummarySerializer(RowSerializer):
    """A page as lists tell it."""

    id = serializers.IntegerField()
    meta = PageMetaSerializer()
    title = serializers.CharField()


class _Introduced(PageSummarySerializer):
    introduction = serializers.CharField(help_text="HTML; links lead to public addresses with their host.")


def _blocks(name: str, types: tuple[str, ...]) -> Any:
    """Return a documented list of blocks of these types."""
    shapes: dict[str, Any] = {shape: SHAPES[shape] for shape in types}
    proxy = PolymorphicProxySerializer(name, shapes, resource_type_field_name="type", many=True)
    return extend_schema_field(proxy)(type("Blocks", (BodyField,), {}))()


_CONTENT = (*ContentBody.base_blocks, MISSING_FIGURE)


class FooterSerializer(serializers.Serializer[Any]):
    """What stands at the foot of every page."""

    legal_line = serializers.CharField()
    note = serializers.CharField()
    contact = serializers.CharField(help_text="HTML.")


class MenuEntrySerializer(serializers.Serializer[Any]):
    """A page that stands in the menu."""

    title = serializers.CharField()
    detail_url = serializers.URLField()


class SiteSerializer(serializers.Serializer[Any]):
    """What the site is called, how it looks, and what is urgent."""

    name = serializers.CharField()
    province = serializers.CharField()
    colour = serializers.CharField(help_text="Such as #14315c; white words can be read on it.")
    logo = RenditionSerializer(many=True, help_text="Empty where none was chosen.")
    notice = serializers.CharField(help_text="HTML; empty where nothing is urgent.")
    menu = MenuEntrySerializer(many=True, help_text="The editors' pages that stand in the menu.")


class HomePageSerializer(_Introduced):
    """The front page."""

    headline = serializers.CharField()
    search_label = serializers.CharField()
    search_hint = serializers.CharField()
    links_heading = serializers.CharField()
    count_label = serializers.CharField(help_text="Stands after published_count.")
    links = _blocks("HomeLink", ("link",))
    decisions_heading = serializers.CharField()
    body = _blocks("ContentBlock", _CONTENT)
    published_count = serializers.IntegerField(help_text="How many agencies have a published catalog.")
    latest_decisions = PublishedVersionSerializer(many=True)
    site = SiteSerializer()
    footer = FooterSerializer()


class ContentPageSerializer(_Introduced):
    """A page of words, pictures and files."""

    body = _blocks("ContentBlock", _CONTENT)


class CatalogIndexPageSerializer(_Introduced):
    """All agencies' catalogs; the list itself is /api/v1/catalogs/."""


class TransparencyPageSerializer(_Introduced):
    """Public figures and words about them."""

    body = _blocks("TransparencyBlock", _CONTENT)
    release = ReleaseDetailSerializer(allow_null=True)


class AgencyCatalogPageSerializer(_Introduced):
    """An agency's catalog."""

    catalog = PublishedCatalogSerializer(allow_null=True)


PAGE = PolymorphicProxySerializer(
    "Page",
    [
        HomePageSerializer, ContentPageSerializer, CatalogIndexPageSerializer, TransparencyPageSerializer,
        AgencyCatalogPageSerializer,
    ],
    resource_type_field_name=None,
)  # fmt: skip


class FileMetaSerializer(RowSerializer):
    """What a file is, and where it is had from."""

    type = serializers.CharField()
    detail_url = serializers.URLField()
    download_url = serializers.URLField()


class DocumentSerializer(RowSerializer):
    """A document of an open collection."""

    id = serializers.IntegerField()
    meta = FileMetaSerializer()
    title = serializers.CharField()


class ImageSummarySerializer(DocumentSerializer):
    """A picture of an open collection, as lists tell it."""

    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField()


class ImageSerializer(ImageSummarySerializer):
    """A picture of an open collection."""

    renditions = RenditionSerializer(many=True)


class TotalSerializer(serializers.Serializer[Any]):
    """How long a list is."""

    total_count = serializers.IntegerField()


def listed(name: str, row: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """Return the shape of a list, ``{"meta": {"total_count"}, "items"}``."""
    fields = {"__doc__": "A part of a list.", "meta": TotalSerializer(), "items": row(many=True)}
    return type(f"{name}ListSerializer", (serializers.Serializer,), fields)
