"""Marks an .xlsx in place: its sheets, styles and comments are edited, every other part is copied as it is."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from importers.reading.container import Container
from importers.reading.package import read_package
from importers.returned.comments import BLOCK, EMPTY_COMMENTS, EMPTY_DRAWING, Place, add_comments, add_shapes
from importers.returned.job import Cell, Job
from importers.returned.parts import CONTENT_TYPES, TYPES, VML_TYPE, ContentTypes, Relations, WorkbookPart
from importers.returned.sheetedit import SheetEdit
from importers.returned.styles import EMPTY, Styles
from importers.returned.summary import summary_xml
from importers.returned.xmltext import read_text

# Twice as fast as the usual level and hardly larger.
LEVEL = 3


def mark_xlsx(path: pathlib.Path, job: Job, out: IO[bytes]) -> None:
    """Write the marked workbook to ``out``. Raises CannotEdit for one that is not written plainly enough."""
    container = Container(path)
    names = container.unread()
    editor = _Editor(container, names, job)
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as target:
        editor.write(target)
        for name in names:
            if name.lower() not in editor.written and not name.endswith("/"):
                editor.put(target, name, container.stream(name))


class _Editor:
    """Writes the parts that change; ``written`` holds their names in lower case, as a package compares them."""

    def __init__(self, container: Container, names: list[str], job: Job) -> None:
        self.written: set[str] = set()
        self._container = container
        self._names = {name.lower(): name for name in names}
        self._job = job
        self._types = ContentTypes(container)
        self._workbook = WorkbookPart(container)
        self._sheets = {name: part for name, part in read_package(container).sheets if name in job.marks}
        self._block = 1
        self._styles_part = self._workbook.relations.target("styles")[1]
        self._styles = Styles(read_text(container, self._styles_part) if self._styles_part else EMPTY)

    def write(self, target: ZipFile) -> None:
        """Write every part that is not as it was, the styles last: only then is it known which are needed."""
        for name, part in self._sheets.items():
            self._write_sheet(target, part, self._job.marks[name])
        self._write_summary(target)
        self._write_styles(target)
        self._types.add_extension("vml", VML_TYPE)
        relations = self._workbook.relations
        self._put_text(target, self._workbook.part, self._workbook.text)
        if relations.is_changed:
            self._put_text(target, relations.part, relations.text)
        self._put_text(target, CONTENT_TYPES, self._types.text)

    def put(self, target: ZipFile, name: str, chunks: Iterable[bytes]) -> None:
        """Write one part, piece by piece, under the name that it had."""
        name = self._names.get(name.lower(), name)
        self.written.add(name.lower())
        with target.open(name, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)

    def _put_text(self, target: ZipFile, name: str, text: str) -> None:
        self.put(target, name, [text.encode()])

    def _write_sheet(self, target: ZipFile, part: str, marks: dict[int, dict[int, Cell]]) -> None:
        relations = Relations(self._container, part)
        comment = {
            (row, column): cell.comment
            for row, cells in marks.items()
            for column, cell in cells.items()
            if cell.comment
        }
        drawing = relations.new_id("Marks")
        edit = SheetEdit(marks, self._styles, drawing)
        self.put(target, part, edit.edit(self._container.stream(part)))
        theirs, old = self._write_comments(target, relations, comment)
        self._write_drawing(target, relations, edit.drawing or drawing, set(comment) - theirs, old)
        if relations.is_changed:
            self._put_text(target, relations.part, relations.text)

    def _write_comments(
        self, target: ZipFile, relations: Relations, comment: dict[Place, str]
    ) -> tuple[set[Place], set[Place]]:
        part = relations.target("comments")[1]
        text = read_text(self._container, part) if part else EMPTY_COMMENTS
        if not part:
            part = self._new_part("xl/commentsMarks{}.xml")
            relations.add(relations.new_id("MarksText"), "comments", part)
            self._types.add_part(part, TYPES["comments"])
        text, theirs, old = add_comments(text, comment)
        self._put_text(target, part, text)
        return theirs, old

    def _write_drawing(
        self,
        target: ZipFile,
        relations: Relations,
        identity: str,
        places: set[Place],
        old: set[Place],
    ) -> None:
        known = relations.has(identity)
        part = relations.target_of(identity) if known else self._new_part("xl/drawings/vmlDrawingMarks{}.vml")
        text = read_text(self._container, part) if known else EMPTY_DRAWING
        if not known:
            relations.add(identity, "vmlDrawing", part)
        self._put_text(target, part, add_shapes(text, places, old, self._block))
        self._block += len(places) // BLOCK + 2

    def _write_summary(self, target: ZipFile) -> None:
        new = self._new_part("xl/worksheets/sheetMarks{}.xml")
        part = self._workbook.add_sheet(self._job.words.sheet, new)
        if part == new:
            self._types.add_part(part, TYPES["worksheet"])
        heading, text = self._styles.heading(), self._styles.wrapped()
        self.put(target, part, summary_xml(self._job.words, self._job.lines, heading, text))

    def _write_styles(self, target: ZipFile) -> None:
        part = self._styles_part
        if not part:
            part = self._new_part("xl/stylesMarks{}.xml")
            self._workbook.relations.add(self._workbook.relations.new_id("MarksStyles"), "styles", part)
            self._types.add_part(part, TYPES["styles"])
        self._put_text(target, part, self._styles.finish())

    def _new_part(self, pattern: str) -> str:
        names = (pattern.format(number) for number in range(1, 10_000))
        return next(name for name in names if name.lower() not in self._names and name.lower() not in self.written)
