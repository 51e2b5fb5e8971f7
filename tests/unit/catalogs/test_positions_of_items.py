"""The positions that an item names."""

import pytest

from cms.catalogs.item_fields import known_positions, name_positions, position_code, split_positions

KNOWN = known_positions(
    [("ke-toan", "Kế toán"), ("VT", "Văn thư; lưu trữ"), ("phap-che", "Pháp chế"), ("phap-che-2", "Pháp chế")]
)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("ke-toan", "ke-toan Kế toán"),
        ("KE-TOAN ; vt;", "ke-toan Kế toán; VT Văn thư, lưu trữ"),
        ("ke-toan Tên cũ", "ke-toan Kế toán"),
        ("kế toán\nke-toan", "ke-toan Kế toán"),
        # A name of two positions says neither.
        ("Pháp chế", "Pháp chế"),
        ("lai-xe", "lai-xe"),
        (" ; ", ""),
    ],
)
def test_what_is_known_is_named_and_the_rest_stays(typed, named):
    assert name_positions(typed, KNOWN) == named
    assert name_positions(named, KNOWN) == named


def test_a_position_is_known_by_its_code():
    assert [position_code(one) for one in split_positions("ke-toan Kế toán; VT Văn thư, lưu trữ")] == ["ke-toan", "VT"]
