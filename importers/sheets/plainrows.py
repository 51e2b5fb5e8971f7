"""The quick way through the rows that every writer writes alike: cells of a value or an inline text and no more.

Calling Python for each tag costs six times what parsing does, so expat only checks such rows (no handlers) and a
pattern takes their cells. A row that is anything else goes through the handlers, in the same parser: both ways read the
same rows, and a test compares them. Without comments, CDATA and processing instructions, which end the quick way,
``<`` begins a tag and nothing else; a row counts as plain when the cells found account for every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from importers.sheets.grid import Grid

_ROW = re.compile(r"\s*<row((?:\s[^<>]*?)?)(/?)>")
_NUMBER = re.compile(r'\sr="([^"]*)"')
_HIDDEN = re.compile(r'\shidden="(?:1|true)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?'
    r'(?:/>|>(?:<v>([^<&\r]*)</v>|<is><t(?: xml:space="preserve")?>([^<&\r]*)</t></is>)</c>)'
)
_OPENING = b"<sheetData>"
_CLOSING = b"</row>"
# A head or a row longer than this is nothing that the quick way was made for.
_PATIENCE = 1 << 22


class PlainRows:
    """Feeds a worksheet to its parser, rows in bulk where they are plain.

    ``feed(data)`` parses with handlers, ``skip(data)`` without; ``at_rows()`` tells whether the parser stands directly
    inside ``sheetData`` of a document in UTF-8 without prefixes.
    """

    def __init__(
        self, grid: Grid, feed: Callable[[bytes], None], skip: Callable[[bytes], None], at_rows: Callable[[], bool]
    ) -> None:
        self._grid = grid
        self._feed = feed
        self._skip = skip
        self._at_rows = at_rows

    def run(self, chunks: Iterable[bytes]) -> None:
        """Feed all of ``chunks``."""
        stream = iter(chunks)
        rest = self._rows(stream, self._head(stream))
        self._feed(rest)
        for chunk in stream:
            self._feed(chunk)

    def _head(self, stream: Iterable[bytes]) -> bytes:
        """Feed what stands before the rows; return what was read beyond it."""
        held = b""
        for chunk in stream:
            held += chunk
            place = held.find(_OPENING) + len(_OPENING)
            if place >= len(_OPENING):
                self._feed(held[:place])
                return held[place:]
            if len(held) > _PATIENCE:
                break
        return held

    def _rows(self, stream: Iterable[bytes], held: bytes) -> bytes:
        """Read rows until one is not to be had this way; return the bytes that nobody has parsed."""
        if not self._at_rows():
            return held
        while len(held) < _PATIENCE:
            cut = held.rfind(_CLOSING) + len(_CLOSING)
            if cut >= len(_CLOSING):
                left = self._region(held[:cut])
                held = left + held[cut:]
                if left:
                    break
            chunk = next(iter(stream), b"")
            if not chunk:
                break
            held += chunk
        return held

    def _region(self, region: bytes) -> bytes:
        """Read whole rows; return those that cannot be read this way."""
        if b"<!" in region or b"<?" in region:
            return region
        try:
            text = region.decode()
        except UnicodeDecodeError:
            return region
        parsed = place = 0
        while found := _ROW.match(text, place):
            start = found.end()
            end = start if found[2] else text.find("</row>", start)
            after = end + (0 if found[2] else len("</row>"))
            if not self._plain_row(found[1], text[start:end]):
                self._skip(text[parsed:place].encode())
                self._feed(text[place:after].encode())
                parsed = after
            place = after
        self._skip(text[parsed:place].encode())
        return text[place:].encode()

    def _plain_row(self, attributes: str, body: str) -> bool:
        """Read one row if its cells are all plain."""
        values, inlines, empty = body.count("<v>"), body.count("<t"), body.count("/>")
        if body.count("<") != 4 * values + 6 * inlines + empty or "&" in attributes:
            return False
        cells = _CELL.findall(body) if values or inlines else []
        if (values or inlines) and len(cells) != values + inlines + empty:
            return False
        number = _NUMBER.search(attributes)
        self._grid.start_row(number[1] if number else None, _HIDDEN.search(attributes) is not None)
        self._grid.plain_cells(cells)
        self._grid.end_row()
        return True
