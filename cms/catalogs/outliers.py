"""Items whose coefficient does not fit their hours, beside others of their complexity group in one version. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from decimal import Decimal
from statistics import median
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)

# With fewer items of a group that name their hours nothing is usual there.
FEWEST = 5
# So many times more, or less, than the middle one of the group a standard hour is worth.
TIMES = Decimal(3)
_SHOWN = Decimal("0.0001")


class Outlier(NamedTuple):
    """What a standard hour of the item is worth, and the middle of its group, both as coefficients."""

    of_hour: Decimal
    usual: Decimal

    @property
    def is_heavy(self) -> bool:
        """Return whether the item weighs more than its group, not less."""
        return self.of_hour > self.usual


def find_outliers(rows: Iterable[tuple[Key, int, Decimal | None, Decimal]]) -> dict[Key, Outlier]:
    """Return the outliers by key; a row is (key, group, standard hours, coefficient).

    Items without hours are judged by nobody, and are no measure for others.
    """
    groups: dict[int, list[tuple[Key, Decimal]]] = defaultdict(list)
    for key, group, hours, coefficient in rows:
        if hours:
            groups[group].append((key, coefficient / hours))
    found: dict[Key, Outlier] = {}
    for members in groups.values():
        if len(members) < FEWEST:
            continue
        usual = median(value for _key, value in members)
        for key, value in members:
            if not usual / TIMES <= value <= usual * TIMES:
                found[key] = Outlier(value.quantize(_SHOWN), usual.quantize(_SHOWN))
    return found
