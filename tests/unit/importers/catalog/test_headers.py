"""Finding the header row and the columns."""

import unicodedata

import pytest

from importers.checking.columns import Column, Layout, with_words
from importers.checking.headers import column_letter
from importers.checking.headings import header_key
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.layouts import LAYOUTS, PLATFORM
from tests.unit.importers.catalog.building import (
    COMMUNE_HEADER,
    HANDBOOK_HEADER,
    PLATFORM_HEADER,
    check_rows,
    codes,
    context,
    handbook_row,
    platform_row,
    sheet,
    workbook,
)

MOTTO = ["SỞ NỘI VỤ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hệ số quy đổi", "HỆ SỐ\nQUY ĐỔI"),
        ("Hệ số quy đổi (1)", "Hệ số quy đổi*"),
        ("Hệ số quy đổi¹", "hệ số  quy đổi [2]"),
        ("Sản phẩm / công việc đầu ra", "Sản phẩm/công việc đầu ra"),
        ("Độ khó, sáng tạo", "Độ khó sáng tạo"),
    ],
)
def test_headers_are_compared_without_footnotes_spaces_and_case(one, other):
    assert header_key(one) == header_key(other)


@pytest.mark.parametrize("rows_above", [0, 1, 5, 28, 29])
def test_header_is_found_in_the_first_thirty_rows(rows_above):
    verdict = check_rows(*[MOTTO] * rows_above, PLATFORM_HEADER, platform_row())

    assert verdict.errors == []
    assert verdict.items[0].row == rows_above + 2


def test_header_below_row_thirty_is_not_found():
    verdict = check_rows(*[MOTTO] * 30, PLATFORM_HEADER, platform_row())

    assert codes(verdict) == [("no_header", 0)]
    assert verdict.verdict == "reject"


def test_columns_come_in_any_order():
    verdict = check_rows(PLATFORM_HEADER[::-1], platform_row()[::-1])

    assert verdict.verdict == "accept"
    assert verdict.items[0].values["code"] == "TK.001"


def test_two_merged_header_rows_are_one_header():
    top = [*HANDBOOK_HEADER[:5], "Điểm", None, None, None, *HANDBOOK_HEADER[9:]]
    below = [None] * 5 + HANDBOOK_HEADER[5:9] + [None, None]

    verdict = check_rows(top, below, handbook_row(), merged=[(1, 6, 1, 9), (1, 1, 2, 1)])

    assert verdict.verdict == "accept"
    assert verdict.items[0].values["difficulty"] == 2


def test_words_of_two_header_rows_are_joined():
    top = [*PLATFORM_HEADER[:7], "Hệ số", *PLATFORM_HEADER[8:]]
    below = [None] * 7 + ["quy đổi", None, None]

    verdict = check_rows(top, below, platform_row())

    assert verdict.verdict == "accept"
    assert verdict.rows == 1


@pytest.mark.parametrize(
    "index_row",
    [
        [f"({n})" for n in range(1, 11)],
        list(range(1, 11)),
        ["A", "B", "1", "2", "3", "4", "5", "6=4x5", "7", "8"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)=(6)/(7)", "(9)", "(10)"],
    ],
)
def test_a_row_that_numbers_the_columns_is_passed_over(index_row):
    verdict = check_rows(PLATFORM_HEADER, index_row, platform_row())

    assert verdict.verdict == "accept"
    assert verdict.rows == 1


@pytest.mark.parametrize("index", [1, 2, 3, 4, 5, 7])
def test_a_missing_required_column_is_refused_and_named(index):
    header, row = list(PLATFORM_HEADER), platform_row()
    name = header.pop(index)
    row.pop(index)

    verdict = check_rows(header, row)

    assert [(p.code, p.column) for p in verdict.errors] == [("missing_column", name)]
    assert verdict.items == []


def test_all_missing_columns_are_named_at_once():
    verdict = check_rows(
        ["Mã sản phẩm/công việc", "Tên nhiệm vụ", "Căn cứ pháp lý", "Đơn vị tính"], ["a", "b", "c", "d"]
    )

    assert [p.column for p in verdict.errors] == [PLATFORM_HEADER[3], PLATFORM_HEADER[5], PLATFORM_HEADER[7]]


@pytest.mark.parametrize("index", [0, 6, 8, 9])
def test_optional_columns_may_be_missing(index):
    header, row = list(PLATFORM_HEADER), platform_row()
    header.pop(index)
    row.pop(index)

    assert check_rows(header, row).verdict == "accept"


def test_a_score_column_will_do_for_the_coefficient():
    header = [*PLATFORM_HEADER[:7], "Điểm quy đổi"]

    verdict = check_rows(header, platform_row()[:7] + [90])

    assert verdict.verdict == "accept"
    assert verdict.items[0].values["coefficient"] == 18


def test_a_required_header_twice_is_refused():
    verdict = check_rows([*PLATFORM_HEADER, "HỆ SỐ QUY ĐỔI"], [*platform_row(), 2])

    assert [(p.code, p.column) for p in verdict.errors] == [("duplicate_column", "HỆ SỐ QUY ĐỔI")]


def test_an_optional_header_twice_is_a_warning():
    verdict = check_rows([*PLATFORM_HEADER, "Ghi chú"], [*platform_row(note="một"), "hai"])

    assert codes(verdict) == [("duplicate_column_ignored", 1)]
    assert verdict.items[0].values["note"] == "một"


def test_an_unknown_column_is_a_warning():
    verdict = check_rows([*PLATFORM_HEADER, "Người theo dõi"], [*platform_row(), "Phòng 1"])

    assert [(p.code, p.column) for p in verdict.warnings] == [("unknown_column", "Người theo dõi")]
    assert verdict.verdict == "accept_with_warning"


def test_data_without_a_header_is_said_once():
    verdict = check_rows(PLATFORM_HEADER, *[[*platform_row(f"TK.{n}"), None, "x"] for n in range(1, 4)])

    assert [(p.code, p.column, p.row) for p in verdict.warnings] == [("unheaded_column", "L", 2)]


def test_headers_without_diacritics_are_read_with_a_warning():
    header = list(PLATFORM_HEADER)
    header[7] = "He so quy doi"

    verdict = check_rows(header, platform_row())

    assert [(p.code, p.column) for p in verdict.warnings] == [("header_without_diacritics", "He so quy doi")]
    assert verdict.items[0].values["coefficient"] is not None


def test_decomposed_headers_are_the_same_headers():
    header = [unicodedata.normalize("NFD", text) for text in PLATFORM_HEADER]

    assert check_rows(header, platform_row()).verdict == "accept"


def test_a_guide_sheet_first_is_passed_over_in_silence():
    guide = sheet(["Điền dữ liệu ở sheet DanhMuc."], ["Mã sản phẩm/công việc", "do đơn vị đặt"], name="Hướng dẫn")

    verdict = check(workbook(guide, sheet(PLATFORM_HEADER, platform_row())), context())

    assert (verdict.verdict, verdict.sheets) == ("accept", ["DanhMuc"])


def test_several_sheets_with_data_are_all_read_and_named():
    one = sheet(PLATFORM_HEADER, platform_row("TK.1"), name="Một")
    two = sheet(PLATFORM_HEADER, platform_row("TK.2"), name="Hai")

    verdict = check(workbook(one, two), context())

    assert (verdict.sheets, verdict.rows) == (["Một", "Hai"], 2)
    assert [item.sheet for item in verdict.items] == ["Một", "Hai"]


def test_a_lookup_table_beside_the_catalog_is_not_a_catalog():
    lookup = sheet(["Nhóm", "Khung điểm", "Ghi chú"], [1, 100, "a"], name="Khung")

    verdict = check(workbook(lookup, sheet(PLATFORM_HEADER, platform_row())), context())

    assert (verdict.errors, verdict.sheets) == ([], ["DanhMuc"])


def test_a_table_without_a_known_header_is_named():
    other = sheet(*[["a", "b", "c", "d"]] * 3, name="Khác")

    verdict = check(workbook(sheet(PLATFORM_HEADER, platform_row()), other), context())

    assert [(p.code, p.sheet) for p in verdict.warnings] == [("sheet_without_header", "Khác")]


@pytest.mark.parametrize("rows", [[], [["abc"]], [["Tên nhiệm vụ", "x"], ["a", "b"]]])
def test_no_header_is_never_a_success(rows):
    verdict = check_rows(*rows)

    assert [p.code for p in verdict.errors] == ["no_header"]


def test_no_sheet_is_never_a_success():
    assert [p.code for p in check(workbook(), context()).errors] == ["no_header"]


@pytest.mark.parametrize("rows", [[], [["I. LĨNH VỰC CHUNG"]], [["Tổng cộng: 0"]], [[None, "  "]]])
def test_no_data_row_is_never_a_success(rows):
    verdict = check_rows(PLATFORM_HEADER, *rows)

    assert [p.code for p in verdict.errors] == ["no_rows"]
    assert verdict.missing == []


def test_legacy_headers_are_refused_as_legacy():
    verdict = check_rows(["M· s¶n phÈm", "Tªn nhiÖm vô", "S¶n phÈm ®Çu ra"], ["A1", "B¸o c¸o", "v¨n b¶n"])

    assert [p.code for p in verdict.errors] == ["legacy_encoding"]


def test_a_layout_in_an_agencys_own_words_is_read():
    words = {"đầuviệc": "task", "racáigì": "output", "điểmnhân": "coefficient"}
    header = list(PLATFORM_HEADER)
    header[2], header[3], header[7] = "Đầu việc", "Ra cái gì", "Điểm nhân"

    verdict = check_rows(header, platform_row(), ctx=context(layouts=(with_words(PLATFORM, words),)))

    assert verdict.verdict == "accept"
    assert verdict.items[0].values["task"] == "Nhiệm vụ 001"


def test_a_new_layout_is_only_data():
    layout = Layout(
        "own", "Own", (
            Column("task", "Việc", required=True, filled=True),
            Column("output", "Kết quả", required=True, filled=True),
            Column("group", "Bậc", kind="group", required=True, filled=True),
            Column("coefficient", "Quy ra", kind="number", required=True),
        ),
    )  # fmt: skip

    rows = [["Việc", "Kết quả", "Bậc", "Quy ra"], ["Họp tuần", "biên bản", 1, 2]]
    verdict = check_rows(*rows, ctx=context(layouts=(*LAYOUTS, layout)))

    assert (verdict.layout, verdict.verdict) == ("own", "accept")
    assert verdict.items[0].values["code"] == "VP.001"


@pytest.mark.parametrize(
    ("header", "layout"), [(PLATFORM_HEADER, "platform"), (HANDBOOK_HEADER, "handbook"), (COMMUNE_HEADER, "commune")]
)
def test_the_layout_is_told_by_its_headers(header, layout):
    assert check_rows(header, [None]).layout == layout


@pytest.mark.parametrize(("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_lettered_as_in_excel(number, letter):
    assert column_letter(number) == letter
