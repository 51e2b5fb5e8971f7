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
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from catalog_pages.workbooks import Table, write_beside, write_workbook
from cms.catalogs.columns import COLUMNS, HEADERS, ROW_FIELDS, SHEET_NAME, Column, row_values
from cms.catalogs.difference import Difference, Row
from cms.catalogs.models import CatalogVersion
from cms.catalogs.wording import ItemWords
from cms.core.dates import format_date_vi
from cms.core.spreadsheets import harmless

# Rises when the files themselves are written otherwise, so that caches let go of what they hold.
FORMAT = 2
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Rows that are written as a workbook within a second.
MOST_IN_A_SMALL_FILE = 5_000
_CHUNK = 2000
_BOM = "\ufeff"


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


def write_file(kind: str, tables: Sequence[Table], file: IO[bytes], *, title: str, is_long: bool) -> None:
    """Write the first table as csv, or all of them as xlsx."""
    if kind == "csv":
        file.writelines(lines.encode() for lines in csv_lines(tables[0]))
        return
    with (xlsx_file_beside if is_long else xlsx_file)(*tables, title=title) as workbook:
        shutil.copyfileobj(workbook, file)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        # Four places and never three: 1.234 can also be read as one thousand two hundred and thirty-four.
        return str(int(value)) if value == int(value) else f"{value:.4f}"
    return harmless(value) if isinstance(value, str) else value


def xlsx_file(*tables: Table, title: str = "", created: datetime.datetime | None = None) -> IO[bytes]:
    """Write tables as the sheets of a workbook (``write_workbook``), and return the file at its beginning."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    write_workbook(file, tables, title, created)
    file.seek(0)
    return file


def xlsx_file_beside(*tables: Table, title: str = "", created: datetime.datetime | None = None) -> IO[bytes]:
    """Return the same file, made by a process of its own: for tables so long that threads of this one would wait."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    write_beside(file, tables, title, created)
    file.seek(0)
    return file
