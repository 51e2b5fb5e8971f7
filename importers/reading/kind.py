"""What the bytes of an upload really are, against what its name says."""

from __future__ import annotations

import codecs
import pathlib
from collections.abc import Callable
from typing import Literal

from importers.problems import FileRefused, error
from importers.reading.container import Container
from importers.reading.contract import Limits, Workbook
from importers.reading.csv import read_csv
from importers.reading.folded import FoldedBook, unfold
from importers.reading.ods import read_ods
from importers.reading.xls import read_xls
from importers.reading.xlsx import read_xlsx
from importers.reading.xmlparts import Attributes, elements

Kind = Literal["xlsx", "xls", "ods", "csv"]
Reader = Callable[[pathlib.Path, Limits], FoldedBook]

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT_TYPES = "[Content_Types].xml"
HEAD = 4096

# What is neither text nor a workbook, though a PDF or an RTF may begin as text does.
_OTHER_FILES = (b"%PDF", b"{\\rtf", b"PK\x05\x06")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body")
# A text file may begin with these; what is called .xls or .xlsx has no business to.
_MORE_HTML = (
    b"<!--",
    b"<style",
    b"<div",
    b"<tr",
    b"<link",
    b"<script",
    b"<title",
    b"<font",
    b"mime-version:",
)

# Content types of the main part that say what a zip is; all others are not workbooks.
_REFUSED_TYPES = {"sheet.binary": "binary_workbook", "macroenabled": "macros"}
_MAIN_TYPES = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")


def open_reader(path: pathlib.Path, name: str) -> Callable[[pathlib.Path, Limits], Workbook]:
    """Choose the reader for what the file is. Raises FileRefused when the name says something else."""
    reader = open_folded_reader(path, name)
    return lambda path, limits: unfold(reader(path, limits))


def open_folded_reader(path: pathlib.Path, name: str) -> Reader:
    """Choose the reader that leaves the rows in columns, for who hands them on. Raises FileRefused as above."""
    kind = kind_of(path, name)
    extension = pathlib.PurePath(name).suffix.lower()
    if extension not in (".xlsx", ".xls", ".ods", ".csv"):
        raise FileRefused(error("unknown_extension", extension=extension or "…"))
    if extension != f".{kind}":
        raise FileRefused(error("name_mismatch", extension=extension, actual=f".{kind}"))
    return _reader(kind)


def kind_of(path: pathlib.Path, name: str) -> Kind:
    """Tell the kind by the first bytes and, in a zip, by the content types."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(ZIP):
        return _kind_of_zip(Container(path))
    if head.startswith(COMPOUND):
        return _kind_of_compound(path.read_bytes())
    is_named_csv = name.lower().endswith(".csv")
    _refuse_markup(head, is_named_csv)
    if not is_named_csv and not _is_text(head):
        raise FileRefused(error("not_a_workbook"))
    return "csv"


def _reader(kind: Kind) -> Reader:
    if kind == "xlsx":
        return read_xlsx
    if kind == "csv":
        return read_csv
    return read_ods if kind == "ods" else read_xls


def _kind_of_zip(container: Container) -> Kind:
    if "mimetype" in container and container.read("mimetype").strip() == ODS_TYPE:
        return "ods"
    if CONTENT_TYPES not in container:
        raise FileRefused(error("not_a_workbook"))
    types: list[str] = []

    def start(_: str, attributes: Attributes, __: list[str]) -> None:
        types.append(attributes.get("ContentType", "").lower())

    elements(container.stream(CONTENT_TYPES), CONTENT_TYPES, start)
    for mark, code in _REFUSED_TYPES.items():
        if any(mark in kind and kind.endswith(("main+xml", "main")) for kind in types):
            raise FileRefused(error(code))
    if not any(kind.endswith(_MAIN_TYPES) for kind in types):
        raise FileRefused(error("not_a_workbook"))
    return "xlsx"


def _kind_of_compound(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileRefused(error("encrypted"))
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\0")):
        return "xls"
    raise FileRefused(error("not_a_workbook"))


def _is_text(head: bytes) -> bool:
    """Whether the bytes may be text; the last character of what was looked at may be cut."""
    if head.startswith(_OTHER_FILES):
        return False
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False


def _refuse_markup(head: bytes, is_named_csv: bool) -> None:
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(_HTML if is_named_csv else _HTML + _MORE_HTML):
        raise FileRefused(error("html_as_workbook"))
    if text.startswith(b"<?xml"):
        raise FileRefused(error("html_as_workbook" if b"<html" in text else "xml_as_workbook"))
