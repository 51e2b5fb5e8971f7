"""Writing the workbooks that the demo's agencies send, in the layouts that agencies really use."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from importers.demo.works import Fields, hours_of, works_of_commune

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
STANDARD_SCORE = 5
# By the letters that a commune's codes begin with.
_COMMUNE_FIELDS = {
    "HC": "Văn phòng", "TD": "Tiếp công dân", "DD": "Đất đai, môi trường", "HT": "Hộ tịch, chứng thực",
    "XH": "Văn hóa, xã hội", "VH": "Văn hóa, xã hội", "KT": "Kinh tế, hạ tầng", "TH": "Văn phòng",
    "TC": "Tài chính, ngân sách", "MC": "Bộ phận một cửa", "QS": "Quốc phòng, an ninh",
}  # fmt: skip


def handbook(agency_name: str, fields: Fields, year: int) -> bytes:
    """Return a workbook in the Ministry handbook's layout: motto, two header rows, section rows, tasks written once."""
    book, sheet = _new_book("Danh mục")
    sheet["A1"], sheet["F1"], sheet["F2"] = agency_name.upper(), *_MOTTO
    sheet["A4"] = f"DANH MỤC SẢN PHẨM/CÔNG VIỆC QUY ĐỔI NĂM {year}"
    sheet["A5"] = f"Đơn vị sản phẩm/công việc chuẩn: Soạn thảo văn bản hành chính ({STANDARD_SCORE} điểm)"
    _handbook_head(sheet)
    line, number = 8, 0
    for section, (field, tasks) in enumerate(fields.items()):
        sheet.cell(line, 1, f"{_ROMAN[section]}. {field.upper()}")
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=13)
        line += 1
        for task, works in tasks:
            for index, (name, output, group, score) in enumerate(works):
                number += 1
                head = [number, task if index == 0 else None, name, output, f"Nhóm {group}", group * 100]
                row = [*head, *_parts(score), score, score / STANDARD_SCORE]
                for column, value in enumerate(row, start=1):
                    sheet.cell(line, column, value)
                line += 1
    sheet.cell(line + 1, 8, "THỦ TRƯỞNG CƠ QUAN")
    return _bytes(book)


def _handbook_head(sheet: Any) -> None:
    top = {1: "TT", 2: "Tên nhiệm vụ", 3: "Công việc chi tiết", 4: "Sản phẩm đầu ra", 5: "Nhóm"}
    top |= {6: "Khung điểm tối đa", 7: "Điểm", 11: "Điểm quy đổi", 12: "Hệ số quy đổi", 13: "Ghi chú"}
    for column, text in top.items():
        sheet.cell(6, column, text)
        if column != 7:
            sheet.merge_cells(start_row=6, start_column=column, end_row=7, end_column=column)
    sheet.merge_cells(start_row=6, start_column=7, end_row=6, end_column=10)
    for column, text in enumerate(("Độ khó, sáng tạo", "Quy trình, thời gian", "Phối hợp", "Phạm vi áp dụng"), start=7):
        sheet.cell(7, column, text)


def _parts(score: int) -> list[int]:
    """Split a score over the four part-scores, the largest first, so that they add up again."""
    three = [score * 35 // 100, score * 30 // 100, score * 20 // 100]
    return [score - sum(three[1:]) - score * 15 // 100, three[1], three[2], score * 15 // 100]


def platform(agency: str, fields: Fields, prefix: str) -> bytes:
    """Return a workbook with the platform's own columns; the common list has no standard hours."""
    works = [(field, task, work) for field, tasks in fields.items() for task, listed in tasks for work in listed]
    return _own_columns(
        [
            f"{prefix}.{number:03}", task, name, output, output, group, score, score / STANDARD_SCORE, field,
            None if agency == "tinh" else float(hours_of(agency, name, Decimal(score))),
        ]
        for number, (field, task, (name, output, group, score)) in enumerate(works, start=1)
    )  # fmt: skip


def commune_by_platform(number: int) -> bytes:
    """Return a commune's workbook with the platform's own columns, standard hours among them."""
    return _own_columns(
        [
            work.code, work.name, None, work.output, work.output, work.group, None, work.coefficient,
            _COMMUNE_FIELDS[work.code[:2]], float(hours_of(f"xa-{number:03}", work.name, _score(work.coefficient))),
        ]
        for work in works_of_commune(number)
    )  # fmt: skip


def _score(coefficient: str) -> Decimal:
    return Decimal(coefficient.replace(",", ".")) * STANDARD_SCORE


def _own_columns(rows: Iterable[list[Any]]) -> bytes:
    book, sheet = _new_book("DanhMuc")
    sheet.append([
        "STT", "Mã sản phẩm/công việc", "Tên nhiệm vụ", "Công việc chi tiết", "Sản phẩm/công việc đầu ra",
        "Đơn vị tính", "Nhóm phức tạp (1-5)", "Điểm quy đổi", "Hệ số quy đổi", "Lĩnh vực", "Thời gian chuẩn (giờ)",
        "Căn cứ pháp lý",
    ])  # fmt: skip
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *row, "Nghị định số 335/2025/NĐ-CP"])
    return _bytes(book)


def commune(number: int, mistakes: bool = False) -> bytes:
    """Return a commune's workbook in the short layout, with decimal commas as text; ``mistakes`` spoils some cells."""
    works = works_of_commune(number)
    book, guide = _new_book("Hướng dẫn")
    guide["A1"] = "Điền dữ liệu ở sheet DANH MUC. Không sửa dòng tiêu đề."
    sheet = book.create_sheet("DANH MUC")
    for column, text in enumerate(
        ("STT", "Tên nhiệm vụ/công việc", "Mã", "Sản phẩm đầu ra", "Nhóm", "Điểm chuẩn", "Hệ số K"), start=1
    ):
        sheet.cell(3, column, text)
    for line, work in enumerate(works, start=1):
        row: list[Any] = [line, work.name, work.code, work.output, str(work.group), STANDARD_SCORE, work.coefficient]
        if mistakes:
            row = _spoilt(line, row)
        for column, value in enumerate(row, start=1):
            sheet.cell(3 + line, column, value)
    sheet.cell(4 + len(works), 2, f"Tổng cộng: {len(works)} sản phẩm/công việc")
    sheet.cell(6 + len(works), 6, "CHỦ TỊCH")
    return _bytes(book)


def _spoilt(number: int, row: list[Any]) -> list[Any]:
    """Return the row with the kind of mistake that clerks make."""
    wrong: dict[int, tuple[int, Any]] = {
        2: (6, "1.250"),
        3: (4, "7"),
        5: (2, "HT 01"),
        6: (2, "HT-01"),
        8: (6, "9 giờ"),
        10: (3, None),
    }
    if number in wrong:
        column, value = wrong[number]
        row = [*row[:column], value, *row[column + 1 :]]
    return row


def _new_book(title: str) -> tuple[Any, Any]:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    return book, sheet


def _bytes(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
