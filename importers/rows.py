"""The rows of an upload that can be mended in the browser, cell by cell, as they stand now."""

from __future__ import annotations

from dataclasses import dataclass

from importers import packing
from importers.checking import storable
from importers.models import ImportBatch


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its cells as text, and the columns that are read, by number from 1 to heading."""

    sheet: str
    row: int
    headings: dict[int, str]
    texts: list[str]

    def text(self, column: int) -> str:
        """Return what stands in a column, counted from 1."""
        return str(storable(self.texts[column - 1])) if column <= len(self.texts) else ""


def rows_to_mend(batch: ImportBatch) -> dict[tuple[str, int], SheetRow]:
    """Return every row that has a problem or a correction, by sheet and row number."""
    cells = packing.kept(batch, packing.CELLS) or {}
    tables = {
        sheet: {int(column): storable(heading) for column, heading in headings.items()}
        for sheet, headings in cells.get("tables", {}).items()
    }
    return {
        (sheet, int(row)): SheetRow(sheet, int(row), tables.get(sheet, {}), texts)
        for sheet, rows in cells.get("rows", {}).items()
        for row, texts in rows.items()
    }


def row_to_mend(batch: ImportBatch, sheet: str, row: int) -> SheetRow | None:
    """Return one such row, or None."""
    return rows_to_mend(batch).get((sheet, row))
