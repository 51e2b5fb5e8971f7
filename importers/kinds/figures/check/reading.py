"""Makes a figure of a row's values, and holds whose it is and when it was measured against what is known."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.text import code_key, name_key
from importers.checking.cells import CellReader
from importers.checking.headers import Header
from importers.checking.reader import RowReader
from importers.checking.rows import DataRow
from importers.kinds.figures.check.context import Context, Subject
from importers.reading.contract import Sheet

_SUBJECTS = ("officer", "agency")


@dataclass(slots=True)
class ReadFigure:
    """A data row as it was read; ``place`` is where its indicator stands."""

    sheet: str
    row: int
    values: dict[str, Any]
    ok: bool
    place: dict[str, Any]


class FigureReader(RowReader[ReadFigure]):
    """Reads the data rows of one sheet into figures."""

    def __init__(self, sheet: Sheet, header: Header, context: Context) -> None:
        super().__init__(sheet, header, CellReader(sheet, header, context.limits))
        self._context = context

    def make(self, row: DataRow, fields: dict[str, Any], inherited: dict[str, Any], ok: bool) -> ReadFigure:
        column = {
            "column": self.cells.name_of("indicator"), "column_number": self.cells.number_of("indicator"),
        }  # fmt: skip
        place = {"sheet": self._sheet.name, "row": row.number, **column}
        return ReadFigure(self._sheet.name, row.number, fields, ok and not self.cells.bad, place)

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        subject = self._subject(values)
        day, indicator, value = values.get("measured_on"), values.get("indicator"), values.get("value")
        if day:
            self._check_day(day)
        if indicator:
            self._check_indicator(indicator, value)
        return {
            "officer": "", "agency": "", "name": "", "indicator": indicator, "measured_on": day, "value": value,
            "source": values.get("source"),
        } | subject  # fmt: skip

    def _subject(self, values: dict[str, Any]) -> dict[str, str]:
        """The code of an officer or of an agency, and the name; nothing where it is in error."""
        named = [key for key in _SUBJECTS if values.get(key)]
        if len(named) != 1:
            if named:
                self.cells.fail("two_subjects", values["agency"], key="agency")
            elif not self.cells.bad & set(_SUBJECTS):
                self.cells.fail("subject_missing", key="officer")
            return {}
        key, code = named[0], values[named[0]]
        known = self._context.officers if key == "officer" else self._context.agencies
        subject = known.get(code_key(code))
        if subject is None:
            self.cells.fail(f"measured_{key}_not_found", code, key=key, agency=self._context.agency)
            return {}
        self._check_subject(subject, key, values.get("name"))
        return {key: subject.code, "name": subject.name}

    def _check_subject(self, subject: Subject, key: str, name: str | None) -> None:
        if subject.refusal:
            self.cells.fail(subject.refusal, subject.name, key=key)
        if name and name_key(name) != name_key(subject.name):
            self.cells.fail("measured_name_differs", name, key="name", subject=subject.code, name=subject.name)

    def _check_day(self, day: datetime.date) -> None:
        shown = format_date_vi(day)
        if day > self._context.today:
            self.cells.fail("measured_in_future", shown, key="measured_on", day=shown)
        elif not self._context.first <= day <= self._context.last:
            named = {"day": shown, "period": self._context.period}
            self.cells.fail("measured_outside_period", shown, key="measured_on", **named)

    def _check_indicator(self, indicator: str, value: Decimal | None) -> None:
        full = self._context.indicators.get(indicator)
        if full is None:
            self.cells.warn("indicator_not_asked", indicator, key="indicator")
        elif value is not None and value > full:
            self.cells.warn("more_than_full", format_decimal_vi(value), key="value", full=format_decimal_vi(full))
