"""Workbooks and contexts for the tests of the check of officers, built from plain values."""

from datetime import date

from importers.kinds.officers.check import check
from importers.kinds.officers.check.context import BasePosting, Context, KnownAgency, KnownPosition
from tests.unit.importers.catalog.building import sheet, workbook

HEADER = [
    "STT", "Mã công chức", "Họ và tên", "Đối tượng", "Mã cơ quan, đơn vị", "Mã vị trí việc làm", "Nhóm vị trí việc làm",
    "Vai trò", "Chính/kiêm nhiệm", "Từ ngày", "Đến ngày", "Lĩnh vực phụ trách",
]  # fmt: skip
TODAY = date(2026, 3, 15)
START = date(2026, 1, 1)
AGENCIES = [
    KnownAgency("so-a", "Sở A"), KnownAgency("phong-1", "Phòng Hòa Bình"), KnownAgency("phong-2", "Phòng Hai"),
    KnownAgency("phong-cu", "Phòng Cũ", date(2025, 6, 30)), KnownAgency("phong-hai-b", "Phòng Hai"),
]  # fmt: skip
POSITIONS = [
    KnownPosition("cv", "Chuyên viên", "chuyen-mon", "Chuyên môn"),
    KnownPosition("vt", "Văn thư", "ho-tro", "Hỗ trợ"),
    KnownPosition("cv-pc", "Pháp chế", "chuyen-mon", "Chuyên môn"),
    KnownPosition("ht-pc", "Pháp chế", "ho-tro", "Hỗ trợ"),
]


def officer(code="CC-1", **cells):
    """One good row under HEADER; name a cell to change it."""
    row = {
        "no": 1, "code": code, "name": f"Công chức {str(code)[3:]}", "category": "Công chức", "agency": "phong-1",
        "position": "cv", "group": None, "role": None, "main": None, "start": "01/01/2026", "end": None, "fields": None,
    }  # fmt: skip
    return list((row | cells).values())


def base(code="CC-1", **values):
    """The posting on record that ``officer`` says the same of."""
    filled = {
        "identity": f"{code} {len(values)}", "name": f"Công chức {code[3:]}", "category": "civil_servant",
        "agency": "phong-1", "position": "cv", "role": "staff", "is_main": True, "valid_from": START,
    }  # fmt: skip
    return BasePosting(code=code, **(filled | values))


def context(**values):
    return Context(**({"agencies": AGENCIES, "positions": POSITIONS, "today": TODAY} | values))


def check_rows(*rows, header=HEADER, ctx=None, **parts):
    """The verdict on rows under a header in row 1."""
    return check(workbook(sheet(header, *rows, **parts)), ctx or context())


def check_cell(**cells):
    """The verdict on one good row with these cells changed."""
    return check_rows(officer(**cells))


def codes(verdict, severity=None):
    """The problem codes with their rows, in the order of the file."""
    return [(p.code, p.row) for p in verdict.problems if severity in (None, p.severity)]
