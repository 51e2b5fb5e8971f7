"""Tables as workbooks, written row by row: here, or by a process of its own. Pure: no Django.

A workbook of 100,000 rows is ten seconds of Python. In a thread of the web server those seconds would be everybody's
(ADR 14), so rows are only read there, and handed to a child that writes them, a little less urgently than others work.
"""

from __future__ import annotations

import datetime
import os
import pickle  # noqa: S403 - only our own parent writes what the child reads
import shutil
import subprocess  # noqa: S404 - starts our own interpreter with a fixed argument list
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from cms.core.text import starts_formula

_ROOT = Path(__file__).resolve().parent.parent.parent
_START = "import sys; sys.path.insert(0, sys.argv[1]); from cms.core.workbooks import child; child()"
_ROWS_A_MESSAGE = 500
_NICE = 10


@dataclass(frozen=True)
class ExportTable:
    """One sheet: its name, the headings, the widths of its columns in characters, and its rows as they come."""

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]


def write_workbook(
    file: IO[bytes], tables: Iterable[ExportTable], title: str = "", created: datetime.datetime | None = None
) -> None:
    """Write tables as the sheets of a workbook, row by row to disk.

    The same tables give the same bytes when ``created``, a property of the workbook, is the same.
    """
    import xlsxwriter

    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    properties: dict[str, Any] = {"title": title}
    workbook.set_properties(properties | ({"created": created.replace(tzinfo=None)} if created else {}))
    cell = {"text_wrap": True, "valign": "top"}
    formats = _Formats(
        head=workbook.add_format(cell | {"bold": True, "bg_color": "#DCE4EE", "border": 1}),
        text=workbook.add_format(cell),
        quoted=workbook.add_format(cell | {"quote_prefix": True}),
        day=workbook.add_format(cell | {"num_format": "dd/mm/yyyy"}),
        moment=workbook.add_format(cell | {"num_format": "dd/mm/yyyy hh:mm"}),
    )
    for table in tables:
        _write_sheet(workbook.add_worksheet(table.name), table, formats)
    workbook.close()


@dataclass(frozen=True)
class _Formats:
    head: Any
    text: Any
    quoted: Any
    day: Any
    moment: Any


def _write_sheet(sheet: Any, table: ExportTable, formats: _Formats) -> None:
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(table.headings):
        sheet.write_string(0, column, heading, formats.head)
    for number, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, formats)


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: _Formats) -> None:
    """Write a text as a text and a number as a number; ``write`` would guess, and take text for formulas."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value, formats.quoted if starts_formula(value) else formats.text)
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(row, column, value, formats.moment)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, formats.day)
    else:
        sheet.write_number(row, column, value, formats.text)


def write_in_child(
    file: IO[bytes], tables: Sequence[ExportTable], title: str = "", created: datetime.datetime | None = None
) -> None:
    """Write the same from a process of its own; raises OSError when that breaks. ``file`` has to be one of the disk."""
    arguments = [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_ROOT)]
    environment = {"TMPDIR": tempfile.gettempdir()}
    child = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=file, env=environment)  # noqa: S603
    try:
        with cast(IO[bytes], child.stdin) as pipe:
            _send(pipe, (title, created, len(tables)))
            for table in tables:
                _send(pipe, (table.name, list(table.headings), list(table.widths)))
                rows = iter(table.rows)
                while some := [tuple(row) for row in islice(rows, _ROWS_A_MESSAGE)]:
                    _send(pipe, some)
                _send(pipe, [])
        if child.wait() != 0:
            raise OSError("the workbook was not written")
    finally:
        child.kill()
        child.wait()


def _send(pipe: IO[bytes], message: Any) -> None:
    pickle.dump(message, pipe, protocol=5)


def child() -> None:
    """Read what the parent hands over, and write the workbook to the standard output."""
    os.nice(_NICE)
    title, created, count = _receive()
    with tempfile.TemporaryFile() as file:
        write_workbook(file, (_receive_table() for _number in range(count)), title, created)
        file.seek(0)
        shutil.copyfileobj(file, sys.stdout.buffer)


def _receive() -> Any:
    return pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it


def _receive_table() -> ExportTable:
    name, headings, widths = _receive()
    return ExportTable(name, headings, widths, _receive_rows())


def _receive_rows() -> Iterator[Sequence[Any]]:
    while some := _receive():
        yield from some
