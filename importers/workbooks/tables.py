"""What a template asks for: the columns of its table, what may stand in them, and what its guide says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from cms.core.text import starts_formula


@dataclass(frozen=True, slots=True)
class Choices:
    """A drop-down list. ``strict``: nothing else is taken; otherwise the words are suggestions.

    ``place`` names cells of the workbook that hold the words already: (sheet, first row, last row) of its column A.
    """

    words: Sequence[str] = ()
    strict: bool = False
    place: tuple[str, int, int] | None = None

    @property
    def are_few(self) -> bool:
        """Whether the words fit into the rule of a column: a comma would part them, and Excel takes 255 characters."""
        plain = not any("," in word or starts_formula(word) for word in self.words)
        return plain and len(",".join(self.words)) <= 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``must`` says in the guide when it has to be filled in, nothing when it may stay blank.

    ``meaning`` and ``example`` stand in the guide, ``hint`` beside a cell that is being filled in. A number with a
    ``maximum`` is from 0 to that.
    """

    heading: str
    kind: Literal["text", "number", "day"] = "text"
    width: int = 12
    must: str = ""
    meaning: str = ""
    example: str = ""
    hint: str = ""
    choices: Choices | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A row of the table that is the title of those below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet to fill in. Rows are read while they are written: values under the columns, or a title."""

    sheet: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any] | SectionRow]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the guide: lines, or a small table whose first row is its heading."""

    title: str
    lines: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """The first sheet: a title, facts as (label, text), how to fill in, then the table's columns, then ``parts``."""

    title: str
    facts: Sequence[tuple[str, str]]
    how_to: Sequence[str]
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A sheet of its own with codes to choose from: headings, widths in characters, rows of texts."""

    sheet: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
