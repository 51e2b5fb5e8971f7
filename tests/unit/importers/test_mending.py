"""Cells mended in the browser, and what the platform puts on its own files."""

import datetime

import pytest

from importers.checking.mending import SUMMARY_SHEET, as_text, cells_to_mend, put_in, tidy
from importers.checking.verdict import Table, Verdict
from importers.problems import error, warning
from importers.reading import Row, Sheet, Special, Workbook


def book(*rows, form="xlsx", **sheet):
    return Workbook(form, [Sheet("A", [Row(number, list(cells)) for number, cells in enumerate(rows, 1)], **sheet)])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'-5", "-5"), ("'abc", "'abc"), ("'", "'"), ("=1", "=1"),
        ("'＝1", "＝1"), (5, 5), (None, None), ("a;'=1+1", "a;=1+1"), ("a;''=1", "a;'=1"), ("a; 'x'", "a; 'x'"),
    ],
)  # fmt: skip
def test_the_apostrophe_of_a_csv_is_taken_off_again(written, meant) -> None:
    workbook = book([written], form="csv")

    tidy(workbook)

    assert workbook.sheets[0].rows[0].cells == [meant]


def test_an_apostrophe_in_a_workbook_is_the_senders_own() -> None:
    workbook = book(["'=1+1"])

    tidy(workbook)

    assert workbook.sheets[0].rows[0].cells == ["'=1+1"]


def test_the_list_of_problems_is_never_data() -> None:
    workbook = Workbook("xlsx", [Sheet("DanhMuc"), Sheet(SUMMARY_SHEET)])
    alone = Workbook("xlsx", [Sheet(SUMMARY_SHEET)])

    tidy(workbook)
    tidy(alone)

    assert [sheet.name for sheet in workbook.sheets + alone.sheets] == ["DanhMuc", SUMMARY_SHEET]


def test_a_corrected_cell_takes_the_place_of_whatever_stood_there() -> None:
    workbook = book(
        ["a", 5], ["b"], specials={(1, 2): Special("error_value", "#REF!")}, percent_cells={(1, 2)},
    )  # fmt: skip

    put_in(workbook, {("A", 1, 2): "1,5", ("A", 2, 4): "x", ("A", 2, 1): "", ("B", 1, 1): "?", ("A", 9, 1): "?"})

    (sheet,) = workbook.sheets
    assert [row.cells for row in sheet.rows] == [["a", "1,5"], [None, None, None, "x"]]
    assert (sheet.specials, sheet.percent_cells) == ({}, set())


def test_rows_with_a_problem_or_a_correction_are_kept_as_text() -> None:
    verdict = Verdict(tables={"A": Table(1, {1: "Mã", 2: "Nhóm"})})
    verdict.problems = [error("x", sheet="A", row=2), warning("y", sheet="A", row=1), error("z", sheet="B", row=3)]
    workbook = book(["Mã", "Nhóm"], ["a", 1.5], ["b", 2], ["c", 3])

    cells = cells_to_mend(workbook, verdict, [("A", 4, 1)])

    assert cells == {"tables": {"A": {1: "Mã", 2: "Nhóm"}}, "rows": {"A": {2: ["a", "1,5"], 4: ["c", "3"]}}}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("x", "x"), (1.5, "1,5"), (0.1 + 0.2, "0,3"), (12, "12"), (datetime.date(2026, 6, 5), "05/06/2026"),
        (datetime.datetime(2026, 6, 5, 7, 8), "05/06/2026 07:08:00"),
    ],
)  # fmt: skip
def test_a_cell_reads_as_a_person_would_type_it(value, text) -> None:
    assert as_text(value) == text
    assert as_text(value, Special("error_value", "#N/A")) == "#N/A"
