"""How the admin finds pages: by their titles, typed with or without diacritics."""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search import index

from catalog_pages.english import both_languages
from cms.core.text import fold

SEARCH_FIELDS = [
    *Page.search_fields, index.SearchField("folded_title"), index.AutocompleteField("folded_title"),
    index.AutocompleteField("folded_words"),
]  # fmt: skip
# A page's words beside its title and body.
_OTHER_WORDS = ("search_description", "title_en", *both_languages("summary", "introduction", "headline"))
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
        bodies = [
            text
            for name in both_languages("body")
            if hasattr(self, name)
            for text in self._meta.get_field(name).get_searchable_content(getattr(self, name))
        ]
        return fold(strip_tags(" ".join([*texts, *map(str, bodies)])))[:_LONGEST]
