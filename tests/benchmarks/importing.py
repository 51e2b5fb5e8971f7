"""Workbooks to be imported: right ones, and ones in which much is wrong."""

import pathlib
from typing import Any

import xlsxwriter

from tests.benchmarks.test_reading_speed import HEADERS, catalog

_COEFFICIENT, _GROUP, _UNIT = 9, 6, 5


def write(path: pathlib.Path, count: int, *, bad_rows: int = 0, every_cell: bool = False) -> pathlib.Path:
    """Write a workbook whose first ``bad_rows`` rows have an error each; with ``every_cell`` one in most cells."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("DanhMuc")
        sheet.write_row(0, 0, HEADERS)
        for place, row in enumerate(catalog(count), start=1):
            if place <= bad_rows:
                _spoil(row, place, every_cell)
            sheet.write_row(place, 0, row)
    return path


def _spoil(row: list[Any], place: int, every_cell: bool) -> None:
    if not every_cell:
        column, value = ((_COEFFICIENT, "abc"), (_GROUP, 9), (_UNIT, None))[place % 3]
        row[column] = value
        return
    for column in range(1, len(row)):
        text = f"{row[column]}\u202e {place}"
        row[column] = text if column < _UNIT else f"{place}/{column} {text}"
