"""Makes a posting of a row's values."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cms.core.dates import DateError, format_date_vi, parse_date
from cms.core.text import clean_text, code_key, fold
from importers.checking.cells import CellReader
from importers.checking.headers import Header
from importers.checking.reader import RowReader
from importers.checking.rows import DataRow
from importers.kinds.officers.check import words
from importers.kinds.officers.check.context import Context, Span
from importers.kinds.officers.check.lookup import Lookup
from importers.reading.contract import Sheet, Value

DAYS = frozenset(("valid_from", "valid_to"))
MOST_FIELDS, LONGEST_FIELD = 50, 200
# Fields of a row, and the column without which the file does not speak of them.
_OPTIONAL = {
    "category": "category", "role": "role", "is_main": "main", "valid_to": "valid_to", "fields_in_charge": "fields",
}  # fmt: skip


@dataclass(slots=True)
class ReadPosting:
    """A data row as it was read. ``given`` holds the fields that the file speaks of; the others keep what they were.

    ``places`` tells for a column key what the file calls it, and where it stands counted from 1 (0: nowhere).
    """

    sheet: str
    row: int
    values: dict[str, Any]
    given: frozenset[str]
    ok: bool
    places: dict[str, tuple[str, int]]

    @property
    def span(self) -> Span:
        """The first and the last day."""
        return self.values["valid_from"], self.values["valid_to"]

    def place(self, key: str) -> dict[str, Any]:
        """Where a problem of this row stands."""
        name, number = self.places[key]
        return {"sheet": self.sheet, "row": self.row, "column": name, "column_number": number}

    def end_place(self) -> dict[str, Any]:
        """Where its last day stands, or would stand if the file has no column for it."""
        return self.place("valid_to" if self.places["valid_to"][1] else "valid_from")


class StaffCells(CellReader):
    """Reads the cells of one sheet; days stay days."""

    def _as_text(self, value: Value) -> Any:
        is_day = self._column.key in DAYS and isinstance(value, (datetime.date, int, float))
        return value if is_day else super()._as_text(value)


class StaffReader(RowReader[ReadPosting]):
    """Reads the data rows of one sheet into postings."""

    inherits = ("agency", "agency_name", "position", "position_name", "group")

    def __init__(self, sheet: Sheet, header: Header, context: Context, lookup: Lookup) -> None:
        super().__init__(sheet, header, StaffCells(sheet, header, context.limits))
        self._lookup = lookup
        self._given = frozenset(
            ("code", "name", "agency", "position", "valid_from")
        ) | {name for name, key in _OPTIONAL.items() if key in header.columns}  # fmt: skip
        self._places = {
            key: (self.cells.name_of(key), self.cells.number_of(key))
            for key in ("code", "name", "category", "agency", "valid_from", "valid_to")
        }

    def make(self, row: DataRow, fields: dict[str, Any], inherited: dict[str, Any], ok: bool) -> ReadPosting:
        ok = ok and not self.cells.bad
        return ReadPosting(self._sheet.name, row.number, fields, self._given, ok, self._places)

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        agency = self._lookup.agency(self.cells, values)
        position = self._lookup.position(self.cells, values)
        first, last = self._day("valid_from", values), self._day("valid_to", values)
        if first and last and last < first:
            days = {"first": format_date_vi(first), "last": format_date_vi(last)}
            self.cells.fail("last_day_before_first", values["valid_to"], key="valid_to", **days)
        if agency and agency.dissolved_on and first and first > agency.dissolved_on:
            day = format_date_vi(agency.dissolved_on)
            self.cells.fail("agency_dissolved", key="valid_from", agency=agency.name, day=day)
        main = self._word("main", values, words.main_of, words.MAIN)
        return {
            "code": code_key(values.get("code") or ""),
            "name": values.get("name") or "",
            "category": self._word("category", values, words.category_of, words.CATEGORIES) or "",
            "agency": agency.code if agency else "",
            "position": position.code if position else "",
            "role": self._word("role", values, words.role_of, words.ROLES) or "staff",
            "is_main": main != "secondary",
            "valid_from": first,
            "valid_to": last,
            "fields_in_charge": self._fields(values.get("fields")),
            "agency_name": agency.name if agency else "",
            "position_name": position.name if position else "",
        }

    def _day(self, key: str, values: dict[str, Any]) -> datetime.date | None:
        value = values.get(key)
        if value is None:
            return None
        try:
            return parse_date(value)
        except DateError as wrong:
            self.cells.fail(wrong.code, value, key=key, **wrong.params)
            return None

    def _word(
        self, key: str, values: dict[str, Any], find: Callable[[str], words.Meaning | None], own: dict[str, str]
    ) -> str | None:
        text = values.get(key)
        if text is None:
            return None
        meaning = find(text)
        if meaning is None:
            self.cells.fail(f"unknown_{key}", text, key=key, accepted=", ".join(own.values()))
            return None
        if not meaning.plain:
            self.cells.warn("read_as", text, key=key, text=own[meaning.value])
        return meaning.value

    def _fields(self, text: str | None) -> list[str]:
        named: dict[str, str] = {}
        for part in (text or "").split(";"):
            if key := fold(part):
                named.setdefault(key, clean_text(part).text)
        fields = list(named.values())
        if len(fields) > MOST_FIELDS:
            self.cells.fail("too_many_in_charge", text, key="fields", limit=MOST_FIELDS, count=len(fields))
        if any(len(field) > LONGEST_FIELD for field in fields):
            self.cells.fail("field_too_long", text, key="fields", limit=LONGEST_FIELD)
        return fields
