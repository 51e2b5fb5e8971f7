"""Published versions and their differences as files: xlsx for people, csv for programs.

Text that a spreadsheet program could run is made harmless in both: in xlsx every text is written as a string and marked
as quoted; in csv, which has no types, it gets a leading apostrophe. Nothing else is changed on the way out.
"""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from cms.catalogs.columns import COLUMNS, HEADERS, ROW_FIELDS, SHEET_NAME, Column, row_values
from cms.catalogs.difference import Difference, Row
from cms.catalogs.models import CatalogVersion
from cms.catalogs.wording import ItemWords
from cms.core.dates import format_date_vi
from cms.core.spreadsheets import harmless
from cms.core.text import starts_formula

# Rises when the files themselves are written otherwise, so that caches let go of what they hold.
FORMAT = 2
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHUNK = 2000
_BOM = "\ufeff"


@dataclass(frozen=True)
class Table:
    """One sheet: its name, the headings, the widths of its columns in characters, and its rows as they come."""

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]


def items_table(version: CatalogVersion, words: ItemWords) -> Table:
    """Return every item of a version under the headings of the platform's template; rows are read while written.

    The added columns that the reader sees stand last.
    """
    added = [column.for_files() for column in words.in_version(version)]
    items = version.items.order_by("position", "pk").values(*ROW_FIELDS).iterator(chunk_size=_CHUNK)
    rows = (row_values(number, item, added) for number, item in enumerate(items, start=1))
    columns = (*COLUMNS, *added)
    return Table(SHEET_NAME, [column.header for column in columns], [column.width for column in columns], rows)


def about_table(version: CatalogVersion) -> Table:
    """Return what the version is: whose, by which decision, from when, measured by what."""
    facts = (
        ("Cơ quan", version.catalog.agency.name),
        ("Phiên bản", version.number),
        ("Năm", version.year),
        ("Số quyết định", version.decision_number),
        ("Ngày quyết định", _day(version.decision_date)),
        ("Hiệu lực từ ngày", _day(version.effective_from)),
        ("Hiệu lực đến ngày", _day(version.effective_to)),
        ("Đơn vị sản phẩm/công việc chuẩn", version.standard_unit),
        ("Điểm của đơn vị chuẩn", version.standard_score),
        ("Số chia", version.divisor),
        ("Số mục", version.item_count),
        ("Mã băm nội dung (SHA-256)", version.content_hash),
    )
    return Table("ThongTin", ("Thông tin", "Giá trị"), (34, 70), facts)


def difference_table(difference: Difference, words: ItemWords) -> Table:
    """Return a difference in rows: one for each field of an item that is new, changed or removed."""
    columns = (*COLUMNS[1:], *(column.for_files() for column in words.columns.values()))
    headings = ("Thay đổi", HEADERS["code"], HEADERS["name"], "Cột", "Trước", "Sau")
    new = (("Mới", item, None, item) for item in difference.new)
    changed = (("Sửa", pair.after, pair.before, pair.after) for pair in difference.changed)
    removed = (("Bỏ", item, item, None) for item in difference.removed)
    rows = (
        (kind, item["code"], item["name"], *line)
        for kind, item, before, after in chain(new, changed, removed)
        for line in _field_lines(columns, before, after)
    )
    return Table("SoSanh", headings, (10, 16, 40, 26, 40, 40), rows)


def _field_lines(columns: Sequence[Column], before: Row | None, after: Row | None) -> Iterator[tuple[str, Any, Any]]:
    for column in columns:
        was, now = column.value_in(before), column.value_in(after)
        if was != now:
            yield column.header, was, now


def _day(day: Any) -> str:
    return format_date_vi(day) if day else ""


def csv_lines(table: Table) -> Iterator[str]:
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


def write_file(kind: str, tables: Sequence[Table], file: IO[bytes], *, title: str) -> None:
    """Write the first table as csv, or all of them as xlsx."""
    if kind == "csv":
        file.writelines(lines.encode() for lines in csv_lines(tables[0]))
        return
    with xlsx_file(*tables, title=title) as workbook:
        shutil.copyfileobj(workbook, file)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        # Four places and never three: 1.234 can also be read as one thousand two hundred and thirty-four.
        return str(int(value)) if value == int(value) else f"{value:.4f}"
    return harmless(value) if isinstance(value, str) else value


def xlsx_file(*tables: Table, title: str = "", created: datetime.datetime | None = None) -> IO[bytes]:
    """Write tables as the sheets of a workbook, row by row to disk, and return the file at its beginning.

    The same tables give the same bytes when ``created``, which the workbook tells of itself, is the same.
    """
    import xlsxwriter

    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
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
    file.seek(0)
    return file


@dataclass(frozen=True)
class _Formats:
    head: Any
    text: Any
    quoted: Any
    day: Any
    moment: Any


def _write_sheet(sheet: Any, table: Table, formats: _Formats) -> None:
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
