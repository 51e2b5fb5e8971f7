"""Tables as files: xlsx for people, csv for programs.

Text that a spreadsheet program could run is made harmless in both: in xlsx every text is written as a string and marked
as quoted; in csv, which has no types, it gets a leading apostrophe. Nothing else is changed on the way out.
"""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from cms.core.spreadsheets import harmless
from cms.core.workbooks import ExportTable, write_in_child, write_workbook

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Rows that are written as a workbook within a second.
MOST_IN_A_SMALL_FILE = 5_000
_BOM = "\ufeff"


def csv_lines(table: ExportTable) -> Iterator[str]:
    """Yield a table as csv, some rows at a time: UTF-8 with a byte-order mark for Excel, numbers with a point."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(_BOM)
    writer.writerow([harmless(heading) for heading in table.headings])
    for number, row in enumerate(table.rows, start=1):
        writer.writerow([_csv_cell(value) for value in row])
        if number % 500 == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def write_file(kind: str, tables: Sequence[ExportTable], file: IO[bytes], *, title: str, is_long: bool) -> None:
    """Write the first table as csv, or all of them as xlsx."""
    if kind == "csv":
        file.writelines(lines.encode() for lines in csv_lines(tables[0]))
        return
    with (xlsx_file_in_child if is_long else xlsx_file)(*tables, title=title) as workbook:
        shutil.copyfileobj(workbook, file)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        # Four places and never three: 1.234 can also be read as one thousand two hundred and thirty-four.
        return str(int(value)) if value == int(value) else f"{value:.4f}"
    return harmless(value) if isinstance(value, str) else value


def xlsx_file(*tables: ExportTable, title: str = "", created: datetime.datetime | None = None) -> IO[bytes]:
    """Write tables as the sheets of a workbook (``write_workbook``), and return the file at its beginning."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    write_workbook(file, tables, title, created)
    file.seek(0)
    return file


def xlsx_file_in_child(*tables: ExportTable, title: str = "", created: datetime.datetime | None = None) -> IO[bytes]:
    """Return the same file, made by a process of its own: for tables so long that threads of this one would wait."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    write_in_child(file, tables, title, created)
    file.seek(0)
    return file
