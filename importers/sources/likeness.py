"""How much a heading sounds like a column: by the words that they share, or letter by letter. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from cms.core.text import fold
from importers.sources.columns import Column, Layout

# What a word is worth that no column has.
_FOREIGN = 0.4
# A heading of the first letters of the words alone: HSQĐ.
_INITIALS = 0.7
# Letters that agree less than this say nothing: so much do any two phrases of Vietnamese.
_LETTERS = 0.75


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 (nothing) to 1 (the same), and the phrase of the column that sounds most like the heading."""

    share: float = 0.0
    phrase: str = ""


@dataclass(slots=True)
class Vocabulary:
    """The words of all columns of some layouts. A word that many columns have says little about any one of them."""

    layouts: tuple[Layout, ...]
    _columns_with: Counter[str] = field(default_factory=Counter)
    _known: dict[tuple[str, Column], Likeness] = field(default_factory=dict)

    def __post_init__(self) -> None:
        words: dict[str, set[str]] = {}
        for column in (column for layout in self.layouts for column in layout.columns):
            words.setdefault(column.key, set()).update(*(fold(phrase).split() for phrase in phrases(column)))
        for of_one in words.values():
            self._columns_with.update(of_one)

    def likeness(self, heading: str, column: Column) -> Likeness:
        """Return how much the heading sounds like the column."""
        place = (heading, column)
        if place not in self._known:
            folded = fold(heading)
            every = (Likeness(self._share(folded, fold(phrase)), phrase) for phrase in phrases(column))
            self._known[place] = max(every, key=lambda found: found.share)
        return self._known[place]

    def _share(self, heading: str, phrase: str) -> float:
        if heading == phrase:
            return 1.0
        if len(heading) >= 3 and heading == "".join(word[0] for word in phrase.split()):
            return _INITIALS
        mine, its = set(heading.split()), set(phrase.split())
        common = self._worth(mine & its)
        shared = 0.55 * common / (self._worth(its) or 1) + 0.45 * common / (self._worth(mine) or 1)
        letters = SequenceMatcher(None, heading, phrase, autojunk=False)
        if letters.real_quick_ratio() > _LETTERS and letters.quick_ratio() > _LETTERS:
            shared = max(shared, 2 * (letters.ratio() - 0.5))
        return min(shared, 0.95)

    def _worth(self, words: set[str]) -> float:
        return sum(1 / self._columns_with[word] ** 0.5 if word in self._columns_with else _FOREIGN for word in words)


def phrases(column: Column) -> tuple[str, ...]:
    """Return everything that the column is called, or hinted at by."""
    return (column.header, *column.aliases, *column.hints)
