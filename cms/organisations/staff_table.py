"""Officers and postings as a table: the download, and the rows of the template that an agency fills in.

The headings and the words are part of the file's format (an upload reads them again), so they follow nobody's screen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from cms.core.text import starts_formula
from cms.organisations.models.officers import PostingQuerySet

SHEET_NAME = "CongChuc"
HEADINGS = (
    "Mã công chức", "Họ và tên", "Đối tượng", "Mã cơ quan, đơn vị", "Cơ quan, đơn vị", "Mã vị trí việc làm",
    "Vị trí việc làm", "Nhóm vị trí việc làm", "Vai trò", "Chính/kiêm nhiệm", "Từ ngày", "Đến ngày",
    "Lĩnh vực phụ trách",
)  # fmt: skip
WIDTHS = (16, 28, 18, 20, 36, 20, 28, 28, 20, 18, 12, 12, 44)
# Columns of HEADINGS that hold days, and those that take one of a few words, counted from 0.
DAYS = (10, 11)
CATEGORIES = {
    "civil_servant": "Công chức", "cadre": "Cán bộ", "public_employee": "Viên chức", "contract": "Hợp đồng lao động",
}  # fmt: skip
ROLES = {"staff": "Không giữ chức vụ", "head": "Người đứng đầu", "deputy": "Cấp phó"}
MAIN = {True: "Chính", False: "Kiêm nhiệm"}
CHOICES: dict[int, Sequence[str]] = {2: [*CATEGORIES.values()], 8: [*ROLES.values()], 9: [*MAIN.values()]}
_VALUES = (
    "officer__code", "officer__name", "officer__category", "agency__code", "agency__name", "position__code",
    "position__name", "position__group__name", "role", "is_main", "valid_from", "valid_to", "fields_in_charge",
)  # fmt: skip
_CHUNK = 2000


def staff_rows(postings: PostingQuerySet) -> Iterator[list[Any]]:
    """Yield the cells of each posting under HEADINGS, by agency and code; texts and days, None for nothing."""
    ordered = postings.order_by("agency__path", "officer__code", "valid_from", "pk")
    for row in ordered.values_list(*_VALUES).iterator(chunk_size=_CHUNK):
        *plain, category, agency, agency_name, position, position_name, group, role, is_main, first, last, fields = row
        yield [
            *plain, CATEGORIES[category], agency, agency_name, position, position_name, group, ROLES[role],
            MAIN[is_main], first, last, "; ".join(fields) or None,
        ]  # fmt: skip


def staff_file(rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """Write the rows as a workbook, row by row to disk, and return the file at its beginning.

    Texts are written as texts: no program runs one that begins like a formula (security, T7).
    """
    import xlsxwriter

    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = workbook.add_worksheet(SHEET_NAME)
    head = workbook.add_format({"bold": True, "bg_color": "#DCE4EE", "border": 1, "text_wrap": True})
    quoted, day = workbook.add_format({"quote_prefix": True}), workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet.freeze_panes(1, 0)
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if column in DAYS and value:
                sheet.write_datetime(number, column, value, day)
            elif value:
                sheet.write_string(number, column, value, quoted if starts_formula(value) else None)
    workbook.close()
    file.seek(0)
    return file
