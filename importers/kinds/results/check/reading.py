"""Makes a result of a row's values: what the row says, before it is held against what is on record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.core.dates import format_date_vi
from cms.core.text import clean_text, code_key
from importers.checking.cells import CellReader
from importers.checking.headers import Header
from importers.checking.reader import RowReader
from importers.checking.rows import DataRow
from importers.kinds.results.check.context import (
    LONGEST_NUMBER,
    MOST_DOCUMENTS,
    BaseWork,
    Context,
    KnownItem,
    KnownPosting,
)
from importers.kinds.results.check.lookup import Lookup
from importers.reading.contract import Sheet

_PLACES = (
    "code", "reference", "item", "assigned", "completed", "given_on", "due_on", "done_on", "quality_failures",
    "late_occurrences", "is_planned", "is_key", "instruction", "result", "documents",
)  # fmt: skip


@dataclass(slots=True)
class ReadResult:
    """A data row as it was read; of ``values`` those that the row does not say are None.

    ``base`` is the work that it names. A row that names none has its ``posting`` and ``item``. ``places`` tells for a
    column key what the file calls it, and where it stands counted from 1 (0: nowhere).
    """

    sheet: str
    row: int
    values: dict[str, Any]
    ok: bool
    places: dict[str, tuple[str, int]]
    base: BaseWork | None = None
    posting: KnownPosting | None = None
    item: KnownItem | None = None

    def place(self, key: str) -> dict[str, Any]:
        """Where a problem of this row stands."""
        name, number = self.places.get(key) or self.places["code"]
        return {"sheet": self.sheet, "row": self.row, "column": name, "column_number": number}


class ResultReader(RowReader[ReadResult]):
    """Reads the data rows of one sheet into results."""

    def __init__(self, sheet: Sheet, header: Header, context: Context, lookup: Lookup) -> None:
        super().__init__(sheet, header, CellReader(sheet, header, context.limits))
        self._context, self._lookup = context, lookup
        self._places = {key: (self.cells.name_of(key), self.cells.number_of(key)) for key in _PLACES}

    def make(self, row: DataRow, fields: dict[str, Any], inherited: dict[str, Any], ok: bool) -> ReadResult:
        found = fields.pop("found")
        return ReadResult(self._sheet.name, row.number, fields, ok and not self.cells.bad, self._places, *found)

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        read = {
            "code": code_key(values.get("code") or ""),
            "item": code_key(values.get("item") or ""),
            "assigned": values.get("assigned"),
            "completed": values.get("completed"),
            "given_on": values.get("given_on"),
            "due_on": values.get("due_on"),
            "done_on": values.get("done_on"),
            "quality_failures": self._times("quality_failures", values.get("quality_failures")),
            "late_occurrences": self._times("late_occurrences", values.get("late_occurrences")),
            "is_planned": values.get("is_planned"),
            "is_key": values.get("is_key"),
            "instruction": values.get("instruction"),
            "result": values.get("result"),
            "documents": self._documents(values.get("documents")),
        }
        self._check_days(read)
        return read | {"found": self._found(values, read)}

    def _found(
        self, values: dict[str, Any], read: dict[str, Any]
    ) -> tuple[BaseWork | None, KnownPosting | None, KnownItem | None]:
        """The work that the row names, else whose it would be and of what."""
        knows_officer = bool(read["code"]) and self._lookup.officer(self.cells, read["code"], values.get("name"))
        if reference := values.get("reference"):
            work = self._lookup.work(self.cells, reference)
            if work:
                self._check_identity(work, read)
            return work, None, None
        if "reference" in self.cells.bad or not (knows_officer and read["item"] and read["given_on"]):
            return None, None, None
        about = (read["code"], read["item"], read["given_on"])
        pair = self._lookup.posting_and_item(self.cells, *about, values.get("agency"))
        return (None, *pair) if pair else (None, None, None)

    def _check_identity(self, work: BaseWork, read: dict[str, Any]) -> None:
        """What was given stays that officer's, of that item, from that day."""
        if read["code"] and read["code"] != code_key(work.code):
            self.cells.fail("work_of_other_officer", read["code"], key="code", officer=work.code)
        if read["item"] and read["item"] != code_key(work.item):
            self.cells.fail("work_of_other_item", read["item"], key="item", item=work.item)
        if read["given_on"] and read["given_on"] != work.given_on:
            value = format_date_vi(read["given_on"])
            self.cells.fail("given_on_fixed", value, key="given_on", day=format_date_vi(work.given_on))

    def _check_days(self, read: dict[str, Any]) -> None:
        given, due, done = read["given_on"], read["due_on"], read["done_on"]
        if due:
            self._check_due(given, due)
        if done and given and done < given:
            days = {"done": format_date_vi(done), "given": format_date_vi(given)}
            self.cells.fail("done_before_given", days["done"], key="done_on", **days)
        if done and done > self._context.today:
            shown = format_date_vi(done)
            self.cells.fail("done_in_future", shown, key="done_on", done=shown)

    def _check_due(self, given: datetime.date | None, due: datetime.date) -> None:
        if given and due < given:
            days = {"due": format_date_vi(due), "given": format_date_vi(given)}
            self.cells.fail("due_before_given", days["due"], key="due_on", **days)
        if not self._context.first <= due <= self._context.last:
            shown = format_date_vi(due)
            self.cells.fail("outside_period", shown, key="due_on", period=self._context.period, due=shown)
        elif why := self._context.days_off.get(due):
            shown = format_date_vi(due)
            self.cells.warn("due_on_day_off", shown, key="due_on", due=shown, why=why)

    def _times(self, key: str, value: Decimal | None) -> int | None:
        if value is None:
            return None
        if value != value.to_integral_value():
            self.cells.fail("not_whole", value, key=key)
            return None
        return int(value)

    def _documents(self, text: str | None) -> list[str] | None:
        if text is None:
            return None
        numbers = list(dict.fromkeys(filter(None, (clean_text(part).text for part in text.split(";")))))
        if len(numbers) > MOST_DOCUMENTS:
            self.cells.fail("too_many_documents", text, key="documents", limit=MOST_DOCUMENTS, count=len(numbers))
        if any(len(number) > LONGEST_NUMBER for number in numbers):
            self.cells.fail("document_too_long", text, key="documents", limit=LONGEST_NUMBER)
        return numbers
