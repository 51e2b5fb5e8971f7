"""A name of a work, taken apart: words that count, numbers, what is done, for which level and time. Pure.

The words are folded (no marks, lower case, ``i`` for a ``y`` that sounds alike) with abbreviations written out, one way
to say a thing for several, and words that add nothing left out. Each keeps the way in which it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from cms.core.text import find_lookalikes, fold, is_usual
from cms.dedupe import words
from cms.dedupe.syllables import is_syllable

# No name is longer where it is stored; what comes from elsewhere is read so far.
LONGEST = 2000
_WORD = re.compile(r"\d\w*(?:[./-]\w+)*|[^\W\d_]\w*(?:[&-][^\W\d_]+)*")
_JOINED = re.compile("[&-]")
_Y = re.compile("(?<![aeo])y")
_ROMAN = {"II": "2", "III": "3", "IV": "4", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
_ZEROS = re.compile(r"^0+(?=\d)")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart.

    ``keys`` are the folded words that count, in their order, ``every`` are all folded words, also those that add
    nothing, and ``sequence`` is how they stand in the text. ``written_out`` are the abbreviations that were, and
    ``numbers`` the numbers and document numbers. ``times`` and ``deeds`` are phrases that part works, ``levels`` the
    last words of such, folded.
    """

    text: str
    keys: tuple[str, ...]
    every: tuple[str, ...]
    sequence: tuple[str, ...]
    numbers: frozenset[str] = _NOTHING
    levels: frozenset[str] = _NOTHING
    times: frozenset[str] = _NOTHING
    deeds: frozenset[str] = _NOTHING
    written_out: tuple[str, ...] = ()

    def written(self, key: str) -> list[str]:
        """Return the ways in which a folded word stands in the text; none where another way to say it does."""
        return [word for word in self.sequence if key_of(word) == key]

    def shown(self, key: str) -> str:
        """Return a folded word as the text has it."""
        return next((word for word in self.sequence if key_of(word) == key), key)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One word of a text: the words it stands for, or a number, or an abbreviation that was written out."""

    words: tuple[str, ...]
    number: str = ""
    is_abbreviation: bool = False


@lru_cache(maxsize=1 << 16)
def key_of(word: str) -> str:
    """Return the folded form of one word: ``kỹ`` and ``kĩ`` are ``ki``."""
    return _Y.sub("i", fold(word))


def is_unmarked(word: str) -> bool:
    """Return whether a word is written without any marks, as everything is on some keyboards."""
    return word.isascii()


class Normaliser:
    """Takes names apart by one table of abbreviations, which editors extend: letters to what they stand for."""

    def __init__(self, abbreviations: Mapping[str, Sequence[str]] = words.ABBREVIATIONS) -> None:
        self._expansions: dict[str, tuple[str, ...]] = {}
        # Letters that could be a word, or are two, are an abbreviation in capitals alone: CT, but not "ct".
        self._any_case: dict[str, tuple[str, ...]] = {}
        self._readings: dict[str, _Reading] = {}
        for letters, phrases in abbreviations.items():
            expansion = tuple(unicodedata.normalize("NFC", phrases[0]).lower().split())
            self._expansions[unicodedata.normalize("NFC", letters).upper()] = expansion
            self._expansions.setdefault(fold(letters).upper(), expansion)
            if len(letters) > 2 and not is_syllable(letters.lower()):
                self._any_case[letters.lower()] = self._any_case[fold(letters)] = expansion

    def form(self, text: str) -> Form:
        """Return a name taken apart; an empty one has no words."""
        text = _clean(text[:LONGEST])
        shouted = text.isupper()
        readings = [self._read(word.lower() if shouted else word) for word in _WORD.findall(text)]
        sequence = tuple(_words_of(readings))
        folded = [key_of(word) for word in sequence]
        keys = _with_one_way([key for key in folded if key[0].isalpha() or key.isdigit()])
        found = _find_phrases(keys, folded, sequence)
        every = tuple(key for key in keys if not key.isdigit())
        numbers = {each.number for each in readings if each.number}
        return Form(
            text=text, keys=tuple(found.kept) or every, every=every, sequence=sequence,
            numbers=frozenset(numbers - _numbers_of_times(found.times)) if numbers else _NOTHING,
            levels=_set(found.levels), times=_set(found.times), deeds=_set(found.deeds),
            written_out=_abbreviations(text, readings),
        )  # fmt: skip

    def _read(self, word: str) -> _Reading:
        known = self._readings.get(word)
        if known is None:
            known = self._readings[word] = self._read_anew(word)
        return known

    def _read_anew(self, word: str) -> _Reading:
        if word[0].isdigit() and (word.isdigit() or _as_scanned(word.lower()) == word.lower()):
            return _Reading((_number(word),), number=_number(word))
        if word in _ROMAN:
            return _Reading((_ROMAN[word],), number=_ROMAN[word])
        letters = _JOINED.sub("", word)
        expansion = self._expansions.get(letters) if letters.isupper() else None
        expansion = expansion or self._any_case.get(letters.lower())
        if expansion:
            return _Reading(expansion, is_abbreviation=True)
        return _Reading(tuple(_as_scanned(part) for part in _JOINED.split(word.lower()) if part))


def _words_of(readings: Sequence[_Reading]) -> Iterator[str]:
    """Yield the words, without "số" before a number."""
    for reading, following in zip_longest(readings, readings[1:]):
        if not (following and following.number and reading.words == ("số",)):
            yield from reading.words


def _set(found: list[str]) -> frozenset[str]:
    return frozenset(found) if found else _NOTHING


def _abbreviations(text: str, readings: Sequence[_Reading]) -> tuple[str, ...]:
    if not any(reading.is_abbreviation for reading in readings):
        return ()
    pairs = zip(_WORD.findall(text), readings, strict=True)
    return tuple(word for word, reading in pairs if reading.is_abbreviation)


def _clean(text: str) -> str:
    """Return the text in one form of Unicode, with letters of other alphabets as the Latin ones they look like."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if is_usual(text):
        return text
    for each in find_lookalikes(text):
        if each.suggestion:
            text = text.replace(each.word, each.suggestion)
    return text


@lru_cache(maxsize=1 << 16)
def _as_scanned(word: str) -> str:
    """Return the syllable that a scanner has read as this word, or the word."""
    if is_syllable(word):
        return word
    readings = (word.replace(seen, meant, 1) for seen, meant in words.CONFUSED if seen in word)
    return next((each for each in readings if is_syllable(each)), word)


def _number(word: str) -> str:
    """Return a number as it is compared: 05 is 5, 12-QĐ/TU is 12/QD/TU."""
    parts = re.split("[/-]", word)
    return _ZEROS.sub("", "/".join(fold(part).upper().replace(" ", ".") for part in parts))


# Phrases ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """What the phrases of a name say, and the words that are left where those that add nothing are gone."""

    kept: list[str]
    levels: list[str]
    times: list[str]
    deeds: list[str]


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(key_of(word) for word in re.findall(r"\w+", text))


def _by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return phrases by their first word, the longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted({_phrase(each) for each in phrases}, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return by_first


FILLER_WORDS = {key_of(each): each for each in words.FILLERS if " " not in each}
_FILLERS = _by_first(each for each in words.FILLERS if " " in each)
_LEVELS, _TIMES, _NO_TIMES, _DEEDS = map(_by_first, (words.LEVELS, words.TIMES, words.NO_TIMES, words.DEEDS))
_TIME_WORDS = {key_of(each): each for each in words.TIMES}
_SYNONYMS = _by_first(each for row in words.SYNONYMS for each in row[1:])
_FIRST_OF = {_phrase(each): _phrase(row[0]) for row in words.SYNONYMS for each in row[1:]}


def _starting(keys: Sequence[str], at: int, phrases: Mapping[str, list[tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the longest of the phrases that stands at a place, of those that begin with its word; none is empty."""
    for phrase in phrases[keys[at]]:
        if len(phrase) == 1 or tuple(keys[at : at + len(phrase)]) == phrase:
            return phrase
    return ()


def _with_one_way(keys: list[str]) -> list[str]:
    """Return the words with one way to say a thing for several."""
    if _SYNONYMS.keys().isdisjoint(keys):
        return keys
    said: list[str] = []
    at = 0
    while at < len(keys):
        phrase = _starting(keys, at, _SYNONYMS) if keys[at] in _SYNONYMS else ()
        said += _FIRST_OF[phrase] if phrase else keys[at : at + 1]
        at += len(phrase) or 1
    return said


def _find_phrases(keys: Sequence[str], folded: Sequence[str], sequence: Sequence[str]) -> _Found:
    found = _Found([], [], [], [])
    filler_until = no_time_until = time_until = 0
    for at, key in enumerate(keys):
        # Most words begin no phrase, and there are very many: each table is asked only for its own.
        if key in _FILLERS:
            filler_until = max(filler_until, at + len(_starting(keys, at, _FILLERS)))
        if key in _NO_TIMES:
            no_time_until = max(no_time_until, at + len(_starting(keys, at, _NO_TIMES)))
        if key in _LEVELS and (level := _starting(keys, at, _LEVELS)):
            found.levels.append(level[-1])
        if key in _DEEDS and (deed := _starting(keys, at, _DEEDS)):
            found.deeds.append(" ".join(deed))
        if key in _TIMES and at >= max(no_time_until, time_until):
            time = _starting(keys, at, _TIMES)
            if len(time) > 1 or (time and _is_time(key, folded, sequence)):
                found.times.append(" ".join(time))
                time_until = at + len(time)
        if (
            at >= filler_until
            and not key.isdigit()
            and not (key in FILLER_WORDS and _adds_nothing(key, folded, sequence))
        ):
            found.kept.append(key)
    return found


def _is_time(key: str, folded: Sequence[str], sequence: Sequence[str]) -> bool:
    """Return whether a time, or what it is without marks, stands in the text: "quý", not "quỹ"."""
    ways = [word for each, word in zip(folded, sequence, strict=True) if each == key]
    return not ways or any(word in (_TIME_WORDS[key], key) for word in ways)


def _adds_nothing(key: str, folded: Sequence[str], sequence: Sequence[str]) -> bool:
    """Return whether a filler adds nothing here: "trong" adds nothing, "trọng" does; without marks nobody can tell."""
    filler = FILLER_WORDS[key]
    return all(word in (filler, key) for each, word in zip(folded, sequence, strict=True) if each == key)


def _numbers_of_times(times: Sequence[str]) -> set[str]:
    """Return the numbers that belong to times: "9 tháng", "6 tháng" (which is half a year)."""
    return {word for each in times for word in each.split() if word.isdigit()} | (
        {"6"} if "nua nam" in times else set()
    )
