"""Rows of one file that must not be alike: codes twice, whole rows twice, names twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set
from typing import Any

from cms.core.text import code_key, name_key
from importers.kinds.catalog.check.items import ReadItem
from importers.problems import Problem, error, warning


def find_duplicates(items: list[ReadItem]) -> tuple[list[Problem], list[ReadItem]]:
    """Errors for two rows with one code (on both), for identical rows (on the second); and all but the copies."""
    copies = _copies(items)
    problems = [
        error("duplicate_row", **_at(item, item.code_column, item.values["code"]), **_first(first))
        for item, first in copies.values()
    ]
    originals = [item for item in items if id(item) not in copies]
    return problems + _same_code(originals), originals


def _copies(items: list[ReadItem]) -> dict[int, tuple[ReadItem, ReadItem]]:
    seen: dict[tuple[Any, ...], ReadItem] = {}
    copies = {}
    # Rows that are the same have the same code.
    codes = Counter(item.values["code"] for item in items if item.ok)
    for item in items:
        if item.ok and codes[item.values["code"]] > 1:
            first = seen.setdefault(_whole(item.values), item)
            if first is not item:
                copies[id(item)] = (item, first)
    return copies


def _whole(values: dict[str, Any]) -> tuple[Any, ...]:
    plain = (value for key, value in values.items() if key != "extra")
    return *plain, tuple(sorted(values["extra"].items()))


def _same_code(items: list[ReadItem]) -> list[Problem]:
    by_code = defaultdict(list)
    for item in items:
        if item.values["code"]:
            by_code[code_key(item.values["code"])].append(item)
    return [
        error("duplicate_code", **_at(item, item.code_column, item.values["code"]), others=_others(item, group))
        for group in by_code.values()
        if len(group) > 1
        for item in group
    ]


def find_same_names(items: list[ReadItem], standing: Set[tuple[str, int]]) -> list[Problem]:
    """A warning for each name that stood further up already.

    Items have been matched: a file without a column of names says theirs all the same. ``standing`` are the (sheet,
    row) of those that are as they are in the current version; two of them have been looked at before.
    """
    seen: dict[str, ReadItem] = {}
    problems = []
    for item in items:
        if not item.values["name"]:
            continue
        first = seen.setdefault(name_key(item.values["name"]), item)
        if first is not item and not {(item.sheet, item.row), (first.sheet, first.row)} <= standing:
            where = _at(item, item.name_column, item.values["name"])
            problems.append(warning("duplicate_name", **where, **_first(first)))
    return problems


def _at(item: ReadItem, column: tuple[str, int], value: str) -> dict[str, Any]:
    return {"sheet": item.sheet, "row": item.row, "column": column[0], "column_number": column[1], "value": value}


def _first(item: ReadItem) -> dict[str, Any]:
    return {"first_sheet": item.sheet, "first_row": item.row}


def _others(item: ReadItem, group: list[ReadItem]) -> str:
    """The other rows by number, with the sheet where it is another one; a long list is cut."""
    others = [other for other in group if other is not item]
    named = [str(o.row) if o.sheet == item.sheet else f"{o.sheet}!{o.row}" for o in others[:10]]
    return ", ".join(named) + (", …" if len(others) > 10 else "")
