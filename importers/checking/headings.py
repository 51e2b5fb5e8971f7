"""Headings: the form in which they are compared, and what each is known as in a layout. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cms.core.text import fold, name_key
from importers.checking.columns import IGNORED, Column, Layout

# Nothing longer is a header.
MAX_LENGTH = 200

_FOOTNOTE = re.compile(r"\(\s*(?:\d{1,2}|\*+)\s*\)|\[\s*(?:\d{1,2}|\*+)\s*\]|\*+|[¹²³⁰-⁹†‡]+")
_NOT_ALNUM = re.compile(r"[\W_]+")


def header_key(text: str) -> str:
    """The form in which headers are compared: NFC, case-folded, no footnote marks, spaces, line breaks, punctuation."""
    return _header_key(text) if len(text) <= MAX_LENGTH else ""


@lru_cache(maxsize=1024)
def _header_key(text: str) -> str:
    return _NOT_ALNUM.sub("", name_key(_FOOTNOTE.sub(" ", text)))


def bare_key(text: str) -> str:
    """The form in which headings without diacritics are compared."""
    return fold(_FOOTNOTE.sub(" ", text)).replace(" ", "") if len(text) <= MAX_LENGTH else ""


class Words(NamedTuple):
    """What headings are known by: the agency's own words (None: not read), the layout's, those without diacritics."""

    own: dict[str, Column | None]
    known: dict[str, Column]
    bare: dict[str, Column]


@lru_cache(maxsize=64)
def words_of(layout: Layout) -> Words:
    """What headings are known as in a layout."""
    words = Words({text: None if key == IGNORED else layout.column(key) for text, key in layout.own}, {}, {})
    for column in layout.columns:
        for text in (column.header, *column.aliases):
            words.known.setdefault(header_key(text), column)
            words.bare.setdefault(bare_key(text), column)
    return words


def on_one_line(text: str) -> str:
    """A heading on one line."""
    return " ".join(text.split())
