"""Which rows are data, and what they take from the rows above."""

import pytest

from tests.unit.importers.catalog.building import (
    HANDBOOK_HEADER,
    PLATFORM_HEADER,
    check_platform,
    check_rows,
    codes,
    error_value,
    handbook_row,
    platform_row,
)


def fields(verdict):
    return [item.values["field"] for item in verdict.items]


def tasks(verdict):
    return [item.values["task"] for item in verdict.items]


@pytest.mark.parametrize(
    ("section", "field"),
    [
        (["I. LĨNH VỰC VĂN PHÒNG"], "LĨNH VỰC VĂN PHÒNG"),
        (["XV. Công tác giám sát"], "Công tác giám sát"),
        (["II) Tham mưu tổng hợp"], "Tham mưu tổng hợp"),
        (["A. NHIỆM VỤ CHUNG"], "NHIỆM VỤ CHUNG"),
        (["III", None, "Công tác tham mưu"], "Công tác tham mưu"),
        ([None, None, "LĨNH VỰC TÀI CHÍNH"], "LĨNH VỰC TÀI CHÍNH"),
        (["Lĩnh vực tài chính"], "Lĩnh vực tài chính"),
        (["Phần I - Nội vụ"], "Phần I - Nội vụ"),
    ],
)
def test_section_rows_fill_the_field_in_silence(section, field):
    verdict = check_platform(section, platform_row())

    assert verdict.verdict == "accept"
    assert fields(verdict) == [field]


def test_a_merged_row_is_a_section():
    verdict = check_platform(["Công tác khác"], platform_row(), merged=[(2, 1, 2, 10)])

    assert fields(verdict) == ["Công tác khác"]


@pytest.mark.parametrize("section", [["I", "CÔNG TÁC CHUNG"], [None, "I. CÔNG TÁC CHUNG"]])
def test_a_section_may_carry_the_sums_of_what_stands_below_it(section):
    verdict = check_rows(HANDBOOK_HEADER, [*section, *[None] * 7, 500, 100.5], handbook_row())

    assert verdict.verdict == "accept"
    assert fields(verdict) == ["CÔNG TÁC CHUNG"]


def test_each_section_goes_on_to_the_next():
    verdict = check_platform(
        platform_row("TK.1"),
        ["I. Một hai"],
        platform_row("TK.2"),
        platform_row("TK.3"),
        ["II. Ba bốn"],
        platform_row("TK.4"),
    )

    assert fields(verdict) == ["", "Một hai", "Một hai", "Ba bốn"]


def test_the_rows_own_field_counts_more_than_the_section():
    header, row = ["Lĩnh vực", *PLATFORM_HEADER], platform_row()

    verdict = check_rows(header, ["I. Một hai"], ["Riêng", *row], [None, *platform_row("TK.2")])

    assert fields(verdict) == ["Riêng", "Một hai"]


def test_blank_rows_are_passed_over_in_silence():
    verdict = check_platform([None] * 10, platform_row(), ["", "  ", "\u00a0", "\u200b"], None, platform_row("TK.2"))

    assert verdict.verdict == "accept"
    assert [item.row for item in verdict.items] == [3, 6]


def test_a_repeated_header_is_passed_over_with_a_warning():
    verdict = check_platform(platform_row(), PLATFORM_HEADER, [f"({n})" for n in range(10)], platform_row("TK.2"))

    assert codes(verdict) == [("repeated_header", 3)]
    assert verdict.rows == 2


def test_a_header_repeated_at_once_is_named_too():
    verdict = check_platform(PLATFORM_HEADER, platform_row())

    assert codes(verdict) == [("repeated_header", 2)]


def test_a_repeated_header_of_two_rows_is_named_once():
    top = [*HANDBOOK_HEADER[:5], "Điểm", None, None, None, *HANDBOOK_HEADER[9:]]
    below = [None] * 5 + HANDBOOK_HEADER[5:9]

    verdict = check_rows(top, below, handbook_row(), top, below, handbook_row(2, name="Khác"))

    assert codes(verdict) == [("repeated_header", 4)]


@pytest.mark.parametrize(
    "total",
    [
        ["Tổng cộng", None, None, None, None, None, 40, 18.5],
        [None, None, "TỔNG CỘNG: 12 sản phẩm"],
        [None, None, "Cộng", None, None, None, None, 3],
        [None, None, "Tổng số", None, None, None, 12],
        [None, None, "Tổng:"],
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_totals_are_passed_over_with_a_warning(total, last):
    rows = [platform_row(), total] if last else [platform_row(), total, platform_row("TK.2")]

    verdict = check_platform(*rows)

    assert codes(verdict) == [("totals_row", 3)]
    assert verdict.rows == len(rows) - 1


@pytest.mark.parametrize(
    "task", ["Tổng hợp ý kiến", "Tổng số liệu thống kê", "Công tác tuần", "Cộng tác viên", "Tổng cộng sổ"]
)
def test_an_item_is_never_taken_for_a_total(task):
    verdict = check_platform(platform_row(task=task))

    assert verdict.verdict == "accept"
    assert tasks(verdict) == [task]


@pytest.mark.parametrize(
    "signature",
    [
        [[None, None, None, None, None, "TM. ỦY BAN NHÂN DÂN"], [None, None, None, None, None, "CHỦ TỊCH"]],
        [
            [None, "NGƯỜI LẬP BIỂU", None, None, None, None, "GIÁM ĐỐC"],
            None,
            [None, "Công chức 0001", None, None, None, None, "Công chức 0002"],
        ],
        [[None, None, None, None, "Đắk Lắk, ngày 05 tháng 6 năm 2026"], [None, None, None, None, "KT. CHỦ TỊCH"]],
        [["Nơi nhận:"], ["- Như Điều 3;"], ["- Lưu: VT."]],
        [["Danh mục này có 12 sản phẩm/công việc./."], ["(Bằng chữ: mười hai)"]],
        [["(*) Điểm chuẩn theo quyết định"], ["Ghi chú thêm"]],
    ],
)
def test_the_signature_block_is_passed_over_with_one_warning(signature):
    verdict = check_platform(platform_row(), None, *signature)

    assert codes(verdict) == [("signature_block", 4)]
    assert verdict.rows == 1
    assert verdict.warnings[0].params["last_row"] == 3 + len(signature)


def test_an_unfinished_item_at_the_end_is_an_error_not_a_signature():
    verdict = check_platform(platform_row(), [2, "TK.002", "Chủ trì họp"])

    assert {code for code, row in codes(verdict, "error") if row == 3} == {"required"}
    assert verdict.rows == 2


def test_a_numbered_task_at_the_end_is_an_unfinished_item_not_a_signature():
    verdict = check_rows(HANDBOOK_HEADER, handbook_row(), [2, "Phê duyệt kế hoạch"])

    assert "signature_block" not in dict(codes(verdict))
    assert {row for _, row in codes(verdict, "error")} == {3}


def test_an_office_among_the_tasks_is_data():
    verdict = check_platform(platform_row(task="CHỦ TỊCH UBND TIẾP DÂN"), platform_row("TK.2"))

    assert verdict.verdict == "accept"
    assert verdict.rows == 2


def test_the_task_is_carried_forward_with_one_notice():
    verdict = check_rows(
        HANDBOOK_HEADER,
        handbook_row(1, "Văn thư", "a một"),
        handbook_row(2, None, "b hai"),
        handbook_row(3, "", "c ba"),
    )

    assert tasks(verdict) == ["Văn thư"] * 3
    assert codes(verdict) == [("carried_forward", 1)]
    assert verdict.warnings[0].params == {"count": 2}


def test_a_task_on_a_row_of_its_own_is_carried_forward():
    verdict = check_rows(
        HANDBOOK_HEADER,
        [1, "Văn thư"],
        handbook_row(None, None, "a một"),
        [2, "Lưu trữ"],
        handbook_row(None, None, "b hai"),
    )

    assert verdict.errors == []
    assert tasks(verdict) == ["Văn thư", "Lưu trữ"]


def test_a_task_with_no_work_below_it_is_an_unfinished_item():
    verdict = check_rows(HANDBOOK_HEADER, [1, "Văn thư"], handbook_row(2, "Lưu trữ", "b hai"), [3, "Khác"])

    assert {row for code, row in codes(verdict, "error") if code == "required"} == {2, 4}


def test_a_task_does_not_go_over_a_section():
    verdict = check_rows(HANDBOOK_HEADER, handbook_row(), ["II. LĨNH VỰC KHÁC"], handbook_row(2, None, "b hai"))

    assert [(p.code, p.row, p.column) for p in verdict.errors] == [("required", 4, "Tên nhiệm vụ")]


def test_a_merged_task_counts_for_every_row_it_covers():
    rows = [platform_row("TK.1"), platform_row("TK.2", task=None), platform_row("TK.3", task=None)]

    verdict = check_platform(*rows, merged=[(2, 3, 4, 3)])

    assert verdict.errors == []
    assert tasks(verdict) == ["Nhiệm vụ 1"] * 3


def test_without_a_column_for_the_work_a_blank_task_is_an_error():
    verdict = check_platform(platform_row("TK.1"), platform_row("TK.2", task=None))

    assert [(p.code, p.row, p.column) for p in verdict.errors] == [("required", 3, "Tên nhiệm vụ")]


def test_a_bad_parent_is_reported_once_where_it_stands():
    verdict = check_rows(
        HANDBOOK_HEADER, [1, "Văn\u202ethư"], handbook_row(None, None, "a một"), handbook_row(None, None, "b hai")
    )

    assert codes(verdict, "error") == [("dangerous_bidi", 2)]


def test_a_lookalike_in_a_section_is_reported_once():
    verdict = check_platform(["I. LĨNH VỰC KIӇM TRA"], platform_row("TK.1"), platform_row("TK.2"))

    assert [(p.code, p.row, p.column) for p in verdict.problems] == [("lookalike", 2, "Lĩnh vực")]


def test_a_row_of_uncalculated_formulas_is_not_blank():
    specials = {(2, column): error_value("formula_no_value", "=A1") for column in range(1, 11)}

    verdict = check_rows(PLATFORM_HEADER, [None] * 10, platform_row("TK.2"), specials=specials)

    assert {code for code, row in codes(verdict, "error") if row == 2} == {"formula_no_value"}
    assert verdict.rows == 2
