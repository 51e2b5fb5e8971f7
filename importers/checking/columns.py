"""Columns and layouts, whatever kind of rows a file holds: what is understood, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "ignored",  # read past
    "text",
    "code",
    "unit",  # text that may begin with the unit quantity: 10 văn bản
    "group",  # complexity group
    "number",
    "frame",  # a number checked against the version's frame of the group
    "standard_score",  # a number checked against the version's standard score
    "choice",  # one of the column's choices
    "yes_no",
    "date",
]

# In place of a column's key: the agency's header names something that is not ours.
IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is understood.

    ``required``: without the column the file is refused. ``instead``: keys of columns any one of which will do for a
    missing one. ``filled``: a blank cell is an error. ``positive`` numbers must be over 0, others at least 0.

    ``hints`` are phrases that suggest the column to a person without being enough to read it; ``looks`` is what its
    values mostly look like, where the kind does not say (``importers.checking.contents``).
    """

    key: str
    header: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "text"
    required: bool = False
    instead: tuple[str, ...] = ()
    filled: bool = False
    max_length: int = 5000
    places: int = 4
    positive: bool = True
    maximum: Decimal = Decimal(9999999)
    choices: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    looks: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A set of columns under a name, all tuples. Without a ``code`` column codes are made from the agency's prefix.

    ``own`` holds an agency's own words as (header in the form in which headers are compared, key of the column).
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    own: tuple[tuple[str, str], ...] = ()

    def column(self, key: str) -> Column | None:
        """The column with this key, or None when the layout has none."""
        return next((column for column in self.columns if column.key == key), None)


def with_words(layout: Layout, words: Mapping[str, str]) -> Layout:
    """The layout with an agency's own words: from a header, in the form in which headers are compared, to a key.

    They count before the layout's own names. ``IGNORED`` stands for a column that is not read; keys that the layout
    does not have are left out.
    """
    keys = {column.key for column in layout.columns} | {IGNORED}
    return replace(layout, own=tuple(sorted((text, key) for text, key in words.items() if text and key in keys)))
