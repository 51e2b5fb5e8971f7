"""An upload's verdict as plain values: the one answer of the command line and, in the same shape, of the API."""

from __future__ import annotations

from typing import Any

from importers.enums import BatchState, RowClass, Verdict
from importers.messages import render
from importers.models import ImportBatch, ImportProblem


def as_json(batch: ImportBatch) -> dict[str, Any]:
    """Return the object of the import contract, section "Command line", with exactly its keys."""
    counts = {kind.value: batch.counts.get(kind.value, 0) for kind in RowClass}
    return {
        "verdict": batch.verdict or Verdict.REJECT.value,
        "sha256": batch.sha256,
        "sheets": batch.sheets,
        "rows": batch.row_count,
        "changes": counts,
        "committed": batch.state == BatchState.COMMITTED,
        "errors": [problem_json(problem) for problem in batch.problems.filter(severity="error")],
        "warnings": [problem_json(problem) for problem in batch.problems.filter(severity="warning")],
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
