"""Words that were searched for, marked in what was found."""

import pytest

from cms.core.marking import mark_words


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Quyết định số 5", "quyet dinh", "<mark>Quyết</mark> <mark>định</mark> số 5"),
        ("Báo cáo thẩm định", "bao cao tham", "<mark>Báo</mark> <mark>cáo</mark> <mark>thẩm</mark> định"),
        ("Đơn vị tính", "Đơn v", "<mark>Đơn</mark> <mark>vị</mark> tính"),
        ("TK.00012", "00012", "TK.<mark>00012</mark>"),
        ("thongke2026", "ke2026", "<mark>thongke2026</mark>"),
        ("Báo cáo", "", "Báo cáo"),
        ("", "gì", ""),
    ],
)
def test_words_are_marked_whatever_their_diacritics(text, query, marked):
    assert mark_words(text, query) == marked


def test_what_was_found_and_what_was_typed_is_text_and_never_markup():
    marked = mark_words("<script>alert(1)</script> & <b>", "script <b>")

    assert "<script" not in marked and "<b>" not in marked
    assert marked.count("<mark>script</mark>") == 2
