"""The counts of a comparison as tables, by pandas: pairs become a frame once, and every table is asked of it.

The frame holds words alone, the levels and directions that the exact engine gave; totals never enter it, so that none
becomes a float. pandas is imported where it is used: half a second and some 60 MB, which only a process pays that
compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cms.frameworks.trials.pairs import Pair
from cms.scoring.definition.words import LEVELS

if TYPE_CHECKING:
    from pandas import DataFrame

# A subject without a level, counted beside the levels.
NONE = "none"
DIRECTIONS = ("up", "down", "same", "other")
COUNTED_LEVELS = (*LEVELS, NONE)
_SIDES = ("before", "after")
_COLUMNS = ("agency", "role", "position_group", "before", "after", "direction")


def frame_of(pairs: Iterable[Pair]) -> DataFrame:
    """Return a row for each pair: agency, role, position group, level before and after, direction."""
    from pandas import DataFrame

    rows = [
        (each.agency, each.role, each.position_group, each.before.level or NONE, each.after.level or NONE,
         each.direction)
        for each in pairs
    ]  # fmt: skip
    return DataFrame(rows, columns=list(_COLUMNS), dtype=object)


def counts(frame: DataFrame, column: str, order: Sequence[str]) -> dict[str, int]:
    """Return how often each value of a column occurs, in this order, those that do not occur as 0."""
    found = frame[column].value_counts()
    return {value: int(found.get(value, 0)) for value in order}


def changes(frame: DataFrame) -> list[dict[str, Any]]:
    """Return how many go from which level to which other, from the highest down."""
    found = frame[frame["before"] != frame["after"]].groupby(list(_SIDES)).size()
    pairs = ((old, new) for old in COUNTED_LEVELS for new in COUNTED_LEVELS)
    return [{"from": old, "to": new, "count": int(found[old, new])} for old, new in pairs if (old, new) in found.index]


def by(frame: DataFrame, *columns: str) -> list[dict[str, Any]]:
    """Return, for each value (or combination of values) of the columns: size, directions, levels before and after."""
    from pandas import crosstab

    if frame.empty:
        return []
    keys = [frame[column] for column in columns]
    orders = {"direction": DIRECTIONS, "before": COUNTED_LEVELS, "after": COUNTED_LEVELS}
    tables = {
        column: crosstab(keys, frame[column]).reindex(columns=list(order), fill_value=0).to_dict("index")
        for column, order in orders.items()
    }
    return [
        {
            "name": name if len(columns) > 1 else name if isinstance(name, str) else name[0],
            "size": sum(directions.values()),
            "directions": directions,
            "before": tables["before"][name],
            "after": tables["after"][name],
        }
        for name, directions in tables["direction"].items()
    ]
