"""Whether coefficients are fair: the same work weighed differently, what stands out, whose list is heavier. Pure.

A frame has one row an item: ``item`` (its key), ``work`` (items of one number are the same work in the same unit),
``agency`` (key), ``kind`` (of agency), ``group`` (complexity), ``coefficient`` and ``hours`` (in ten-thousandths;
missing where none is written).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

UNIT = 10_000
# A work is compared where so many agencies list it; fewer say nothing of what is usual.
FEWEST_AGENCIES = 3
# From this many times the usual on, up or down, a weight stands out: halves, so that whole numbers decide.
_STANDS_OUT = (3, 2)
# A usual group is that of so many percent of the items of a work.
_USUAL_GROUP = 60
# Fences stand so many times the middle half away from it (Tukey, Exploratory Data Analysis, 1977: "far out").
_FAR_OUT = 3
# So many comparable items are needed for fences, so many works for the weight of a list.
_FEWEST_COMPARABLE, _FEWEST_WORKS = 20, 10
# From so many percent above the usual on, a whole list is heavier.
_HEAVIER = 110

Kind = Literal["weight", "group", "hours", "coefficient"]
COLUMNS = ("item", "work", "agency", "kind", "group", "coefficient", "hours")


@dataclass(frozen=True, slots=True)
class WorkWeights:
    """How a work is weighed: coefficients in ten-thousandths, ``ratio`` the most by the least of them."""

    work: int
    agencies: int
    least: int
    usual: int
    most: int
    ratio: int


@dataclass(frozen=True, slots=True)
class Outlier:
    """An item that stands out: its ``value`` beside the ``usual`` one; half of the others lie from ``low`` to ``high``.

    ``weight``: its coefficient among those of the same work. ``group``: its complexity group among those of the same
    work. ``hours``: standard hours for one unit of coefficient among items of its group. ``coefficient``: its
    coefficient among items of its group at agencies of its kind. Groups are plain numbers, all else ten-thousandths.
    """

    kind: Kind
    item: int
    value: int
    usual: int
    low: int
    high: int
    compared: int


@dataclass(frozen=True, slots=True)
class ListWeight:
    """How heavy an agency's list is: the median of its coefficients by the usual ones, over works it shares."""

    agency: int
    ratio: int
    works: int
    is_heavier: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found, in the order in which it deserves to be looked at."""

    works: list[WorkWeights]
    outliers: list[Outlier]
    lists: list[ListWeight]


def analyse(frame: pd.DataFrame) -> Analysis:
    """Return what stands out among items; an empty frame gives nothing."""
    if frame.empty:
        return Analysis([], [], [])
    shared = _shared(frame)
    works = list(_works(shared))
    outliers = [*_weights(shared), *_groups(shared), *_hours(frame), *_coefficients(frame)]
    return Analysis(works, outliers, list(_lists(shared)))


def _shared(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the items of works that enough agencies list, each with the usual coefficient of its work."""
    agencies = frame.groupby("work")["agency"].transform("nunique")
    shared = frame[agencies >= FEWEST_AGENCIES].copy()
    shared["agencies"] = agencies[shared.index]
    shared["usual"] = _median(shared, "work", "coefficient")
    return shared


def _median(frame: pd.DataFrame, by: Any, column: str) -> pd.Series:
    """Return for each row the lower median of its like: a number that somebody wrote."""
    return _quantile(frame, by, column, 0.5)


def _quantile(frame: pd.DataFrame, by: Any, column: str, part: float) -> pd.Series:
    ends = frame.groupby(by)[column].transform(lambda each: each.quantile(part, interpolation="lower"))
    return ends.astype("int64")


def _works(shared: pd.DataFrame) -> Iterator[WorkWeights]:
    if shared.empty:
        return
    found = shared.groupby("work").agg(
        agencies=("agencies", "first"), least=("coefficient", "min"), usual=("usual", "first"),
        most=("coefficient", "max"),
    )  # fmt: skip
    found = found[found["most"] > found["least"]]
    found["ratio"] = found["most"] * UNIT // found["least"]
    found = found.sort_values(["ratio", "agencies"], ascending=False, kind="stable")
    for work, row in zip(found.index.tolist(), found.to_dict("records"), strict=True):
        yield WorkWeights(work, **{name: int(row[name]) for name in ("agencies", "least", "usual", "most", "ratio")})


def _weights(shared: pd.DataFrame) -> Iterator[Outlier]:
    """Yield items that are weighed far above or below what is usual for their work."""
    times, of = _STANDS_OUT
    heavy = shared["coefficient"] * of >= shared["usual"] * times
    light = shared["coefficient"] * times <= shared["usual"] * of
    for row in shared[heavy | light].to_dict("records"):
        usual = row["usual"]
        yield _outlier("weight", row, row["coefficient"], usual, usual, usual, "agencies")


def _groups(shared: pd.DataFrame) -> Iterator[Outlier]:
    """Yield items in another complexity group than most items of their work."""
    if shared.empty:
        return
    counts = shared.groupby(["work", "group"])["item"].transform("count")
    of_work = shared.groupby("work")["item"].transform("count")
    usual = shared[counts * 100 >= of_work * _USUAL_GROUP].groupby("work")["group"].first()
    found = shared.assign(usual_group=shared["work"].map(usual))
    found = found[found["usual_group"].notna() & (found["usual_group"] != found["group"])]
    for row in found.to_dict("records"):
        usual_group = int(row["usual_group"])
        yield _outlier("group", row, row["group"], usual_group, usual_group, usual_group, "agencies")


def _hours(frame: pd.DataFrame) -> Iterator[Outlier]:
    """Yield items whose hours do not go with their coefficient, as those of their complexity group do."""
    timed = frame[frame["hours"].notna()].copy()
    timed["measure"] = (timed["hours"] * UNIT // timed["coefficient"]).astype("int64")
    yield from _beyond_fences("hours", timed, ["group"])


def _coefficients(frame: pd.DataFrame) -> Iterator[Outlier]:
    """Yield items that are far heavier or lighter than others of their complexity group at agencies of their kind."""
    yield from _beyond_fences("coefficient", frame.assign(measure=frame["coefficient"]), ["kind", "group"])


def _beyond_fences(kind: Kind, frame: pd.DataFrame, by: list[str]) -> Iterator[Outlier]:
    """Yield what lies beyond the fences of its like, on a scale of times and not of differences."""
    import numpy as np

    frame = frame[frame["measure"] > 0].copy()
    frame["compared"] = frame.groupby(by)["item"].transform("count")
    frame = frame[frame["compared"] >= _FEWEST_COMPARABLE].copy()
    if frame.empty:
        return
    frame["usual"] = _median(frame, by, "measure")
    frame["low"], frame["high"] = (_quantile(frame, by, "measure", part) for part in (0.25, 0.75))
    low, high, measure = (np.log(frame[name]) for name in ("low", "high", "measure"))
    reach = _FAR_OUT * (high - low)
    beyond = (measure < low - reach) | (measure > high + reach)
    for row in frame[beyond & (reach > 0)].to_dict("records"):
        yield _outlier(kind, row, row["measure"], row["usual"], row["low"], row["high"], "compared")


def _outlier(kind: Kind, row: Any, value: Any, usual: Any, low: Any, high: Any, compared: str) -> Outlier:
    return Outlier(kind, int(row["item"]), int(value), int(usual), int(low), int(high), int(row[compared]))


def _lists(shared: pd.DataFrame) -> Iterator[ListWeight]:
    """Yield how heavy each agency's list is, the heaviest first."""
    if shared.empty:
        return
    shared = shared.assign(ratio=shared["coefficient"] * UNIT // shared["usual"])
    found = shared.groupby("agency")["ratio"].agg(
        ratio=lambda each: each.quantile(0.5, interpolation="lower"), works="count"
    )
    found = found[found["works"] >= _FEWEST_WORKS].astype("int64").sort_values("ratio", ascending=False, kind="stable")
    for agency, row in zip(found.index.tolist(), found.to_dict("records"), strict=True):
        ratio = int(row["ratio"])
        yield ListWeight(agency, ratio, int(row["works"]), ratio * 100 >= UNIT * _HEAVIER)
