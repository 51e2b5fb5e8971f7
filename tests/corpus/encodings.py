"""Text files: encodings, delimiters, quotes, widths."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from typing import Any

from tests.corpus.kinds import Said, WrongFile, accepted, at, rejected
from tests.corpus.making import TASK, K, csv_text, good

ROWS = (good(task="Thẩm định hồ sơ"), good("TK.002"))
KEPT = {2: {"task": "Thẩm định hồ sơ", "coefficient": "1.5"}}
TITLE = "Danh mục của Chi cục Thống kê"


def _taken(id: str, what: str, make: Callable[[], bytes], kept: Any = KEPT, **more: Any) -> WrongFile:
    return accepted(id, what, make, name="danh-muc.csv", kept=kept, **more)


def _refused(id: str, what: str, make: Callable[[], bytes], code: str, row: int = 0, **more: Any) -> WrongFile:
    return rejected(id, what, make, Said(code, row, sheet=more.pop("sheet", "")), **({"name": "danh-muc.csv"} | more))


def _lines(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def _legacy(task: str) -> bytes:
    """A table whose one name is in an old encoding, which looks like Western European."""
    header = ["Ma", "Ten", "San pham", "Don vi", "Nhom", "He so"]
    return csv_text(good(task=task, output="van ban", unit="cai"), header=header).encode("latin-1")


def _cp1258() -> bytes:
    """Vietnamese as code page 1258 writes it: a letter, then its tone mark."""
    apart = unicodedata.normalize("NFD", csv_text(*ROWS)).translate({0x302: None, 0x306: None, 0x31B: None})
    return apart.encode("cp1258", "ignore")


ENCODINGS = [
    _taken("csv-utf8", "UTF-8", lambda: csv_text(*ROWS).encode()),
    _taken("csv-utf8-bom", "UTF-8 with a byte-order mark", lambda: csv_text(*ROWS).encode("utf-8-sig")),
    _taken("csv-utf16-le", "UTF-16, little end first",
             lambda: codecs.BOM_UTF16_LE + csv_text(*ROWS).encode("utf-16-le")),
    _taken("csv-utf16-be", "UTF-16, big end first", lambda: codecs.BOM_UTF16_BE + csv_text(*ROWS).encode("utf-16-be")),
    _taken("csv-semicolon", "semicolons", lambda: csv_text(*ROWS, mark=";").encode()),
    _taken("csv-tab", "tabs", lambda: csv_text(*ROWS, mark="\t").encode()),
    _taken("csv-sep", "a line sep=; and what it says", lambda: b"sep=;\r\n" + csv_text(*ROWS, mark=";").encode(),
           {3: KEPT[2]}),
    _taken("csv-cr", "lines that end in CR alone", lambda: csv_text(*ROWS, end="\r").encode()),
    _taken("csv-break-in-field", "a line break inside quotes",
           lambda: csv_text(good(task="Thẩm định\nhồ sơ"), good("TK.002")).encode(),
           {2: KEPT[2], 4: {"code": "TK.002"}}),
    _taken("csv-title", "a title above the header", lambda: _lines(TITLE, "") + b"\n" + csv_text(*ROWS).encode(),
           {4: {"task": "Thẩm định hồ sơ"}}),
    _taken("csv-trailing-marks", "empty fields at the end of each line",
           lambda: csv_text(*ROWS).replace("\r\n", ",,\r\n").encode()),
    _refused("csv-legacy-1258", "windows-1258", _cp1258, "legacy_encoding"),
    _refused("csv-legacy-tcvn3", "TCVN3", lambda: _legacy("So¹n th¶o v¨n b¶n"), "legacy_encoding"),
    _refused("csv-legacy-vni", "VNI", lambda: _legacy("Baùo caùo toång hôïp"), "legacy_encoding"),
    _refused("csv-not-text", "a byte that is no UTF-8, on line 3",
             lambda: csv_text(*ROWS).encode().replace(b"TK.002", b"TK\xff002"), "not_text", 3),
    _refused("csv-half-utf16", "UTF-16 cut in the middle of a character",
             lambda: codecs.BOM_UTF16_LE + csv_text(*ROWS).encode("utf-16-le")[:-1], "not_text", 4),
    _refused("csv-nul", "NUL on line 2", lambda: csv_text(*ROWS).encode().replace(b"TK.001", b"TK\0001"),
             "nul_character", 2),
    _refused("csv-utf16-bare", "UTF-16 without a byte-order mark",
             lambda: csv_text(["a"] * 6, header=["a"] * 6).encode("utf-16-le"), "nul_character", 1),
    _refused("csv-utf32", "UTF-32", lambda: csv_text(*ROWS).encode("utf-32"), "nul_character", 1),
    _refused("csv-unclosed", "a quotation mark that is never closed, on line 3",
             lambda: csv_text(*ROWS, mark=";").encode().replace(b"TK.002", b'"TK.002'), "unclosed_quote", 3),
    _refused("csv-stray-quote", "text after a closing mark",
             lambda: csv_text(*ROWS).encode().replace(b"TK.002", b'"TK"002'), "stray_quote", 3),
    _refused("csv-too-few", "a row with a field too few", lambda: csv_text(ROWS[0], ROWS[1][:5]).encode(),
             "too_few_fields", 3),
    _refused("csv-too-many", "a row with a field too many", lambda: csv_text(ROWS[0], [*ROWS[1], "x"]).encode(),
             "too_many_fields", 3),
    accepted("csv-formula", "a field that a program would run",
             lambda: csv_text(good(task="=cmd|'/c calc'!A1")).encode(),
             at("formula_text", 2, TASK, "CSV"), name="danh-muc.csv", kept={2: {"task": "=cmd|'/c calc'!A1"}}),
    rejected("csv-error-text", "#REF! in a field", lambda: csv_text(good(coefficient="#REF!")).encode(),
             at("error_value", 2, K, "CSV"), name="danh-muc.csv"),
    _refused("csv-empty", "no byte at all", lambda: b"", "empty_file"),
    _refused("csv-white", "nothing but line ends", lambda: b"\r\n" * 20, "no_header"),
    _refused("csv-one-column", "text without any table",
             lambda: _lines("Kính gửi", "Sở Nội vụ", "báo cáo"), "no_header"),
    _refused("csv-decimal-comma-bare", "commas as delimiters and as decimal marks",
             lambda: csv_text(ROWS[0]).replace('"1,5"', "1,5").encode(), "too_many_fields", 2),
]  # fmt: skip
