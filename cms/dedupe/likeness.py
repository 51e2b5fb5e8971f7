"""How alike two names of works are, and why: a number between 0 and 1 with its reasons. Pure.

Two names are the same work where nothing that parts works (a level, a time, a number, a deed) differs, and what is left
of either, once words that add nothing are gone, is in the other: as written, without marks, misspelt, or shortened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from cms.core.text import fold, gettext_noop
from cms.dedupe.lexicon import Lexicon, same_sound
from cms.dedupe.normalise import Form, is_unmarked
from cms.dedupe.syllables import is_syllable

# From here on two names are taken for the same work.
SAME = 0.8

REASONS: dict[str, str] = {
    "same_text": gettext_noop("the same words"),
    "same_words": gettext_noop("the same words but for those that add nothing"),
    "other_order": gettext_noop("in another order"),
    "marks": gettext_noop("without some of the marks: %(words)s"),
    "misspelt": gettext_noop("probably a slip: %(words)s"),
    "written_out": gettext_noop("an abbreviation written out: %(words)s"),
    "more": gettext_noop("one says more: %(words)s"),
    "one_number": gettext_noop("only one names a number: %(words)s"),
    "one_level": gettext_noop("only one names a level: %(words)s"),
    "output": gettext_noop("another output: %(words)s"),
    "group": gettext_noop("another complexity group: %(words)s"),
    "numbers": gettext_noop("other numbers: %(words)s"),
    "levels": gettext_noop("other levels: %(words)s"),
    "times": gettext_noop("for other times: %(words)s"),
    "deeds": gettext_noop("something else is done: %(words)s"),
    "words": gettext_noop("other words: %(words)s"),
}
# What each costs, of 1.
_COSTS = {"marks": 0.005, "misspelt": 0.03, "one_number": 0.07, "one_level": 0.05, "output": 0.06, "group": 0.02,
          "other_order": 0.01, "same_words": 0.005, "written_out": 0.005, "more": 0.0}  # fmt: skip
# A slip in a word without evidence either way is believed where so many other words agree.
_ENOUGH = 6
_MOST_SLIPS = 4
_MOST_OTHERS = 6
# What a word weighs that only one name has, beside one that both have.
_EXTRA = 3


@dataclass
class Likeness:
    """The likeness of two names: ``score`` from 0 to 1, and why, as codes of ``REASONS`` with the words meant."""

    score: float
    reasons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """Return whether the two are taken for the same work."""
        return self.score >= SAME

    def sentences(self) -> list[str]:
        """Return the reasons in English, the language of programs."""
        return [REASONS[code] % {"words": words} if words else REASONS[code] for code, words in self.reasons]


SAME_TEXT = Likeness(1.0, [("same_text", "")])


@dataclass(frozen=True)
class Evidence:
    """What stands beside a name: its output, taken apart as names are, and the complexity group."""

    output: Form | None = None
    group: str = ""


def compare(
    one: Form, other: Form, lexicon: Lexicon, beside: tuple[Evidence, Evidence] = (Evidence(), Evidence())
) -> Likeness:
    """Return how alike two names are. The order of the two does not matter."""
    return with_evidence(_compare_names(one, other, lexicon), beside)


def _compare_names(one: Form, other: Form, lexicon: Lexicon) -> Likeness:
    if one.text == other.text:
        return SAME_TEXT
    if one.numbers and other.numbers and not _agree(one.numbers, other.numbers):
        return Likeness(0.0, [("numbers", _beside(one.numbers, other.numbers))])
    comparison = _Comparison(one, other, lexicon)
    if comparison.parted:
        return Likeness(0.0, [comparison.parted])
    return Likeness(comparison.score(), comparison.reasons)


def with_evidence(names: Likeness, beside: tuple[Evidence, Evidence]) -> Likeness:
    """Return how alike two works are whose names are so alike, by what stands beside the names."""
    score, reasons = names.score, [*names.reasons]
    one, other = beside
    if one.output and other.output and one.output.keys != other.output.keys:
        reasons.append(("output", f"{one.output.text} / {other.output.text}"))
        if one.output.times != other.output.times or one.output.deeds != other.output.deeds:
            return Likeness(0.0, reasons[-1:])
        score -= _COSTS["output"]
    if one.group and other.group and one.group != other.group:
        reasons.append(("group", f"{one.group} / {other.group}"))
        score -= _COSTS["group"]
    return Likeness(max(0.0, round(score, 4)), reasons)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether the numbers of one are those of the other, where a document may be named by its number alone."""
    fewer, more = sorted((one, other), key=len)
    return all(any(_is_number(each, known) for known in more) for each in fewer)


def _is_number(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or ("/" in long and long.split("/")[0] == short)


def _beside(one: frozenset[str], other: frozenset[str]) -> str:
    return f"{', '.join(sorted(one - other)) or '–'} / {', '.join(sorted(other - one)) or '–'}"


class _Comparison:
    """Two names whose words are laid side by side."""

    def __init__(self, one: Form, other: Form, lexicon: Lexicon) -> None:
        self.one, self.other, self.lexicon = one, other, lexicon
        self.left, self.right = _lacking(one, other), _lacking(other, one)
        self.common = [key for key in dict.fromkeys(one.keys) if key in other.every]
        self.slips: list[str] = []
        self.marks: list[str] = []
        self.parted: tuple[str, str] | None = None
        self.reasons: list[tuple[str, str]] = []
        if self.left or self.right:
            if len(self.left) <= _MOST_OTHERS and len(self.right) <= _MOST_OTHERS:
                self._join_split_words()
                self._pair_slips()
            if self.left and self.right:
                self.parted = ("words", f"{self._words(one, self.left)} / {self._words(other, self.right)}")
                return
        self.parted = self._parting() or self._other_words()
        if not self.parted:
            self.reasons = self._reasons()

    def score(self) -> float:
        """Return the likeness by the words that both have, less what each difference costs."""
        both = len(self.common) + len(self.slips)
        extra = len(self.left) + len(self.right)
        if not both:
            return 0.0
        counts = {"marks": len(self.marks), "misspelt": len(self.slips)}
        cost = sum(_COSTS[code] * counts.get(code, 1) for code, _words in self.reasons)
        return both / (both + _EXTRA * extra) - cost

    def _parting(self) -> tuple[str, str] | None:
        """Return the level, time or deed that makes two works of them: one whose words the other has not all."""
        lacking = {*self.left, *self.right}
        one, other = self.one, self.other
        if (
            one.levels
            and other.levels
            and (
                (one.levels - other.levels and other.levels - one.levels) or _parts(one.levels ^ other.levels, lacking)
            )
        ):
            return ("levels", _beside(one.levels, other.levels))
        if _parts(one.times ^ other.times, lacking) or self._has_other_time():
            return ("times", _beside(one.times, other.times))
        if _parts(one.deeds ^ other.deeds, lacking):
            return ("deeds", _beside(one.deeds, other.deeds))
        return None

    def _has_other_time(self) -> bool:
        """Return whether a time is another word in the other name, though it folds alike: "quý" and "quỹ"."""
        only_one = self.one.times ^ self.other.times
        written = (word for key in only_one for form in (self.one, self.other) for word in form.written(key))
        return len({word for word in written if not is_unmarked(word) and is_syllable(word)}) > 1

    def _other_words(self) -> tuple[str, str] | None:
        """Return two words that fold alike and are both meant: "số" and "sở"."""
        for key in self.common:
            ones, others = self.one.written(key), self.other.written(key)
            if not ones or not others or any(same_sound(one, other) for one in ones for other in others):
                continue
            one, other = ones[0], others[0]
            if is_unmarked(one) or is_unmarked(other):
                self.marks.append(f"{one} / {other}")
            elif self._is_slip(one, other, self.one, self.other):
                self.slips.append(f"{one} / {other}")
            else:
                return ("words", f"{one} / {other}")
        return None

    def _join_split_words(self) -> None:
        """Take "báocáo" and "báo cáo" for one another."""
        for mine, theirs in ((self.left, self.right), (self.right, self.left)):
            for whole in [key for key in mine if len(key) > 5]:
                pieces = next(
                    (theirs[at : at + size] for size in (2, 3) for at in range(len(theirs) - size + 1)
                     if "".join(theirs[at : at + size]) == whole), None,
                )  # fmt: skip
                if pieces:
                    mine.remove(whole)
                    theirs[:] = [key for key in theirs if key not in pieces]
                    self.slips.append(f"{whole} / {' '.join(pieces)}")

    def _pair_slips(self) -> None:
        """Take words that differ by a slip of the hand for one another, those that add nothing among them."""
        self._pair(self.left, self.right, self.one, self.other)
        if bool(self.left) != bool(self.right):
            for own, form, other in ((self.left, self.one, self.other), (self.right, self.other, self.one)):
                self._pair(own, [key for key in dict.fromkeys(other.every) if key not in form.every], form, other)

    def _pair(self, own: list[str], theirs: list[str], form: Form, other: Form) -> None:
        for key in list(own):
            near = next((each for each in theirs if self._are_near(form, key, other, each)), None)
            if near is not None and self._is_slip(form.shown(key), other.shown(near), form, other):
                own.remove(key)
                theirs.remove(near)
                self.slips.append(f"{form.shown(key)} / {other.shown(near)}")

    def _are_near(self, form: Form, key: str, other: Form, near: str) -> bool:
        """Return whether two words are a slip apart: two where words are long, or one is none and many others agree."""
        if _are_far(key, near):
            return False
        apart = _distance(form.shown(key), other.shown(near))
        if apart < 2:
            return max(len(key), len(near)) > 2
        is_none = len(self.common) >= _ENOUGH and not (is_syllable(key) and is_syllable(near))
        return apart == 2 and (is_none or max(len(key), len(near)) > 5)

    def _is_slip(self, one: str, other: str, form: Form, other_form: Form) -> bool:
        """Return whether one of two words that are nearly written alike is no word that belongs there."""
        if len(self.slips) >= _MOST_SLIPS:
            return False
        if one not in form.sequence or other not in other_form.sequence:
            return False
        slip = self.lexicon.is_slip(one, form.sequence, other, other_form.sequence)
        return len(self.common) >= _ENOUGH if slip is None else slip

    def _reasons(self) -> list[tuple[str, str]]:
        one, other = self.one, self.other
        reasons = [] if self.left or self.right or self.slips or self.marks else [("same_words", "")]
        if self.marks:
            reasons.append(("marks", "; ".join(self.marks)))
        if self.slips:
            reasons.append(("misspelt", "; ".join(self.slips)))
        if one.written_out != other.written_out:
            reasons.append(("written_out", ", ".join(dict.fromkeys(one.written_out + other.written_out))))
        if self.common != [key for key in dict.fromkeys(other.keys) if key in one.every]:
            reasons.append(("other_order", ""))
        extra = self._words(one, self.left) or self._words(other, self.right)
        if extra:
            reasons.append(("more", extra))
        if bool(one.numbers) != bool(other.numbers):
            reasons.append(("one_number", ", ".join(sorted(one.numbers | other.numbers))))
        if one.levels != other.levels:
            reasons.append(("one_level", ", ".join(sorted(one.levels | other.levels))))
        return reasons

    @staticmethod
    def _words(form: Form, keys: Sequence[str]) -> str:
        return " ".join(form.shown(key) for key in keys)


@lru_cache(maxsize=1 << 18)
def _distance(one: str, other: str) -> int:
    """Return how many letters part two words without their marks: 0 to 2, or 3 for more."""
    return OSA.distance(fold(one), fold(other), score_cutoff=2)


@lru_cache(maxsize=1 << 18)
def _are_far(key: str, near: str) -> bool:
    """Return whether two folded words are more than two letters apart, however each is written."""
    return OSA.distance(key.replace("y", "i"), near.replace("y", "i"), score_cutoff=2) > 2


def _lacking(form: Form, other: Form) -> list[str]:
    """Return the words of a name that the other has not, or not so often."""
    return [key for key in dict.fromkeys(form.keys) if key not in other.every or _is_oftener(key, form, other)]


def _is_oftener(key: str, form: Form, other: Form) -> bool:
    count = form.keys.count(key)
    return count > 1 and count > other.every.count(key)


def _parts(phrases: frozenset[str], lacking: set[str]) -> bool:
    # Numbers of times stand in no list of words.
    return any(word in lacking or word.isdigit() for phrase in phrases for word in phrase.split())
