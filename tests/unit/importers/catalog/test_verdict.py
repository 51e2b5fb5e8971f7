"""The words of a verdict, and the sentences behind the codes."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.checking.codes import CODES, NOTE_CODES
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.codes import CODES as OWN_CODES
from importers.problems import warning
from importers.reading.contract import Row, Sheet, Workbook
from tests.unit.importers.catalog.building import (
    COMMUNE_HEADER,
    HANDBOOK_HEADER,
    PLATFORM_HEADER,
    check_platform,
    check_rows,
    codes,
    context,
    error_value,
    handbook_row,
    platform_row,
    sheet,
)

NASTY = (
    None, "", " ", "abc", "1.234", "1,5", "80%", "90 phút", "1-2", "1h30", "1e3", "-", "NaN", True, 0, -1, 6, 2.5,
    1e300, float("inf"), "5*", "1,234.5", "Nhóm 9", "III", "x" * 6000, "a\u202eb", "a\x00b", "o" + "\u0335" * 9,
    "ChuyӇn",
    "b\ufffdo", "So¹n th¶o v¨n b¶n", "=1+1", "#REF!", "01", "0 văn bản", "a\u200bb", " a  b ", "e\u0301",
    datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3), datetime.time(1, 2), datetime.timedelta(hours=1),
    1 / 3, "9" * 50, "tổng cộng", "I. A B", "Ghi chú: x", "CHỦ TỊCH",
)  # fmt: skip


def sentence(problem):
    where = {"sheet": problem.sheet, "row": problem.row, "column": problem.column, "value": problem.value}
    return (OWN_CODES | CODES)[problem.code] % {**where, **problem.params}


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([platform_row()], "accept"),
        ([platform_row(group="III")], "accept_with_warning"),
        ([platform_row(group=9)], "reject"),
    ],
)
def test_verdict_words(rows, verdict):
    assert check_platform(*rows).verdict == verdict


def test_what_the_reader_said_of_the_file_comes_first():
    said = [warning("hidden_sheet", sheet="Ẩn")]
    book = Workbook("xlsx", [sheet(PLATFORM_HEADER, platform_row(group="III"))], problems=said)

    verdict = check(book, context())

    assert codes(verdict) == [("hidden_sheet", 0), ("read_as", 2)]


@pytest.mark.parametrize("index", range(10))
@pytest.mark.parametrize("header", [PLATFORM_HEADER, HANDBOOK_HEADER, COMMUNE_HEADER])
def test_nothing_that_a_cell_holds_breaks_the_check_and_every_problem_has_a_sentence(header, index):
    good = {10: platform_row, 11: handbook_row}.get(len(header), lambda: [1, "Họp", "A-1", "sổ", 1, 5, 1.5])()
    index = min(index, len(header) - 1)
    rows = [[*good[:index], value, *good[index + 1 :]] for value in NASTY]

    verdict = check_rows(header, *rows)

    assert verdict.verdict == "reject"
    assert all(sentence(problem) for problem in verdict.problems)
    assert all(NOTE_CODES[note.code] % note.params for note in verdict.notes)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["x"]],
        [PLATFORM_HEADER],
        [PLATFORM_HEADER[1:5]],
        [[*PLATFORM_HEADER, "Hệ số K", "Ghi chú", "Lạ"], platform_row()],
        [["Ma", *PLATFORM_HEADER[2:]], platform_row()[1:]],
        [["Đơn vị chuẩn: Soạn văn bản (25 điểm)"], HANDBOOK_HEADER, handbook_row(), handbook_row(), HANDBOOK_HEADER],
        [PLATFORM_HEADER, platform_row(), platform_row(task="Khác"), ["Tổng cộng"], ["Nơi nhận:"]],
        [[*HANDBOOK_HEADER, "Khung điểm"], [*handbook_row(score=500, scope=None, coefficient=9), 7], [1, None, "x"]],
    ],
)
def test_every_problem_of_a_file_has_a_sentence(rows):
    verdict = check_rows(*rows, specials={(40, 40): error_value("formula_program", "=x")})

    assert verdict.problems
    assert all(sentence(problem) for problem in verdict.problems)


def test_the_same_file_gives_the_same_verdict():
    rows = [[*platform_row(f"TK.{n}")[:7], value, None, value] for n, value in enumerate(NASTY)]

    assert check_platform(*rows) == check_platform(*rows)


def test_rows_of_any_width_are_read():
    wide = Sheet(
        "DanhMuc", [Row(1, PLATFORM_HEADER), Row(2, platform_row()[:8]), Row(3, [*platform_row("B.2"), *[None] * 90])]
    )

    verdict = check(Workbook("xlsx", [wide]), context())

    assert (verdict.verdict, verdict.rows) == ("accept", 2)


CELLS = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from([*PLATFORM_HEADER, *HANDBOOK_HEADER, *COMMUNE_HEADER, "I", "(1)", "Tổng cộng", "TM. UBND", 3, 1.5]),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=12), max_size=12), st.booleans())
def test_no_sheet_whatever_it_holds_breaks_the_check(rows, with_header):
    verdict = check_platform(*rows) if with_header else check_rows(*rows)

    assert verdict.rows or verdict.verdict == "reject"
    assert all(sentence(problem) for problem in verdict.problems)


@pytest.mark.parametrize(
    "text",
    ["ngay thang " * 3000, "Đơn vị chuẩn: " + ",1" * 15000, "(1" * 15000, "Ӈa " * 10000, "\u202e" * 30000],
    ids=["dates", "scores", "brackets", "lookalikes", "overrides"],
)
def test_long_hostile_text_is_read_in_bounded_time_and_words(text):
    started = time.perf_counter()

    verdict = check_rows([text], PLATFORM_HEADER, platform_row(task=text), [None, text], [text, None, text])

    assert time.perf_counter() - started < 5
    assert len(verdict.problems) < 60
