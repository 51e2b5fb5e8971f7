"""Names of files that somebody made to hurt. ``NAMED`` says what each is kept as, for the screens and the downloads."""

from __future__ import annotations

from tests.corpus.kinds import WrongFile, accepted, rejected
from tests.corpus.making import book, good

LONG = "danh-mục-" * 40


def _good() -> bytes:
    return book(good())


def _taken(id: str, what: str, name: str) -> WrongFile:
    return accepted(id, what, _good, name=name, rows=1)


def _refused(id: str, what: str, name: str) -> WrongFile:
    return rejected(id, what, _good, "unknown_extension", name=name)


NAMES = [
    _taken("name-dots", "a path upwards", "../../../etc/canary.xlsx"),
    _taken("name-windows-path", "a path of Windows", "C:\\Users\\canary\\danh-muc.xlsx"),
    _taken("name-absolute", "an absolute path", "/etc/canary.xlsx"),
    _taken("name-nul", "NUL", "danh\0muc.xlsx"),
    _taken("name-line-break", "a line break and a header", "danh\r\nSet-Cookie: canary=1\r\n.xlsx"),
    _taken("name-quotes", "quotation marks and a semicolon", 'a"; filename="canary.html".xlsx'),
    _taken("name-markup", "markup", "<img src=x onerror=canary()>.xlsx"),
    _taken("name-long", "360 characters", f"{LONG}.xlsx"),
    _taken("name-capitals", "an extension in capitals", "DANH-MUC.XLSX"),
    _taken("name-decomposed", "letters and marks apart", "Danh mu\u0323c.xlsx"),
    _taken("name-formula", "what a program could run", "=cmd|'/c calc'!A1.xlsx"),
    _taken("name-two-extensions", "two extensions", "danh-muc.exe.xlsx"),
    _refused("name-bidi", "a right-to-left override that shows .exe as .xlsx", "danh-muc\u202excslx.exe"),
    _taken("name-bidi-inside", "a right-to-left override in a good name", "danh-\u202emuc.xlsx"),
    _refused("name-only-dots", "only dots", "...."),
    _refused("name-only-extension", "only an extension", ".xlsx"),
    _refused("name-none", "no extension", "danh-muc"),
    _refused("name-empty", "no name", ""),
    _refused("name-space-after", "another extension behind spaces", "danh-muc.xlsx    .exe"),
]
NAMED = {
    "name-dots": "canary.xlsx",
    "name-windows-path": "danh-muc.xlsx",
    "name-absolute": "canary.xlsx",
    "name-nul": "danh\ufffdmuc.xlsx",
    "name-line-break": "danh\ufffd\ufffdSet-Cookie: canary=1\ufffd\ufffd.xlsx",
    "name-bidi": "danh-muc\ufffdxcslx.exe",
    "name-bidi-inside": "danh-\ufffdmuc.xlsx",
    "name-long": LONG[:250] + ".xlsx",
}
