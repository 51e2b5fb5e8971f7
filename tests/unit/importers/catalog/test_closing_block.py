"""The closing block of an official document is left out wherever it stands, and never takes a real row with it."""

import pytest

from tests.unit.importers.catalog.building import (
    HANDBOOK_HEADER,
    PLATFORM_HEADER,
    check_rows,
    codes,
    handbook_row,
    platform_row,
)

SIGNED = [
    "Đắk Lắk, ngày 15 tháng 4 năm 2026",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "(đã ký)",
    "Họ Và Tên",
]
RECIPIENTS = ["Nơi nhận:", "- Như Điều 3;", "- Sở Nội vụ (để báo cáo);", "- Lưu: VT, P2 (05b).", "", ""]
BLOCKS = {
    "place, date, office, name": SIGNED,
    "date in figures": ["Đắk Lắk, ngày 15/4/2026", "GIÁM ĐỐC", "", "(Ký tên, đóng dấu)"],
    "date left open": ["……, ngày … tháng … năm 2026", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên)"],
    "recipients": RECIPIENTS,
    "by order": ["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG", "", "", "Họ Tên"],
    "who made the list": ["Người lập biểu", "", "Họ Tên Người Lập"],
}
TOTAL = ["Tổng cộng", None, None, None, None, None, None, 1.5]
LAYOUTS = {"platform": (PLATFORM_HEADER, platform_row), "handbook": (HANDBOOK_HEADER, handbook_row)}


def _at(column, text):
    return [None] * column + [text] if text else None


def _left_out(header, row, *below):
    """Check one good row with these rows below, hold that they alone were left out, and return the warnings' codes."""
    verdict = check_rows(header, row(), *below)

    assert codes(verdict, "error") == []
    assert verdict.rows == 1
    found = dict(codes(verdict))
    assert set(found) <= {"signature_block", "totals_row"}
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("block", BLOCKS)
def test_a_closing_block_is_left_out_in_whatever_column_it_stands(layout, block):
    header, row = LAYOUTS[layout]
    for column in range(len(header)):
        lines = [_at(column, text) for text in BLOCKS[block]]
        assert _left_out(header, row, *lines)["signature_block"] == 3
        assert _left_out(header, row, None, None, *lines)["signature_block"] == 5
        assert _left_out(header, row, TOTAL, *lines) == {"totals_row": 3, "signature_block": 4}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_recipients_beside_the_signature_are_left_out_together(layout):
    header, row = LAYOUTS[layout]
    for right in range(2, len(header)):
        lines = [
            [left, *[None] * (right - 1), text or None] for left, text in zip(RECIPIENTS, SIGNED, strict=True)
        ]  # fmt: skip
        assert _left_out(header, row, TOTAL, None, *lines) == {"totals_row": 3, "signature_block": 5}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_four_people_signing_side_by_side_are_left_out(layout):
    header, row = LAYOUTS[layout]
    lines = [
        ["NGƯỜI LẬP", "TRƯỞNG PHÒNG", "KẾ TOÁN TRƯỞNG", "GIÁM ĐỐC"],
        ["(Ký, họ tên)"] * 4,
        None,
        ["Họ Tên Một", "Họ Tên Hai", "Họ Tên Ba", "Họ Tên Bốn"],
    ]
    for first in range(1, len(header) - 3):
        block = [[None] * first + line if line else None for line in lines]
        assert _left_out(header, row, *block)["signature_block"] == 3
        titles = [[text.capitalize() for text in line] for line in lines[:1]]
        assert _left_out(header, row, *([None] * first + line for line in titles))["signature_block"] == 3


@pytest.mark.parametrize(
    "real",
    [
        platform_row("TK.2"),
        [2, "TK.2"],
        [None, "TK.2", "Phê duyệt kế hoạch"],
        [None, None, "Ký kết hợp đồng", "Hợp đồng"],
        [None, None, "Người lập biểu trình", "Biểu đã trình", None, 2],
        [None, "TK.2", None, None, None, 1, None, 2],
    ],
)
def test_a_row_with_a_code_or_a_name_with_its_output_is_never_left_out(real):
    below = [_at(5, text) for text in SIGNED]

    assert check_rows(PLATFORM_HEADER, platform_row(), real, *below).rows == 2
    # Even below a block it is asked about: whoever wrote it there hears of it instead of losing it.
    after = check_rows(PLATFORM_HEADER, platform_row(), *below, real)
    assert after.verdict == "reject" or after.rows == 2
