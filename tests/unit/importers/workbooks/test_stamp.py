from __future__ import annotations

import datetime

import pytest

from importers.reading import Row, Sheet, Workbook
from importers.workbooks.stamp import FIRST_ROWS, PROPERTY, Stamp, find_stamp, read_stamp

DAY = datetime.date(2026, 11, 22)
STAMP = Stamp("catalog", "thong-ke", 2026, 2, 14, DAY)
OTHER = Stamp("officers", "xa-vinh_hoa-2", 0, 0, 3, DAY)


def workbook(*cells: object, row: int = 1, properties: dict[str, str] | None = None) -> Workbook:
    return Workbook("xlsx", [Sheet("A", [Row(row, list(cells))])], properties=properties or {})  # type: ignore[arg-type]


@pytest.mark.parametrize("stamp", [STAMP, OTHER], ids=lambda stamp: stamp.kind)
def test_a_stamp_reads_back_as_it_was(stamp: Stamp) -> None:
    assert read_stamp(stamp.text) == stamp


def test_a_stamp_is_readable() -> None:
    assert STAMP.text.startswith("TD1-catalog-thong-ke-2026-2.14-20261122-")
    assert STAMP.line == f"Mã mẫu: {STAMP.text}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("thong-ke", "thong-kê"),
        ("thong-ke", "so-noi-vu"),
        ("2.14", "2.15"),
        ("TD1", "TD2"),
        ("1122", "1322"),
        ("-", ""),
    ],
)
def test_what_was_changed_is_no_stamp(old: str, new: str) -> None:
    assert read_stamp(STAMP.text.replace(old, new)) is None


def test_a_day_that_never_was_is_no_stamp() -> None:
    class Never(datetime.date):
        def __format__(self, form: str) -> str:
            return "20261322"

    assert read_stamp(Stamp("catalog", "thong-ke", 2026, 2, 14, Never(2026, 1, 1)).text) is None


def test_it_is_found_wherever_it_stands_at_the_top() -> None:
    found = find_stamp(workbook(None, 5, f"{STAMP.line} (giữ nguyên dòng này)", row=40))

    assert found is not None
    assert (found.stamp, found.sheet, found.row) == (STAMP, "A", 40)


def test_a_code_that_looks_like_one_is_none() -> None:
    assert find_stamp(workbook("TD1-001", STAMP.text)) is None
    assert find_stamp(workbook(STAMP.line, row=FIRST_ROWS + 1)) is None


def test_the_property_stands_in_for_a_line_that_was_deleted() -> None:
    found = find_stamp(workbook("Việc", properties={PROPERTY: STAMP.text}))

    assert found is not None and found.stamp == STAMP


def test_what_people_see_counts_before_the_property() -> None:
    found = find_stamp(workbook(OTHER.line, properties={PROPERTY: STAMP.text}))

    assert found is not None and found.stamp == OTHER


def test_a_mistyped_one_is_named_unless_another_can_be_read() -> None:
    mistyped = find_stamp(workbook("Mã mẫu: TD1-gi-do"))
    mended = find_stamp(workbook("Mã mẫu: TD1-gi-do", properties={PROPERTY: STAMP.text}))

    assert mistyped is not None and (mistyped.stamp, mistyped.text) == (None, "TD1-gi-do")
    assert mended is not None and mended.stamp == STAMP
