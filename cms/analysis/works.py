"""Which things are one work, from what was judged of pairs and from what is alike. Pure."""

from __future__ import annotations

from collections.abc import Iterable

Pair = tuple[int, int]


def join_works(
    count: int, same: Iterable[Pair], apart: Iterable[Pair], alike: Iterable[Pair]
) -> tuple[list[int], set[int]]:
    """Return for each of so many things the number of its work, and the works that likeness alone holds together.

    ``same`` and ``apart`` were judged, ``alike`` were not: of them the first come first, and none joins what was judged
    apart, be it over others. Where judgements contradict each other, things stay apart.
    """
    works = _Works(count)
    for one, other in apart:
        works.part(one, other)
    for one, other in same:
        works.join(one, other)
    guessed = {one for one, other in alike if works.join(one, other)}
    return [works.top(each) for each in range(count)], {works.top(each) for each in guessed}


class _Works:
    """Sets of things, by the thing that stands for each; ``_foes`` are the things that its members are not."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))
        self._foes: dict[int, set[int]] = {}

    def top(self, thing: int) -> int:
        above = self._above
        while above[thing] != thing:
            above[thing] = above[above[thing]]
            thing = above[thing]
        return thing

    def part(self, one: int, other: int) -> None:
        self._foes.setdefault(one, set()).add(other)
        self._foes.setdefault(other, set()).add(one)

    def join(self, one: int, other: int) -> bool:
        """Put two works together, unless they are one or apart; return whether that was done."""
        first, second = self.top(one), self.top(other)
        if first == second or any(self.top(foe) == second for foe in self._foes.get(first, ())):
            return False
        self._above[second] = first
        if foes := self._foes.pop(second, None):
            self._foes.setdefault(first, set()).update(foes)
        return True
