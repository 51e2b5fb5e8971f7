"""How the admin finds pages: by their titles, typed with or without diacritics."""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search import index

from cms.core.text import fold

SEARCH_FIELDS = [
    *Page.search_fields, index.SearchField("folded_title"), index.AutocompleteField("folded_title"),
    index.AutocompleteField("folded_words"),
]  # fmt: skip
# A page's words beside its title and body.
_OTHER_WORDS = ("search_description", "summary", "introduction", "headline")
_LONGEST = 50_000


class FoldedTitle:
    """Lets the admin find a page by its title typed without diacritics."""

    title: str
    body: Any
    _meta: Any

    @property
    def folded_title(self) -> str:
        """Return the title as the search index holds it beside the written one."""
        return fold(self.title)

    @property
    def folded_words(self) -> str:
        """Return what else the page says, for the search of the portal: Wagtail indexes only what is published."""
        texts = [text for name in _OTHER_WORDS if (text := getattr(self, name, ""))]
        body = self._meta.get_field("body").get_searchable_content(self.body) if hasattr(self, "body") else []
        return fold(strip_tags(" ".join([*texts, *map(str, body)])))[:_LONGEST]
