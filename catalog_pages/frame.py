"""Which pages the frame of every page leads to: the index of catalogs, the public figures, the editors' menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction

from catalog_pages.models import CatalogIndexPage, ContentPage, NewsIndexPage, TransparencyPage

# Those right below the home page, of which there is one.
_DEPTH = 3


@dataclass(frozen=True)
class Frame:
    """Pages to link to; their addresses are known, what stands in them is not read."""

    index: CatalogIndexPage | None = None
    transparency: TransparencyPage | None = None
    # The editors' pages that everybody may see and that were put into the menu, in the order of the tree.
    menu: tuple[ContentPage | NewsIndexPage, ...] = ()


def read_frame() -> Frame:
    """Return the pages of the frame: in one query that no number of other pages makes longer, in English a few more."""
    closed = Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))
    shown = Page.objects.type_q(CatalogIndexPage, TransparencyPage) | Q(show_in_menus=True)
    pages = Page.objects.filter(shown, depth=_DEPTH).live().annotate(is_closed=closed).order_by("path")
    if get_language() == "en":
        pages = pages.specific()
    found = [(page.specific_deferred, page.is_closed) for page in pages]
    return Frame(
        next((page for page, _closed in found if isinstance(page, CatalogIndexPage)), None),
        next((page for page, _closed in found if isinstance(page, TransparencyPage)), None),
        tuple(
            page
            for page, closed in found
            if isinstance(page, ContentPage | NewsIndexPage) and page.show_in_menus and not closed
        ),
    )  # fmt: skip
