"""What each kind of cell takes, warns about and refuses."""

import datetime
from decimal import Decimal

import pytest

from importers.reading.contract import Limits
from tests.unit.importers.catalog.building import (
    check_cell,
    check_platform,
    codes,
    context,
    error_value,
    platform_row,
)


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"task": None}, "required", "Tên nhiệm vụ"),
        ({"code": " "}, "required", "Mã sản phẩm/công việc"),
        ({"output": ""}, "required", "Sản phẩm/công việc đầu ra"),
        ({"unit": None}, "required", "Đơn vị tính"),
        ({"group": None}, "required", "Nhóm phức tạp (1-5)"),
        ({"coefficient": None}, "required", "Hệ số quy đổi"),
        ({"coefficient": "abc"}, "not_a_number", "Hệ số quy đổi"),
        ({"coefficient": "1.234"}, "number_ambiguous", "Hệ số quy đổi"),
        ({"coefficient": datetime.date(2026, 5, 1)}, "number_is_date", "Hệ số quy đổi"),
        ({"coefficient": 0}, "not_positive", "Hệ số quy đổi"),
        ({"coefficient": "-1,5"}, "not_positive", "Hệ số quy đổi"),
        ({"coefficient": 0.00001}, "not_positive", "Hệ số quy đổi"),
        ({"coefficient": 9999.5}, "number_over_maximum", "Hệ số quy đổi"),
        ({"coefficient": "#N/A"}, "error_value", "Hệ số quy đổi"),
        ({"coefficient": "-"}, "number_dash", "Hệ số quy đổi"),
        ({"hours": 0}, "not_positive", "Thời gian chuẩn (giờ)"),
        ({"hours": "90 phút"}, "number_unit", "Thời gian chuẩn (giờ)"),
        ({"group": 6}, "group_out_of_range", "Nhóm phức tạp (1-5)"),
        ({"group": "A"}, "group_unknown", "Nhóm phức tạp (1-5)"),
        ({"group": 1.5}, "not_whole", "Nhóm phức tạp (1-5)"),
        ({"code": 1001}, "code_is_number", "Mã sản phẩm/công việc"),
        ({"code": datetime.date(2026, 1, 2)}, "code_is_date", "Mã sản phẩm/công việc"),
        ({"code": "ТК.001"}, "lookalike_in_code", "Mã sản phẩm/công việc"),
        ({"code": "TK" + "0" * 63}, "too_long", "Mã sản phẩm/công việc"),
        ({"unit": "0 văn bản"}, "unit_quantity_zero", "Đơn vị tính"),
        ({"unit": "x" * 501}, "too_long", "Đơn vị tính"),
        ({"note": "abc\u202egnp"}, "dangerous_bidi", "Ghi chú"),
        ({"task": "a\x07b"}, "dangerous_control", "Tên nhiệm vụ"),
        ({"task": "o" + "\u0335" * 4}, "dangerous_marks", "Tên nhiệm vụ"),
        ({"task": "So¹n th¶o v¨n b¶n"}, "legacy_encoding", "Tên nhiệm vụ"),
        ({"legal": "#REF!"}, "error_value", "Căn cứ pháp lý"),
    ],
)
def test_a_bad_cell_is_one_error_at_its_place(cells, code, column):
    verdict = check_cell(**cells)

    assert [(p.code, p.row, p.column) for p in verdict.errors] == [(code, 2, column)]
    assert verdict.verdict == "reject"
    assert (verdict.rows, verdict.items) == (1, [])


@pytest.mark.parametrize(
    ("cells", "code", "key", "stored"),
    [
        ({"group": "Nhóm 3"}, "read_as", "group", 3),
        ({"group": "III"}, "read_as", "group", 3),
        ({"coefficient": "1,23456"}, "rounded", "coefficient", Decimal("1.2346")),
        ({"task": "Chuyển\u200b đổi số"}, "invisible_removed", "task", "Chuyển đổi số"),
        ({"task": "ChuyӇn đổi số"}, "lookalike", "task", "ChuyӇn đổi số"),
        ({"task": "Báo c\ufffdo"}, "strange_character", "task", "Báo c\ufffdo"),
        ({"task": "=SUM(A1)"}, "formula_text", "task", "=SUM(A1)"),
        ({"note": "- Theo quý"}, "formula_text", "note", "- Theo quý"),
        ({"note": "\t+84"}, "formula_text", "note", "+84"),
        ({"unit": "01"}, "unit_unclear", "unit", ""),
        ({"note": datetime.date(2026, 6, 5)}, "read_as", "note", "05/06/2026"),
        ({"note": True}, "read_as", "note", "True"),
    ],
)
def test_an_odd_cell_is_kept_with_one_warning(cells, code, key, stored):
    verdict = check_cell(**cells)

    assert codes(verdict) == [(code, 2)]
    assert verdict.items[0].values[key] == stored


@pytest.mark.parametrize(
    ("cells", "key", "stored"),
    [
        ({"group": "3"}, "group", 3),
        ({"group": 3.0}, "group", 3),
        ({"coefficient": "1,5"}, "coefficient", Decimal("1.5")),
        ({"coefficient": "1.234,5"}, "coefficient", Decimal("1234.5")),
        ({"coefficient": 0.1 + 0.2}, "coefficient", Decimal("0.3")),
        ({"coefficient": 9999}, "coefficient", Decimal(9999)),
        ({"hours": None}, "hours", None),
        ({"note": "<script>alert(1)</script> {{ x }}"}, "note", "<script>alert(1)</script> {{ x }}"),
        ({"note": 2026}, "note", "2026"),
        ({"note": 1.5}, "note", "1,5"),
        ({"code": "001"}, "code", "001"),
        ({"code": "ĐĐ-01"}, "code", "ĐĐ-01"),
        ({"unit": "Bộ dữ liệu"}, "unit_quantity", 1),
        ({"unit": "10 văn bản"}, "unit_quantity", 10),
        ({"unit": "10 văn bản"}, "unit", "văn bản"),
    ],
)
def test_a_good_cell_needs_no_word(cells, key, stored):
    verdict = check_cell(**cells)

    assert verdict.verdict == "accept"
    assert verdict.items[0].values[key] == stored


def test_white_space_is_tidied_with_a_note_and_no_warning():
    verdict = check_cell(task="  Báo cáo\n tuần ")

    assert verdict.verdict == "accept"
    assert verdict.items[0].values["task"] == "Báo cáo tuần"
    assert [(n.code, n.row, n.column, n.params["text"]) for n in verdict.notes] == [
        ("white_space", 2, "Tên nhiệm vụ", "Báo cáo tuần")
    ]


def test_a_lookalike_suggests_and_names_the_character():
    (warning,) = check_cell(task="ChuyӇn đổi").warnings

    assert warning.params == {"word": "ChuyӇn", "suggestion": "Chuyển", "characters": "Ӈ (U+04C7)"}


def test_an_ambiguous_number_shows_both_readings():
    (problem,) = check_cell(coefficient="1.234").errors

    assert (problem.value, problem.params["grouped"], problem.params["decimal"]) == ("1.234", "1234", "1,2340")


def test_a_cell_over_the_limit_of_characters_is_refused():
    verdict = check_platform(platform_row(note="x" * 300), ctx=context(limits=Limits(cell_characters=256)))

    assert codes(verdict) == [("too_long", 2)]
    assert verdict.errors[0].params == {"limit": 256, "length": 300}


def test_the_frameworks_highest_group_counts():
    verdict = check_platform(platform_row(group=4), ctx=context(max_group=3))

    assert verdict.errors[0].params == {"maximum": 3}


@pytest.mark.parametrize("kind", ["error_value", "formula_no_value", "formula_external", "formula_program"])
def test_special_cells_are_errors_never_blanks(kind):
    verdict = check_platform(platform_row(note=None), specials={(2, 10): error_value(kind, "#REF!")})

    assert [(p.code, p.row, p.column, p.value) for p in verdict.errors] == [(kind, 2, "Ghi chú", "#REF!")]


def test_a_formula_is_taken_at_its_value_with_a_warning():
    verdict = check_platform(platform_row(coefficient=1.5), specials={(2, 8): error_value("formula", "=3/2")})

    assert codes(verdict) == [("formula_value_used", 2)]
    assert verdict.warnings[0].params == {"text": "1,5"}
    assert verdict.items[0].values["coefficient"] == Decimal("1.5")


def test_formulas_and_errors_in_columns_that_are_not_read_do_not_matter():
    specials = {(2, 1): error_value("formula", "=ROW()-1"), (3, 1): error_value("error_value", "#REF!")}

    assert check_platform(platform_row("TK.1"), platform_row("TK.2"), specials=specials).verdict == "accept"


@pytest.mark.parametrize("kind", ["formula_external", "formula_program"])
def test_formulas_that_reach_out_are_errors_wherever_they_stand(kind):
    verdict = check_platform(
        platform_row(), specials={(2, 1): error_value(kind, "=x"), (9, 30): error_value(kind, "=y")}
    )

    assert [(p.code, p.row, p.column) for p in verdict.errors] == [(kind, 2, "A"), (kind, 9, "AD")]


def test_a_number_shown_as_a_percentage_is_refused():
    verdict = check_platform(platform_row(coefficient=0.5), percent_cells={(2, 8)})

    assert codes(verdict) == [("number_percent", 2)]


def test_five_hundred_bad_rows_give_five_hundred_rows_of_errors():
    rows = [platform_row(f"TK.{n}", coefficient="abc", group=9) for n in range(500)]

    verdict = check_platform(*rows)

    assert len(verdict.errors) == 1000
    assert {p.row for p in verdict.errors} == set(range(2, 502))
    assert [p.row for p in verdict.problems] == sorted(p.row for p in verdict.problems)
