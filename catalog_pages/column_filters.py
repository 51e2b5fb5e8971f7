"""Filters of a version's items by the columns of few texts that the province added: choices, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cms.catalogs.models import CatalogVersion
from cms.catalogs.wording import ItemWords
from cms.core.text import fold


@dataclass(frozen=True)
class ColumnChoice:
    """One text of a column: how addresses name it, how people read it, how many items hold it.

    ``texts`` that differ only in case or diacritics, as a choice that was spelt otherwise once, are one.
    """

    slug: str
    texts: tuple[str, ...]
    label: str
    count: int


@dataclass(frozen=True)
class ColumnFilter:
    """A column to filter by, with its texts in the version and the one that is asked."""

    key: str
    label: str
    choices: list[ColumnChoice]
    chosen: str = ""

    @property
    def name(self) -> str:
        """Return the filter's name in an address."""
        return f"cot.{self.key}"

    @property
    def slug(self) -> str:
        """Return a name that may stand in a page as an identifier."""
        return f"cot-{self.key}"

    def narrow(self, items: Any) -> Any:
        """Return the items that hold the chosen text, all when none is chosen."""
        texts = next((choice.texts for choice in self.choices if choice.slug == self.chosen), ())
        return items.with_extra(self.key, *texts) if texts else items


def column_filters(version: CatalogVersion, words: ItemWords, query: Mapping[str, str]) -> list[ColumnFilter]:
    """Return the filters for the columns that the reader sees, with texts and counts from the version's own totals."""
    counts: Mapping[str, Mapping[str, int]] = version.summary.get("choices", {})
    filters = []
    for key in (key for key in words.columns if key in counts):
        choices = _choices(words, key, counts[key])
        requested = query.get(f"cot.{key}", "")
        chosen = requested if requested in {choice.slug for choice in choices} else ""
        filters.append(ColumnFilter(key, words.columns[key].name, choices, chosen))
    return filters


def _choices(words: ItemWords, key: str, counts: Mapping[str, int]) -> list[ColumnChoice]:
    """Return the texts in the order of the column's choices, those that are none any more at the end."""
    column = words.columns[key]
    order = {text: number for number, text in enumerate((*column.choices, "yes", "no"))}
    alike: dict[str, list[str]] = {}
    for text in sorted(counts, key=lambda text: (order.get(text, len(order)), text)):
        alike.setdefault(fold(column.shown(text)).replace(" ", "-") or "-", []).append(text)
    return [
        ColumnChoice(slug, tuple(texts), column.shown(texts[0]), sum(counts[text] for text in texts))
        for slug, texts in alike.items()
    ]
