"""Rows that are not data, parents carried forward, and the shape of the table."""

from __future__ import annotations

import re
from typing import Any

from tests.corpus.kinds import accepted, at, rejected
from tests.corpus.making import HEADERS, SHEETS, TASK, K, Xml, book, good, letters, quickly_zipped, row_xml, rows_xml
from tests.unit.importers.reading.building import parts, xlsx

NAME = "Công việc chi tiết"
HANDBOOK = ["TT", TASK, NAME, "Sản phẩm đầu ra", "Nhóm", "Điểm quy đổi", K]


def _handbook(no: int, task: str | None, name: str, **cells: Any) -> list[Any]:
    row = {"no": no, "task": task, "name": name, "output": "01 văn bản", "group": "Nhóm 1", "score": 5, "k": 1}
    return list((row | cells).values())


def _merged(reference: str, *rows: list[Any], header: list[str]) -> bytes:
    return xlsx(
        rows_xml([header, *rows]), sheets=SHEETS, after=f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    )


def _million_empty() -> bytes:
    empty = "".join(f'<row r="{number}" s="1" customFormat="1" ht="15"/>' for number in range(3, 1_048_577))
    return quickly_zipped(parts(rows_xml([HEADERS, good()]) + empty, sheets=SHEETS))


def _formatted_columns() -> bytes:
    blank = "".join(f'<c r="{letters(column)}2" s="0"/>' for column in range(7, 16_385))
    inside = row_xml(2, good()).replace("</row>", f"{blank}</row>")
    columns = '<cols><col min="1" max="16384" width="9" style="0"/></cols>'
    return xlsx(
        row_xml(1, HEADERS) + inside, sheets=SHEETS, before=columns, styles='<cellXfs><xf numFmtId="0"/></cellXfs>'
    )


def _lying_dimension(reference: str) -> bytes:
    return xlsx(rows_xml([HEADERS, good(), good("TK.002")]), sheets=SHEETS, before=f'<dimension ref="{reference}"/>')


def _without_references() -> bytes:
    bare = rows_xml([HEADERS, good()])
    return xlsx(re.sub(r' r="[A-Z]*\d+"', "", bare), sheets=SHEETS)


def _merge_bomb(count: int) -> bytes:
    """Merged cells over each other, each from one of the rows to the last row of all."""
    merges = "".join(f'<mergeCell ref="B{2 + number % 300}:C1048576"/>' for number in range(count))
    rows = rows_xml([HEADERS, *(good(f"TK.{n}") for n in range(300))])
    last = row_xml(1_048_576, good("TK.900"))
    return quickly_zipped(parts(rows + last, sheets=SHEETS, after=f"<mergeCells>{merges}</mergeCells>"))


CARRIED = at("carried_forward", 1, TASK)
READ = [at("read_as", row, "Nhóm") for row in (2, 3)]

ROWS = [
    accepted("blank-rows", "blank rows between the rows", lambda: book([], good(), [None] * 6, [], good("TK.002")),
             rows=2, kept={6: {"code": "TK.002"}}),
    accepted("section-rows", "section rows fill the field",
             lambda: book(["I. LĨNH VỰC VĂN THƯ"], good(), ["II. LĨNH VỰC TÀI CHÍNH"], good("TK.002")), rows=2,
             kept={3: {"field": "LĨNH VỰC VĂN THƯ"}, 5: {"field": "LĨNH VỰC TÀI CHÍNH"}}),
    accepted("header-repeated", "the header again on the next page", lambda: book(good(), HEADERS, good("TK.002")),
             at("repeated_header", 3), rows=2),
    accepted("totals", "a totals row", lambda: book(good(), [None, "Tổng cộng", None, None, None, 1.5]),
             at("totals_row", 3), rows=1),
    accepted("signature", "a signature block",
             lambda: book(good(), [], [None, None, None, "Vinh Hòa, ngày 05 tháng 6 năm 2026"],
                          [None, None, None, "CHỦ TỊCH"], [None, None, None, "(Ký tên, đóng dấu)"]),
             at("signature_block", 4), rows=1),
    accepted("signature-in-a-column-of-numbers",
             "a place-and-date line and who signs below a totals row, in the column of the coefficient",
             lambda: book(good(), [None, "Tổng cộng", None, None, None, 1.5],
                          [None] * 5 + ["Vinh Hòa, ngày 15 tháng 4 năm 2026"], [None] * 5 + ["KT. CHỦ TỊCH"],
                          [None] * 5 + ["(đã ký)"]),
             at("totals_row", 3), at("signature_block", 4), rows=1),
    accepted("parent-once", "a parent filled on its first row only",
             lambda: book(_handbook(1, "Văn thư", "Soạn thảo"), _handbook(2, None, "Phát hành"), header=HANDBOOK),
             CARRIED, *READ, kept={3: {"task": "Văn thư", "name": "Phát hành"}}),
    accepted("parent-merged", "a parent in a cell merged over its rows",
             lambda: _merged("B2:B3", _handbook(1, "Văn thư", "Soạn thảo"), _handbook(2, None, "Phát hành"),
                             header=HANDBOOK), CARRIED, *READ, kept={3: {"task": "Văn thư"}}),
    accepted("parent-merged-platform", "a merged parent in the platform's layout",
             lambda: _merged("B2:B3", good(task="Văn thư"), good("TK.002", task=None), header=list(HEADERS)),
             CARRIED, at("duplicate_name", 3, TASK), kept={3: {"task": "Văn thư"}}),
    accepted("derived-coefficient", "score ÷ the standard unit's score where there is no coefficient",
             lambda: book(_handbook(1, "Văn thư", "Soạn thảo", score=7.5)[:6], header=HANDBOOK[:6]),
             at("read_as", 2, "Nhóm"), kept={2: {"coefficient": "1.5"}}),
    rejected("coefficient-disagrees", "score and coefficient that do not agree within 0.05",
             lambda: book(_handbook(1, "Văn thư", "Soạn thảo", score=7.5, k=1.44), header=HANDBOOK),
             at("coefficient_mismatch", 2, K), at("read_as", 2, "Nhóm")),
    accepted("coefficient-near", "score and coefficient that agree within 0.05",
             lambda: book(_handbook(1, "Văn thư", "Soạn thảo", score=7.5, k=1.45), header=HANDBOOK),
             at("read_as", 2, "Nhóm"), kept={2: {"coefficient": "1.45"}}),
    accepted("million-empty-rows", "a million formatted rows without data", _million_empty, rows=1),
    accepted("formatted-columns", "16,384 formatted columns", _formatted_columns, rows=1),
    accepted("dimension-too-small", "a <dimension> of one cell", lambda: _lying_dimension("A1"), rows=2),
    accepted("dimension-too-large", "a <dimension> of the whole sheet", lambda: _lying_dimension("A1:XFD1048576"),
             rows=2),
    accepted("dimension-nonsense", "a <dimension> that is none", lambda: _lying_dimension("canary"), rows=2),
    accepted("no-references", "rows and cells without references", _without_references, rows=1,
             kept={2: {"code": "TK.001"}}),
    accepted("formatted-empty-text", "cells of empty text below the data",
             lambda: book(good(), *[[Xml('<c r="{at}" t="inlineStr"><is><t> </t></is></c>')] * 6] * 20), rows=1),
    rejected("rows-over", "one data row more than the limit",
             lambda: book(*(good(f"TK.{number}") for number in range(21))), "too_many_rows", limits={"rows": 20}),
    accepted("rows-full", "as many data rows as the limit, and a section row",
             lambda: book(["I. LĨNH VỰC VĂN THƯ"], *(good(f"TK.{number}") for number in range(20))), rows=20,
             limits={"rows": 20}),
    accepted("merge-overlap", "20,000 merged cells that overlap, down to the last row", lambda: _merge_bomb(20_000),
             rows=301),
    rejected("merge-flood", "200,001 merged cells that overlap", lambda: _merge_bomb(200_001), "broken_part"),
]  # fmt: skip
