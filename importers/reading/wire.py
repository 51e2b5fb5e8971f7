"""How a workbook travels from the reading child to its parent: pickles of plain builtins, one after the other.

First comes all but the rows, then the rows of each sheet, piece by piece: what a pickle remembers is let go with it.
"""

from __future__ import annotations

import dataclasses
import gc
import pickle  # noqa: S403 - only our own child writes what is read here, and only dates are let in
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from importers.problems import FileRefused, Problem
from importers.reading.contract import Sheet, Special, Workbook
from importers.reading.folded import FoldedBook, FoldedSheet, Piece

_ALLOWED = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}


class PlainUnpickler(pickle.Unpickler):
    """Builds builtins and dates, nothing that could run code."""

    def find_class(self, module: str, name: str) -> Any:
        """Let in what is named in _ALLOWED; called by the unpickler for anything but a builtin value."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not a plain value")
        return super().find_class(module, name)


def dump(outcome: FoldedBook | FileRefused, file: BinaryIO) -> None:
    """Write what reading came to."""
    pickle.dump(_flat(outcome), file, protocol=5)
    for sheet in outcome.sheets if isinstance(outcome, FoldedBook) else ():
        for piece in sheet.pieces:
            pickle.dump((piece.numbers, piece.hidden, piece.columns), file, protocol=5)


def load(file: BinaryIO) -> Workbook | FileRefused:
    """Read back what ``dump`` wrote. Raises any pickle, value or type error on anything else."""
    with _without_collector():
        flat = PlainUnpickler(file).load()
        problems = [Problem(**fields) for fields in flat["problems"]]
        if "sheets" not in flat:
            return FileRefused(*problems)
        sheets = [_sheet(fields, file) for fields in flat["sheets"]]
        return Workbook(flat["format"], sheets, problems, flat["properties"])


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let nobody look for cycles among rows that are just being made: that takes longer than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _flat(outcome: FoldedBook | FileRefused) -> dict[str, Any]:
    flat: dict[str, Any] = {"problems": [dataclasses.asdict(problem) for problem in outcome.problems]}
    if isinstance(outcome, FoldedBook):
        flat |= {"format": outcome.format, "properties": outcome.properties}
        flat["sheets"] = [_flat_sheet(sheet) for sheet in outcome.sheets]
    return flat


def _flat_sheet(sheet: FoldedSheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "pieces": len(sheet.pieces),
        "specials": {place: (special.kind, special.text) for place, special in sheet.specials.items()},
        "merged": sheet.merged,
        "percent_cells": sheet.percent_cells,
    }


def _sheet(flat: dict[str, Any], file: BinaryIO) -> Sheet:
    sheet = Sheet(
        name=flat["name"],
        specials={place: Special(kind, text) for place, (kind, text) in flat["specials"].items()},
        merged=flat["merged"],
        percent_cells=flat["percent_cells"],
    )
    for _ in range(flat["pieces"]):
        sheet.rows += Piece(*PlainUnpickler(file).load()).rows()
    return sheet
