from __future__ import annotations

import pathlib

import pytest

from importers.reading import FileRefused, Limits
from tests.unit.importers.reading.building import codes_of, read_bytes, values


def read_csv(folder: pathlib.Path, data: bytes | str, limits: Limits | None = None) -> list[list[object]]:
    return values(read_bytes(folder, data.encode() if isinstance(data, str) else data, "a.csv", limits))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_encodings_and_delimiters_are_told(tmp_path: pathlib.Path, encoding: str, mark: str) -> None:
    text = f"STT{mark}Tên việc\r\n1{mark}Tổng hợp\r\n2{mark}Báo cáo\r\n"

    assert read_csv(tmp_path, text.encode(encoding)) == [["STT", "Tên việc"], ["1", "Tổng hợp"], ["2", "Báo cáo"]]


def test_a_decimal_comma_does_not_pass_for_a_delimiter(tmp_path: pathlib.Path) -> None:
    assert read_csv(tmp_path, "Mã;Hệ số\nA;1,5\nB;0,8\n") == [["Mã", "Hệ số"], ["A", "1,5"], ["B", "0,8"]]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;\r"])
def test_a_sep_line_says_the_delimiter_and_keeps_the_line_numbers(tmp_path: pathlib.Path, line: str) -> None:
    sheet = read_bytes(tmp_path, f"{line}\na,b;c\n".encode(), "a.csv").sheets[0]

    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ["a,b", "c"])]


def test_values_stay_text_as_typed(tmp_path: pathlib.Path) -> None:
    assert read_csv(tmp_path, 'a,b,c\n007,=1+1," x ""y"""\n')[1] == ["007", "=1+1", ' x "y"']


def test_a_quoted_field_may_hold_line_breaks(tmp_path: pathlib.Path) -> None:
    sheet = read_bytes(tmp_path, b'a,b\n"1\n2",3\n4,5\n', "a.csv").sheets[0]

    assert [(row.number, row.cells[0]) for row in sheet.rows] == [(1, "a"), (2, "1\n2"), (4, "4")]


def test_empty_rows_are_left_out(tmp_path: pathlib.Path) -> None:
    assert read_csv(tmp_path, "a,b\n,\n\n1,\n") == [["a", "b"], ["1"]]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'a,b\n1,"2\n3,4\n', "unclosed_quote", 2),
        (b'a,b\n1,"2"x\n', "stray_quote", 2),
        (b"a,b\n1,\x002\n", "nul_character", 2),
        (b"a,b\n\xff\xfe\xfd,1\n", "not_text", 2),
        (b"a,b\n1,2\n3\n", "too_few_fields", 3),
        (b"a,b\n1,2\n3,4,5\n", "too_many_fields", 3),
    ],
)
def test_what_is_wrong_is_named_by_its_line(tmp_path: pathlib.Path, data: bytes, code: str, line: int) -> None:
    with pytest.raises(FileRefused) as refused:
        read_bytes(tmp_path, data, "a.csv")

    assert [(problem.code, problem.params["line"]) for problem in refused.value.problems] == [(code, line)]


def test_every_line_of_a_wrong_width_is_named(tmp_path: pathlib.Path) -> None:
    lines = ["a,b", *["1,2"] * 700, *["1"] * 500]

    assert codes_of(tmp_path, "\n".join(lines).encode(), "a.csv") == ["too_few_fields"] * 500


def test_a_title_above_the_header_is_let_be(tmp_path: pathlib.Path) -> None:
    assert read_csv(tmp_path, "DANH MỤC\na,b\n1,2\n3,4\n")[0] == ["DANH MỤC"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (
            "Tên,Việc\n".encode().replace("ê".encode(), b"\xea").replace("ệ".encode(), b"\xea\xf2"),
            "windows-1258",
        ),
        (b"STT,T\xaan vi\xd6c\n1,B\xb8o c\xb8o t\xe6ng h\xeep\n", "TCVN3"),
        (b"STT,Te\xe2n vie\xe4c\n1,Ba\xf9o ca\xf9o to\xe5ng h\xf4\xefp\n", "VNI"),
    ],
)
def test_text_from_before_unicode_is_named_and_refused(tmp_path: pathlib.Path, data: bytes, encoding: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_bytes(tmp_path, data, "a.csv")

    problem = refused.value.problems[0]
    assert (problem.code, problem.params["encoding"]) == ("legacy_encoding", encoding)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(rows=0), "too_many_rows"),
        (Limits(cell_characters=1), "cell_too_long"),
        (Limits(text_bytes=5), "too_much_text"),
    ],
)
def test_limits_are_kept(tmp_path: pathlib.Path, limits: Limits, code: str) -> None:
    assert codes_of(tmp_path, b"aa,bb\n" * 101, "a.csv", limits) == [code]


def test_columns_beyond_the_limit_are_left_with_a_warning(tmp_path: pathlib.Path) -> None:
    book = read_bytes(tmp_path, b"a,b,c\n1,2,3\n", "a.csv", Limits(columns=2))

    assert values(book) == [["a", "b"], ["1", "2"]]
    assert [problem.code for problem in book.problems] == ["columns_not_read"]


def test_a_file_of_empty_lines_has_no_rows(tmp_path: pathlib.Path) -> None:
    assert read_csv(tmp_path, "\n\n") == []
