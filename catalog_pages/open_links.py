"""Links in the words of editors: they lead to what everybody may see, and nowhere else."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from catalog_pages.rich_text import closed_collections, is_open_to_all

# What stands for a link that leads nowhere: its words stay.
_DEAD_LINK = "<a>"


class OpenPageLinks(PageLinkHandler):
    """Links to pages that are published and open."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return the beginning of each link."""
        pages = cls.get_many(attrs_list)
        return [
            f'<a href="{escape(page.localized.url)}">' if page and is_open_to_all(page) else _DEAD_LINK
            for page in pages
        ]


class OpenDocumentLinks(DocumentLinkHandler):
    """Links to documents of open collections."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return the beginning of each link."""
        documents = get_document_model().objects.exclude(collection__in=closed_collections())
        open_documents = documents.in_bulk([attrs["id"] for attrs in attrs_list if str(attrs.get("id")).isdigit()])
        links = [
            open_documents.get(int(attrs["id"])) if str(attrs.get("id")).isdigit() else None for attrs in attrs_list
        ]
        return [f'<a href="{escape(document.url)}">' if document else _DEAD_LINK for document in links]


def register_links(features: FeatureRegistry) -> None:
    """Put these in the place of Wagtail's own."""
    features.register_link_type(OpenPageLinks)
    features.register_link_type(OpenDocumentLinks)
