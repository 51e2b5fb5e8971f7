"""The table of shared strings, and text as Open XML writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from importers.problems import FileRefused, error
from importers.sheets.contract import Limits
from importers.sheets.xmlparts import MAX_DEPTH, Attributes, broken, feed, local, make_parser

MIB = 1024 * 1024
_ESCAPED = re.compile(r"_x(?!D[89A-F])([0-9A-F]{4})_", re.IGNORECASE)


def unescape(text: str) -> str:
    """Put back the characters written as ``_x000D_``, but no half of a surrogate pair (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_strings(chunks: Iterable[bytes], part: str, limits: Limits) -> list[str]:
    """The shared strings in order; rich text joined as it reads, phonetic guides left out."""
    reader = _StringsReader(part, limits)
    parser = make_parser(part)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    for chunk in chunks:
        feed(parser, part, chunk)
    feed(parser, part, b"", last=True)
    return reader.strings


class _StringsReader:
    """Collects the text of ``si/t`` and ``si/r/t``."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.strings: list[str] = []
        self._part = part
        self._left = limits.text_bytes
        self._limit = limits.text_bytes
        self._names: list[str] = []
        self._pieces: list[str] = []
        self._open = False

    def start(self, name: str, _: Attributes) -> None:
        name = local(name)
        if name == "si":
            self._pieces = []
        elif name == "t":
            self._open = self._names[-1:] in (["si"], ["r"])
        self._names.append(name)
        if len(self._names) > MAX_DEPTH:
            raise broken(self._part, "nesting")

    def end(self, _: str) -> None:
        name = self._names.pop()
        if name == "t":
            self._open = False
        elif name == "si":
            self.strings.append(unescape("".join(self._pieces)))

    def text(self, data: str) -> None:
        if self._open:
            self._left -= len(data)
            if self._left < 0:
                raise FileRefused(error("too_much_text", limit=self._limit // MIB))
            self._pieces.append(data)
