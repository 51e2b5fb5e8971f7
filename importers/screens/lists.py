"""The lists of an upload: errors, warnings, rows by what becomes of them, corrections; and the form over one row."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.catalogs.wording import FieldChange
from importers.enums import RowClass
from importers.kinds.contract import Showing
from importers.messages import render
from importers.models import ImportBatch, ImportCorrection, ImportProblem, ImportRow
from importers.screens.forms import CorrectionForm
from importers.screens.presenters import place, warnings_come_first

_CHANGES = ("changed", "new", "missing", "same")


@dataclass(frozen=True)
class Tab:
    """One list of the upload: its address key, its name, how many lines it holds, and its tone for the eye."""

    key: str
    label: Any
    count: int
    tone: str = ""
    current: bool = False


@dataclass(frozen=True)
class ProblemLine:
    """One error, warning or note in words."""

    place: str
    sheet: str
    row: int
    column: str
    value: str
    sentence: str
    edit_query: str = ""


@dataclass(frozen=True)
class RowCell:
    """One cell of the preview."""

    text: str
    is_number: bool


@dataclass(frozen=True)
class RowLine:
    """One row of the preview: its cells stand under the headings of its kind."""

    place: str
    cells: Sequence[RowCell]
    changes: Sequence[FieldChange]
    # What it is like that is known already, and the values by which that is answered.
    question: Any = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CorrectionLine:
    """A cell mended in the browser, beside what the file holds."""

    place: str
    sheet: str
    column: str
    original: str
    value: str
    by: str
    at: datetime.datetime
    edit_query: str = ""


@dataclass(frozen=True)
class EditedCell:
    """A cell of the row that is being mended: its form field, and what is wrong with it."""

    field: Any
    severity: str
    sentences: list[str]


def tabs(batch: ImportBatch, chosen: str, corrections: int) -> list[Tab]:
    """Return the lists that the upload has anything in, or that a reader would look for."""
    every = [
        Tab("error", _("Errors"), batch.error_count, "critical"),
        Tab("warning", _("Warnings"), batch.warning_count, "warning"),
        *(Tab(kind.value, kind.label, batch.counts.get(kind.value, 0)) for kind in RowClass),
        Tab("note", _("Tidied spaces"), batch.note_count),
        Tab("corrected", _("Mended here"), corrections),
    ]
    shown = [tab for tab in every if tab.count or tab.key in RowClass.values]
    order = ("error", "warning", *_CHANGES) if warnings_come_first(batch) else ("error", *_CHANGES)
    current = chosen if chosen in {tab.key for tab in shown} else _first_to_look_at(shown, order)
    return [Tab(tab.key, tab.label, tab.count, tab.tone, tab.key == current) for tab in shown]


def _first_to_look_at(shown: Iterable[Tab], order: Sequence[str]) -> str:
    """Errors before anything; warnings where the banner says to read them; then what the commit would do."""
    counts = {tab.key: tab.count for tab in shown}
    return next((key for key in order if counts.get(key)), "new")


def problem_line(problem: ImportProblem, edit_query: str = "") -> ProblemLine:
    """Return a problem in words; ``edit_query`` is the address of its form, where it can be mended in the browser."""
    where = (place(problem.sheet, problem.row), problem.sheet, problem.row, problem.column, problem.value)
    return ProblemLine(*where, render(problem), edit_query)


def row_line(showing: Showing, row: ImportRow, question: Any = None) -> RowLine:
    """Return a row of the preview in words."""
    cells = [
        RowCell(text, heading.is_number)
        for heading, text in zip(showing.headings, showing.cells(row.values), strict=True)
    ]
    return RowLine(
        place(row.sheet, row.row) if row.row else "", cells, showing.changes(row.changes), question, row.values
    )


def correction_line(made: ImportCorrection, edit_query: str = "") -> CorrectionLine:
    """Return a correction in words."""
    where = (place(made.sheet, made.row), made.sheet, made.column)
    return CorrectionLine(*where, made.original, made.value, str(made.by), made.at, edit_query)


def edited_cells(batch: ImportBatch, form: CorrectionForm, column: int) -> list[EditedCell]:
    """Return the cells of the row in the form, each with what is wrong with it; the one in ``column`` has the focus."""
    problems: dict[int, list[ImportProblem]] = {}
    for problem in batch.problems.filter(sheet=form.row.sheet, row=form.row.row).exclude(severity="note"):
        problems.setdefault(problem.column_number, []).append(problem)
    focused = form.names.get(column) or next(iter(form.names.values()))
    form.fields[focused].widget.attrs["autofocus"] = True
    return [_edited_cell(form[name], problems.get(number, [])) for number, name in form.names.items()]


def _edited_cell(field: Any, problems: list[ImportProblem]) -> EditedCell:
    severities = {problem.severity for problem in problems}
    severity = next((name for name in ("error", "warning") if name in severities), "")
    if problems:
        described_by = " ".join(f"{field.id_for_label}-{number}" for number in range(1, len(problems) + 1))
        field.field.widget.attrs |= {"aria-describedby": described_by, "aria-invalid": str(severity == "error").lower()}
    return EditedCell(field, severity, [render(problem) for problem in problems])
