"""What text becomes when it is stored, compared and searched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.text import (
    clean_text,
    code_key,
    find_dangerous,
    find_lookalikes,
    fold,
    looks_legacy,
    name_key,
    nfc,
    starts_formula,
)

VIETNAMESE = "Đơn vị sản phẩm/công việc chuẩn: thẩm định hồ sơ, ủy quyền – 10 văn bản “khẩn”"


def test_nfc_composes_decomposed_letters():
    assert nfc(unicodedata.normalize("NFD", VIETNAMESE)) == VIETNAMESE


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đơn vị tính", "don vi tinh"),
        ("THẨM ĐỊNH hồ sơ", "tham dinh ho so"),
        ("  VP.001 – Báo cáo/tuần ", "vp 001 bao cao tuan"),
        ("a_b", "a b"),
        (unicodedata.normalize("NFD", "Tiếp công dân"), "tiep cong dan"),
        ("", ""),
    ],
)
def test_fold_gives_the_search_form(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aăâđơưếềộ ủỹÂĐ"))
def test_fold_does_not_care_about_the_normal_form(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_clean_text_leaves_clean_text_alone():
    cleaned = clean_text(VIETNAMESE)

    assert cleaned.text == VIETNAMESE
    assert cleaned.notes == ()


@pytest.mark.parametrize(
    ("text", "cleaned", "notes"),
    [
        ("  a  b ", "a b", ("white_space",)),
        ("Báo cáo\r\ntuần", "Báo cáo tuần", ("white_space",)),
        ("a\u00a0b\u3000c", "a b c", ("white_space",)),
        ("\ufeffBáo\u200b cáo\u00ad", "Báo cáo", ("invisible",)),
        ("tiê\u0301p", "tiếp", ("nfc",)),
        (" \u200b ", "", ("invisible", "white_space")),
    ],
)
def test_clean_text_tidies_and_says_what_it_did(text, cleaned, notes):
    assert clean_text(text).text == cleaned
    assert clean_text(text).notes == notes


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean_text(text).text

    assert clean_text(once).text == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa giải", "Hoà giải"),
        ("Thủy lợi", "Thuỷ lợi"),
        ("ỦY BAN", "uỷ ban"),
        ("khỏe", "khoẻ"),
        ("Báo  cáo\ntuần", "báo cáo tuần"),
        ("tiê\u0301p", "Tiếp"),
        ("thúy", "thuý"),
    ],
)
def test_names_are_the_same_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("mùa", "mua"), ("hòa", "hóa"), ("báo cáo tuần", "báo cáo tháng")])
def test_names_that_differ_stay_apart(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("code", ["TK-001", "tk-001", " TK - 001 ", "TK–001", "TK\u2011001", "TK\u2212001"])
def test_codes_are_the_same_code(code):
    assert code_key(code) == "TK-001"


def test_code_key_composes():
    assert code_key("đ\u0301-01") == code_key("Đ\u0301-01")


@pytest.mark.parametrize(
    ("text", "word", "suggestion"),
    [
        ("chuyӇn đổi", "chuyӇn", "chuyển"),
        ("Ѕở Nội vụ", "Ѕở", "Sở"),
        ("Ðồng Nai", "Ðồng", "Đồng"),
        ("thành ph\u032fn", "ph\u032fn", "phần"),
        ("te\u0301\u0302", "te\u0301\u0302", "tế"),
        ("ＴＫ", "ＴＫ", "TK"),
        ("Βáo cáo", "Βáo", "Báo"),
    ],
)
def test_lookalikes_are_found_with_a_suggestion(text, word, suggestion):
    (found,) = find_lookalikes(text)

    assert (nfc(found.word), found.suggestion) == (nfc(word), suggestion)


@pytest.mark.parametrize("text", ["b\ufffdo", "\uf0b7 báo cáo", "x\u0338y"])
def test_lost_and_private_characters_have_no_suggestion(text):
    (found,) = find_lookalikes(text)

    assert found.suggestion is None


@pytest.mark.parametrize("text", [VIETNAMESE, "Россия", "5 μm, 3 kΩ", "100 m² × 2", "α-amylase", "日本"])
def test_text_that_is_meant_is_no_lookalike(text):
    assert find_lookalikes(text) == []


def test_in_a_code_every_foreign_letter_counts():
    assert find_lookalikes("Д-01") == []
    assert find_lookalikes("Д-01", in_code=True)[0].characters == ("Д",)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("abc\u202egnp", "bidi", "U+202E"),
        ("a\u2066b", "bidi", "U+2066"),
        ("a\x00b", "control", "U+0000"),
        ("a\x1bb", "control", "U+001B"),
        ("a\ufffeb", "control", "U+FFFE"),
        ("o" + "\u0335" * 5, "marks", "U+0335"),
        ("ก" + "\u0e48" * 8, "marks", "U+0E48"),
    ],
)
def test_dangerous_characters_are_named(text, kind, name):
    (danger,) = find_dangerous(text)

    assert (danger.kind, danger.name) == (kind, name)


@pytest.mark.parametrize("text", [VIETNAMESE, "a\tb\r\nc", unicodedata.normalize("NFD", VIETNAMESE), "ភាសាខ្មែរ"])
def test_ordinary_text_is_not_dangerous(text):
    assert find_dangerous(text) == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("So¹n th¶o v¨n b¶n hµnh chÝnh", "TCVN3"),
        ("B¸o c¸o", "TCVN3"),
        ("Soaïn thaûo vaên baûn", "VNI"),
        ("Soaòn thaÒo vãn baÒn", "windows-1258"),
        ("BÃ¡o cÃ¡o tuáº§n", "UTF-8"),
    ],
)
def test_old_encodings_are_known_by_their_marks(text, encoding):
    assert looks_legacy(text) == encoding


@pytest.mark.parametrize(
    "text", [VIETNAMESE, "KPI¹ và GDP²", "Raúl naïve", "5 µm", "© 2026", "hoà, oá, quà, uẩn, xuân, huệ", "«quá» a×b"]
)
def test_real_text_is_not_taken_for_an_old_encoding(text):
    assert looks_legacy(text) is None


@pytest.mark.parametrize("text", ["=1+1", "+84", "-Báo cáo", "@SUM", "\tx", "＝1", "－x", "＋1", "＠a"])
def test_text_that_a_program_could_run(text):
    assert starts_formula(text)


@pytest.mark.parametrize("text", ["", "a=b", "– gạch dài", "1-2", "'=1"])
def test_text_that_no_program_runs(text):
    assert not starts_formula(text)
