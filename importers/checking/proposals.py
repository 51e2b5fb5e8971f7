"""Proposes which column of a file is which of ours, for a person to confirm. Pure.

A heading that is known is settled. For the others the words of the heading count first, then what the cells below look
like. No column of ours is proposed twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from importers.checking.columns import IGNORED, Column, Layout
from importers.checking.contents import look_of, share_that_looks
from importers.checking.headers import FIRST_ROWS, Header, find_header, header_at, is_blank, is_index_row, may_continue
from importers.checking.headings import header_key, on_one_line, words_of
from importers.checking.likeness import Likeness, Vocabulary
from importers.reading.contract import Row, Sheet, Value

Certainty = Literal["known", "matched", "sure", "likely", "guess", "none"]
Reason = Literal["known", "matched", "again", "words", "words_and_contents", "contents", "none"]

# So many values of a column are looked at, and so many are shown.
_LOOKED_AT, _SHOWN = 40, 3
# What is longer is no heading of a table without known ones.
_LONGEST = 80
_FEWEST = 3
# A heading that sounds like a column so much is it, most likely; or almost surely.
_LIKELY, _SURE = 0.42, 0.75
# Contents that look so much like it speak for a column, or so little against it.
_FITS, _DIFFERS = 0.7, 0.2
# Few things but these look like this, whatever the heading says.
_TELLING = frozenset(("group", "code", "unit", "date", "legal", "long", "person", "ratio"))
_NUMERIC = frozenset(("number", "frame", "standard_score"))
# The column of a parent stands before that of its details; nothing else tells two columns of long texts apart.
_PARENT, _DETAIL = "task", "name"


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file: its number from 1, its heading, the form in which it is compared, and values below it."""

    number: int
    heading: str
    key: str
    texts: tuple[str, ...] = ()

    @property
    def samples(self) -> tuple[str, ...]:
        """The first few values that differ."""
        return tuple(islice(dict.fromkeys(self.texts), _SHOWN))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column of the file and the key proposed for it ("" for none, IGNORED for one that is not read), and why.

    ``phrase`` is what its heading sounds like, ``look`` what its cells look like. ``natural`` is the key that its
    heading is known as without anything that the agency has matched; ``elsewhere`` says that only another layout of
    the kind knows it.
    """

    column: FileColumn
    key: str = ""
    certainty: Certainty = "none"
    reason: Reason = "none"
    phrase: str = ""
    look: str = ""
    natural: str = ""
    elsewhere: bool = False


@dataclass(slots=True)
class Proposed:
    """What is proposed for the table of one sheet, and where its header is taken to be."""

    sheet: str
    first_row: int
    last_row: int
    layout: Layout
    columns: list[Proposal] = field(default_factory=list)


def propose(sheet: Sheet, layouts: tuple[Layout, ...], row: int = 0) -> Proposed | None:
    """Return proposals for a sheet; ``row`` says where its header is. None where nothing looks like a table."""
    rows = _rows_at(sheet, row) if row else _header_rows(sheet, layouts)
    if not rows:
        return None
    vocabulary = Vocabulary(layouts)
    known = {key for layout in layouts for key in words_of(layout).known}
    every = [_Matching(sheet, header_at(sheet, rows, (layout,)), vocabulary, known) for layout in layouts]
    found = min(every, key=_Matching.rank).proposed()
    found.columns = [_with_natural(proposal, found.layout, layouts) for proposal in found.columns]
    return found


def _with_natural(proposal: Proposal, layout: Layout, layouts: Iterable[Layout]) -> Proposal:
    key = proposal.column.key
    known = words_of(layout).known.get(key)
    elsewhere = known is None and any(key in words_of(one).known for one in layouts)
    return replace(proposal, natural=known.key if known else "", elsewhere=elsewhere)


def could_be_header(sheet: Sheet) -> list[int]:
    """Return the rows, by number, that a person may name as the header."""
    return [
        row.number
        for row in sheet.rows
        if row.number <= FIRST_ROWS and len(_short_texts(row)) >= 2 and not is_index_row(row)
    ]


def _header_rows(sheet: Sheet, layouts: tuple[Layout, ...]) -> list[Row]:
    header = find_header(sheet, layouts)
    if header:
        return [row for row in sheet.rows if header.first_row <= row.number <= header.last_row]
    vocabulary = Vocabulary(layouts)
    scores = {
        index: _header_score(sheet, index, vocabulary)
        for index, row in enumerate(sheet.rows)
        if row.number <= FIRST_ROWS and len(set(_short_texts(row))) >= _FEWEST
    }
    best = max(scores, key=lambda index: (scores[index], -index), default=None)
    return _rows_at(sheet, sheet.rows[best].number) if best is not None and scores[best] > 0 else []


def _header_score(sheet: Sheet, index: int, vocabulary: Vocabulary) -> float:
    """Many short and different texts, some of which sound like ours, above rows that are filled as much."""
    row = sheet.rows[index]
    texts = set(_short_texts(row))
    below = [other for other in sheet.rows[index + 1 : index + 6] if not is_index_row(other)]
    if not any(2 * len(_filled(other)) >= len(texts) for other in below):
        return 0
    like = sum(vocabulary.by_words(text, vocabulary.columns) > _LIKELY for text in texts)
    return len(texts) + like - (len(_filled(row)) - len(_short_texts(row)))


def _rows_at(sheet: Sheet, number: int) -> list[Row]:
    """The row with this number, and the one below it where cells merged from this one over several stand above it."""
    for row, below in zip(sheet.rows, [*sheet.rows[1:], None], strict=True):
        if row.number == number:
            spans = any(top == number and right > left for top, left, _, right in sheet.merged)
            two = below and spans and may_continue(row, below) and _all_words(below)
            return [row, below] if below and two else [row]
    return []


def _all_words(row: Row) -> bool:
    return len(_short_texts(row)) == len(_filled(row)) > 1


def _filled(row: Row) -> list[Value]:
    return [value for value in row.cells if not is_blank(value)]


def _short_texts(row: Row) -> list[str]:
    return [
        text
        for value in row.cells
        if type(value) is str and (text := value.strip()) and len(text) <= _LONGEST
        if not share_that_looks([text], "number")
    ]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A column of the file beside one of ours."""

    share: float
    column: FileColumn
    key: str
    likeness: Likeness
    look: str
    fit: float


class _Matching:
    """The columns of a file matched with those of one layout."""

    def __init__(self, sheet: Sheet, header: Header, vocabulary: Vocabulary, known: set[str]) -> None:
        self._sheet, self._header, self._vocabulary = sheet, header, vocabulary
        # Headings that some layout of the kind knows, in the form in which they are compared.
        self._known = known
        self._columns = _file_columns(sheet, header)
        self._settled = self._settle()
        self._chosen = self._choose()

    def rank(self) -> tuple[int, float]:
        """Smaller is better: least of what is required left unmatched, most that is surely matched."""
        have = {*self._header.columns, *(pair.key for pair in self._chosen.values())}
        missing = [
            column
            for column in self._header.layout.columns
            if column.required and column.key not in have and not have.intersection(column.instead)
        ]
        return len(missing), -len(self._header.columns) - sum(pair.share for pair in self._chosen.values())

    def proposed(self) -> Proposed:
        """Return what was found, column by column."""
        header = self._header
        proposed = [self._settled.get(c.number) or self._proposal(c) for c in self._columns]
        return Proposed(self._sheet.name, header.first_row, header.last_row, header.layout, proposed)

    def _proposal(self, column: FileColumn) -> Proposal:
        pair = self._chosen.get(column.number)
        if pair is None:
            return Proposal(column)
        if pair.likeness.share < _LIKELY:
            return Proposal(column, pair.key, "guess", "contents", look=pair.look)
        certainty: Certainty = "sure" if pair.likeness.share >= _SURE and pair.fit > _DIFFERS else "likely"
        if pair.fit >= _FITS and pair.look in _TELLING:
            return Proposal(column, pair.key, certainty, "words_and_contents", pair.likeness.phrase, pair.look)
        return Proposal(column, pair.key, certainty, "words", pair.likeness.phrase)

    def _settle(self) -> dict[int, Proposal]:
        """Columns whose heading is known, by number; and those that say once more what an earlier one says."""
        header = self._header
        keys = {index + 1: key for key, index in header.columns.items()}
        keys |= dict.fromkeys((index + 1 for index in header.passed), IGNORED)
        own = {header.columns[key] + 1 for key in header.own} | {index + 1 for index in header.passed}
        settled: dict[int, Proposal] = {}
        seen: set[str] = set()
        for column in self._columns:
            key = keys.get(column.number, "")
            state: Literal["matched", "known"] = "matched" if column.number in own else "known"
            if column.key in seen:
                settled[column.number] = Proposal(column, IGNORED, "known", "again")
            elif key:
                settled[column.number] = Proposal(column, key, state, state)
            seen.add(column.key)
        return settled

    def _choose(self) -> dict[int, _Pair]:
        """The best pairs first, each column of the file and each of ours once; what other layouts know stays theirs."""
        free = [c for c in self._columns if c.number not in self._settled and c.key not in self._known]
        ours = [
            column
            for column in self._header.layout.columns
            if column.kind != "ignored" and column.key not in self._header.columns
        ]
        chosen: dict[int, _Pair] = {}
        taken: set[str] = set()
        for pair in sorted(self._pairs(free, ours), key=lambda pair: (-pair.share, pair.column.number)):
            if pair.column.number not in chosen and pair.key not in taken:
                chosen[pair.column.number] = pair
                taken.add(pair.key)
        return _in_order(chosen)

    def _pairs(self, free: Sequence[FileColumn], ours: Sequence[Column]) -> Iterable[_Pair]:
        looks = {look_of(one) for one in ours}
        for column in free:
            fits = {look: share_that_looks(column.texts, look) if column.texts else 0.5 for look in looks}
            for one in ours:
                look = look_of(one)
                fit = fits[look]
                if one.kind in _NUMERIC and _is_text(column.texts):
                    continue
                likeness = self._vocabulary.likeness(column.heading, one)
                share = _share(likeness.share, fit, one.required and look in _TELLING and len(column.texts) > 1)
                if share > 0:
                    yield _Pair(share, column, one.key, likeness, look, fit)


def _is_text(texts: Sequence[str]) -> bool:
    """Return whether a column holds words: nobody writes numbers so, not even with a unit beside them."""
    return bool(texts) and sum(any(map(str.isdigit, text)) for text in texts) < _DIFFERS * len(texts)


def _in_order(chosen: dict[int, _Pair]) -> dict[int, _Pair]:
    at = {pair.key: number for number, pair in chosen.items()}
    parent, detail = at.get(_PARENT, 0), at.get(_DETAIL, 0)
    if not 0 < detail < parent or min(chosen[n].likeness.share for n in (parent, detail)) >= _SURE:
        return chosen
    first = replace(chosen[detail], key=_PARENT, likeness=chosen[parent].likeness)
    second = replace(chosen[parent], key=_DETAIL, likeness=chosen[detail].likeness)
    return chosen | {detail: first, parent: second}


def _share(likeness: float, fit: float, may_guess: bool) -> float:
    """How much speaks for a pair; nothing does where neither the heading nor the contents alone are enough."""
    if likeness >= _LIKELY:
        return 0.8 * likeness + 0.2 * fit - (0.3 if fit < _DIFFERS else 0)
    return 0.1 * likeness + 0.2 * fit if may_guess and fit >= _FITS else 0


def _file_columns(sheet: Sheet, header: Header) -> list[FileColumn]:
    """The columns with a heading. Over two rows the text is taken that no other column has, the lower one first."""
    counts = Counter(key for texts in header.texts for key in {header_key(text) for text in texts})
    rows = [row for row in sheet.rows if row.number > header.last_row and not is_index_row(row)]
    width = sum(bool(texts) for texts in header.texts)
    data = [row for row in rows if 3 * len(_filled(row)) >= width]
    columns = []
    for index, texts in enumerate(header.texts):
        known = [text for text in texts if header_key(text)]
        heading = next((text for text in known if counts[header_key(text)] == 1), known[0] if known else "")
        if heading:
            shown = on_one_line(heading)
            columns.append(FileColumn(index + 1, shown, header_key(shown), _texts_below(data, index)))
    return columns


def _texts_below(rows: Iterable[Row], index: int) -> tuple[str, ...]:
    texts = (on_one_line(str(row.cells[index])) for row in rows if index < len(row.cells) and row.cells[index])
    return tuple(islice((text for text in texts if text), _LOOKED_AT))
