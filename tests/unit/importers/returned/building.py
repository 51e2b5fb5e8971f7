"""Small workbooks, marked in this process."""

import dataclasses
import io
import tempfile
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from importers.reading.contract import Limits
from importers.returned import Cell, Job, Line, Words
from importers.returned.worker import mark_here

WORDS = Words("LoiCanSua", "2 lỗi", "Hãy sửa", ("Trang", "Ô", "Dòng", "Cột", "Giá trị", "Loại", "Câu"))
BAD = Cell("error", "không phải là số")
LINE = Line("DanhMuc", 2, 2, "Hệ số", "abc", "Lỗi", "=không phải là số")


def agency_book() -> Workbook:
    """Return a workbook as an agency would send it: widths, a merge, fonts, a formula, a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "DanhMuc"
    for row in (["Mã", "Hệ số", "Ghi chú"], ["A1", "abc", "một"], ["A2", None, "=B2"]):
        sheet.append(row)
    sheet.merge_cells("A5:C6")
    sheet.column_dimensions["C"].width = 61
    sheet["B2"].number_format = "0.000"
    book.create_sheet("Khác")["A1"] = "của cơ quan"
    return book


def as_bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def marked(content: bytes, marks: dict[int, dict[int, Cell]], name="a.xlsx", lines=(LINE,), sheet="DanhMuc") -> bytes:
    """Return the file with the cells of one sheet marked."""
    job = Job.load(Job({sheet: marks}, list(lines), WORDS, dataclasses.asdict(Limits())).dump())
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.write_bytes(content)
        mark_here(source, name, job, target)
        return target.read_bytes()


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def with_part(content: bytes, name: str, change) -> bytes:
    """Return the workbook with one part changed by a function of its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for part, text in parts(content).items():
            target.writestr(part, change(text) if part == name else text)
    return out.getvalue()
