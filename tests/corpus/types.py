"""Files that are not what their name says, or that no spreadsheet program should have written."""

from __future__ import annotations

import io
import zipfile

from tests.corpus.kinds import accepted, at, rejected
from tests.corpus.making import CODE, HEADERS, SHEETS, K, book, csv_text, good, rows_xml
from tests.unit.importers.reading import test_xls as biff
from tests.unit.importers.reading.building import SHEET_TYPE, ods, xlsx, zipped

XLS = "danh-muc.xls"
ODS = "danh-muc.ods"
HTML = "<html><head><meta charset='utf-8'></head><body><table><tr><td>Mã</td></tr></table></body></html>"


def _xls(*rows: list[object], **more: int | bytes) -> bytes:
    cells = b"".join(
        biff.label(row, column, value) if isinstance(value, str) else biff.number(row, column, float(str(value)))
        for row, values in enumerate((list(HEADERS), *rows))
        for column, value in enumerate(values)
        if value is not None
    )
    return biff.compound(biff.book(cells + bytes(more.pop("cells", b"")), **more))


def _xls_percent() -> bytes:
    styles = biff.record(0xE0, "HH16x", 0, 0) + biff.record(0xE0, "HH16x", 0, 9)
    return _xls(good()[:5], cells=biff.record(0x203, "HHHd", 1, 5, 1, 0.8), before=styles)


def _xls_outside() -> bytes:
    """A formula whose one token is a cell of the first book that the workbook knows, and that is another one."""
    books = biff.record(0x1AE, "HHB5s", 1, 5, 0, b"a.xls") + biff.record(0x17, "HHHH", 1, 0, 0, 0)
    formula = biff.record(0x06, "HHHdHLHBHHH", 1, 5, 0, 1.5, 0, 0, 7, 0x5A, 0, 0, 0)
    return _xls(good()[:5], cells=formula, before=books)


def _named(data: bytes, name: str) -> bytes:
    """A compound file that also has an entry of this name."""
    return data + name.encode("utf-16-le")


def _ods(*rows: list[object], spoilt: str = "") -> bytes:
    def cell(value: object) -> str:
        kind = f'"float" office:value="{value}"' if isinstance(value, (int, float)) else '"string"'
        return f"<table:table-cell office:value-type={kind}><text:p>{value}</text:p></table:table-cell>"

    lines = "".join(
        f"<table:table-row>{''.join(map(cell, values))}</table:table-row>" for values in (list(HEADERS), *rows)
    )
    return ods(f'<table:table table:name="DanhMuc">{lines}{spoilt}</table:table>')


def _typed(kind: str) -> bytes:
    return xlsx(rows_xml([HEADERS, good()]), sheets=SHEETS, content_type=kind)


TYPES = [
    accepted("xls", "Excel 97-2003", lambda: _xls(good()), "old_format", name=XLS, kept={2: {"coefficient": "1.5"}}),
    rejected("xls-error-cell", "#REF! in an .xls", lambda: _xls(good()[:5], cells=biff.failure(1, 5, 0x17)),
             at("error_value", 2, K, "A"), "old_format", name=XLS),
    rejected("xls-other-workbook", "a formula over another workbook in an .xls", _xls_outside,
             at("formula_external", 2, K, "A"), "old_format", name=XLS),
    rejected("xls-percent", "0.8 shown as a percentage in an .xls", _xls_percent, at("number_percent", 2, K, "A"),
             "old_format", name=XLS),
    rejected("xls-code-number", "a code stored as a number in an .xls", lambda: _xls(good(code=7)),
             at("code_is_number", 2, CODE, "A"), "old_format", name=XLS),
    rejected("xls-password", "an .xls with a password", lambda: _xls(good(), before=biff.record(0x2F, "H", 0)),
             "encrypted", name=XLS),
    rejected("xls-macros", "an .xls with macros", lambda: _named(_xls(good()), "_VBA_PROJECT"), "macros", name=XLS),
    rejected("xls-macro-sheet", "an .xls with an Excel 4.0 macro sheet",
             lambda: _xls(good(), kind=1), "macros", name=XLS),
    rejected("xls-ole", "an .xls with an embedded object", lambda: _named(_xls(good()), "MBD0018A3F2"),
             "embedded_objects", name=XLS),
    rejected("xls-hidden", "an .xls whose one sheet is hidden", lambda: _xls(good(), visibility=1), "no_sheet",
             at("hidden_sheet", sheet="A"), "old_format", name=XLS),
    rejected("xls-cut", "half an .xls", lambda: _xls(good())[:2000], "broken_part", name=XLS),
    accepted("ods", "OpenDocument", lambda: _ods(good()), "old_format", name=ODS, kept={2: {"coefficient": "1.5"}}),
    rejected("ods-million", "an .ods whose row repeats a million times",
             lambda: _ods(spoilt='<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
                          'office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'),
             "too_many_rows", name=ODS),
    accepted("ods-empty-million", "an .ods with a million empty rows below the data",
             lambda: _ods(good(), spoilt='<table:table-row table:number-rows-repeated="1048570">'
                          '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'),
             "old_format", name=ODS, rows=1),
    rejected("ods-password", "an .ods with a password",
             lambda: _ods_and("META-INF/manifest.xml", "<a><manifest:encryption-data/></a>"), "encrypted", name=ODS),
    rejected("ods-ole", "an .ods with an embedded OLE object",
             lambda: _ods_and("META-INF/manifest.xml", '<a b="application/vnd.sun.star.oleobject"/>'),
             "embedded_objects", name=ODS),
    rejected("ods-macros", "an .ods with macros", lambda: _ods_and("Basic/script-lc.xml", "<a/>"), "macros", name=ODS),
    rejected("xlsm", "a workbook with macros, called .xlsm",
             lambda: _typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros", name="danh-muc.xlsm"),
    rejected("xlsm-renamed", "the same, called .xlsx",
             lambda: _typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros"),
    rejected("xlsm-name-only", "an .xlsx called .xlsm",
             lambda: book(good()), "unknown_extension", name="danh-muc.xlsm"),
    rejected("xlsb", "a binary workbook", lambda: _typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
             "binary_workbook", name="danh-muc.xlsb"),
    rejected("encrypted-ole", "an .xlsx with a password: a compound file with EncryptedPackage",
             lambda: _named(biff.compound(b"\0" * 100), "EncryptedPackage"), "encrypted"),
    rejected("html-xls", "a web page called .xls", lambda: HTML.encode(), "html_as_workbook", name=XLS),
    rejected("html-xls-utf16", "the same in UTF-16", lambda: HTML.encode("utf-16"), "html_as_workbook", name=XLS),
    rejected("html-xls-style", "a web page that begins with its style", lambda: f"<style></style>{HTML}".encode(),
             "html_as_workbook", name=XLS),
    rejected("html-xls-comment", "a web page that begins with a comment", lambda: f"<!-- a -->{HTML}".encode(),
             "html_as_workbook", name=XLS),
    rejected("html-xlsx", "a web page called .xlsx", lambda: HTML.encode(), "html_as_workbook"),
    rejected("mhtml-xls", "a web archive called .xls",
             lambda: f"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n{HTML}".encode(),
             "html_as_workbook", name=XLS),
    rejected("xml-xls", "XML of Excel 2003 called .xls",
             lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xml_as_workbook",
             name=XLS),
    rejected("xls-called-xlsx", "an .xls called .xlsx", lambda: _xls(good()), "name_mismatch"),
    rejected("xlsx-called-xls", "an .xlsx called .xls", lambda: book(good()), "name_mismatch", name=XLS),
    rejected("xlsx-called-csv", "an .xlsx called .csv", lambda: book(good()), "name_mismatch", name="danh-muc.csv"),
    rejected("csv-called-xlsx", "a .csv called .xlsx", lambda: csv_text(good()).encode(), "name_mismatch"),
    rejected("ods-called-xlsx", "an .ods called .xlsx", lambda: _ods(good()), "name_mismatch"),
    rejected("docx", "a text document called .xlsx",
             lambda: _typed(SHEET_TYPE.replace("spreadsheetml.sheet", "x.document")),
             "not_a_workbook"),
    rejected("zip", "a zip of anything called .xlsx", lambda: zipped({"a.txt": "a"}), "not_a_workbook"),
    rejected("pdf", "a PDF called .xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "not_a_workbook"),
    rejected("picture", "a picture called .xlsx",
             lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50), "not_a_workbook"),
    rejected("program", "a program called .xlsx", lambda: b"MZ\x90\0\3" + bytes(200), "not_a_workbook"),
    rejected("rar", "a RAR called .xlsx", lambda: b"Rar!\x1a\7\1\0" + bytes(50), "not_a_workbook"),
    rejected("word-compound", "an old text document called .xls",
             lambda: biff.compound(b"\0" * 100).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")),
             "not_a_workbook", name=XLS),
    rejected("nothing-xlsx", "an .xlsx of no bytes", lambda: b"", "empty_file"),
    rejected("one-byte", "an .xlsx of one byte", lambda: b"P", "name_mismatch"),
    rejected("polyglot", "a web page with a workbook behind it",
             lambda: HTML.encode() + book(good()), "html_as_workbook"),
    rejected("too-large", "a file over the limit", lambda: book(good()) + bytes(1024 * 1024), "file_too_large",
             limits={"file_bytes": 1024 * 1024}),
]  # fmt: skip


def _ods_and(part: str, content: str) -> bytes:
    file = io.BytesIO(_ods(good()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(part, content)
    return file.getvalue()
