"""An agency's own words for columns: they count like ours, before ours, and never twice."""

from importers.checking.columns import IGNORED, with_words
from importers.checking.headings import header_key
from importers.kinds.catalog.check.layouts import LAYOUTS
from tests.unit.importers.catalog.building import PLATFORM_HEADER, check_rows, codes, context, platform_row


def checked(header, *rows, **words):
    """The verdict on rows of an agency that has matched these headings: heading -> key."""
    own = {header_key(heading): key for heading, key in words.items()}
    return check_rows(header, *rows, ctx=context(layouts=tuple(with_words(layout, own) for layout in LAYOUTS)))


def renamed(**headings):
    """The platform's header with some of its headings called otherwise: index as c2, c3 ... -> heading."""
    header = list(PLATFORM_HEADER)
    for place, heading in headings.items():
        header[int(place[1:])] = heading
    return header


def test_a_matched_heading_is_as_good_as_ours():
    verdict = checked(renamed(c2="Đầu việc", c5="Bậc"), platform_row(), **{"Đầu việc": "task", "BẬC (*)": "group"})

    assert verdict.verdict == "accept"
    assert verdict.mapped == [("Đầu việc", "Tên nhiệm vụ"), ("Bậc", "Nhóm phức tạp (1-5)")]
    assert verdict.tables["DanhMuc"].headings[3] == "Đầu việc"


def test_what_the_agency_says_is_not_ours_is_passed_by_and_named_with_its_cells():
    verdict = checked([*PLATFORM_HEADER, "Người lập"], [*platform_row(), "Công chức 0001"], **{"Người lập": IGNORED})

    assert codes(verdict) == []
    assert [(n.code, n.column, n.params["count"]) for n in verdict.notes] == [("column_passed_by", "Người lập", 1)]
    assert verdict.mapped == [("Người lập", "")]


def test_a_heading_passed_by_is_read_once_it_is_the_very_name_of_a_column():
    """As when the province adds a column of that name later."""
    verdict = checked(PLATFORM_HEADER, platform_row(note="Nội dung cần giữ"), **{"Ghi chú": IGNORED})

    assert verdict.problems == []
    assert verdict.items[0].values["note"] == "Nội dung cần giữ"


def test_the_agencys_word_counts_before_ours():
    header = [*renamed(c3="Kết quả giao nộp"), "Đầu ra"]
    words = {"Đầu ra": IGNORED, "Kết quả giao nộp": "output"}

    verdict = checked(header, [*platform_row(output="Báo cáo"), "khác"], **words)

    assert verdict.items[0].values["output"] == "Báo cáo"


def test_a_matched_heading_beside_ours_is_a_column_twice():
    verdict = checked([*PLATFORM_HEADER, "Ký hiệu"], [*platform_row(), "A1"], **{"Ký hiệu": "code"})

    assert codes(verdict, "error") == [("duplicate_column", 1)]
    assert verdict.mapped == []


def test_a_key_that_a_layout_does_not_have_leaves_its_heading_unknown():
    verdict = checked([*PLATFORM_HEADER, "Người lập"], [*platform_row(), "x"], **{"Người lập": "gone"})

    assert codes(verdict) == [("unknown_column", 1)]


def test_a_heading_over_two_rows_is_known_by_both_together():
    top = [*renamed(c5="Mức"), None]
    below = [None] * 5 + ["độ"] + [None] * 5

    verdict = checked(top, below, platform_row(), **{"Mức độ": "group"})

    assert verdict.errors == []
    assert verdict.items[0].values["group"] == 1
