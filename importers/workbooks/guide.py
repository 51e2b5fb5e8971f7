"""Writes the guide: the first sheet of a template, to be read on the screen or printed on A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from importers.limits import limit_lines
from importers.workbooks.styling import Formats
from importers.workbooks.tables import Column, Guide, Part, Table

SHEET = "HuongDan"

_WIDTHS = (27, 17, 48, 24)
_LAST = len(_WIDTHS) - 1
_LINE, _GAP = 17, 8
_HEADINGS = ("Tên cột", "Bắt buộc", "Cách ghi", "Ví dụ")


def write_guide(sheet: Any, formats: Formats, guide: Guide, table: Table) -> None:
    """Fill the sheet, row by row from the top."""
    writer = _Writer(sheet, formats)
    writer.title(guide.title)
    for label, text in guide.facts:
        writer.fact(label, text)
    writer.part("Cách điền", lines=guide.how_to)
    writer.part("Các cột", rows=(_HEADINGS, *_explained(table.columns)))
    for part in (*guide.parts, *_last_parts(table.sheet)):
        writer.part(part.title, part.lines, part.rows)
    writer.set_up_page()


def _explained(columns: Iterable[Column]) -> Iterable[Sequence[str]]:
    return ((column.heading, column.must or "Không", column.meaning, column.example) for column in columns)


def _last_parts(sheet: str) -> list[Part]:
    """What every guide ends with: the limits of a file, and what to do with it."""
    return [
        Part("Giới hạn của tệp", limit_lines()),
        Part("Gửi lại", (
            "Lưu tệp dạng .xlsx, mở trang của cơ quan trên hệ thống, chọn “Tải tệp lên”. Chỉ gửi cho đúng cơ quan "
            "ghi ở trên: hệ thống nhận ra mẫu của cơ quan khác và không ghi.",
            "Hệ thống kiểm tra cả tệp và nêu mọi lỗi cùng một lần. Chưa có gì được ghi cho đến khi chọn “Xác nhận và "
            "ghi”. Gửi lại nguyên vẹn thì không thay đổi gì.",
            "Nếu dữ liệu trên hệ thống đã thay đổi sau ngày lấy mẫu, hệ thống sẽ nhắc; nên tải mẫu mới rồi điền.",
        )),
        Part("Dòng tiêu đề được khóa", (
            f"Dòng tiêu đề của trang tính {sheet} được khóa, không có mật khẩu, để tên cột không bị sửa nhầm. Vẫn "
            "thêm, xóa dòng, lọc, sắp xếp, định dạng được. Thêm dòng mới ở cuối bảng hoặc giữa hai dòng đã có.",
            "Cần thêm cột riêng thì bỏ khóa: thẻ Xem lại (Review) › Bỏ bảo vệ trang tính (Unprotect Sheet).",
        )),
    ]  # fmt: skip


class _Writer:
    def __init__(self, sheet: Any, formats: Formats) -> None:
        self._sheet = sheet
        self._formats = formats
        self._row = 0
        self._parts = 0
        for index, width in enumerate(_WIDTHS):
            sheet.set_column(index, index, width)

    def title(self, text: str) -> None:
        self._across(0, text.upper(), self._formats.title, height=2 * _LINE)

    def fact(self, label: str, text: str) -> None:
        self._sheet.write_string(self._row, 0, f"{label}:", self._formats.label)
        self._across(1, text, self._formats.line)

    def part(self, title: str, lines: Sequence[str] = (), rows: Iterable[Sequence[str]] = ()) -> None:
        self._sheet.set_row(self._row, _GAP)
        self._row += 1
        self._parts += 1
        self._across(0, f"{self._parts}. {title}", self._formats.heading)
        for line in lines:
            self._across(0, f"– {line}", self._formats.line)
        for number, row in enumerate(rows):
            self._table_row(row, self._formats.cell_head if number == 0 else self._formats.cell)

    def set_up_page(self) -> None:
        """A4, upright, as wide as the paper; people who print it read it beside the screen."""
        sheet = self._sheet
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.7, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C&P/&N")
        sheet.print_area(0, 0, self._row - 1, _LAST)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _table_row(self, texts: Sequence[str], look: Any) -> None:
        # A narrow table takes the first columns; its last cell takes what is left of the width.
        lines = max(_lines(text, width) for text, width in zip(texts, self._spread(len(texts)), strict=True))
        self._sheet.set_row(self._row, lines * _LINE)
        for index, text in enumerate(texts[:-1]):
            self._sheet.write_string(self._row, index, text, look)
        last = len(texts) - 1
        if last < _LAST:
            self._sheet.merge_range(self._row, last, self._row, _LAST, texts[-1], look)
        else:
            self._sheet.write_string(self._row, last, texts[-1], look)
        self._row += 1

    def _across(self, first: int, text: str, look: Any, height: int = 0) -> None:
        """A text over all the columns from one on. Programs do not fit the height of such a row by themselves."""
        self._sheet.set_row(self._row, height or _lines(text, sum(_WIDTHS[first:])) * _LINE)
        self._sheet.merge_range(self._row, first, self._row, _LAST, text, look)
        self._row += 1

    @staticmethod
    def _spread(count: int) -> Sequence[int]:
        return (*_WIDTHS[: count - 1], sum(_WIDTHS[count - 1 :]))


def _lines(text: str, width: int) -> int:
    return max(1, ceil(len(text) / width))
