"""Small reference lists as Excel workbooks: read with limits, written so that no cell is a formula.

Catalogs have a reader of their own, with a child process, in a room above this one; these lists are an administrator's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.core.text import clean_text, fold, starts_formula

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_ROWS = 5_000
_MAX_COLUMNS = 50
_MAX_PARTS = 500


class UnreadableList(DomainError):
    """The file is not a list that we read: another kind of file, too big, or without a column."""

    code = "unreadable_list"


@dataclass(frozen=True)
class SheetRow:
    """One row that is not empty: its number in the sheet (from 1) and its values by column name."""

    number: int
    values: dict[str, Any]


def read_rows(content: bytes, columns: Sequence[str], multiline: Collection[str] = ()) -> list[SheetRow]:
    """Return the rows of the first sheet under the header in its first row; columns may stand in any order.

    Text is cleaned, whole numbers become text, dates stay dates, empty cells are empty text. Lines stay apart in the
    ``multiline`` columns alone. Raises ``UnreadableList``.
    """
    _check_package(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=_MAX_COLUMNS, values_only=True)
        table = [[_plain(value) for value in row] for row in cells]
    except Exception as error:
        # A damaged workbook makes the reader fail in ways that it does not name.
        raise UnreadableList(_("The file is damaged or is not an Excel workbook (.xlsx).")) from error
    if not table:
        raise UnreadableList(_("The first sheet is empty."))
    if len(table) > MAX_ROWS + 1:
        raise UnreadableList(_("The list has more than %(count)d rows.") % {"count": MAX_ROWS})
    places = _find_columns(table[0], columns)
    rows = (
        SheetRow(
            number, {name: row[place] if name in multiline else _flat(row[place]) for name, place in places.items()}
        )
        for number, row in enumerate(table[1:], 2)
    )
    return [row for row in rows if any(value != "" for value in row.values.values())]


def write_rows(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], choices: Mapping[str, Sequence[str]]
) -> bytes:
    """Return a workbook with one sheet; ``choices`` gives columns a drop-down list of the values they take."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    del book["Sheet"]
    sheet = book.create_sheet(title)
    sheet.append(list(columns))
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            _write(sheet.cell(number, place), value)
    for place in range(1, len(columns) + 1):
        letter = get_column_letter(place)
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[letter].width = 40 if place == 3 else 22
    _offer(book, sheet, columns, choices)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _offer(book: Any, sheet: Any, columns: Sequence[str], choices: Mapping[str, Sequence[str]]) -> None:
    """Give columns drop-down lists, which a second sheet holds: labels have commas in them."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.worksheet.datavalidation import DataValidation

    lists = book.create_sheet("Danh sách chọn")
    for place, (name, labels) in enumerate(choices.items(), 1):
        for number, label in enumerate((name, *labels), 1):
            lists.cell(number, place).value = label
        source, target = get_column_letter(place), get_column_letter(columns.index(name) + 1)
        area = f"{quote_sheetname(lists.title)}!${source}$2:${source}${len(labels) + 1}"
        rule = DataValidation("list", formula1=area, allow_blank=True)
        rule.add(f"{target}2:{target}{MAX_ROWS + 1}")
        sheet.add_data_validation(rule)


def _write(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = starts_formula(value)
    elif value is not None:
        cell.number_format = "DD/MM/YYYY"


def _check_package(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise UnreadableList(_("The file is larger than 2 MB."))
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableList(_("The file is damaged or is not an Excel workbook (.xlsx).")) from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableList(_("The file is damaged or is not an Excel workbook (.xlsx)."))
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableList(_("The file unpacks to more than a list needs."))


def _find_columns(header: Sequence[Any], columns: Sequence[str]) -> dict[str, int]:
    places = {fold(str(value)): place for place, value in enumerate(header) if value != ""}
    missing = [name for name in columns if fold(name) not in places]
    if missing:
        raise UnreadableList(_("The first row lacks these columns: %(columns)s.") % {"columns": ", ".join(missing)})
    return {name: places[fold(name)] for name in columns}


def clean_lines(text: str) -> str:
    """Return the text with each of its lines cleaned."""
    return "\n".join(clean_text(line).text for line in text.splitlines()).strip("\n")


def _flat(value: Any) -> Any:
    return clean_text(value).text if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_lines(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, (int, float)) else value
