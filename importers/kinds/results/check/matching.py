"""Finds for each row without a reference the work on record that it speaks of, and rows that say the same twice.

The same officer, item, day given and day due are one piece of work, unless there are several: then what they say, and
the numbers of their documents, tell them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from cms.core.text import code_key
from importers.kinds.results.check.context import ROW_FIELDS, BaseWork
from importers.kinds.results.check.reading import ReadResult
from importers.problems import Problem, error, warning

_CONFIRMED = "confirmed"
_Key = tuple[Any, ...]


def match(rows: Iterable[ReadResult], base: Iterable[BaseWork]) -> list[Problem]:
    """Give each row its work in ``base``, where there is such; return what is wrong with rows beside each other."""
    problems: list[Problem] = []
    named: dict[Any, ReadResult] = {}
    others: dict[_Key, list[ReadResult]] = defaultdict(list)
    for row in rows:
        if row.base is None:
            others[_key_of_row(row)].append(row)
        elif first := named.get(row.base.identity):
            problems.append(error("duplicate_reference", **row.place("reference"), **_at(first)))
        else:
            named[row.base.identity] = row
    free: dict[_Key, list[BaseWork]] = defaultdict(list)
    for work in base:
        if work.identity not in named:
            key = (code_key(work.code), code_key(work.item), work.given_on, work.due_on)
            if key in others:
                free[key].append(work)
    for key, alike in others.items():
        if len(alike) > 1:
            problems += _beside_each_other(alike)
        if key in free:
            _pair(alike, free[key])
    return problems


def _key_of_row(row: ReadResult) -> _Key:
    values = row.values
    return values["code"], values["item"], values["given_on"], values["due_on"]


def _beside_each_other(rows: list[ReadResult]) -> list[Problem]:
    problems, seen = [], [rows[0]]
    for row in rows[1:]:
        twin = next((one for one in seen if one.values == row.values), None)
        if twin:
            problems.append(error("duplicate_row", **row.place("code"), value=row.values["code"], **_at(twin)))
        else:
            seen.append(row)
            if not row.values["documents"]:
                problems.append(warning("similar_row", **row.place("code"), value=row.values["code"], **_at(rows[0])))
    return problems


def _pair(rows: list[ReadResult], free: list[BaseWork]) -> None:
    for fits in (_has_the_same, _shows_the_same, _is_open, _fits_anyway):
        for row in rows:
            if row.base is None and (work := _first(row, free, fits)):
                row.base = work
                free.remove(work)


def _first(
    row: ReadResult, free: list[BaseWork], fits: Callable[[ReadResult, BaseWork], bool]
) -> BaseWork | None:  # fmt: skip
    return next((work for work in free if fits(row, work)), None)


def _has_the_same(row: ReadResult, work: BaseWork) -> bool:
    return all(
        row.values[name] is None or row.values[name] == getattr(work, name)
        for name in ROW_FIELDS
        if name not in ("documents", "state")
    ) and set(row.values["documents"] or ()) <= set(work.documents)


def _shows_the_same(row: ReadResult, work: BaseWork) -> bool:
    return bool(set(row.values["documents"] or ()) & set(work.documents))


def _is_open(row: ReadResult, work: BaseWork) -> bool:
    return work.state != _CONFIRMED and _no_other_documents(row, work)


def _fits_anyway(row: ReadResult, work: BaseWork) -> bool:
    return _no_other_documents(row, work)


def _no_other_documents(row: ReadResult, work: BaseWork) -> bool:
    """Whether the row and the work are not shown by different documents, which makes them different work."""
    return not (row.values["documents"] and work.documents)


def _at(first: ReadResult) -> dict[str, Any]:
    return {"first_sheet": first.sheet, "first_row": first.row}
