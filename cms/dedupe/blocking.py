"""Which of many names are worth comparing: those that share their words but for one or two. Pure, with numpy.

Each name has keys: the sum of its words' numbers, the sums without one word, of short names without any two, and the
sums with a word that does not belong there in another spelling. Names that share a key are worth comparing. A key that
very many names share says little, and is passed over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from cms.dedupe.lexicon import FAR_COMMONER
from cms.dedupe.normalise import FILLER_WORDS
from cms.dedupe.syllables import is_syllable

if TYPE_CHECKING:
    import numpy as np

    from cms.dedupe.normalise import Form

# Names that share a key in such a number are too many to be the same work but for their words left out.
MOST_IN_BLOCK = 24
# A single name is compared with more, as it is one.
MOST_NEAR = 200
# Longer names are told apart by their first words.
_LONGEST = 24
# As few words have to be left of a name when one or two are left out.
_FEWEST_LEFT = 2
# Of longer names one word is left out and not two.
_SHORT = 7
# A word that so many names have is known.
_OFTEN = 3
# Other spellings of one word, and of a whole name, that are tried.
_MOST_SPELLINGS, _MOST_VARIANTS = 5, 60
_WHOLE = 1 << 64


class Blocks:
    """Names by their keys: which of them are worth comparing with each other, or with another name."""

    def __init__(self, forms: Sequence[Form]) -> None:
        import numpy as np

        self._count = len(forms)
        self._spelling = _Spelling(forms)
        keys, owners = self._read(forms)
        order = np.argsort(keys)
        self._keys, self._owners = keys[order], owners[order]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of places in ``forms`` that are worth comparing, each once, the smaller place first."""
        import numpy as np

        keys = self._keys
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        sizes = np.diff(np.concatenate((starts, [len(keys)])))
        pairs = [self._pairs_of(starts[sizes == size], size) for size in range(2, MOST_IN_BLOCK + 1)]
        for code in np.unique(np.concatenate(pairs)).tolist():
            yield divmod(code, self._count)

    def near(self, form: Form) -> list[int]:
        """Return the places of the names that are worth comparing with another name, in their order."""
        import numpy as np

        keys, _owners = self._read([form])
        first, last = np.searchsorted(self._keys, keys), np.searchsorted(self._keys, keys, side="right")
        found = [self._owners[start:end] for start, end in zip(first, last, strict=True) if end - start <= MOST_NEAR]
        return np.unique(np.concatenate(found)).tolist() if found else []

    def _pairs_of(self, starts: np.ndarray, size: int) -> np.ndarray:
        """Return the pairs of the blocks of one size, each as one number."""
        import numpy as np

        blocks = np.sort(self._owners[starts[:, None] + np.arange(size)], axis=1).astype(np.int64)
        first, second = np.triu_indices(size, 1)
        left, right = blocks[:, first].ravel(), blocks[:, second].ravel()
        return np.unique((left * self._count + right)[left != right])

    def _read(self, forms: Sequence[Form]) -> tuple[np.ndarray, np.ndarray]:
        """Return all keys of names, and beside each the place of its name."""
        import numpy as np

        by_count: dict[int, tuple[list[int], list[list[int]]]] = {}
        spelt, spelt_by = [], []
        for place, form in enumerate(forms):
            numbers = [_number_of(word) for word in _words(form)]
            if numbers:
                places, rows = by_count.setdefault(len(numbers), ([], []))
                places.append(place)
                rows.append(numbers)
            variants = self._spelling.variants(form, sum(numbers))
            spelt += variants
            spelt_by += [place] * len(variants)
        keys, owners = [np.array(spelt, dtype=np.uint64)], [np.array(spelt_by, dtype=np.int32)]
        for count, (places, rows) in by_count.items():
            sums = list(_sums(np.array(rows, dtype=np.uint64), count))
            keys += sums
            owners += [np.array(places, dtype=np.int32)] * len(sums)
        return np.concatenate(keys), np.concatenate(owners)


def _words(form: Form) -> list[str]:
    """Return the words of a name that are counted, each once; all of them where it has none but such as add nothing."""
    words = list(dict.fromkeys(form.keys))
    return ([word for word in words if word not in FILLER_WORDS] or words)[:_LONGEST]


def _sums(numbers: np.ndarray, count: int) -> Iterator[np.ndarray]:
    total = numbers.sum(axis=1)
    yield total
    if count - 1 >= _FEWEST_LEFT:
        for at in range(count):
            yield total - numbers[:, at]
    if _FEWEST_LEFT < count - 2 <= _SHORT - 2:
        for first, second in combinations(range(count), 2):
            yield total - numbers[:, first] - numbers[:, second]


@lru_cache(maxsize=1 << 18)
def _number_of(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


class _Spelling:
    """How words are usually written among many names: what may be a slip, and what may have been meant."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._beside: Counter[tuple[str, str]] = Counter()
        counts: Counter[str] = Counter()
        for form in forms:
            counts.update(form.every)
            self._beside.update(zip(form.keys, form.keys[1:], strict=False))
        self._counts = {key: count for key, count in counts.items() if count >= _OFTEN and is_syllable(key)}
        self._by_deletion: dict[str, list[str]] = {}
        for key in self._counts:
            for shorter in _deletions(key):
                self._by_deletion.setdefault(shorter, []).append(key)
        self._known: dict[str, list[str]] = {}
        self._usual: dict[tuple[str, str, bool], bool] = {}

    def variants(self, form: Form, total: int) -> list[int]:
        """Return the sums of a name with its doubtful words as they may have been meant."""
        keys = form.keys
        doubtful = [key for at, key in enumerate(keys) if key not in FILLER_WORDS and self._is_doubtful(keys, at)]
        choices = [[key, *others] for key in dict.fromkeys(doubtful) if (others := self._spellings(key))]
        if not choices:
            return []
        own = set(keys)
        sums = []
        for chosen in islice(product(*choices), 1, _MOST_VARIANTS):
            one = total
            for each, (key, *_others) in zip(chosen, choices, strict=True):
                if each != key:
                    # A word that adds nothing, or stands there already, adds no number.
                    added = 0 if each in FILLER_WORDS or each in own else _number_of(each)
                    one += added - _number_of(key)
            sums.append(one % _WHOLE)
        return sums

    def _is_doubtful(self, keys: Sequence[str], at: int) -> bool:
        """Return whether a word is rare, or another spelling of it is far commoner beside each of its neighbours."""
        key = keys[at]
        if key not in self._counts:
            return True
        before = at > 0 and self._is_usual(keys[at - 1], key, key_first=False)
        behind = at + 1 < len(keys) and self._is_usual(keys[at + 1], key, key_first=True)
        return not before and not behind

    def _is_usual(self, neighbour: str, key: str, *, key_first: bool) -> bool:
        asked = (neighbour, key, key_first)
        known = self._usual.get(asked)
        if known is None:
            counts = [self._beside[(each, neighbour) if key_first else (neighbour, each)]
                      for each in (key, *self._spellings(key))]  # fmt: skip
            known = self._usual[asked] = counts[0] > 1 and counts[0] * FAR_COMMONER > max(counts)
        return known

    def _spellings(self, key: str) -> list[str]:
        known = self._known.get(key)
        if known is None:
            near = {each for shorter in _deletions(key) for each in self._by_deletion.get(shorter, ())} - {key}
            near = {each for each in near if OSA.distance(key, each, score_cutoff=1) <= 1}
            known = sorted(near, key=lambda each: (-self._counts[each], each))[:_MOST_SPELLINGS]
            self._known[key] = known
        return known


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
