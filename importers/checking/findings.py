"""From a verdict to what is stored of it: rows in packed chunks by class, problems with storable text."""

from __future__ import annotations

import uuid
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from importers.checking.contract import Chunk, Findings, StoredProblem
from importers.checking.packs import pack, plain
from importers.checking.storable import storable
from importers.checking.verdict import BaseRow, CheckedRow, Note, Verdict
from importers.problems import Problem

# So many rows are stored together: a page of a list takes two chunks at most.
ROWS_TOGETHER = 500


def findings_of(
    verdict: Verdict, cells: dict[str, Any] | None = None, headings: dict[str, Any] | None = None
) -> Findings:
    """Return what is stored of a verdict, and of cells and headings that may be mended.

    New rows get their identity here.
    """
    return Findings(
        verdict.verdict, [storable(name) for name in verdict.sheets], verdict.layout,
        [(storable(heading), ours) for heading, ours in verdict.mapped], verdict.rows, verdict.counts, verdict.title,
        list(_stored_problems([*verdict.problems, *verdict.notes])),
        list(_chunks(verdict.items, verdict.missing)), pack(cells or {}), pack(headings) if headings else b"",
        verdict.template, (storable(verdict.template_place[0]), verdict.template_place[1]),
    )  # fmt: skip


def put_first(findings: Findings, problem: Problem) -> None:
    """Put an error or a warning before everything else, and let the verdict follow from it."""
    findings.problems[:0] = _stored_problems([problem])
    if problem.severity == "error":
        findings.verdict = "reject"
    elif findings.verdict == "accept":
        findings.verdict = "accept_with_warning"


def _chunks(items: list[CheckedRow], missing: list[BaseRow]) -> Iterator[Chunk]:
    """The rows of the file by class, each class in the order of the file; then what the file does not have."""
    by_class: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for position, item in enumerate(items):
        row = {
            "sheet": item.sheet[:255], "row": item.row, "identity": item.identity or uuid.uuid4(),
            "values": item.values, "changes": item.changes,
        }  # fmt: skip
        by_class[item.change].append((position, row))
    for position, gone in enumerate(missing, start=len(items)):
        row = {"sheet": "", "row": None, "identity": gone.identity, "values": gone.values(), "changes": {}}
        by_class["missing"].append((position, row))
    for change, rows in by_class.items():
        for start in range(0, len(rows), ROWS_TOGETHER):
            positions, chosen = zip(*rows[start : start + ROWS_TOGETHER], strict=True)
            yield Chunk(change, positions[0], positions[-1], pack_rows(positions, chosen))


def pack_rows(positions: Iterable[int], rows: Iterable[dict[str, Any]]) -> bytes:
    """Return rows of one class with their positions, packed."""
    packed = orjson.dumps({"positions": list(positions), "rows": list(rows)}, default=plain)
    return zlib.compress(packed, level=1)


def _stored_problems(every: list[Problem | Note]) -> Iterator[StoredProblem]:
    for each in every:
        problem = each if isinstance(each, Problem) else None
        yield StoredProblem(
            problem.severity if problem else "note", each.code, storable(each.sheet)[:255], each.row,
            storable(each.column)[:255], storable(each.value)[:200], problem.column_number if problem else 0,
            {key: _plain(value) for key, value in each.params.items()},
        )  # fmt: skip


def _plain(value: Any) -> Any:
    return storable(value if isinstance(value, (str, int, float, list)) or value is None else plain(value))
