"""Words that were searched for, marked in what was found."""

from __future__ import annotations

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cms.core.text import fold

_WORD = re.compile(r"[^\W_]+")


def mark_words(text: str, query: str) -> SafeString:
    """Return the text as HTML with the words marked that begin with a word of the query, whatever its diacritics.

    Where none begins so, those are marked that hold one.
    """
    prefixes = set(fold(query).split())
    if not prefixes:
        return escape(text)
    begun = {word for word in _WORD.findall(text) if fold(word).startswith(tuple(prefixes))}
    marked = begun or {word for word in _WORD.findall(text) if any(prefix in fold(word) for prefix in prefixes)}
    return mark_safe("".join(_piece(piece, marked) for piece in re.split(f"({_WORD.pattern})", text)))  # noqa: S308 - each piece is escaped


def _piece(piece: str, marked: set[str]) -> SafeString:
    return format_html("<mark>{}</mark>", piece) if piece in marked else escape(piece)
