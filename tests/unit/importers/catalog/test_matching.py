"""What continues which item of the current version, what changed, and which codes are given."""

from decimal import Decimal

import pytest

from importers.kinds.catalog.check.units import read_unit, write_unit
from tests.unit.importers.catalog.building import (
    HANDBOOK_HEADER,
    PLATFORM_HEADER,
    as_base,
    check_platform,
    check_rows,
    context,
    handbook_row,
    platform_row,
)

FULL = ["Điểm quy đổi", "Lĩnh vực"]


def handbook(*rows, **ctx):
    return check_rows(HANDBOOK_HEADER, *rows, ctx=context(**ctx))


def given_codes(verdict):
    return [item.values["code"] for item in verdict.items]


def test_items_are_found_again_by_code_whatever_its_case():
    base = as_base(check_platform(platform_row("TK.001"), platform_row("TK.002")))

    verdict = check_platform(platform_row("tk.001", task="Nhiệm vụ 001"), ctx=context(base_items=base))

    assert verdict.items[0].identity == "id-0"
    assert verdict.items[0].changes == {"code": ["TK.001", "tk.001"]}
    assert [item.code for item in verdict.missing] == ["TK.002"]


def test_changes_are_told_field_by_field():
    base = as_base(check_platform(platform_row(), platform_row("TK.002")))

    verdict = check_platform(
        platform_row(hours=3, unit="10 văn bản", note="mới"), platform_row("TK.002"), ctx=context(base_items=base)
    )

    assert verdict.items[0].changes == {
        "unit": ["báo cáo", "văn bản"],
        "unit_quantity": [1, 10],
        "hours": [2, 3],
        "note": ["", "mới"],
    }
    assert verdict.counts == {"new": 0, "changed": 1, "same": 1, "missing": 0}


def test_a_blanked_cell_is_a_change():
    base = as_base(check_platform(platform_row(note="cũ")))

    verdict = check_platform(platform_row(note=None), ctx=context(base_items=base))

    assert verdict.items[0].changes == {"note": ["cũ", ""]}


def test_trailing_zeros_are_no_change():
    base = as_base(check_platform(platform_row(coefficient="1,5000", hours="2,0")))

    assert check_platform(platform_row(coefficient=1.5, hours=2), ctx=context(base_items=base)).counts["same"] == 1


def test_a_column_that_the_file_does_not_have_changes_nothing():
    header, row = [*PLATFORM_HEADER, *FULL], [*platform_row(coefficient=2, note="giữ"), 10, "Nội vụ"]
    base = as_base(check_rows(header, row))

    verdict = check_rows(PLATFORM_HEADER[:9], platform_row(coefficient=2)[:9], ctx=context(base_items=base))

    assert verdict.counts["same"] == 1
    assert verdict.items[0].values["note"] == "giữ"
    assert verdict.items[0].values["score"] == 10


def test_a_kept_score_that_no_longer_fits_the_coefficient_is_dropped():
    base = as_base(check_rows([*PLATFORM_HEADER, *FULL], [*platform_row(coefficient=2), 10, "Nội vụ"]))

    verdict = check_platform(platform_row(coefficient=3), ctx=context(base_items=base))

    assert verdict.items[0].changes == {"score": [10, None], "coefficient": [Decimal(2), Decimal(3)]}


def test_what_a_bad_row_continues_is_not_missing():
    base = as_base(check_platform(platform_row()))

    verdict = check_platform(platform_row(coefficient="abc"), ctx=context(base_items=base))

    assert verdict.missing == []
    assert verdict.verdict == "reject"


def test_codes_are_made_in_the_order_of_the_file():
    verdict = handbook(handbook_row(1, name="Một"), handbook_row(2, name="Hai"), prefix="SNV")

    assert given_codes(verdict) == ["SNV.001", "SNV.002"]


def test_known_items_keep_their_codes_and_new_ones_follow_the_highest():
    base = as_base(handbook(handbook_row(1, name="Một"), handbook_row(2, name="Hai")))

    verdict = handbook(
        handbook_row(1, name="Mới"), handbook_row(2, name="Hai"), handbook_row(3, name="Một"), base_items=base
    )

    assert given_codes(verdict) == ["VP.003", "VP.002", "VP.001"]
    assert [item.change for item in verdict.items] == ["new", "same", "same"]


def test_the_code_of_a_missing_item_is_not_given_again():
    base = as_base(handbook(handbook_row(1, name="Một")))

    verdict = handbook(handbook_row(1, task="Khác", name="Mới"), base_items=base, used_codes=frozenset({"VP.007"}))

    assert given_codes(verdict) == ["VP.008"]


def test_an_item_moved_to_another_field_keeps_its_code():
    base = as_base(handbook(["I. LĨNH VỰC MỘT"], handbook_row()))

    verdict = handbook(["I. LĨNH VỰC HAI"], handbook_row(), base_items=base)

    assert given_codes(verdict) == ["VP.001"]
    assert verdict.items[0].changes == {"field": ["LĨNH VỰC MỘT", "LĨNH VỰC HAI"]}


def test_the_place_of_a_tone_mark_does_not_make_another_item():
    base = as_base(handbook(handbook_row(name="Hòa giải")))

    verdict = handbook(handbook_row(name="Hoà giải"), base_items=base)

    assert verdict.items[0].identity == "id-0"
    assert verdict.items[0].changes == {"name": ["Hòa giải", "Hoà giải"]}


def test_items_with_the_same_words_pair_in_order():
    rows = [handbook_row(1, group=1), handbook_row(2, group=2)]
    base = as_base(handbook(*rows))

    verdict = handbook(*rows, base_items=base)

    assert verdict.counts["same"] == 2
    assert given_codes(verdict) == ["VP.001", "VP.002"]


def test_without_a_prefix_codes_cannot_be_made():
    assert [p.code for p in handbook(handbook_row(), prefix="").errors] == ["code_prefix_missing"]


def test_a_layout_with_codes_needs_no_prefix():
    assert check_platform(platform_row(), ctx=context(prefix="")).verdict == "accept"


@pytest.mark.parametrize(
    ("text", "unit"),
    [("01 văn bản", (1, "văn bản")), ("10 văn bản", (10, "văn bản")), ("văn bản", (1, "văn bản")), ("01", (1, "")),
     ("100m2", (1, "100m2")), ("1,5 km", (1, "1,5 km")), ("1234567890 x", (1, "1234567890 x"))],
)  # fmt: skip
def test_a_unit_may_begin_with_its_quantity(text, unit):
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    "unit", [(1, "văn bản"), (10, "văn bản"), (1, ""), (12, ""), (250, "m2"), (1, "100m2"), (3, "20 văn bản")]
)
def test_a_written_unit_reads_back(unit):
    assert read_unit(write_unit(*unit)) == unit
