"""What editors may write with, and what they may point to: what everybody may see."""

from __future__ import annotations

from typing import Any

from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

LINE_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
TEXT_FEATURES = ["h2", "h3", *LINE_FEATURES]


def is_open_to_all(content: Any) -> bool:
    """Return whether everybody may see a page, a document or an image: published, and behind no restriction."""
    if isinstance(content, Page):
        return bool(content.live) and not PageViewRestriction.objects.filter(page__in=_with_ancestors(content)).exists()
    return not closed_collections().filter(pk=content.collection_id).exists()


def closed_collections() -> Any:
    """Return the collections that not everybody may look into, those below a closed one too."""
    closed = Collection.objects.none()
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        closed = closed | Collection.objects.filter(path__startswith=path)
    return closed


def _with_ancestors(page: Page) -> Any:
    return Page.objects.ancestor_of(page, inclusive=True)
