"""The positions that an item names: ``code name``, parted by semicolons. Pure: no Django.

Codes and names stand in the item as text, so that a decided version says for ever what it said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cms.core.text import fold

_BETWEEN = "; "


def split_positions(text: str) -> list[str]:
    """Return the positions that a text names, each once, in their order."""
    return list(dict.fromkeys(part for part in (one.strip() for one in text.replace("\n", ";").split(";")) if part))


def position_code(part: str) -> str:
    """Return the code by which one position is named."""
    return part.split()[0]


def known_positions(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return from (code, name) what stands in items, by what people may type: the code, or a name that is one's own."""
    listed = [(code, name.replace(";", ",")) for code, name in rows]
    names = [fold(name) for _code, name in listed]
    own = {fold(name): f"{code} {name}" for code, name in listed if names.count(fold(name)) == 1}
    return own | {code.casefold(): f"{code} {name}" for code, name in listed}


def name_positions(text: str, known: Mapping[str, str]) -> str:
    """Return the text with each known position as ``code name``; others stay as they were typed."""
    return _BETWEEN.join(dict.fromkeys(_named(part, known) for part in split_positions(text)))


def _named(part: str, known: Mapping[str, str]) -> str:
    return known.get(position_code(part).casefold()) or known.get(fold(part)) or part
