"""Makes an item of a row's values: parents, unit and quantity, derived coefficient, numbers that must agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.catalogs.extra import PREFIX, stored
from cms.catalogs.item_fields import BY_KEY, FIELDS, PARTS, Terms, check_field, name_positions, settle_numbers
from cms.core.numbers import format_decimal_vi
from importers.checking.cells import CellReader
from importers.checking.headers import Header
from importers.checking.reader import RowReader
from importers.checking.rows import DataRow
from importers.kinds.catalog.check import layouts
from importers.kinds.catalog.check.context import ITEM_FIELDS, Context
from importers.kinds.catalog.check.units import read_unit
from importers.reading.contract import Sheet

_BLANK: dict[str, Any] = {one.key: one.blank for one in FIELDS} | {"extra": None}
# Where these have no column of their own they are made from another.
_MADE_FROM = {"name": "task", "unit": "output", "unit_quantity": "output", "coefficient": "score"}


@dataclass(slots=True)
class ReadItem:
    """A data row as it was read. ``given`` holds the fields that the file speaks of; the others keep what they were.

    ``made_from`` names, for fields made from another for want of a column, that other one.
    """

    sheet: str
    row: int
    values: dict[str, Any]
    given: frozenset[str]
    made_from: dict[str, str]
    ok: bool
    # The columns of its code and its name: what the file calls each, and where it stands counted from 1 (0: nowhere).
    code_column: tuple[str, int]
    name_column: tuple[str, int]


class ItemReader(RowReader[ReadItem]):
    """Reads the data rows of one sheet into items."""

    inherits = ("task", "field")

    def __init__(self, sheet: Sheet, header: Header, context: Context) -> None:
        super().__init__(sheet, header, CellReader(sheet, header, context.limits, context.max_group))
        self._context = context
        self._terms = Terms(context.standard_score, context.max_group, context.group_frames)
        self._given = _given(header)
        self._made_from = _made_from(header)
        self._extra = [key.removeprefix(PREFIX) for key in header.columns if key.startswith(PREFIX)]
        self._standard_differs = False
        name_key = "name" if "name" in header.columns else "task"
        self._named = [(self.cells.name_of(key), self.cells.number_of(key)) for key in ("code", name_key)]

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        values["name"] = values.get("name") or values.get("task")
        if values.get("positions"):
            values["positions"] = name_positions(values["positions"], self._context.positions)
        self._read_unit(values)
        self._check_against_version(values)
        self._check_numbers(values)
        values["extra"] = {key: text for key in self._extra if (text := stored(values.get(f"{PREFIX}{key}")))}
        return _stored(values)

    def make(self, row: DataRow, fields: dict[str, Any], inherited: dict[str, Any], ok: bool) -> ReadItem:
        given = self._given | {"field"} if "field" in inherited else self._given
        return ReadItem(self._sheet.name, row.number, fields, given, self._made_from, ok, *self._named)

    def inherited(self, row: DataRow) -> dict[str, Any]:
        """What rows above give to this one: the section as the field, cells carried forward or merged over it."""
        if row.section is None:
            return super().inherited(row)
        place = (row.section_row, row.section_column)
        return {"field": self.value_above("section", layouts.FIELD, *place, row.section)} | super().inherited(row)

    def _read_unit(self, values: dict[str, Any]) -> None:
        key = "unit" if "unit" in self._header.columns else "output"
        values["unit_quantity"] = 1
        text = values.get(key)
        if not text:
            return
        values["unit_quantity"], unit = read_unit(text)
        values["unit"] = unit if len(unit) <= layouts.UNIT.max_length else ""
        for problem in check_field(BY_KEY["unit_quantity"], values, self._terms):
            self.cells.fail(problem.code, text, key=key, **problem.params)
        if values["unit_quantity"] and not values["unit"]:
            self.cells.warn("unit_unclear", text, key=key)

    def _check_numbers(self, values: dict[str, Any]) -> None:
        """Fill in what follows from other numbers, and say which do not agree, as every other door does."""
        made, problems = settle_numbers(values, self._terms, self.cells.bad)
        values |= made
        for problem in problems:
            report = self.cells.fail if problem.refuses else self.cells.warn
            report(problem.code, values.get(problem.field), key=problem.field, **problem.params)

    def _check_against_version(self, values: dict[str, Any]) -> None:
        standard, expected = values.get("standard_score"), self._context.standard_score
        if standard is not None and standard != expected and not self._standard_differs:
            self._standard_differs = True
            found = {"found": _vi(standard), "expected": _vi(expected)}
            self.cells.warn("standard_score_differs", standard, key="standard_score", **found)
        frame = self._context.group_frames.get(values.get("group") or 0)
        stated = values.get("frame")
        if frame is not None and stated is not None and stated != frame:
            self.cells.warn("frame_differs", stated, key="frame", found=_vi(stated), expected=_vi(frame))


def _given(header: Header) -> frozenset[str]:
    """The fields that this file speaks of; of the others it says nothing, so they stay as they were."""
    extra = {key for key in header.columns if key.startswith(PREFIX)}
    given = frozenset(_MADE_FROM) | (header.columns.keys() & set(ITEM_FIELDS)) | extra
    return given | {"score"} if given.issuperset(PARTS) else given


def _made_from(header: Header) -> dict[str, str]:
    """The fields that are made from another for want of a column; a quantity stands in the column of the unit."""
    column = {"unit_quantity": "unit"}
    return {key: source for key, source in _MADE_FROM.items() if column.get(key, key) not in header.columns}


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    stored = _BLANK.copy()
    for key, value in values.items():
        if value is not None and key in stored:
            stored[key] = value
    return stored


def _vi(number: Decimal) -> str:
    return format_decimal_vi(number)
