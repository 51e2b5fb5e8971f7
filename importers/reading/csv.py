"""Reads .csv: UTF-8 with or without a byte-order mark, UTF-16 with one; comma, semicolon or tab; a ``sep=`` line."""

from __future__ import annotations

import codecs
import csv
import io
import pathlib
import sys
from collections import Counter
from collections.abc import Iterator

from importers.problems import FileRefused, error
from importers.reading.cellvalues import HEADING_ROWS, Shared
from importers.reading.contract import Limits
from importers.reading.encodings import legacy_encoding_of_bytes
from importers.reading.folded import FoldedBook
from importers.reading.grid import Grid

DELIMITERS = ",;\t"
# How many lines tell the delimiter.
LOOKED_AT = 50
LOOKED_AT_CHARACTERS = 1_000_000

Record = tuple[int, list[str]]


def read_csv(path: pathlib.Path, limits: Limits) -> FoldedBook:
    """Read the one sheet of a text file, every field as text. Raises FileRefused, naming the line."""
    text = decode(path.read_bytes())
    text, delimiter = _delimiter(text)
    records = list(_records(text, delimiter, limits))
    _check_widths(records)
    grid = Grid("CSV", "CSV", Shared(limits))
    for line, fields in records:
        grid.start_row(str(line), hidden=False)
        for column, field in enumerate(fields, start=1):
            if field:
                grid.put(column, grid.text(column, field))
        grid.end_row()
    return FoldedBook("csv", [grid.finish()], grid.problems)


def decode(data: bytes) -> str:
    """The text of the bytes. Raises FileRefused for bytes that are not text in an encoding that is read."""
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as failure:
        raise _not_text(data, encoding, failure.start) from failure
    if "\0" in text:
        line = _line(text, text.index("\0"))
        raise FileRefused(error("nul_character", line=line, row=line))
    return text


def _not_text(data: bytes, encoding: str, place: int) -> FileRefused:
    legacy = legacy_encoding_of_bytes(data)
    if legacy:
        return FileRefused(error("legacy_encoding", encoding=legacy))
    line = _line(data[:place].decode(encoding, "replace"), len(data))
    return FileRefused(error("not_text", line=line, row=line))


def _line(text: str, place: int) -> int:
    before = text[:place]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def _delimiter(text: str) -> tuple[str, str]:
    """The text and its delimiter: what a ``sep=`` line says, else the one most lines agree on.

    A ``sep=`` line is emptied, not cut, so that line numbers stay those of the file.
    """
    first, newline, rest = text.partition("\n")
    named = first.rstrip("\r").strip('"').lower()
    if named.startswith("sep=") and len(named) == 5 and named[4] in DELIMITERS:
        return newline + rest, named[4]
    return text, max(DELIMITERS, key=lambda mark: _agreement(text, mark))


def _agreement(text: str, mark: str) -> tuple[int, int]:
    """How many of the first lines share the commonest width above one field, and that width."""
    lines = io.StringIO(text[:LOOKED_AT_CHARACTERS], newline="")
    widths: Counter[int] = Counter()
    try:
        for fields in csv.reader(lines, delimiter=mark):
            widths[len(fields)] += 1
            if widths.total() == LOOKED_AT:
                break
    except csv.Error:
        pass
    wide = [(count, width) for width, count in widths.items() if width > 1]
    return max(wide, default=(0, 0))


def _records(text: str, delimiter: str, limits: Limits) -> Iterator[Record]:
    """The records that hold something, with the line each begins on."""
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start, left = 1, limits.rows + HEADING_ROWS
    while True:
        try:
            fields = next(reader, None)
        except csv.Error as failure:
            code = "unclosed_quote" if "unexpected end" in str(failure) else "stray_quote"
            raise FileRefused(error(code, line=start, row=start)) from failure
        if fields is None:
            return
        if any(fields):
            left -= 1
            yield start, fields
        if left < 0:
            raise FileRefused(error("too_many_rows", limit=limits.rows))
        start = reader.line_num + 1


def _check_widths(records: list[Record]) -> None:
    """Every record has as many fields as most have (on a tie, as the earlier); extra ones that are empty are let be."""
    widths = Counter(len(fields) for _, fields in records)
    if not widths:
        return
    expected = max(widths, key=lambda width: (width > 1, widths[width]))
    problems = [
        error(
            "too_many_fields" if len(fields) > expected else "too_few_fields",
            row=line,
            line=line,
            found=len(fields),
            expected=expected,
        )
        for line, fields in _body(records, expected)
        if len(_trimmed(fields)) > expected or len(fields) < expected
    ]
    if problems:
        raise FileRefused(*problems)


def _body(records: list[Record], expected: int) -> list[Record]:
    """The records from the first of the expected width on: titles above the header may be of any width."""
    first = next(place for place, (_, fields) in enumerate(records) if len(fields) == expected)
    return records[first:]


def _trimmed(fields: list[str]) -> list[str]:
    length = len(fields)
    while length and not fields[length - 1]:
        length -= 1
    return fields[:length]
