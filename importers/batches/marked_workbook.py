"""From the problems of an upload to the marks in its file: which cell in which colour, with which sentence."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from cms.core.errors import WrongState
from importers.batches.check import corrections, local_copy
from importers.checking.mending import SUMMARY_SHEET
from importers.limits import limits
from importers.messages import render
from importers.models import ImportBatch, ImportProblem
from importers.returned import Cell, Job, Line, NotMarked, Tone, Words, mark

# Excel grows slow with more comments than this; cells beyond it are coloured and listed all the same.
MOST_COMMENTS = 10_000
_LONGEST_COMMENT = 1_000

# A cell by sheet, row and column, counted from 1.
_Place = tuple[str, int, int]


def marked_workbook(batch: ImportBatch) -> IO[bytes]:
    """Return the sender's own file with its bad cells coloured and commented, and a sheet that lists every problem.

    What was mended in the browser stands in its cell. Raises WrongState when no such file can be made.
    """
    job = job_for(batch)
    try:
        with local_copy(batch) as path:
            return mark(path, batch.file_name, job, seconds=limits().seconds)
    except NotMarked as failure:
        raise WrongState(_("The file could not be marked. Mend it by the list of errors on the screen.")) from failure


def job_for(batch: ImportBatch) -> Job:
    """Return what is to be marked, and the words of the list."""
    problems = list(batch.problems.exclude(severity="note").order_by("position"))
    # Sent back, the list must not carry the file over the limit of rows.
    room = max(limits().rows - batch.row_count, 100)
    lines = [_line(problem) for problem in problems[:room]]
    return Job(_marks(batch, problems), lines, _words(batch, len(problems) - len(lines)), dataclasses.asdict(limits()))


def _marks(batch: ImportBatch, problems: Iterable[ImportProblem]) -> dict[str, dict[int, dict[int, Cell]]]:
    sentences: dict[_Place, list[str]] = defaultdict(list)
    tones: dict[_Place, Tone] = {}
    for problem in problems:
        if problem.row:
            place = (problem.sheet, problem.row, problem.column_number or 1)
            sentences[place].append(render(problem))
            tones[place] = "error" if "error" in (problem.severity, tones.get(place)) else "warning"
    texts = corrections(batch)
    for place, sentence in _corrected(batch):
        sentences[place].append(sentence)
        tones.setdefault(place, "corrected")
    marks: dict[str, dict[int, dict[int, Cell]]] = defaultdict(lambda: defaultdict(dict))
    for number, place in enumerate(sorted(sentences)):
        comment = "\n".join(sentences[place])[:_LONGEST_COMMENT] if number < MOST_COMMENTS else ""
        sheet, row, column = place
        marks[sheet][row][column] = Cell(tones[place], comment, texts.get(place))
    return marks


def _corrected(batch: ImportBatch) -> Iterator[tuple[_Place, str]]:
    """The latest correction of each cell, in words."""
    latest = {(made.sheet, made.row, made.column_number): made for made in batch.corrections.order_by("pk")}
    for place, made in latest.items():
        words = {"before": made.original or "–", "after": made.value or "–"}
        yield place, _("Mended in the browser: “%(before)s” became “%(after)s”.") % words


def _line(problem: ImportProblem) -> Line:
    tone = _("Error") if problem.severity == "error" else _("Warning")
    where = (problem.sheet, problem.row, problem.column_number)
    return Line(*where, problem.column, problem.value, tone, render(problem))


def _words(batch: ImportBatch, more: int) -> Words:
    title = _("%(errors)s errors and %(warnings)s warnings in %(file)s")
    numbers = {"errors": batch.error_count, "warnings": batch.warning_count, "file": batch.file_name}
    left = _("%(count)s more are listed on the screen of this upload.") % {"count": more} if more else ""
    return Words(
        sheet=SUMMARY_SHEET,
        title=title % numbers,
        advice=_(
            "Mend the red cells in their own sheets, save, and upload this very file; yellow ones deserve a look. "
            "This sheet, the colours and the comments are not read."
        ),
        headings=(
            _("Sheet"), _("Cell"), _("Row"), _("Column"), _("Value in the cell"), _("Kind"),
            _("What is wrong and how to mend it"),
        ),
        more=left,
    )  # fmt: skip
