"""Which two names are the same work, and what parts two works."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.dedupe.lexicon import Lexicon
from cms.dedupe.likeness import REASONS, Evidence, compare
from cms.dedupe.normalise import Normaliser

FORM = Normaliser().form


def likeness(one, other, **beside):
    return compare(FORM(one), FORM(other), Lexicon(), **beside)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Tiếp công dân", "Tiếp công dân", "same_text"),
        ("Tiếp công dân", "TIẾP CÔNG DÂN", "same_words"),
        ("Hòa giải tranh chấp đất đai", "Hoà giải tranh chấp đất đai", "same_words"),
        ("Quản lý kỹ thuật đô thị", "Quản lí kĩ thuật đô thị", "same_words"),
        ("Báo cáo hằng quý về cải cách hành chính", "Báo cáo quý về công tác cải cách hành chính", "same_words"),
        ("Thẩm định dự toán ngân sách", "Tham dinh du toan ngan sach", "marks"),
        ("Rà soát văn bản quy phạm pháp luật", "Rà soát VBQPPL", "written_out"),
        ("Quyết định của UBND tỉnh về giá đất", "Quyết định của Ủy ban nhân dân tỉnh về giá đất", "written_out"),
        ("Kế hoạch phát triển KT-XH", "Kế hoạch phát triển kinh tế - xã hội", "written_out"),
        ("Tiếp nhận, đăng ký văn bản đến", "Văn bản đến: đăng ký, tiếp nhận", "other_order"),
        ("Thẩm định đồ án quy hoạch chi tiết", "Thẩm địhn đồ án quy hoạch chi tiết", "misspelt"),
        ("Kiểm tra công tác nghiệm thu công trình", "Kiểm tra nghiệrn thu công trình", "same_words"),
        ("Ban hành kế hoạch giảm nghèo", "Ban bành kế hoạch giảm nghèo", "misspelt"),
        ("Cấp giấy phép xây dựng", "Cấp phép xây dựng", "same_words"),
        ("Báo cáo 6 tháng về đầu tư công", "Báo cáo sáu tháng về đầu tư công", "same_words"),
        ("Triển khai Nghị định 335/2025/NĐ-CP", "Triển khai Nghị định số 335", "same_words"),
        ("Chuẩn bị tài liệu cuộc họp", "Chuẩn bị tàiliệu họp", "misspelt"),
        ("Báo cáo thống kê đất đаi", "Báo cáo thống kê đất đai", "same_text"),
    ],
)
def test_the_same_work_is_known_with_its_reason(one, other, reason):
    found = likeness(one, other)

    assert found.is_same, found
    assert reason in [code for code, _words in found.reasons]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Thẩm định dự toán cấp tỉnh", "Thẩm định dự toán cấp xã", "words"),
        ("Kế hoạch giảm nghèo trên địa bàn tỉnh", "Kế hoạch giảm nghèo trên địa bàn xã", "levels"),
        ("Thẩm định dự toán ngân sách", "Thẩm tra dự toán ngân sách", "words"),
        ("Báo cáo quý về đất đai", "Báo cáo năm về đất đai", "words"),
        ("Báo cáo quý về đất đai", "Báo cáo về đất đai", "times"),
        ("Báo cáo quý, năm", "Báo cáo quý", "times"),
        ("Ban hành văn bản QPPL", "Góp ý văn bản QPPL", "words"),
        ("Hướng dẫn xây dựng kế hoạch năm", "Xây dựng kế hoạch năm", "deeds"),
        ("Cấp lại giấy phép lái xe", "Cấp giấy phép lái xe", "deeds"),
        ("Văn bản đến", "Văn bản đi", "words"),
        ("Cấp phép công trình cấp II", "Cấp phép công trình cấp III", "numbers"),
        ("Kế hoạch theo Nghị quyết 57-NQ/TW", "Kế hoạch theo Nghị quyết 18-NQ/TW", "numbers"),
        ("Báo cáo quỹ nhà ở", "Báo cáo quý nhà ở", "times"),
        ("Báo cáo dân số", "Báo cáo dân sự", "words"),
        ("Sơ kết phong trào thi đua", "Tổng kết phong trào thi đua", "words"),
        ("Dự toán ngân sách xã", "Quyết toán ngân sách xã", "words"),
    ],
)
def test_other_works_are_parted_with_the_reason(one, other, reason):
    found = likeness(one, other)

    assert not found.is_same
    assert [code for code, _words in found.reasons] == [reason]


def test_another_output_counts_against_it_and_one_of_another_time_parts():
    of_week, of_year, minutes = (Evidence(FORM(text)) for text in ("báo cáo tuần", "báo cáo năm", "biên bản"))

    assert likeness("Tiếp công dân", "Tiếp công dân", beside=(of_week, of_week)).score == 1
    assert 0.9 < likeness("Tiếp công dân", "Tiếp công dân", beside=(minutes, Evidence(FORM("sổ")))).score < 1
    assert not likeness("Chế độ báo cáo", "Chế độ báo cáo", beside=(of_week, of_year)).is_same


def test_an_extended_table_of_abbreviations_is_used():
    form = Normaliser({"XTDL": ("xúc tiến du lịch",)}).form

    assert compare(form("Kế hoạch XTDL"), form("Kế hoạch xúc tiến du lịch"), Lexicon()).is_same
    assert not compare(FORM("Kế hoạch XTDL"), FORM("Kế hoạch xúc tiến du lịch"), Lexicon()).is_same


def test_an_abbreviation_that_expands_into_itself_ends():
    assert Normaliser({"UBND": ("UBND tỉnh",)}).form("UBND họp").sequence == ("ubnd", "tỉnh", "họp")


NAMES = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxy ẩộếìàáảạ0123456789/-.,:IVXUBND"), max_size=60)


@given(NAMES, NAMES)
def test_any_two_names_are_as_alike_as_the_other_way_round(one, other):
    there, back = likeness(one, other), likeness(other, one)

    assert there.is_same == back.is_same
    assert 0 <= there.score <= 1
    assert {code for code, _words in there.reasons} <= REASONS.keys()


@given(st.text(max_size=200))
def test_any_text_is_the_same_as_itself(text):
    assert likeness(text, text).score == 1


def test_names_of_one_and_of_two_thousand_letters_are_compared():
    long = "Thẩm định hồ sơ " * 125

    assert likeness("x", "x").is_same
    assert not likeness("x", "y").is_same
    assert likeness(long, long[:-1]).is_same
