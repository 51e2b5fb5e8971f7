"""Marks the cells of one sheet while its XML streams by: only rows with a mark are taken apart, all else is copied.

Rows of a sheet hold no mark-up but their cells, so that ``<row`` begins a row and nothing else; a sheet with comments,
CDATA or processing instructions among its rows is not edited (``CannotEdit``) but written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from importers.reading.references import Columns, letters_of
from importers.returned.job import CannotEdit, Cell
from importers.returned.styles import Styles
from importers.returned.xmltext import TAG, attribute, require_utf8, with_attribute, xml_text

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# More than this before the first row, in one row, or behind the last is no ordinary sheet.
PATIENCE = 32 * 1024 * 1024
_ROWS = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^<>]*)?(/?)>")
# What may stand at the end of a sheet behind its comments.
_BEHIND = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)


class SheetEdit:
    """One pass over a sheet. Afterwards ``drawing`` holds the relation of the comments' boxes that was there before."""

    def __init__(self, marks: dict[int, dict[int, Cell]], styles: Styles, relation: str) -> None:
        self.drawing = ""
        self._marks = marks
        self._styles = styles
        self._relation = relation
        self._columns = Columns()
        self._last_row = 0
        self._p = ""
        self._column_styles: list[tuple[int, int, int]] = []
        self._row = self._cell = self._old = re.compile("")

    def edit(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the sheet anew, piece by piece."""
        stream = iter(chunks)
        head, held, empty = self._head(stream)
        yield head
        if not empty:
            end = f"</{self._p}sheetData>".encode()
            opening = f"<{self._p}row".encode()
            while (place := held.find(end)) < 0:
                cut = held.rfind(opening)
                if cut > 0:
                    yield self._region(held[:cut])
                    held = held[cut:]
                held += self._more(stream, held)
            yield self._region(held[:place])
            held = held[place:]
        yield self._tail(held + b"".join(self._rest(stream)))

    def _more(self, stream: Iterator[bytes], held: bytes) -> bytes:
        """The next piece; a sheet that ends here or a piece that grows out of hand is not edited."""
        more = next(stream, None)
        if more is None or len(held) > PATIENCE:
            raise CannotEdit("rows")
        return more

    def _rest(self, stream: Iterator[bytes]) -> Iterator[bytes]:
        size = 0
        for chunk in stream:
            size += len(chunk)
            if size > PATIENCE:
                raise CannotEdit("tail")
            yield chunk

    def _head(self, stream: Iterator[bytes]) -> tuple[bytes, bytes, bool]:
        """What stands before the first row, what was read beyond it, and whether there are no rows at all."""
        held = self._more(stream, b"")
        require_utf8(held)
        while (found := _ROWS.search(held)) is None:
            held += self._more(stream, held)
        head = held[: found.end()]
        if b"<!" in head:
            raise CannotEdit("head")
        self._p = found[1].decode()
        self._row = re.compile(rf"<{self._p}row(?=[\s/>])([^<>]*)>")
        reference = r'(?:[^<>]*?\sr="([A-Z]{1,3})[0-9]+")?'
        self._cell = re.compile(rf"<{self._p}c(?=[\s/>]){reference}[^<>]*?(?:/>|>.*?</{self._p}c>)", re.DOTALL)
        if before := self._styles.marked_before:
            indexes = "|".join(map(str, before))
            self._old = re.compile(rf'(<{self._p}c\s[^<>]*?\bs=")({indexes})(")')
        self._column_styles = self._styles_of_columns(head.decode())
        return head, held[found.end() :], bool(found[2])

    def _styles_of_columns(self, head: str) -> list[tuple[int, int, int]]:
        found = []
        for tag in re.findall(rf"<{self._p}col(\s[^<>]*)>", head):
            first, last, style = (attribute(tag, name) or "0" for name in ("min", "max", "style"))
            if first.isdecimal() and last.isdecimal() and style.isdecimal():
                found.append((int(first), int(last), int(style)))
        return found

    def _region(self, region: bytes) -> bytes:
        """Whole rows, with those marked that are to be."""
        if b"<!" in region or b"<?" in region:
            raise CannotEdit("rows")
        try:
            text = region.decode()
        except UnicodeDecodeError as failure:
            raise CannotEdit("rows") from failure
        if self._styles.marked_before:
            text = self._old.sub(self._unmarked, text)
        pieces, last = [], 0
        for found in self._row.finditer(text):
            number = attribute(found[1], "r")
            self._last_row = int(number) if number and number.isdecimal() else self._last_row + 1
            if self._last_row in self._marks:
                end = self._end_of_row(text, found)
                pieces += [text[last : found.start()], self._marked_row(found, text[found.end() : end])]
                last = end if found[1].endswith("/") else end + len(f"</{self._p}row>")
        return "".join([*pieces, text[last:]]).encode()

    def _unmarked(self, found: re.Match[str]) -> str:
        return f"{found[1]}{self._styles.marked_before[int(found[2])]}{found[3]}"

    def _end_of_row(self, text: str, found: re.Match[str]) -> int:
        end = found.end() if found[1].endswith("/") else text.find(f"</{self._p}row>", found.end())
        if end < 0:
            raise CannotEdit("rows")
        return end

    def _marked_row(self, row: re.Match[str], body: str) -> str:
        attributes = row[1].removesuffix("/")
        marks = self._marks[self._last_row]
        edited = body
        for column, mark in marks.items():
            place = self._place_of(column, edited)
            if place is None:
                return self._row_taken_apart(attributes, body, marks)
            cell = self._marked_cell(edited[slice(*place)], None, mark)
            edited = edited[: place[0]] + cell + edited[place[1] :]
        return f"<{self._p}row{attributes}>{edited}</{self._p}row>"

    def _place_of(self, column: int, body: str) -> tuple[int, int] | None:
        """Where a cell of the row is written, begin and end; None when it is not there or says not where it stands."""
        name = f"<{self._p}c "
        reference = body.find(f'r="{letters_of(column)}{self._last_row}"')
        begin = body.rfind(name, 0, max(reference, 0))
        head = body.find(">", reference) + 1
        if reference < 0 or begin < 0 or not head or ">" in body[begin:reference]:
            return None
        if body[head - 2] == "/":
            return begin, head
        closing = f"</{self._p}c>"
        end = body.find(closing, head)
        return (begin, end + len(closing)) if end >= 0 else None

    def _row_taken_apart(self, attributes: str, body: str, marks: dict[int, Cell]) -> str:
        """A row with a mark on a cell that is not there, or without references: every cell of it is looked at."""
        cells = self._cells(body)
        for column, mark in marks.items():
            tag = cells.get(column) or f'<{self._p}c r="{letters_of(column)}{self._last_row}"/>'
            style = None if column in cells else self._style_of_blank(column, attributes)
            cells[column] = self._marked_cell(tag, style, mark)
        # The columns that a row spans may have grown; nobody needs to be told.
        attributes = re.sub(r'\s+spans="[^"]*"', "", attributes)
        inside = "".join(cells[column] for column in sorted(cells))
        return f"<{self._p}row{attributes}>{inside}</{self._p}row>"

    def _cells(self, body: str) -> dict[int, str]:
        """The cells of a row by column; without references they stand one after the other."""
        cells: dict[int, str] = {}
        column = size = 0
        for found in self._cell.finditer(body):
            tag, letters = found[0], found[1]
            size += len(tag)
            column = self._columns[letters] if letters else column + 1
            if not column or column in cells:
                raise CannotEdit("cells")
            cells[column] = tag if letters else self._with_reference(tag, column)
        if size != len(body) and self._cell.sub("", body).strip():
            raise CannotEdit("cells")
        return cells

    def _with_reference(self, tag: str, column: int) -> str:
        """A cell that says where it stands: others may now stand before it."""
        name = f"<{self._p}c"
        return f'{name} r="{letters_of(column)}{self._last_row}"{tag[len(name) :]}'

    def _style_of_blank(self, column: int, row: str) -> int:
        """The style that a cell which is not there would have: the row's own, else the column's."""
        style = attribute(row, "s")
        if style and style.isdecimal() and attribute(row, "customFormat") in ("1", "true"):
            return int(style)
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)

    def _marked_cell(self, tag: str, style: int | None, mark: Cell) -> str:
        name = f"<{self._p}c"
        head, _, rest = tag.partition(">")
        is_empty = head.endswith("/")
        attributes = head.removesuffix("/")[len(name) :]
        if style is None:
            written = attribute(attributes, "s") or "0"
            style = int(written) if written.isdecimal() else 0
        attributes = with_attribute(attributes, "s", self._styles.marked(style, mark.tone))
        # A formula may be part of others; it stays, and the comment says what was typed here.
        if mark.text is not None and f"<{self._p}f" not in rest:
            return self._corrected(name, attributes, mark.text)
        return f"{name}{attributes}/>" if is_empty else f"{name}{attributes}>{rest}"

    def _corrected(self, name: str, attributes: str, text: str) -> str:
        p = self._p
        attributes = re.sub(r'\s+(?:t|cm|vm)="[^"]*"', "", attributes)
        if not text:
            return f"{name}{attributes}/>"
        inside = f'<{p}is><{p}t xml:space="preserve">{xml_text(text)}</{p}t></{p}is>'
        return f'{name}{attributes} t="inlineStr">{inside}</{p}c>'

    def _tail(self, tail: bytes) -> bytes:
        """What stands behind the rows, with the link to the comments' boxes if there is none yet."""
        try:
            text = tail.decode()
        except UnicodeDecodeError as failure:
            raise CannotEdit("tail") from failure
        if "<!" in text:
            raise CannotEdit("tail")
        place = self._place_for_drawing(text)
        if self.drawing or not self._relation:
            return tail
        link = f'<{self._p}legacyDrawing xmlns:r="{_R}" r:id="{self._relation}"/>'
        return f"{text[:place]}{link}{text[place:]}".encode()

    def _place_for_drawing(self, text: str) -> int:
        """Where the link belongs; ``drawing`` is set when the sheet has one already."""
        depth, place = 0, -1
        for found in TAG.finditer(text):
            closing, name, attributes, empty = found.groups()
            local = name.rpartition(":")[2]
            if depth == 0 and not closing and place < 0 and (local in _BEHIND or local == "AlternateContent"):
                place = found.start()
            if depth == 0 and local == "legacyDrawing":
                self.drawing = next(iter(re.findall(r'\b[\w.-]+:id="([^"]*)"', attributes)), "")
            if closing and local == "worksheet":
                return place if place >= 0 else found.start()
            is_end_of_rows = closing and local == "sheetData"
            depth += 0 if empty or is_end_of_rows else -1 if closing else 1
        raise CannotEdit("tail")
