import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from cms.organisations import workbooks
from cms.organisations.workbooks import UnreadableList, read_rows, write_rows

COLUMNS = ("Mã", "Tên", "Ngày")


def test_what_is_written_is_read_back():
    content = write_rows("Danh sách", COLUMNS, [("a", "Sở  Nội vụ", datetime.date(2026, 6, 5))], {"Mã": ["a", "b, c"]})

    [row] = read_rows(content, COLUMNS)

    assert row.number == 2
    assert row.values["Tên"] == "Sở Nội vụ"
    assert row.values["Ngày"].date() == datetime.date(2026, 6, 5)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@x", "＝1", "- một\n- hai"])
def test_text_that_looks_like_a_formula_is_written_as_text(text):
    content = write_rows("Danh sách", ("Tên",), [(text,)], {})

    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_columns_are_found_in_any_order_and_without_diacritics():
    book = Workbook()
    book.active.append(["ngay", "TEN", "Mã "])
    book.active.append([None, "Sở Y tế", 12.0])

    [row] = read_rows(_saved(book), COLUMNS)

    assert row.values == {"Mã": "12", "Tên": "Sở Y tế", "Ngày": ""}


def test_missing_columns_are_named():
    book = Workbook()
    book.active.append(["Mã"])

    with pytest.raises(UnreadableList, match="Tên, Ngày"):
        read_rows(_saved(book), COLUMNS)


def test_empty_rows_keep_the_numbers_of_the_others():
    book = Workbook()
    for row in (list(COLUMNS), ["a", "A", None], [None, None, None], ["b", "B", None]):
        book.active.append(row)

    assert [row.number for row in read_rows(_saved(book), COLUMNS)] == [2, 4]


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"PK\x03\x04 half a zip", b"a;b\n1;2\n"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(UnreadableList):
        read_rows(content, COLUMNS)


def test_a_zip_that_is_no_workbook_is_refused():
    with pytest.raises(UnreadableList):
        read_rows(_zipped({"a.txt": b"x"}), COLUMNS)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = _zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * (workbooks.MAX_UNPACKED_BYTES + 1)})
    assert len(bomb) < workbooks.MAX_BYTES

    with pytest.raises(UnreadableList) as refusal:
        read_rows(bomb, COLUMNS)
    assert refusal.value.__cause__ is None


def test_too_many_rows_and_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_ROWS", 2)
    content = write_rows("Danh sách", COLUMNS, [("a", "A", None)] * 3, {})
    with pytest.raises(UnreadableList):
        read_rows(content, COLUMNS)

    monkeypatch.setattr(workbooks, "MAX_BYTES", 100)
    with pytest.raises(UnreadableList):
        read_rows(content, COLUMNS)


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
