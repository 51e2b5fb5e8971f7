"""How the admin finds pages: by their titles, typed with or without diacritics."""

from __future__ import annotations

from wagtail.models import Page
from wagtail.search import index

from cms.core.text import fold

SEARCH_FIELDS = [*Page.search_fields, index.SearchField("folded_title"), index.AutocompleteField("folded_title")]


class FoldedTitle:
    """Lets the admin find a page by its title typed without diacritics."""

    title: str

    @property
    def folded_title(self) -> str:
        """Return the title as the search index holds it beside the written one."""
        return fold(self.title)
