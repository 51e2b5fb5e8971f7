"""Problems of an upload that are alike: the same code in the same column, counted, so that 500 read like three."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Min, Window
from django.db.models.functions import RowNumber

from importers.batches.pages import Only, problems
from importers.messages import render
from importers.models import ImportBatch, ImportProblem
from importers.screens.presenters import place

# Columns are as many as the file has; more groups than this are no overview any more.
_MOST = 12
# So few are read one by one.
_FEW = 5
# So many places of a group are named.
_PLACES = 4


def only(query: Mapping[str, str]) -> Only | None:
    """Return the group that an address names, or None."""
    column = query.get("column", "")
    known = query.get("code", "") and column.isdecimal() and len(column) < 6
    return Only(query["code"], int(column)) if known else None


@dataclass(frozen=True)
class ProblemGroup:
    """Problems alike: how many, in which column, and the first of them in words."""

    count: int
    column: str
    place: str
    sentence: str
    query: str
    current: bool
    # Further rows, as far as a few.
    also: str = ""


@dataclass(frozen=True)
class ProblemGroups:
    """The largest groups, and how many smaller ones there are."""

    groups: list[ProblemGroup]
    more: int


def problem_groups(batch: ImportBatch, severity: str, chosen: Only | None) -> ProblemGroups | None:
    """Return the errors, warnings or notes of an upload in groups, or None where they are few or all different."""
    alike = problems(batch, severity).order_by().values("code", "column_number")
    counted = list(alike.annotate(count=Count("pk"), first=Min("position")).order_by("-count", "first"))
    if sum(group["count"] for group in counted) <= _FEW or counted[0]["count"] == 1:
        return None
    shown = counted[:_MOST]
    first_ones = _first_ones(batch, severity)
    groups = [
        _group(group["count"], first_ones[group["code"], group["column_number"]], severity, chosen) for group in shown
    ]
    return ProblemGroups(groups, len(counted) - len(shown))


def _first_ones(batch: ImportBatch, severity: str) -> dict[tuple[str, int], list[ImportProblem]]:
    """Return the first few problems of each group, by one question."""
    place_in_group = Window(RowNumber(), partition_by=["code", "column_number"], order_by="position")
    found = problems(batch, severity).annotate(place_in_group=place_in_group).filter(place_in_group__lte=_PLACES)
    first_ones: dict[tuple[str, int], list[ImportProblem]] = defaultdict(list)
    for problem in found:
        first_ones[problem.code, problem.column_number].append(problem)
    return first_ones


def _group(count: int, examples: list[ImportProblem], severity: str, chosen: Only | None) -> ProblemGroup:
    first = examples[0]
    this = Only(first.code, first.column_number)
    query = urlencode({"show": severity} | this.query())
    also = list(dict.fromkeys(str(one.row) for one in examples[1:] if one.row))
    return ProblemGroup(
        count, first.column, place(first.sheet, first.row), render(first), query, this == chosen, ", ".join(also)
    )
