"""Blocks that show what the platform keeps: pictures, documents, catalogs, links."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from catalog_pages import published, published_versions
from catalog_pages.rich_text import is_open_to_all

# Rows of a catalog that a block may show; the rest stands at the agency's own page.
MOST_ITEMS = 20
# What leads somewhere: a path of the portal, or another site.
ADDRESS = r"^(/(?!/)|https://)[^\s<>\"]*$"


class LabelledImageBlock(ImageBlock):
    """Wagtail's block, which leaves the label of its chooser in English."""

    def __init__(self, required: bool = True, **options: Any) -> None:
        super().__init__(required=required, **options)
        self.child_blocks["image"].label = _("Picture")


class PictureBlock(blocks.StructBlock):
    """A picture of the library, with the words that stand for it."""

    image = LabelledImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture, its caption, and words for those who do not see it.")
        label_format = "{caption}"
        template = "catalog_pages/blocks/picture.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Leave out a picture that was deleted, or that not everybody may see."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"picture": open_picture(value)}


class DocumentsBlock(blocks.StructBlock):
    """Documents to download."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files to download, such as the plan or the decision.")
        label_format = "{heading}"
        template = "catalog_pages/transparency/_documents_block.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Leave out documents that were deleted, or that not everybody may have."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"documents": open_documents(value)}


class CatalogBlock(blocks.StructBlock):
    """The catalog of an agency, with what holds today."""

    page = blocks.PageChooserBlock(label=_("Agency"), page_type="catalog_pages.AgencyCatalogPage")
    shown_items = blocks.IntegerBlock(
        label=_("How many items to show"), required=False, default=0, min_value=0, max_value=MOST_ITEMS,
        help_text=_("0: the agency and its decision alone. The whole list stands at the agency's page."),
    )  # fmt: skip

    class Meta:
        icon = "list-ul"
        label = _("Catalog of an agency")
        description = _("The agency, its version in effect and the decision; it leads to the catalog.")
        template = "catalog_pages/blocks/catalog.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Find the version that holds today; a catalog that is not published is left out."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = value["page"] and published.published_pages().filter(pk=value["page"].pk).first()
        versions = published_versions.public_versions(page.catalog) if page else []
        version = published_versions.current_of(versions)
        shown = version.items.order_by("position", "pk")[: value["shown_items"] or 0] if version else []
        return context | {"agency_page": page, "version": version, "shown_items": shown}


class CatalogSearchBlock(blocks.StructBlock):
    """A search box: over the items of all catalogs, or over those of one agency."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    page = blocks.PageChooserBlock(
        label=_("Agency"), page_type="catalog_pages.AgencyCatalogPage", required=False,
        help_text=_("Empty: the search looks into the catalogs of all agencies."),
    )  # fmt: skip

    class Meta:
        icon = "search"
        label = _("Search in catalogs")
        description = _("A search box for products and works, of all agencies or of one.")
        label_format = "{heading}"
        template = "catalog_pages/blocks/catalog_search.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say where the words are sent; there is no box while that is not there for everybody."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"target": search_target(value)}


class LinkBlock(blocks.StructBlock):
    """A way on: to a page of the portal, or to an address."""

    text = blocks.CharBlock(label=_("Text of the link"), max_length=200)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.RegexBlock(
        label=_("Address"), required=False, regex=ADDRESS, max_length=500,
        help_text=_("Where there is no page to choose: /du-lieu-mo/, or another site beginning with https://."),
        error_messages={"invalid": _("An address begins with / or with https://.")},
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{text}"
        template = "catalog_pages/blocks/link.html"

    def clean(self, value: Any) -> Any:
        """Refuse a link that leads nowhere, or to two places."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            message = _("Choose a page, or write an address: one of the two.")
            raise blocks.StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say where the link leads: nowhere while its page is not there for everybody."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"target": link_target(value)}


class LinksBlock(blocks.StreamBlock):
    """Ways on, one below the other."""

    link = LinkBlock()


def open_picture(value: Any) -> Any:
    """Return the image of a picture block; None where everybody may not see it."""
    return value["image"] if is_shown(value["image"]) else None


def is_shown(image: Any) -> bool:
    """Return whether an image is there, and everybody may see it."""
    return bool(image) and is_open_to_all(image)


def open_documents(value: Any) -> list[Any]:
    """Return the documents of a block that are there and that everybody may have."""
    return [document for document in value["documents"] if document and is_open_to_all(document)]


def link_target(value: Any) -> str:
    """Return the path or address to which a link leads; nothing where its page is not there for everybody."""
    if value["page"] is None:
        return str(value["address"])
    page = value["page"]
    return page.url or "" if is_open_to_all(page) else ""


def search_target(value: Any) -> str:
    """Return the path that a search box asks (``q``); nothing where its agency has no published catalog."""
    if value["page"]:
        page = published.published_pages().filter(pk=value["page"].pk).first()
        return str(page.url) if page else ""
    index = apps.get_model("catalog_pages", "CatalogIndexPage").objects.live().first()
    return f"{index.url}{index.reverse_subpage('search')}" if index else ""
