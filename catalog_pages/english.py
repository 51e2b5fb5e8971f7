"""Words of pages in English, beside the Vietnamese ones and never in their place (docs/adr, 109).

A field ``name`` that editors may write in English too has ``name_en`` beside it, which may be empty.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language


def both_languages(*names: str) -> list[str]:
    """Return the fields of these names and the English ones beside them, as the API tells them."""
    return [*names, *(f"{name}_en" for name in names)]


def words_of(owner: Any, name: str) -> Any:
    """Return what a page or the settings say, in English where that is read and was written."""
    if get_language() != "en":
        return getattr(owner, name)
    return _english(owner, name) or getattr(owner, name)


def is_foreign(owner: Any, name: str) -> bool:
    """Return whether these words are Vietnamese on an English page."""
    return get_language() == "en" and not _english(owner, name)


def _english(owner: Any, name: str) -> Any:
    # Of a page that was read as one of any kind.
    specific = owner if hasattr(owner, f"{name}_en") else getattr(owner, "specific", owner)
    return getattr(specific, f"{name}_en", "")
