"""Pages, pictures and documents as JSON: the shapes that document them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.pages.block_shapes import (
    MISSING_FIGURE,
    SHAPES,
    PictureReferenceSerializer,
    PublishedCatalogSerializer,
    PublishedVersionSerializer,
    RenditionSerializer,
)
from api.pages.fields import BodyField
from api.v1.serializers.base import RowSerializer
from api.v1.serializers.transparency import ReleaseDetailSerializer
from catalog_pages.content_body import ContentBody


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


class NewsReferenceSerializer(MenuEntrySerializer):
    """An article as the front page tells it."""

    html_url = serializers.URLField()
    date = serializers.DateField()
    summary = serializers.CharField()


class SiteSerializer(serializers.Serializer[Any]):
    """What the site is called, how it looks, and what is urgent."""

    name = serializers.CharField()
    province = serializers.CharField()
    colour = serializers.CharField(help_text="Such as #14315c; white words can be read on it.")
    logo = RenditionSerializer(many=True, help_text="Empty where none was chosen.")
    notice = serializers.CharField(help_text="HTML; empty where nothing is urgent.")
    menu = MenuEntrySerializer(many=True, help_text="The editors' pages that stand in the menu.")


class FrontFindingSerializer(serializers.Serializer[Any]):
    """A figure of the newest release in a few words."""

    code = serializers.CharField()
    headline = serializers.CharField()
    title = serializers.CharField()


class AgencyStateCountSerializer(serializers.Serializer[Any]):
    """How many agencies are how far."""

    state = serializers.CharField()
    agencies = serializers.IntegerField()


class FrontFiguresSerializer(serializers.Serializer[Any]):
    """What the front page says at a glance; nothing before the first release of figures."""

    findings = FrontFindingSerializer(many=True)
    agencies_by_state = AgencyStateCountSerializer(many=True)


class _BothLanguages(_Introduced):
    title_en = serializers.CharField(help_text="In English, as all of this kind; empty where no editor wrote it.")
    introduction_en = serializers.CharField()


class HomePageSerializer(_BothLanguages):
    """The front page."""

    headline = serializers.CharField()
    search_label = serializers.CharField()
    search_hint = serializers.CharField()
    links_heading = serializers.CharField()
    count_label = serializers.CharField(help_text="Stands after published_count.")
    links = _blocks("HomeLink", ("link",))
    decisions_heading = serializers.CharField()
    body = _blocks("ContentBlock", _CONTENT)
    headline_en = serializers.CharField()
    search_label_en = serializers.CharField()
    search_hint_en = serializers.CharField()
    links_heading_en = serializers.CharField()
    count_label_en = serializers.CharField()
    links_en = _blocks("HomeLink", ("link",))
    decisions_heading_en = serializers.CharField()
    body_en = _blocks("ContentBlock", _CONTENT)
    published_count = serializers.IntegerField(help_text="How many agencies have a published catalog.")
    front_figures = FrontFiguresSerializer()
    latest_decisions = PublishedVersionSerializer(many=True)
    latest_news = NewsReferenceSerializer(many=True, help_text="The newest articles.")
    site = SiteSerializer()
    footer = FooterSerializer()


class ContentPageSerializer(_BothLanguages):
    """A page of words, pictures and files."""

    body = _blocks("ContentBlock", _CONTENT)
    body_en = _blocks("ContentBlock", _CONTENT)


class NewsIndexPageSerializer(_BothLanguages):
    """The list of news; the articles are /api/pages/?type=catalog_pages.NewsPage&order=-date&fields=date,summary."""


class NewsPageSerializer(PageSummarySerializer):
    """An article of the news."""

    date = serializers.DateField()
    summary = serializers.CharField()
    picture = PictureReferenceSerializer(allow_null=True)
    body = _blocks("ContentBlock", _CONTENT)
    title_en = serializers.CharField()
    summary_en = serializers.CharField()
    body_en = _blocks("ContentBlock", _CONTENT)


class CatalogIndexPageSerializer(_BothLanguages):
    """All agencies' catalogs; the list itself is /api/v1/catalogs/."""


class TransparencyPageSerializer(_BothLanguages):
    """Public figures and words about them."""

    body = _blocks("TransparencyBlock", _CONTENT)
    body_en = _blocks("TransparencyBlock", _CONTENT)
    release = ReleaseDetailSerializer(allow_null=True)


class AgencyCatalogPageSerializer(_Introduced):
    """An agency's catalog."""

    contact = serializers.CharField(help_text="HTML.")
    introduction_en = serializers.CharField()
    contact_en = serializers.CharField()
    catalog = PublishedCatalogSerializer(allow_null=True)


PAGE = PolymorphicProxySerializer(
    "Page",
    [
        HomePageSerializer, ContentPageSerializer, CatalogIndexPageSerializer, TransparencyPageSerializer,
        AgencyCatalogPageSerializer, NewsIndexPageSerializer, NewsPageSerializer,
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
