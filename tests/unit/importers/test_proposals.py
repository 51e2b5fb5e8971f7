"""Proposals for the columns of real files whose headings were called otherwise."""

import json

import pytest

from importers import reading as sheets
from importers.checking.columns import IGNORED, with_words
from importers.checking.headers import find_header
from importers.checking.headings import header_key
from importers.checking.outline import outline, read_outline
from importers.checking.proposals import could_be_header, propose
from importers.kinds.catalog.check.layouts import LAYOUTS
from importers.kinds.officers.check.layout import LAYOUTS as OFFICERS
from importers.reading.contract import Row, Sheet
from tests.unit.importers.catalog.building import PLATFORM_HEADER, SAMPLES, platform_row, sheet, workbook

# What two agencies might call the same columns.
FIRST = {
    "Mã sản phẩm/công việc": "Ký hiệu SP", "Tên nhiệm vụ": "Đầu việc", "Sản phẩm/công việc đầu ra": "Kết quả giao nộp",
    "Đơn vị tính": "Tính theo", "Nhóm phức tạp (1-5)": "Bậc", "Thời gian chuẩn (giờ)": "Định mức (giờ)",
    "Hệ số quy đổi": "Hệ số nhân", "Căn cứ pháp lý": "Văn bản quy định", "Ghi chú": "Chú thích",
    "Công việc chi tiết": "Diễn giải chi tiết", "Sản phẩm đầu ra": "Kết quả công việc", "Nhóm": "Cấp độ",
    "Khung điểm tối đa": "Khung tối đa", "Độ khó, sáng tạo": "Tính khó và sáng tạo",
    "Quy trình, thời gian": "Quy trình và thời gian thực hiện", "Phối hợp": "Yêu cầu phối hợp",
    "Phạm vi áp dụng": "Phạm vi tác động", "Điểm quy đổi": "Tổng số điểm", "Mã": "Số hiệu",
    "Tên nhiệm vụ/công việc": "Nội dung công việc", "Điểm chuẩn": "Điểm của đơn vị chuẩn", "Hệ số K": "HS quy đổi",
}  # fmt: skip
SECOND = {
    "Mã sản phẩm/công việc": "Mã CV", "Tên nhiệm vụ": "Tên việc phải làm", "Đơn vị tính": "ĐV tính",
    "Sản phẩm/công việc đầu ra": "Sản phẩm phải nộp", "Nhóm phức tạp (1-5)": "Phức tạp", "Hệ số quy đổi": "HSQĐ",
    "Thời gian chuẩn (giờ)": "Số giờ làm", "Căn cứ pháp lý": "Cơ sở pháp luật", "Ghi chú": "Ghi thêm",
    "Công việc chi tiết": "Việc nhỏ", "Sản phẩm đầu ra": "Ra cái gì", "Nhóm": "Xếp nhóm",
    "Khung điểm tối đa": "Khung trần", "Độ khó, sáng tạo": "Khó", "Quy trình, thời gian": "Quy trình",
    "Phối hợp": "Phối hợp nhiều bên", "Phạm vi áp dụng": "Phạm vi ảnh hưởng", "Điểm quy đổi": "Cộng", "Mã": "Mã hồ sơ",
    "Tên nhiệm vụ/công việc": "Việc", "Điểm chuẩn": "Chuẩn", "Hệ số K": "Hệ số (so với chuẩn)",
}  # fmt: skip
FILES = ("thong-ke.v1.xlsx", "thong-ke.v2.xlsx", "van-phong.so-tay.xlsx", "xa.mau-ngan.xlsx")


def kept(book, layouts=LAYOUTS):
    """The sheets of a workbook as the screen gets them."""
    return read_outline(json.loads(json.dumps(outline(book, layouts))))


def proposed(*rows, layouts=LAYOUTS, row=0, **parts):
    """What is proposed for a sheet of these rows: heading -> key."""
    (one,) = kept(workbook(sheet(*rows, **parts)), layouts)
    found = propose(one, layouts, row)
    return {proposal.column.heading: proposal.key for proposal in found.columns}


def renamed(name, headings):
    """The sheet of a sample that holds its table, with headings called otherwise, and the keys of its columns."""
    book = sheets.read(SAMPLES / name, name=name)
    (table, header) = next((one, header) for one in book.sheets if (header := find_header(one, LAYOUTS)))
    for row in table.rows:
        if header.first_row <= row.number <= header.last_row:
            row.cells = [headings.get(" ".join(cell.split()), cell) if cell else cell for cell in row.cells]
    return next(one for one in kept(book) if one.name == table.name), header


@pytest.mark.parametrize("headings", [FIRST, SECOND], ids=["first", "second"])
@pytest.mark.parametrize("name", FILES)
def test_every_column_of_a_real_file_is_proposed_rightly(name, headings):
    table, header = renamed(name, headings)
    assert find_header(table, LAYOUTS) is None

    found = propose(table, LAYOUTS)

    assert (found.layout.code, found.first_row, found.last_row) == (
        header.layout.code, header.first_row, header.last_row
    )  # fmt: skip
    expected = {index + 1: key for key, index in header.columns.items()}
    assert {proposal.column.number: proposal.key for proposal in found.columns} == expected


@pytest.mark.parametrize("name", FILES)
def test_what_is_confirmed_is_read_like_the_file_itself(name):
    table, header = renamed(name, SECOND)
    words = {proposal.column.key: proposal.key for proposal in propose(table, LAYOUTS).columns}

    again = find_header(table, tuple(with_words(layout, words) for layout in LAYOUTS))

    assert (again.columns, again.problems) == (header.columns, [])


def test_a_known_heading_is_settled_and_a_matched_one_too():
    layouts = tuple(with_words(layout, {header_key("Bậc"): "group", header_key("Phụ"): IGNORED}) for layout in LAYOUTS)
    header = ["STT", "Mã", "Đầu việc", "Đầu ra", "ĐVT", "Bậc", "Giờ", "Hệ số", "Căn cứ", "Phụ"]
    (one,) = kept(workbook(sheet(header, platform_row(task="Thu thập thông tin thống kê"))))

    found = {proposal.column.heading: proposal for proposal in propose(one, layouts).columns}

    assert (found["Mã"].key, found["Mã"].certainty) == ("code", "known")
    assert (found["Bậc"].key, found["Bậc"].certainty) == ("group", "matched")
    assert (found["Phụ"].key, found["Phụ"].certainty) == (IGNORED, "matched")
    assert (found["Đầu việc"].key, found["Đầu việc"].certainty) == ("task", "sure")


def test_headings_that_say_nothing_are_guessed_by_what_stands_below():
    header = ["A1", "Cột hai", "Cột ba", "Sản phẩm", "Cột năm", "Cột sáu", "Cột bảy"]
    rows = [
        (n, f"TK.{n:03d}", f"Thu thập thông tin của kỳ thứ {n}", f"Báo cáo {n}", "01 báo cáo", n % 5 + 1, n * 1.25)
        for n in range(1, 9)
    ]
    found = proposed(header, *rows)

    assert found == {
        "A1": "", "Cột hai": "code", "Cột ba": "task", "Sản phẩm": "output", "Cột năm": "unit", "Cột sáu": "group",
        "Cột bảy": "coefficient",
    }  # fmt: skip


def test_contents_speak_against_a_heading():
    header = ["Mã", "Tên nhiệm vụ", "Kết quả", "ĐVT", "Phân nhóm", "Mức", "Hệ số"]
    rows = [
        (f"A.{n}", f"Việc cần làm trong tháng {n}", "Báo cáo", "bản", "Văn phòng", n % 5 + 1, 1.5) for n in range(1, 8)
    ]

    found = proposed(header, *rows)

    assert (found["Mức"], found["Phân nhóm"]) == ("group", "")


def test_one_column_is_never_proposed_twice():
    header = ["Mã", "Đầu việc", "Đầu việc khác", "Nội dung công việc", "Kết quả", "Bậc", "Cấp độ", "Hệ số"]
    rows = [("A.1", "Họp giao ban tuần của xã", "b", "c", "biên bản", 1, 2, 1.5)] * 3

    keys = [key for key in proposed(header, *rows).values() if key]

    assert len(keys) == len(set(keys))


def test_the_same_heading_again_cannot_be_told_apart():
    header = ["Mã", "Tên nhiệm vụ", "Kết quả", "Bậc", "Bậc", "Hệ số"]
    (one,) = kept(workbook(sheet(header, ["A.1", "Họp tuần", "biên bản", 1, 2, 1.5])))

    found = propose(one, LAYOUTS).columns

    assert [(proposal.key, proposal.reason) for proposal in found if proposal.column.heading == "Bậc"] == [
        ("group", "words_and_contents"), (IGNORED, "again")
    ]  # fmt: skip


def test_the_header_is_found_below_a_title_and_may_be_named():
    title = ["ỦY BAN NHÂN DÂN TỈNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    header = ["Ký hiệu", "Đầu việc", "Kết quả", "Bậc", "HSQĐ"]
    rows = [[f"A.{n}", f"Soạn thảo văn bản số {n} của năm", "văn bản", 1, 1.5] for n in range(3)]
    table = kept(workbook(sheet(title, None, ["DANH MỤC"], header, ["(1)", "(2)", "(3)", "(4)", "(5)"], *rows)))[0]

    assert propose(table, LAYOUTS).first_row == 4
    assert could_be_header(table) == [1, 4, 6, 7, 8]
    assert propose(table, LAYOUTS, row=6).first_row == 6


def test_two_rows_of_headings_are_one():
    top = ["Ký hiệu", "Đầu việc", "Kết quả", "Mức độ", None, "HSQĐ"]
    below = [None, None, None, "Bậc", "Lý do", None]
    rows = [[f"A.{n}", f"Soạn thảo văn bản số {n} của năm", "văn bản", n + 1, "x", 1.5] for n in range(3)]
    (one,) = kept(workbook(sheet(top, below, *rows, merged=[(1, 4, 1, 5)])))

    found = propose(one, LAYOUTS)

    assert (found.first_row, found.last_row) == (1, 2)
    assert {proposal.column.heading: proposal.key for proposal in found.columns}["Bậc"] == "group"


def test_nothing_is_proposed_where_there_is_no_table():
    (one,) = kept(workbook(sheet(["Kính gửi: Sở Nội vụ"], ["Căn cứ kế hoạch", "ngày 05/6/2026"])))

    assert propose(one, LAYOUTS) is None
    assert propose(Sheet("trống", []), LAYOUTS) is None


def test_a_list_of_officers_is_proposed_too():
    header = ["STT", "Số hiệu", "Họ tên đầy đủ", "Ngày sinh", "Công việc đảm nhiệm", "Thời điểm bắt đầu"]
    rows = [[n, f"CC-{n}", "Họ Đệm Tên", "01/01/1990", "Chuyên viên", "01/01/2026"] for n in range(1, 4)]

    found = proposed(header, *rows, layouts=OFFICERS)

    assert found == {
        "STT": "no", "Số hiệu": "code", "Họ tên đầy đủ": "name", "Ngày sinh": "born",
        "Công việc đảm nhiệm": "position_name", "Thời điểm bắt đầu": "valid_from",
    }  # fmt: skip


def test_an_outline_is_small_whatever_the_file_holds():
    wide = [Row(number, ["x" * 30_000] * 200) for number in range(1, 5_001)]
    book = workbook(*(Sheet(f"s{n}", wide, merged=[(1, 1, 1, 2)] * 10_000) for n in range(20)))

    small = outline(book, LAYOUTS)

    assert len(small["sheets"]) == 5
    first = small["sheets"][0]
    assert (len(first["rows"]), len(first["rows"][0][1]), len(first["merged"])) == (50, 60, 200)
    assert max(len(text) for _, cells in first["rows"] for text in cells) == 201


def test_what_seems_personal_is_not_kept():
    book = workbook(sheet(["Số hiệu", "Số căn cước CD", "Giới tính"], ["CC-1", "012345678901", "Nữ"]))

    (one,) = kept(book, OFFICERS)

    assert [row.cells for row in one.rows] == [["Số hiệu", "Số căn cước CD", "Giới tính"], ["CC-1", "", ""]]


def test_a_file_with_all_headings_known_needs_no_proposal():
    (one,) = kept(workbook(sheet(PLATFORM_HEADER, platform_row())))

    assert {proposal.certainty for proposal in propose(one, LAYOUTS).columns} == {"known"}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Trong ngày", "Trong tuần", "Trong tháng"], ""),
        (["2", "1,5", "3"], "hours"),
        (["2 giờ", "4 giờ", "1 giờ"], "hours"),
    ],
)
def test_a_column_of_words_is_not_proposed_as_a_number(texts, expected):
    rows = [platform_row(f"TK.{number}", hours=text) for number, text in enumerate(texts, start=1)]
    header = ["Số giờ" if name == "Thời gian chuẩn (giờ)" else name for name in PLATFORM_HEADER]
    (one,) = kept(workbook(sheet(header, *rows)))

    found = {proposal.column.heading: proposal.key for proposal in propose(one, LAYOUTS).columns}

    assert found["Số giờ"] == expected
