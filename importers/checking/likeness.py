"""How much a heading sounds like a column: by the words that they share, or letter by letter. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from cms.core.text import fold
from importers.checking.columns import Column, Layout

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


class _Phrase:
    """A phrase made ready to be compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.words = frozenset(self.folded.split())
        self.letters = Counter(self.folded)


class Vocabulary:
    """The words of all columns of some layouts. A word that many columns have says little about any one of them."""

    def __init__(self, layouts: tuple[Layout, ...]) -> None:
        self.columns = list(dict.fromkeys(column for layout in layouts for column in layout.columns))
        self._phrases = {column: [_Phrase(text) for text in phrases(column)] for column in self.columns}
        words: dict[str, set[str]] = {}
        for column, known in self._phrases.items():
            words.setdefault(column.key, set()).update(*(phrase.words for phrase in known))
        self._columns_with = Counter(word for of_one in words.values() for word in of_one)
        self._found: dict[tuple[str, Column], Likeness] = {}

    def likeness(self, heading: str, column: Column) -> Likeness:
        """Return how much the heading sounds like the column."""
        place = (heading, column)
        if place not in self._found:
            mine = _Phrase(heading)
            every = (Likeness(self._share(mine, its), its.text) for its in self._phrases[column])
            self._found[place] = max(every, key=lambda found: found.share)
        return self._found[place]

    def by_words(self, heading: str, columns: list[Column]) -> float:
        """Return how much the heading sounds like the nearest of the columns, by whole words alone: cheap."""
        words = frozenset(fold(heading).split())
        near = [its.words for column in columns for its in self._phrases[column] if words & its.words]
        return max((self._shared(words, its) for its in near), default=0.0)

    def _share(self, mine: _Phrase, its: _Phrase) -> float:
        if mine.folded == its.folded:
            return 1.0
        if len(mine.folded) >= 3 and mine.folded == "".join(word[0] for word in its.folded.split()):
            return _INITIALS
        shared = self._shared(mine.words, its.words)
        most = (len(mine.folded) + len(its.folded)) * _LETTERS / 2
        if min(len(mine.folded), len(its.folded)) > most and (mine.letters & its.letters).total() > most:
            ratio = SequenceMatcher(None, mine.folded, its.folded, autojunk=False).ratio()
            shared = max(shared, 2 * (ratio - 0.5) if ratio > _LETTERS else 0)
        return min(shared, 0.95)

    def _shared(self, mine: frozenset[str], its: frozenset[str]) -> float:
        common = self._worth(mine & its)
        return 0.55 * common / (self._worth(its) or 1) + 0.45 * common / (self._worth(mine) or 1)

    def _worth(self, words: frozenset[str]) -> float:
        known = self._columns_with
        return sum(1 / known[word] ** 0.5 if word in known else _FOREIGN for word in words)


def phrases(column: Column) -> tuple[str, ...]:
    """Return everything that the column is called, or hinted at by."""
    return (column.header, *column.aliases, *column.hints)
