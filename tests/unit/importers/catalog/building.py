"""Workbooks and contexts for the tests of the catalog check, built from plain values."""

import pathlib
from decimal import Decimal

from importers import reading as sheets
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.context import BaseItem, Context
from importers.reading.contract import Row, Sheet, Special, Workbook

SAMPLES = pathlib.Path(__file__).parents[3] / "samples"
FRAMES = {group: Decimal(100 * group) for group in range(1, 6)}

PLATFORM_HEADER = [
    "STT", "Mã sản phẩm/công việc", "Tên nhiệm vụ", "Sản phẩm/công việc đầu ra", "Đơn vị tính",
    "Nhóm phức tạp (1-5)", "Thời gian chuẩn (giờ)", "Hệ số quy đổi", "Căn cứ pháp lý", "Ghi chú",
]  # fmt: skip
HANDBOOK_HEADER = [
    "TT", "Tên nhiệm vụ", "Công việc chi tiết", "Sản phẩm đầu ra", "Nhóm", "Độ khó, sáng tạo",
    "Quy trình, thời gian", "Phối hợp", "Phạm vi áp dụng", "Điểm quy đổi", "Hệ số quy đổi",
]  # fmt: skip
COMMUNE_HEADER = ["STT", "Tên nhiệm vụ/công việc", "Mã", "Sản phẩm đầu ra", "Nhóm", "Điểm chuẩn", "Hệ số K"]


def platform_row(code="TK.001", **cells):
    """One good row under PLATFORM_HEADER; name a cell to change it."""
    number = "".join(c for c in str(code) if c.isdigit()) or "1"
    row = {
        "no": int(number), "code": code, "task": f"Nhiệm vụ {number}", "output": "Báo cáo", "unit": "01 báo cáo",
        "group": 1, "hours": 2, "coefficient": 1.5, "legal": "Nghị định số 335/2025/NĐ-CP", "note": None,
    }  # fmt: skip
    return list((row | cells).values())


def handbook_row(no=1, task="Văn thư", name="Soạn thảo văn bản", **cells):
    """One good row under HANDBOOK_HEADER; name a cell to change it."""
    row = {
        "no": no, "task": task, "name": name, "output": "văn bản", "group": 1, "difficulty": 2, "process": 1,
        "coordination": 1, "scope": 1, "score": 5, "coefficient": 1,
    }  # fmt: skip
    return list((row | cells).values())


def sheet(*rows, name="DanhMuc", **parts):
    """A sheet of these rows from row 1 on; None leaves a row out."""
    return Sheet(name, [Row(i, list(cells)) for i, cells in enumerate(rows, start=1) if cells is not None], **parts)


def workbook(*sheets_):
    return Workbook("xlsx", list(sheets_))


def context(**values):
    return Context(**({"standard_score": Decimal(5), "prefix": "VP", "group_frames": FRAMES} | values))


def check_rows(*rows, ctx=None, **parts):
    """The verdict on one sheet of rows."""
    return check(workbook(sheet(*rows, **parts)), ctx or context())


def check_platform(*rows, ctx=None, **parts):
    """The verdict on rows under the platform's header, which stands in row 1."""
    return check_rows(PLATFORM_HEADER, *rows, ctx=ctx, **parts)


def check_cell(**cells):
    """The verdict on one platform row with these cells changed."""
    return check_platform(platform_row(**cells))


def check_sample(name, ctx=None):
    return check(sheets.read(SAMPLES / name, name=name), ctx or context())


def as_base(verdict):
    """The items of a verdict as the version that they were committed to."""
    return tuple(BaseItem(identity=f"id-{index}", **item.values) for index, item in enumerate(verdict.items))


def codes(verdict, severity=None):
    """The problem codes with their rows, in the order of the file."""
    return [(p.code, p.row) for p in verdict.problems if severity in (None, p.severity)]


def error_value(kind, text=""):
    return Special(kind, text)
