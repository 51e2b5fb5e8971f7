"""The quick way through the rows of a sheet: those that are written alike are taken whole, by one pattern.

Calling Python for each tag costs several times what parsing does. A row that the pattern takes is XML by the way it is
taken: tags as learnt, and between them nothing but text. A row that is anything else goes to the parser, in its place:
both ways read the same rows, and a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from importers.reading.contract import Value
from importers.reading.grid import Grid
from importers.reading.references import MAX_ROWS
from importers.reading.shapes import Captured, Shapes
from importers.reading.xmlparts import attributes_of, may_end_outside, plain_text, without_entities

_ROW = re.compile(r'\s*<row(?:\s+[A-Za-z_][\w:.\-]*="[^"<]*")*\s*(/?)>', re.ASCII)
_OPENING = b"<sheetData>"
_CLOSING = b"</row>"
# A head or a row longer than this is nothing that the quick way was made for.
_PATIENCE = 1 << 22
# Looking for a pattern in vain costs time too: after so many rows the parser takes the rest.
_MISSES = 5_000

# What one group captured in each row: text, or None where the row has no such cell.
Texts = Sequence[Any]


class PlainRows:
    """Reads a worksheet, rows in bulk where they are written alike.

    ``feed(data)`` parses what is not; ``at_rows()`` tells whether the parser then stands directly inside ``sheetData``
    of a document in UTF-8 without prefixes.
    """

    def __init__(self, grid: Grid, feed: Callable[[bytes], None], at_rows: Callable[[], bool]) -> None:
        self._grid = grid
        self._feed = feed
        self._at_rows = at_rows
        self._shapes = Shapes(grid.columns)
        # Whether a row is hidden, by the rest of its head.
        self._hidden: dict[str, bool] = {}
        self._misses = 0
        self._escaped = False

    def run(self, chunks: Iterable[bytes]) -> None:
        stream = iter(chunks)
        self._feed(self._rows(stream, self._head(stream)))
        for chunk in stream:
            self._feed(chunk)

    def _head(self, stream: Iterator[bytes]) -> bytes:
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

    def _rows(self, stream: Iterator[bytes], held: bytes) -> bytes:
        """Read rows until one is not to be had this way; return the bytes that nobody has looked at."""
        while self._at_rows() and len(held) < _PATIENCE:
            cut = _after_last_row(held)
            if cut:
                left = self._region(held[:cut])
                held = left + held[cut:]
                if left:
                    break
            chunk = next(stream, b"")
            if not chunk:
                break
            held += chunk
        return held

    def _region(self, region: bytes) -> bytes:
        """Read a piece that ends with a row; return what cannot be read this way."""
        # A comment may reach over the end of the piece: then nobody knows what is a row.
        if may_end_outside(region):
            return region
        text = plain_text(region)
        if text is None:
            self._feed(region)
            return b""
        self._escaped = "&" in text
        place = self._alike(text, 0)
        while (row := _ROW.match(text, place)) and self._misses < _MISSES:
            after = row.end() if row[1] else text.find("</row>", place) + len("</row>")
            if after < row.end():
                break
            if not (self._shapes.learn(text[place:after]) and self._shapes.pattern.match(text, place)):
                self._misses += 1
                self._feed(text[place:after].encode())
                place = after
                if not self._at_rows():
                    break
            place = self._alike(text, place)
        return text[place:].encode()

    def _alike(self, text: str, place: int) -> int:
        """Read rows as long as the pattern takes them; return where it ends."""
        match = self._shapes.pattern.match
        found = []
        while row := match(text, place):
            found.append(row.groups())
            place = row.end()
        if found:
            self._add(list(zip(*found, strict=True)))
        return place

    def _add(self, captured: list[tuple[str, ...]]) -> None:
        """Add rows to the grid: their numbers, the rest of their heads, and column by column what their cells hold."""
        numbers, hidden = self._numbers(captured[0]), self._heads(captured[1])
        texts: Iterator[Texts] = iter(captured[2:])
        if self._escaped:
            texts = map(_without_entities, texts)
        columns: dict[int, list[Value]] = {}
        for cell in self._shapes.captured:
            formulas = next(texts) if cell.formula else ()
            values = self._values(cell, numbers, formulas, next(texts))
            known = columns.get(cell.form.column)
            columns[cell.form.column] = _either(known, values) if known and values else known or values
        self._grid.add_rows(numbers, hidden, {column: values for column, values in columns.items() if values})

    def _numbers(self, texts: Sequence[str]) -> list[int]:
        numbers = list(map(int, texts))
        if max(numbers) > MAX_ROWS:
            numbers = list(map(self._grid.row_number, texts))
        return numbers

    def _heads(self, heads: Sequence[str]) -> list[bool]:
        for head in set(heads) - self._hidden.keys():
            attributes = attributes_of(f'<row r="1"{head}/>', self._grid.part)
            self._hidden[head] = attributes.get("hidden", "0") in ("1", "true")
        return list(map(self._hidden.__getitem__, heads))

    def _values(self, cell: Captured, rows: list[int], formulas: Texts, texts: Texts) -> list[Value]:
        """What cells of one column that are written alike hold; None for rows without, nothing if no row has one."""
        if cell.formula == "shared":
            formulas = [self._grid.formulas.get(key, "") for key in formulas]
        read = self._grid.values.read_many
        if None not in texts:
            return read(rows, cell.form, texts, formulas)
        if texts.count(None) == len(texts):
            return []
        met = [place for place, text in enumerate(texts) if text is not None]
        held = [formulas[place] for place in met] if formulas else []
        found = read([rows[place] for place in met], cell.form, [texts[place] for place in met], held)
        values: list[Value] = [None] * len(texts)
        for place, value in zip(met, found, strict=True):
            values[place] = value
        return values


def _after_last_row(held: bytes) -> int:
    """Where the last whole row ends, which may be an empty one; 0 where none does."""
    begins = held.rfind(b"<row ")
    if held[max(begins - 16, 0) : max(begins, 0)].rstrip().endswith(b"/>"):
        return begins
    return held.rfind(_CLOSING) + len(_CLOSING) if _CLOSING in held else 0


def _without_entities(texts: Texts) -> Texts:
    return [text and without_entities(text) for text in texts]


def _either(first: list[Value], second: list[Value]) -> list[Value]:
    return [b if a is None else a for a, b in zip(first, second, strict=True)]
