"""Numbers that must agree, derived values, and rows that must not be alike."""

from decimal import Decimal

import pytest

from importers.kinds.catalog.check import check
from tests.unit.importers.catalog.building import (
    COMMUNE_HEADER,
    HANDBOOK_HEADER,
    PLATFORM_HEADER,
    check_platform,
    check_rows,
    codes,
    context,
    handbook_row,
    platform_row,
    sheet,
    workbook,
)

SCORED_HEADER = [*PLATFORM_HEADER, "Điểm quy đổi"]


def check_scored(score, coefficient, standard=5):
    row = [*platform_row(coefficient=coefficient), score]
    return check_rows(SCORED_HEADER, row, ctx=context(standard_score=Decimal(standard)))


@pytest.mark.parametrize(
    ("score", "standard", "coefficient"),
    [(5, 5, "1"), (4, 5, "0.8"), (80, 100, "0.8"), (10, 3, "3.3333"), (20, 3, "6.6667")],
)
def test_a_missing_coefficient_is_score_over_standard_score(score, standard, coefficient):
    verdict = check_scored(score, None, standard)

    assert verdict.verdict == "accept"
    assert verdict.items[0].values["coefficient"] == Decimal(coefficient)


@pytest.mark.parametrize("coefficient", [1.0, 1.05, 0.95])
def test_coefficient_and_score_agree_within_five_hundredths(coefficient):
    assert check_scored(5, coefficient).verdict == "accept"


@pytest.mark.parametrize("coefficient", [1.0501, 0.9499, 5, 10])
def test_coefficient_and_score_that_disagree_are_an_error(coefficient):
    verdict = check_scored(5, coefficient)

    assert [(p.code, p.column) for p in verdict.errors] == [("coefficient_mismatch", "Hệ số quy đổi")]
    assert verdict.errors[0].params == {"expected": "1", "score": "5", "standard": "5"}


def test_neither_score_nor_coefficient_is_one_error():
    assert codes(check_scored(None, None)) == [("required", 2)]


def test_a_score_too_small_for_any_coefficient_is_refused():
    assert codes(check_scored(0.0001, None)) == [("not_positive", 2)]


def test_a_score_too_large_for_any_coefficient_is_refused():
    verdict = check_rows(SCORED_HEADER, [*platform_row(coefficient=None), 60000], ctx=context(group_frames={}))

    assert codes(verdict) == [("number_over_maximum", 2)]


def test_four_parts_make_the_score():
    verdict = check_rows(HANDBOOK_HEADER, handbook_row(score=None, coefficient=None))

    assert verdict.verdict == "accept"
    assert (verdict.items[0].values["score"], verdict.items[0].values["coefficient"]) == (5, 1)


def test_parts_that_do_not_make_the_score_are_an_error():
    verdict = check_rows(HANDBOOK_HEADER, handbook_row(scope=2))

    assert [(p.code, p.column, p.params) for p in verdict.errors] == [
        ("parts_mismatch", "Điểm quy đổi", {"score": "5", "total": "6"})
    ]


def test_parts_may_be_zero_but_not_less():
    assert check_rows(HANDBOOK_HEADER, handbook_row(difficulty=3, scope=0)).verdict == "accept"
    assert codes(check_rows(HANDBOOK_HEADER, handbook_row(difficulty=7, scope=-1, score=9)))[0] == ("negative", 2)


def test_some_parts_alone_are_not_added_up():
    assert check_rows(HANDBOOK_HEADER, handbook_row(scope=None)).verdict == "accept"


def test_a_score_over_the_frame_of_its_group_is_a_warning():
    verdict = check_scored(150, 30)

    assert codes(verdict) == [("score_over_frame", 2)]
    assert verdict.warnings[0].params == {"score": "150", "frame": "100"}


def test_another_frame_than_the_versions_is_a_warning():
    header = [*HANDBOOK_HEADER, "Khung điểm tối đa"]

    verdict = check_rows(header, [*handbook_row(1), 100], [*handbook_row(2, name="Khác"), 120])

    assert codes(verdict) == [("frame_differs", 3)]


def test_another_standard_score_in_the_rows_is_said_once():
    rows = [[n, f"Việc {n}", f"A-{n}", "sổ", 1, 25, 1.5] for n in range(1, 4)]

    verdict = check_rows(COMMUNE_HEADER, *rows)

    assert codes(verdict) == [("standard_score_differs", 2)]


def test_the_name_is_the_task_when_there_is_none():
    verdict = check_rows(HANDBOOK_HEADER, handbook_row(name=None))

    assert verdict.items[0].values["name"] == "Văn thư"


@pytest.mark.parametrize("twin", ["tk.001", "TK .001", "TK.001\u200b"])
def test_a_code_twice_is_an_error_on_both_rows(twin):
    verdict = check_platform(platform_row("TK.001"), platform_row("TK.002"), platform_row(twin, task="Khác"))

    assert codes(verdict, "error") == [("duplicate_code", 2), ("duplicate_code", 4)]
    assert verdict.errors[0].params == {"others": "4"}


def test_kinds_of_hyphen_do_not_make_two_codes():
    verdict = check_platform(platform_row("TK-1", task="Một"), platform_row("TK–1", task="Hai"))

    assert codes(verdict, "error") == [("duplicate_code", 2), ("duplicate_code", 3)]


def test_a_code_twice_is_found_even_when_the_rows_have_other_errors():
    verdict = check_platform(platform_row("TK.1", task="Một", group=9), platform_row("TK.1", task="Hai"))

    assert codes(verdict, "error") == [("group_out_of_range", 2), ("duplicate_code", 2), ("duplicate_code", 3)]


def test_an_identical_row_is_an_error_on_the_second():
    verdict = check_platform(platform_row("TK.1"), platform_row("TK.2"), platform_row("TK.1", no=9))

    assert codes(verdict) == [("duplicate_row", 4)]
    assert verdict.errors[0].params == {"first_sheet": "DanhMuc", "first_row": 2}


def test_an_identical_row_without_codes_is_an_error_on_the_second():
    verdict = check_rows(HANDBOOK_HEADER, handbook_row(1), handbook_row(2))

    assert codes(verdict) == [("duplicate_row", 3)]


@pytest.mark.parametrize("twin", ["hoà giải", "HÒA  GIẢI", "Hoà\ngiải"])
def test_the_same_name_twice_is_a_warning_on_the_second(twin):
    verdict = check_platform(platform_row("TK.1", task="Hòa giải"), platform_row("TK.2", task=twin))

    assert codes(verdict) == [("duplicate_name", 3)]


def test_the_same_code_on_two_sheets_names_the_other_sheet():
    one = sheet(PLATFORM_HEADER, platform_row("TK.1", task="Một"), name="A")
    two = sheet(PLATFORM_HEADER, platform_row("TK.1", task="Hai"), name="B")

    verdict = check(workbook(one, two), context())

    assert [(p.sheet, p.params["others"]) for p in verdict.errors] == [("A", "B!2"), ("B", "A!2")]
