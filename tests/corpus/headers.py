"""Where the header is, what it says, and which sheet holds the data."""

from __future__ import annotations

from typing import Any

from tests.corpus.kinds import SHEET, Said, accepted, at, rejected
from tests.corpus.making import (
    CODE,
    GROUP,
    HEADERS,
    OUTPUT,
    SHEETS,
    TASK,
    UNIT,
    K,
    book,
    good,
    row_xml,
    rows_xml,
    several,
    worksheet,
)
from tests.unit.importers.reading.building import parts, xlsx, zipped

MOTTO = [["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Độc lập - Tự do - Hạnh phúc"], [], ["DANH MỤC SẢN PHẨM, CÔNG VIỆC"]]


def _header(**words: str | None) -> list[Any]:
    """The header with other words for some of its columns, in their order."""
    keys = ("code", "task", "output", "unit", "group", "coefficient")
    return [words.get(key, text) for key, text in zip(keys, HEADERS, strict=True)]


def _book(rows: list[list[Any]], **more: Any) -> bytes:
    return xlsx(rows_xml(rows), **({"sheets": SHEETS} | more))


def _two_rows() -> bytes:
    upper = [CODE, TASK, OUTPUT, UNIT, "Định mức", None]
    lower = [None, None, None, None, GROUP, K]
    merges = "".join(f'<mergeCell ref="{letter}1:{letter}2"/>' for letter in "ABCD") + '<mergeCell ref="E1:F1"/>'
    return _book([upper, lower, good()], after=f"<mergeCells>{merges}</mergeCells>")


def _at_row(row: int) -> bytes:
    return xlsx(rows_xml([["Phụ lục"]]) + rows_xml([list(HEADERS), good()], first=row), sheets=SHEETS)


def _hidden(*, rows: str = "", columns: str = "") -> bytes:
    inside = row_xml(1, HEADERS) + row_xml(2, good()) + row_xml(3, good("TK.002"), rows)
    return xlsx(inside, sheets=SHEETS, before=columns)


_GUIDE = rows_xml([["Hướng dẫn"], ["Điền vào trang sau"]])
_DATA = rows_xml([HEADERS, good()])


HEADER_FILES = [
    accepted("motto", "the national motto above the header", lambda: _book([*MOTTO, [], list(HEADERS), good()]),
             kept={7: {"code": "TK.001"}}),
    accepted("header-row-30", "a header on row 30", lambda: _at_row(30), kept={31: {"code": "TK.001"}}),
    rejected("header-row-31", "a header on row 31", lambda: _at_row(31), "no_header"),
    accepted("header-two-rows", "a header over two merged rows", _two_rows, kept={3: {"group": 1,
             "coefficient": "1.5"}}),
    accepted("header-numbered", "(1) (2) (3) below the header",
             lambda: book(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], good()), rows=1, kept={3: {"code": "TK.001"}}),
    accepted("header-shuffled", "columns in the other order",
             lambda: book(good()[::-1], header=HEADERS[::-1]), kept={2: {"code": "TK.001", "coefficient": "1.5"}}),
    accepted("header-case-breaks", "capitals, a line break and a footnote mark in a header",
             lambda: book(good(), header=_header(coefficient="HỆ SỐ\nQUY ĐỔI (1)*")), kept={2: {"coefficient": "1.5"}}),
    accepted("header-decomposed", "a header in NFD",
             lambda: book(good(), header=_header(unit="Đơn vi\u0323 ti\u0301nh")), kept={2: {"unit": "báo cáo"}}),
    accepted("header-bare", "a header without diacritics", lambda: book(good(), header=_header(unit="Don vi tinh")),
             at("header_without_diacritics", 1, "Don vi tinh"), kept={2: {"unit": "báo cáo"}}),
    rejected("column-missing", "no column of groups", lambda: book(good(), header=_header(group="Khác")),
             at("missing_column", 1, GROUP), at("unknown_column", 1, "Khác")),
    rejected("columns-missing", "three required columns missing: each is named",
             lambda: book(["TK.001", "Việc", "Báo cáo", "Văn thư"], header=[CODE, TASK, OUTPUT, "Lĩnh vực"]),
             at("missing_column", 1, UNIT), at("missing_column", 1, GROUP), at("missing_column", 1, K)),
    rejected("column-twice", "a required header twice",
             lambda: book([*good(), 2], header=[*HEADERS, "Hệ số K"]), at("duplicate_column", 1, "Hệ số K")),
    accepted("column-unknown", "a column that nobody knows", lambda: book([*good(), "x"], header=[*HEADERS, "Màu"]),
             at("unknown_column", 1, "Màu")),
    accepted("column-unheaded", "data beside the table without a header", lambda: book([*good(), "x"]),
             at("unheaded_column", 2, "G")),
    accepted("column-201", "data in column 201", lambda: book([*good(), *[None] * 194, "x"]), at("columns_not_read")),
    rejected("no-header", "rows without any header", lambda: _book([good(), good("TK.002")]), "no_header"),
    rejected("header-only", "a header and nothing below", book, at("no_rows")),
    rejected("sheet-empty", "a sheet of nothing", lambda: xlsx("", sheets=SHEETS), "no_header"),
    rejected("no-sheet", "a workbook without a sheet", lambda: xlsx("", sheets=""), "no_sheet"),
    rejected("all-hidden", "a workbook whose one sheet is hidden",
             lambda: zipped(several(DanhMuc_hidden=_DATA)), "no_sheet", at("hidden_sheet")),
    accepted("guide-first", "a guide before the sheet with data",
             lambda: zipped(several(HuongDan=_GUIDE, DanhMuc=_DATA)),
             kept={2: {"code": "TK.001"}}),
    accepted("two-sheets", "two sheets with data: both are read",
             lambda: zipped(several(MotA=_DATA, HaiB=rows_xml([HEADERS, good("TK.002")]))), rows=2),
    rejected("two-sheets-one-code", "the same code in two sheets",
             lambda: zipped(several(MotA=_DATA, HaiB=rows_xml([HEADERS, good(task="Việc khác")]))),
             Said("duplicate_code", 2, CODE, "MotA"), Said("duplicate_code", 2, CODE, "HaiB")),
    accepted("hidden-sheet", "a hidden sheet with other data beside the table",
             lambda: zipped(several(DanhMuc=_DATA, Cu_hidden=rows_xml([HEADERS, good("TK.002")]))),
             at("hidden_sheet", sheet="Cu"), rows=1),
    rejected("sheet-name-twice", "two sheets of one name",
             lambda: zipped(several(DanhMuc=_DATA) | _same_name()), "broken_part"),
    accepted("hidden-rows", "a filtered row: it is read",
             lambda: _hidden(rows=' hidden="1"'), at("hidden_rows"), rows=2),
    accepted("hidden-columns", "a hidden column: it is read",
             lambda: _hidden(columns='<cols><col min="6" max="6" hidden="1"/></cols>'), at("hidden_columns"),
             kept={2: {"coefficient": "1.5"}}),
    accepted("sheet-name-markup", "a sheet whose name is a script",
             lambda: xlsx(_DATA, sheets='<sheet name="&lt;b onclick=canary()&gt;" sheetId="1" r:id="rId1"/>')),
]  # fmt: skip


def _same_name() -> dict[str, str | bytes]:
    """What two sheets called alike add to a workbook."""
    twice = f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/><sheet name="{SHEET.upper()}" sheetId="2" r:id="rId1"/>'
    return {"xl/workbook.xml": parts("", sheets=twice)["xl/workbook.xml"], "xl/worksheets/sheet1.xml": worksheet(_DATA)}
