"""Which Vietnamese syllables stand side by side in administrative texts: whether a word is meant or a slip. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from cms.dedupe.syllables import is_syllable, parts

# Pairs that so many names of one comparison have are known, whatever the list says.
_OFTEN = 3
# Of two spellings in one place, the one that is so much commoner is meant, and the other a slip.
FAR_COMMONER = 20


@lru_cache(maxsize=1)
def _shipped() -> frozenset[tuple[str, str]]:
    """Return the pairs of ``lexicon.txt``, which ``scripts/write_lexicon.py`` collects, one a line."""
    lines = Path(__file__).with_name("lexicon.txt").read_text(encoding="utf-8").splitlines()
    return frozenset((first, second) for first, _space, second in (line.partition(" ") for line in lines))


class Lexicon:
    """The pairs that ship, and those that are common among the names that are compared."""

    def __init__(self, sequences: Iterable[Sequence[str]] = ()) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        for sequence in sequences:
            self._counts.update(zip(sequence, sequence[1:], strict=False))

    def is_slip(self, one: str, sequence: Sequence[str], other: str, others: Sequence[str]) -> bool | None:
        """Return whether one of two words, each in its name, is a slip for the other; None where nothing is known.

        A word that is no syllable is one. A word that usually stands beside what it stands beside is none, unless the
        other stands there far oftener.
        """
        if not is_syllable(one) or not is_syllable(other):
            return True
        often, shipped = self._often(one, sequence)
        often_other, shipped_other = self._often(other, others)
        if shipped and shipped_other:
            return False
        fewer, more = sorted((often, often_other))
        if more >= max(_OFTEN, FAR_COMMONER * fewer):
            return True
        if shipped != shipped_other and fewer < _OFTEN:
            return True
        return None if not shipped and not shipped_other and more < _OFTEN else False

    def _often(self, word: str, sequence: Sequence[str]) -> tuple[int, bool]:
        """Return in how many names the word stands beside a neighbour, and whether the shipped list has it so."""
        place = sequence.index(word)
        pairs = [tuple(sequence[at : at + 2]) for at in (place - 1, place) if at >= 0 and at + 1 < len(sequence)]
        known = any(pair in _shipped() for pair in pairs)
        return max((self._counts[pair[0], pair[1]] for pair in pairs), default=0), known


def same_sound(one: str, other: str) -> bool:
    """Return whether two written words are the same but for where the tone mark stands, and ``i`` or ``y``."""
    return one == other or _sound(one) == _sound(other)


def _sound(word: str) -> tuple[str, str]:
    bare, tone = parts(word)
    return bare.replace("y", "i"), tone
