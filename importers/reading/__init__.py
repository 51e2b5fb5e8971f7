"""The reading room: the bytes of an upload in, plain rows out. Pure: no Django.

``read`` is the only way in. Whatever the bytes are, it returns a ``Workbook`` or raises ``FileRefused``.
"""

from __future__ import annotations

import pathlib

from importers.problems import FileRefused, error
from importers.reading.contract import Limits, Row, Sheet, Special, Workbook

__all__ = ["FileRefused", "Limits", "Row", "Sheet", "Special", "Workbook", "read"]


def read(path: pathlib.Path, *, name: str, limits: Limits = Limits()) -> Workbook:  # noqa: B008 - frozen
    """Read the visible sheets of the file at ``path``, uploaded under ``name``.

    Raises FileRefused, with the problems that say why, when the file as a whole cannot be read.
    Source: the import contract, "Reading files safely".
    """
    from importers.reading.child import read_in_child
    from importers.sandbox import MIB

    size = path.stat().st_size
    if size == 0:
        raise FileRefused(error("empty_file"))
    if size > limits.file_bytes:
        raise FileRefused(error("file_too_large", limit=limits.file_bytes // MIB))
    return read_in_child(path, name, limits)
