"""The workbook that an agency downloads, fills in and sends back: its current items, or the headings alone."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Case, When
from django.utils.translation import gettext as _

from cms.catalogs.extra import PREFIX, value_of
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.text import starts_formula
from cms.organisations.models import Agency
from importers.checking import limits
from importers.kinds.catalog.comparing import base_of, context_for
from importers.sources.catalog.layouts import HANDBOOK, PLATFORM, Column, Layout
from importers.sources.catalog.units import write_unit

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

DATA_SHEET = "DanhMuc"
# Rows below the last item that are already formatted, with drop-downs.
_SPARE_ROWS = 500
_WIDTHS = {
    "no": 6, "code": 16, "field": 24, "task": 36, "name": 36, "output": 28, "unit": 16, "group": 12, "hours": 12,
    "legal": 30, "note": 24,
}  # fmt: skip
_HEADER_HEIGHT = 48
# Excel turns a code such as 1-2 into a date unless the cell is text.
_TEXT_KINDS = frozenset(("code", "text", "unit"))


def template_for(agency: Agency, layout: Layout = PLATFORM) -> bytes:
    """Return an .xlsx for the agency in a layout: a guide first, then its current items, ready to be sent back.

    Sent back untouched it changes nothing, whatever the layout leaves out (the import contract, promise 7).
    """
    from openpyxl import Workbook

    base = base_of(agency)
    groups = context_for(agency, base, limits()).group_frames
    book = Workbook()
    write_guide(book, _guide(agency, layout, base.version, groups))
    _Items(book.create_sheet(DATA_SHEET), layout, base.version, groups).write()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_guide(book: Workbook, lines: list[tuple[str, bool]]) -> None:
    """Fill the first sheet with lines, each with whether it is a heading."""
    from openpyxl.styles import Alignment, Font

    sheet: Any = book.active
    sheet.title = "HuongDan"
    sheet.column_dimensions["A"].width = 110
    sheet.sheet_view.showGridLines = False
    for number, (text, bold) in enumerate(lines, start=1):
        cell = sheet.cell(number, 1)
        write_text(cell, text)
        cell.font = Font(name="Times New Roman", size=16 if number == 1 else 13, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _guide(
    agency: Agency, layout: Layout, version: CatalogVersion | None, groups: dict[int, Decimal]
) -> list[tuple[str, bool]]:
    """Return the lines of the guide sheet, each with whether it is a heading."""
    return [
        (_("How to fill in the catalog of products and works"), True),
        (_("Agency: %(agency)s") % {"agency": agency.name}, False),
        (_standing(version), False),
        ("", False),
        (_("How to fill it in"), True),
        *((line, False) for line in _how_to()),
        ("", False),
        (_("Columns that must be filled in"), True),
        (", ".join(column.header for column in layout.columns if column.filled) + ".", False),
        (_("The coefficient may be left out when the score is given: it is the score divided by the divisor."), False),
        ("", False),
        (_("Frames of the complexity groups"), True),
        *((_frame(group, score), False) for group, score in sorted(groups.items())),
        ("", False),
        (_("Limits"), True),
        *((line, False) for line in limit_lines()),
    ]


def _standing(version: CatalogVersion | None) -> str:
    if version is None:
        return _("The agency has no catalog yet: the sheet %(sheet)s holds the headings alone.") % {"sheet": DATA_SHEET}
    return _("The sheet %(sheet)s holds the %(count)s items of version %(number)s.") % {
        "sheet": DATA_SHEET, "count": version.item_count, "number": version.number,
    }  # fmt: skip


def _frame(group: int, score: Decimal) -> str:
    return _("Group %(group)s: at most %(score)s points.") % {"group": group, "score": format_decimal_vi(score)}


def _how_to() -> list[str]:
    return [
        _("1. Write one product or work a row on the sheet %(sheet)s. Do not change the row of headings.")
        % {"sheet": DATA_SHEET},
        _(
            "2. Keep the code of an item that goes on; give a new code to a new one. "
            "An item whose row you delete is removed."
        ),
        _("3. Write decimals with a comma (1,5). Do not write a unit or a percent sign beside a number."),
        _("4. Write the unit with its quantity if that is not one: “văn bản”, “10 văn bản”."),
        _("5. Leave no formulas, totals or signatures in the sheet; they are not data."),
        _("6. Save the file as .xlsx and upload it. Every error is shown at once, with its row and column."),
    ]


def limit_lines() -> list[str]:
    """Return the limits of a file in words, for the guide and the upload page."""
    most = limits()
    mib = 1024 * 1024
    return [
        _("A file of at most %(size)s MiB: .xlsx, or .csv in UTF-8; .xls and .ods are read too.")
        % {"size": most.file_bytes // mib},
        _("At most %(rows)s rows, %(columns)s columns, and %(characters)s characters a cell.")
        % {name: format_decimal_vi(Decimal(number)) for name, number in _figures(most)},
        _("No macros, no password, no objects embedded in the workbook."),
    ]


def _figures(most: Any) -> Iterable[tuple[str, int]]:
    return (("rows", most.rows), ("columns", most.columns), ("characters", most.cell_characters))


class _Items:
    """Writes the items of a version under the headings of a layout.

    A layout without a column for the field of work tells it in section rows, as the Ministry's handbook does.
    """

    def __init__(
        self, sheet: Worksheet, layout: Layout, version: CatalogVersion | None, groups: dict[int, Decimal]
    ) -> None:
        self._sheet = sheet
        self._columns = layout.columns
        self._version = version
        self._groups = groups
        self._in_sections = layout.code == HANDBOOK.code
        self._row = 1
        self._field = ""
        self._sections = 0

    def write(self) -> None:
        """Write them, and make the sheet ready for more."""
        version = self._version
        items = version.items.order_by("position", "pk") if version else CatalogItem.objects.none()
        if self._in_sections:
            # What has no field cannot stand below the title of one.
            items = items.order_by(Case(When(field="", then=0), default=1), "position", "pk")
        for number, item in enumerate(items.iterator(chunk_size=2000), start=1):
            if self._in_sections and item.field != self._field:
                self._write_section(item.field)
            self._row += 1
            for index, column in enumerate(self._columns, start=1):
                value = self._value(column, item, number)
                _write_value(self._sheet.cell(self._row, index), value, column.kind in _TEXT_KINDS)
        most = max(self._groups, default=5)
        _format(self._sheet, self._columns, last_row=self._row + _SPARE_ROWS, max_group=most)

    def _write_section(self, field: str) -> None:
        from openpyxl.styles import Font

        self._row += 1
        self._field, self._sections = field, self._sections + 1
        cell = self._sheet.cell(self._row, 2)
        write_text(cell, f"{_roman(self._sections)}. {field}")
        cell.font = Font(bold=True)

    def _value(self, column: Column, item: CatalogItem, number: int) -> Any:
        made = {
            "no": number, "unit": write_unit(item.unit_quantity, item.unit), "frame": self._groups.get(item.group),
            "standard_score": self._version and self._version.divisor,
        }  # fmt: skip
        if column.key.startswith(PREFIX):
            return _file_value(column.kind, item.extra.get(column.key.removeprefix(PREFIX), ""))
        return made[column.key] if column.key in made else getattr(item, column.key)


def _file_value(kind: str, text: str) -> Any:
    value = value_of(kind, text)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return format_date_vi(value) if isinstance(value, datetime.date) else value


def _roman(number: int) -> str:
    """A section's number; after 399 sections they begin anew, as no reader knows larger ones."""
    text, rest = "", (number - 1) % 399 + 1
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    for value, sign in signs:
        text, rest = text + sign * (rest // value), rest % value
    return text


def _write_value(cell: Any, value: Any, as_text: bool) -> None:
    if as_text:
        cell.number_format = "@"
    if value and isinstance(value, str):
        write_text(cell, value)
    elif value != "":
        cell.value = value


def write_text(cell: Any, text: str) -> None:
    """Write text as text, whatever it begins with: a spreadsheet must never run it (security, T7)."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = starts_formula(text)


def _format(sheet: Worksheet, columns: Sequence[Column], *, last_row: int, max_group: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = _HEADER_HEIGHT
    for index, column in enumerate(columns, start=1):
        head = sheet.cell(1, index, column.header)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", start_color="FFF2CC" if column.filled else "EDEDED")
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(column.key, 12)
        if column.kind in _TEXT_KINDS:
            sheet.column_dimensions[get_column_letter(index)].number_format = "@"
        if column.kind == "group":
            _add_drop_down(sheet, get_column_letter(index), last_row, max_group)


def _add_drop_down(sheet: Worksheet, letter: str, last_row: int, max_group: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = ",".join(str(group) for group in range(1, max_group + 1))
    rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
    rule.error = _("Choose a group from 1 to %(most)s.") % {"most": max_group}
    rule.errorTitle = _("Complexity group")
    rule.add(f"{letter}2:{letter}{last_row}")
    sheet.add_data_validation(rule)
