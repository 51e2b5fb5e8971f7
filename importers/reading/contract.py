"""What a workbook is once it has been read: plain rows, nothing of the file format left. Pure: no Django."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from importers.problems import Problem

# A cell as it reads. Numbers come as int or float exactly as stored; nothing is rounded or guessed here.
Value = None | str | int | float | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta

SpecialKind = Literal[
    "error_value",  # #REF!, #N/A ...: the text of the error in ``text``
    "formula",  # a formula with a cached value: the value stands in the row, the formula in ``text``
    "formula_no_value",  # a formula never calculated
    "formula_external",  # a formula that points to another workbook
    "formula_program",  # a formula that names a program or an address (DDE, HYPERLINK, WEBSERVICE ...)
    "impossible_date",  # formatted as a date, and no such day: serial 60, or beyond the year 9999
    "number_not_finite",  # NaN or infinity, or a number too large to be held
]


@dataclass(frozen=True, slots=True)
class Special:
    """A cell that is not simply its value."""

    kind: SpecialKind
    text: str = ""


@dataclass(slots=True)
class Row:
    """One row that holds something. ``number`` is Excel's row number, ``cells`` starts at column A."""

    number: int
    cells: list[Value]
    hidden: bool = False


@dataclass(slots=True)
class Sheet:
    """A visible sheet. ``merged`` holds (first row, first column, last row, last column), all counted from 1."""

    name: str
    rows: list[Row] = field(default_factory=list)
    specials: dict[tuple[int, int], Special] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    # Cells (row, column) whose number format is a percentage: 0.5 shown as 50 %.
    percent_cells: set[tuple[int, int]] = field(default_factory=set)


Format = Literal["xlsx", "csv", "xls", "ods", "xlsx-strict"]


@dataclass(slots=True)
class Workbook:
    """A file that could be read."""

    format: Format
    sheets: list[Sheet]
    # Warnings about the file itself: hidden sheets skipped, hidden rows read, an old format ...
    problems: list[Problem] = field(default_factory=list)
    # Short texts that a program put beside the sheets, by name (.xlsx only).
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is looked at. Stated in the template and in the error."""

    file_bytes: int = 20 * 1024 * 1024
    rows: int = 50_000
    columns: int = 200
    cell_characters: int = 32_767
    text_bytes: int = 100 * 1024 * 1024
    memory_bytes: int = 512 * 1024 * 1024
    seconds: int = 30
