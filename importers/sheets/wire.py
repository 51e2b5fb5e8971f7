"""How a workbook travels from the reading child to its parent: one pickle of plain builtins.

Rows are flattened first, because pickling 100,000 small objects costs more than reading them.
"""

from __future__ import annotations

import dataclasses
import pickle  # noqa: S403 - only our own child writes what is read here, and only dates are let in
from typing import Any, BinaryIO

from importers.problems import FileRefused, Problem
from importers.sheets.contract import Row, Sheet, Special, Workbook

_ALLOWED = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}


class _PlainUnpickler(pickle.Unpickler):
    """Builds builtins and dates, nothing that could run code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not a plain value")
        return super().find_class(module, name)


def dump(outcome: Workbook | FileRefused, file: BinaryIO) -> None:
    """Write what reading came to."""
    pickle.dump(_flat(outcome), file, protocol=5)


def load(file: BinaryIO) -> Workbook | FileRefused:
    """Read back what ``dump`` wrote. Raises any pickle, value or type error on anything else."""
    flat = _PlainUnpickler(file).load()
    problems = [Problem(**fields) for fields in flat["problems"]]
    if "sheets" not in flat:
        return FileRefused(*problems)
    return Workbook(flat["format"], [_sheet(fields) for fields in flat["sheets"]], problems)


def _flat(outcome: Workbook | FileRefused) -> dict[str, Any]:
    flat: dict[str, Any] = {"problems": [dataclasses.asdict(problem) for problem in outcome.problems]}
    if isinstance(outcome, Workbook):
        flat |= {"format": outcome.format, "sheets": [_flat_sheet(sheet) for sheet in outcome.sheets]}
    return flat


def _flat_sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "numbers": [row.number for row in sheet.rows],
        "cells": [row.cells for row in sheet.rows],
        "hidden": [row.hidden for row in sheet.rows],
        "specials": {place: (special.kind, special.text) for place, special in sheet.specials.items()},
        "merged": sheet.merged,
        "percent_cells": sheet.percent_cells,
    }


def _sheet(flat: dict[str, Any]) -> Sheet:
    return Sheet(
        name=flat["name"],
        rows=list(map(Row, flat["numbers"], flat["cells"], flat["hidden"])),
        specials={place: Special(kind, text) for place, (kind, text) in flat["specials"].items()},
        merged=flat["merged"],
        percent_cells=flat["percent_cells"],
    )
