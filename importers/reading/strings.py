"""The table of shared strings, and text as Open XML writes it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable

from importers.problems import FileRefused, error
from importers.reading.contract import Limits
from importers.reading.xmlparts import (
    MAX_DEPTH,
    Attributes,
    broken,
    feed,
    local,
    make_parser,
    may_end_outside,
    plain_text,
    without_entities,
)

MIB = 1024 * 1024
_CLOSING = b"</si>"
_PRESERVED = '<t xml:space="preserve">'
_BETWEEN = "</t></si><si><t>"
_PLAIN = re.compile(r"\s*<si><t>([^<]*)</t>")
_ESCAPED = re.compile(r"_x(?!D[89A-F])([0-9A-F]{4})_", re.IGNORECASE)


def unescape(text: str) -> str:
    """Put back the characters written as ``_x000D_``, but no half of a surrogate pair (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_strings(chunks: Iterable[bytes], part: str, limits: Limits) -> list[str]:
    """The shared strings in order; rich text joined as it reads, phonetic guides left out."""
    reader = _StringsReader(part, limits)
    held = b""
    for chunk in chunks:
        held = reader.head(held + chunk)
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
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.CharacterDataHandler = self.text
        self._left = limits.text_bytes
        self._limit = limits.text_bytes
        self._names: list[str] = []
        self._pieces: list[str] = []
        self._open = False

    def head(self, data: bytes) -> bytes:
        """Read what stands before the first string, if nothing was read yet; return the rest."""
        cut = 0 if self._names else max(data.find(b"<si>"), 0)
        head = data[:cut]
        # That string may stand in a comment or an instruction; the declaration of XML comes before everything.
        self._plain = self._plain and b"<!" not in head and head.rfind(b"<?") <= len(BOM_UTF8)
        self.feed(head)
        return data[cut:]

    def region(self, data: bytes) -> None:
        """Read a piece that ends between two strings: in bulk if each is one plain text, else tag by tag.

        What is read in bulk is not parsed: it is XML by the way it was taken apart.
        """
        # A comment may reach over the end of the piece, and a piece that was cut anywhere may end in a tag.
        self._plain = self._plain and data.endswith(_CLOSING) and not may_end_outside(data)
        text = plain_text(data) if self._plain and self._names == ["sst"] else None
        if text is None:
            self.feed(data)
            return
        text = text.replace(_PRESERVED, "<t>")
        found = text.removeprefix("<si><t>").removesuffix("</t></si>").split(_BETWEEN)
        if text.startswith("<si><t>") and text.endswith("</t></si>") and text.count("<") == 4 * len(found):
            self._add(found)
        else:
            self._mixed(text)

    def _mixed(self, text: str) -> None:
        """Read a piece in which some strings are more than one plain text."""
        *items, rest = text.split("</si>")
        for item in items:
            found = _PLAIN.fullmatch(item) if self._names == ["sst"] else None
            if found:
                self._add([found[1]])
            else:
                self.feed(f"{item}</si>".encode())
        self.feed(rest.encode())

    def _add(self, found: list[str]) -> None:
        self._spend(sum(map(len, found)))
        whole = "".join(found)
        if "&" in whole or "_x" in whole:
            found = [unescape(without_entities(text)) for text in found]
        self.strings += found

    def feed(self, data: bytes, last: bool = False) -> None:
        """Parse a piece tag by tag."""
        feed(self._parser, self._part, data, last)

    def declaration(self, _: str, encoding: str | None, __: int) -> None:
        self._plain = self._plain and (encoding or "utf-8").lower() == "utf-8"

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
