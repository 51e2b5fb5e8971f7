"""The open data sets as files, written while their rows are read: csv, JSON, and workbooks for people."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import orjson
from django.utils import timezone

from catalog_pages.open_data.datasets import DatasetRow, DatasetRows
from catalog_pages.open_data.dictionary import FIELD_TYPE_LABELS, Dataset
from cms.catalogs.columns import YES_NO
from cms.core.table_files import MOST_IN_A_SMALL_FILE, csv_lines, xlsx_file, xlsx_file_in_child
from cms.core.workbooks import ExportTable

# By the end of the address: what it is, and how DCAT's readers know it.
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Rows of a sheet of Excel, less the headings.
MOST_IN_A_SHEET = 1_048_575
_ROWS_A_CHUNK = 500


def csv_file(rows: DatasetRows) -> Iterator[str]:
    """Yield csv under the names of the columns.

    With a byte-order mark, without which Excel shows Vietnamese letters wrongly; readers of Table Schema skip it.
    """
    names = rows.dataset.names
    return csv_lines(
        ExportTable(rows.dataset.sheet, names, [], ([_for_csv(value) for value in row] for row in rows.values))
    )


def _for_csv(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _format_time(value) if isinstance(value, datetime.datetime) else value


def json_file(rows: DatasetRows) -> Iterator[bytes]:
    """Yield a JSON array with an object a line, by the names of the columns; null for nothing, decimals exact."""
    names = rows.dataset.names
    lines = (orjson.dumps(dict(zip(names, map(_for_json, row), strict=True))) for row in rows.values)
    before = b"[\n"
    while some := list(islice(lines, _ROWS_A_CHUNK)):
        yield before + b",\n".join(some)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _for_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        # A number as it stands: a float on the way could lose a digit.
        return orjson.Fragment(format(value.normalize(), "f"))
    if isinstance(value, datetime.datetime):
        return _format_time(value)
    return None if value == "" else value


def _format_time(value: datetime.datetime) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds")


def xlsx_workbook(rows: DatasetRows, *, count: int, created: datetime.datetime) -> IO[bytes]:
    """Return a workbook with Vietnamese headings, and what they mean on a sheet of its own.

    ``count`` is about how many rows there are: more than a sheet holds go on to a next one.
    """
    values = iter([_for_people(value) for value in row] for row in rows.values)
    sheets = range(count // MOST_IN_A_SHEET + 1)
    tables = [_sheet(rows.dataset, number, islice(values, MOST_IN_A_SHEET)) for number in sheets]
    write = xlsx_file_in_child if count > MOST_IN_A_SMALL_FILE else xlsx_file
    return write(*tables, _explanation(rows.dataset), title=rows.dataset.title.vi, created=created)


def _sheet(dataset: Dataset, number: int, values: Iterable[DatasetRow]) -> ExportTable:
    headings = [field.title.vi for field in dataset.fields]
    return ExportTable(
        f"{dataset.sheet}{number + 1 if number else ''}", headings, [f.width for f in dataset.fields], values
    )


def _for_people(value: Any) -> Any:
    if isinstance(value, bool):
        return YES_NO[value]
    return timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime.datetime) else value


def _explanation(dataset: Dataset) -> ExportTable:
    headings = ("Tên cột (CSV, JSON)", "Tiêu đề", "Ý nghĩa", "Kiểu", "Đơn vị", "Title", "Meaning")
    lines = (
        (
            field.name, field.title.vi, field.meaning.vi, FIELD_TYPE_LABELS[field.kind].vi,
            field.unit.vi if field.unit else "", field.title.en, field.meaning.en,
        )
        for field in dataset.fields
    )  # fmt: skip
    return ExportTable("GiaiThich", headings, (22, 28, 60, 14, 18, 28, 60), lines)


def write_file(kind: str, rows: DatasetRows, file: IO[bytes], *, count: int, created: datetime.datetime) -> None:
    """Write a dataset as one of MEDIA_TYPES; ``count`` and ``created`` as of ``xlsx_workbook``."""
    if kind == "csv":
        file.writelines(lines.encode() for lines in csv_file(rows))
    elif kind == "json":
        file.writelines(json_file(rows))
    else:
        with xlsx_workbook(rows, count=count, created=created) as workbook:
            shutil.copyfileobj(workbook, file)
