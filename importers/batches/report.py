"""An upload's verdict as plain values: the one answer of the command line and, in the same shape, of the API."""

from __future__ import annotations

from typing import Any

from importers.batches.pages import problems
from importers.enums import BatchState, RowClass, Verdict
from importers.kinds.contract import Showing
from importers.messages import render
from importers.models import ImportBatch, ImportProblem, ImportRow


def as_json(batch: ImportBatch) -> dict[str, Any]:
    """Return the object of the import contract, section "Command line", with exactly its keys."""
    return summary(batch) | {
        "errors": [problem_json(problem) for problem in problems(batch, "error")],
        "warnings": [problem_json(problem) for problem in problems(batch, "warning")],
    }


def summary(batch: ImportBatch) -> dict[str, Any]:
    """Return the same object without its two lists, which may be long."""
    counts = {kind.value: batch.counts.get(kind.value, 0) for kind in RowClass}
    return {
        "verdict": batch.verdict or Verdict.REJECT.value,
        "sha256": batch.sha256,
        "sheets": batch.sheets,
        "rows": batch.row_count,
        "changes": counts,
        "committed": batch.state == BatchState.COMMITTED,
    }


def problem_json(problem: ImportProblem) -> dict[str, Any]:
    """Return one error or warning, named as an Excel user finds it."""
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "message": render(problem),
    }


def row_json(row: ImportRow, showing: Showing) -> dict[str, Any]:
    """Return one row of the preview: where it stands, what becomes of it, its values, and [before, after] by field.

    Of added columns it has those that the reader of ``showing`` sees.
    """
    return {
        "change": row.change,
        "sheet": row.sheet,
        "row": row.row,
        "identity": row.identity,
        "values": showing.seen(row.values),
        "changes": showing.seen(row.changes),
    }
