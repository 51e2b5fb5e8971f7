"""The table of shared strings, and text as Open XML writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import unescape as xml_unescape  # noqa: S406 - five fixed replacements, no parser

from importers.problems import FileRefused, error
from importers.sheets.contract import Limits
from importers.sheets.xmlparts import MAX_DEPTH, Attributes, broken, feed, local, make_parser

MIB = 1024 * 1024
_CLOSING = b"</si>"
_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<\r]*)</t></si>')
_ESCAPED = re.compile(r"_x(?!D[89A-F])([0-9A-F]{4})_", re.IGNORECASE)


def unescape(text: str) -> str:
    """Put back the characters written as ``_x000D_``, but no half of a surrogate pair (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_strings(chunks: Iterable[bytes], part: str, limits: Limits) -> list[str]:
    """The shared strings in order; rich text joined as it reads, phonetic guides left out."""
    reader = _StringsReader(part, limits)
    held = b""
    for chunk in chunks:
        held += chunk
        cut = held.rfind(_CLOSING) + len(_CLOSING)
        if cut >= len(_CLOSING) or len(held) > MIB:
            cut = cut if cut >= len(_CLOSING) else len(held)
            reader.region(held[:cut])
            held = held[cut:]
    reader.feed(held)
    reader.feed(b"", last=True)
    return reader.strings


class _StringsReader:
    """Collects the text of ``si/t`` and ``si/r/t``."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.strings: list[str] = []
        self._part = part
        self._plain = True
        self._parser = make_parser(part)
        self._parser.XmlDeclHandler = self.declaration
        self._left = limits.text_bytes
        self._limit = limits.text_bytes
        self._names: list[str] = []
        self._pieces: list[str] = []
        self._open = False

    def region(self, data: bytes) -> None:
        """Parse a piece that ends between two strings: in bulk if each is one plain text, else tag by tag.

        The reasons are those of ``plainrows``.
        """
        found = _PLAIN.findall(data) if self._names == ["sst"] and self._plain else []
        if not found or data.count(b"<") != 4 * len(found) or b"&#" in data:
            self.feed(data)
            return
        self._parser.StartElementHandler = self._parser.EndElementHandler = self._parser.CharacterDataHandler = None
        feed(self._parser, self._part, data)
        self._spend(sum(map(len, found)))
        self.strings.extend(_without_entities(text.decode()) for text in found)

    def feed(self, data: bytes, last: bool = False) -> None:
        """Parse a piece tag by tag."""
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.CharacterDataHandler = self.text
        feed(self._parser, self._part, data, last)

    def declaration(self, _: str, encoding: str | None, __: int) -> None:
        self._plain = (encoding or "utf-8").lower() == "utf-8"

    def start(self, name: str, _: Attributes) -> None:
        if ":" in name:
            self._plain = False
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
            self._spend(len(data))
            self._pieces.append(data)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise FileRefused(error("too_much_text", limit=self._limit // MIB))


def _without_entities(text: str) -> str:
    return unescape(xml_unescape(text, {"&quot;": '"', "&apos;": "'"}) if "&" in text else text)
