from __future__ import annotations

import pathlib

import pytest

from tests.unit.importers.reading.building import SHEET_TYPE, codes_of, ods, xlsx, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (xlsx(), "a.xls", "name_mismatch"),
        (xlsx(), "a.csv", "name_mismatch"),
        (xlsx(), "a.xlsm", "unknown_extension"),
        (xlsx(), "a", "unknown_extension"),
        (b"a,b\n1,2\n", "a.xlsx", "name_mismatch"),
        (ods("<table:table/>"), "a.xlsx", "name_mismatch"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "a.xlsx", "name_mismatch"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
        (COMPOUND, "a.xls", "not_a_workbook"),
        (xlsx(content_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "a.xlsx", "macros"),
        (xlsx(content_type="application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "a.xlsb", "binary_workbook"),
        (xlsx(content_type=SHEET_TYPE.replace("spreadsheetml.sheet", "x.document")), "a.xlsx", "not_a_workbook"),
        (zipped({"a.txt": "a"}), "a.xlsx", "not_a_workbook"),
        (b"\xef\xbb\xbf <html><table></table></html>", "a.xls", "html_as_workbook"),
        ("<!DOCTYPE html>".encode("utf-16"), "a.xls", "html_as_workbook"),
        (b'<?xml version="1.0"?><Workbook/>', "a.xls", "xml_as_workbook"),
    ],
)
def test_content_that_is_not_what_its_name_says_is_refused(
    tmp_path: pathlib.Path, data: bytes, name: str, code: str
) -> None:
    assert codes_of(tmp_path, data, name) == [code]


def test_the_case_of_the_extension_does_not_matter(tmp_path: pathlib.Path) -> None:
    assert codes_of(tmp_path, xlsx(sheets=""), "A.XLSX") == ["no_sheet"]
