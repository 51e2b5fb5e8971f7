"""The workbook of officers that an agency downloads, fills in and sends back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.organisations.models import Agency, Position, Posting
from cms.organisations.staff_table import CHOICES, DAYS, HEADINGS, SHEET_NAME, WIDTHS, staff_rows
from importers.sources.officers.layout import LAYOUT
from importers.template_workbook import limit_lines, write_guide, write_text

# Rows below the last officer that are already formatted, with drop-downs.
_SPARE_ROWS = 300
_HEADER_HEIGHT = 36


def staff_template(agency: Agency) -> bytes:
    """Return an .xlsx for the agency: a guide, the postings that hold today, the agencies and positions to choose from.

    Sent back untouched it changes nothing (the import contract, promise 7).
    """
    from openpyxl import Workbook

    today = timezone.localdate()
    book = Workbook()
    write_guide(book, _guide(agency))
    sheet: Any = book.create_sheet(SHEET_NAME)
    rows = list(staff_rows(Posting.objects.within(agency).on(today)))
    _write_rows(sheet, rows)
    agencies = Agency.objects.filter(path__startswith=agency.path).active().order_by("path")
    _write_list(book, "CoQuan", ("Mã", "Tên"), agencies.values_list("code", "name"))
    positions = Position.objects.order_by("group__name", "name").values_list("code", "name", "group__name")
    _write_list(book, "ViTri", ("Mã", "Tên", "Nhóm"), positions)
    _offer(sheet, len(rows) + _SPARE_ROWS)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _guide(agency: Agency) -> list[tuple[str, bool]]:
    """Return the lines of the guide sheet, each with whether it is a heading."""
    required = ", ".join(column.header for column in LAYOUT.columns if column.filled)
    return [
        (_("How to fill in the list of officers"), True),
        (_("Agency: %(agency)s") % {"agency": agency.name}, False),
        (_("The sheet %(sheet)s holds the postings that hold today, here and below.") % {"sheet": SHEET_NAME}, False),
        ("", False),
        (_("How to fill it in"), True),
        *((line, False) for line in _how_to()),
        ("", False),
        (_("Columns that must be filled in"), True),
        (required + ".", False),
        ("", False),
        (_("Limits"), True),
        *((line, False) for line in limit_lines()),
    ]


def _how_to() -> list[str]:
    return [
        _("1. Write one posting a row: who, where, as what, from when. An officer with two postings has two rows."),
        _("2. The code is the officer's own in the whole province. Keep it; never give it to somebody else."),
        _("3. Agencies and positions are named by the codes of the sheets CoQuan and ViTri."),
        _("4. The role says whether the officer leads: head, deputy, or neither. A deputy has fields in charge, parted "
          "by semicolons (;); a unit below is named by its name or code."),
        _("5. Who moves gets a row for the new place with its first day: the old posting ends the day before."),
        _("6. Leave out dates of birth, identity and telephone numbers: they are not kept."),
    ]  # fmt: skip


def _write_rows(sheet: Any, rows: Iterable[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    filled = {column.header for column in LAYOUT.columns if column.filled or column.required}
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = _HEADER_HEIGHT
    for index, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        head = sheet.cell(1, index, heading)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", start_color="FFF2CC" if heading in filled else "EDEDED")
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = "DD/MM/YYYY" if index - 1 in DAYS else "@"
    for number, row in enumerate(rows, start=2):
        for index, value in enumerate(row):
            _write_cell(sheet.cell(number, index + 1), value, index in DAYS)


def _write_cell(cell: Any, value: Any, is_day: bool) -> None:
    cell.number_format = "DD/MM/YYYY" if is_day else "@"
    if isinstance(value, str):
        write_text(cell, value)
    elif value is not None:
        cell.value = value


def _write_list(book: Any, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Font

    sheet = book.create_sheet(title)
    for letter, width in zip("ABC", (22, 48, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for number, row in enumerate((headings, *rows), start=1):
        for index, text in enumerate(row, start=1):
            cell = sheet.cell(number, index)
            write_text(cell, text)
            cell.font = Font(bold=number == 1)


def _offer(sheet: Any, last_row: int) -> None:
    """Give the columns of few words their drop-down lists."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for index, labels in CHOICES.items():
        rule = DataValidation(type="list", formula1=f'"{",".join(labels)}"', allow_blank=True)
        letter = get_column_letter(index + 1)
        rule.add(f"{letter}2:{letter}{last_row}")
        sheet.add_data_validation(rule)
