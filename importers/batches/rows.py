"""The rows of an upload that can be mended in the browser, cell by cell, as they stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.core.errors import WrongState
from importers.batches import packing
from importers.checking.storable import storable
from importers.models import ImportBatch
from importers.reading.references import Columns

# Excel's last column is XFD.
_MOST_LETTERS = 3


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its cells as text, and the columns that are read, by number from 1 to heading."""

    sheet: str
    row: int
    headings: dict[int, str]
    texts: list[str]

    def column_named(self, name: str) -> int:
        """Return the number of the only column with this header, else of the one with this letter; 0 without one."""
        found = [number for number, heading in self.headings.items() if heading == name]
        if not found and name.isascii() and name.isalpha() and len(name) <= _MOST_LETTERS:
            found = [number for number in [Columns()[name.upper()]] if number in self.headings]
        return found[0] if len(found) == 1 else 0

    def text(self, column: int) -> str:
        """Return what stands in a column, counted from 1."""
        return str(storable(self.texts[column - 1])) if column <= len(self.texts) else ""


def rows_to_mend(batch: ImportBatch) -> dict[tuple[str, int], SheetRow]:
    """Return every row that has a problem or a correction, by sheet and row number."""
    cells = packing.stored(batch, packing.CELLS) or {}
    tables = {
        sheet: {int(column): storable(heading) for column, heading in headings.items()}
        for sheet, headings in cells.get("tables", {}).items()
    }
    return {
        (sheet, int(row)): SheetRow(sheet, int(row), tables.get(sheet, {}), texts)
        for sheet, rows in cells.get("rows", {}).items()
        for row, texts in rows.items()
    }


def columns_named(batch: ImportBatch, sheet: str, row: int, cells: Mapping[str, str]) -> dict[int, str]:
    """Return new texts by column number where they come by the name that errors give a column: its header or letter.

    Raises WrongState when the row is none that can be mended, or has no such column, or two of that name.
    """
    place = row_to_mend(batch, sheet, row)
    if place is None:
        raise WrongState(_("This row is not among those that can be corrected here."))
    named = {name: place.column_named(name) for name in cells}
    if not all(named.values()) or len(set(named.values())) < len(named):
        known = ", ".join(place.headings.values())
        raise WrongState(_("The row has no such column, or two. Its columns: %(known)s.") % {"known": known})
    return {number: cells[name] for name, number in named.items()}


def row_to_mend(batch: ImportBatch, sheet: str, row: int) -> SheetRow | None:
    """Return one such row, or None."""
    return rows_to_mend(batch).get((sheet, row))
