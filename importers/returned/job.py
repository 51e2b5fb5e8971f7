"""What is to be marked in a file: plain values that travel to the child process as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Tone = Literal["error", "warning", "corrected"]

# The colours of the marks. Nearly those of Excel's own styles, but not quite: a file that was marked, mended and marked
# again loses the marks of the first time by them.
COLOURS: dict[Tone, str] = {"error": "FFFFC7CF", "warning": "FFFFEB9D", "corrected": "FFC6EFCF"}
AUTHOR = "Thước Đo"

Marks = dict[str, dict[int, dict[int, "Cell"]]]


class NotMarked(Exception):
    """The file cannot be marked, though it could be read."""


class CannotEdit(Exception):
    """The workbook is written in a way that is not edited in place; it is written anew instead."""


class Cell(NamedTuple):
    """One cell to mark. Without a comment it is coloured alone; ``text`` is what it was corrected to, if it was."""

    tone: Tone
    comment: str = ""
    text: str | None = None


class Line(NamedTuple):
    """One line of the summary: a problem, with the cell that it is about (column 0: none)."""

    sheet: str
    row: int
    column: int
    heading: str
    value: str
    tone: str
    sentence: str


class Words(NamedTuple):
    """The words of the summary sheet, in the reader's language."""

    sheet: str
    title: str
    advice: str
    headings: Sequence[str]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A file's marks by sheet, row and column (counted from 1), and its summary."""

    marks: Marks
    lines: list[Line]
    words: Words
    limits: dict[str, int] = field(default_factory=dict)

    def dump(self) -> str:
        """Write the job as text."""
        return json.dumps([self.marks, self.lines, self.words, self.limits])

    @classmethod
    def load(cls, text: str) -> Job:
        marks, lines, words, limits = json.loads(text)
        return cls(
            marks={sheet: {int(row): _cells(cells) for row, cells in rows.items()} for sheet, rows in marks.items()},
            lines=[Line(*line) for line in lines],
            words=Words(*words),
            limits=limits,
        )


def _cells(plain: dict[str, list[Any]]) -> dict[int, Cell]:
    return {int(column): Cell(*cell) for column, cell in plain.items()}
