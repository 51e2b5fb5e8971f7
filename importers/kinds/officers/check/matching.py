"""Finds for each row of the file the posting on record that it continues, and says what changed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from cms.core.dates import format_date_vi
from importers.checking.verdict import CheckedRow
from importers.kinds.officers.check.context import ROW_FIELDS, BasePosting, Context, Span
from importers.kinds.officers.check.reading import ReadPosting
from importers.problems import Problem, warning

# What a row has in common with the posting that it continues; each step asks for less than the one before.
_STEPS = (
    ("agency", "valid_from", "is_main"), ("agency", "valid_from"), ("valid_from", "is_main"),
    ("agency", "position", "role", "is_main"),
)  # fmt: skip
_LAST_DAY = datetime.date.max


class Matched:
    """The file beside what is on record: which posting each row continues, and what becomes of the others.

    A main row that begins while another main posting still holds ends that one the day before, as a transfer does: one
    on record, and one of the file whose last day was left empty (``problems`` says so).
    """

    def __init__(self, items: list[ReadPosting], context: Context) -> None:
        self.problems: list[Problem] = []
        self.items = [item for item in items if item.ok]
        self._context = context
        self._unread = {item.values["code"] for item in items if not item.ok}
        self.base: dict[str, list[BasePosting]] = defaultdict(list)
        for posting in context.base:
            self.base[posting.code].append(posting)
        self.rows_of: dict[str, list[ReadPosting]] = defaultdict(list)
        for item in self.items:
            self.rows_of[item.values["code"]].append(item)
        self._pairs: dict[int, BasePosting] = {}
        for code, rows in self.rows_of.items():
            self._end_by_the_next(rows)
            self._pair(rows, list(self.base.get(code, ())))
        self._paired = {id(base) for base in self._pairs.values()}
        self._ended = {id(base): day for base in context.base if (day := self._end_of(base))}
        for item in self.items:
            self._fill(item)

    def rows(self) -> list[CheckedRow]:
        """The rows of the file, then the postings that they end."""
        ended = [_ended(base, self._ended[id(base)]) for base in self._context.base if id(base) in self._ended]
        return [self._checked(item) for item in self.items] + ended

    def missing(self) -> list[BasePosting]:
        """The postings that hold today and after, and that the file says nothing of."""
        today = self._context.today
        return [
            base
            for base in self._others(self._context.base)
            if base.valid_from <= today < (base.valid_to or _LAST_DAY) and base.code not in self._unread
        ]

    def main_spans_on_record(self, code: str) -> list[Span]:
        """First and last days of the officer's main postings that the file leaves as they are, wherever they are."""
        elsewhere = self._context.elsewhere.get(code)
        here = [base.span for base in self._others(self.base.get(code, ())) if base.is_main]
        return here + list(elsewhere.spans if elsewhere else ())

    def is_new_officer(self, item: ReadPosting) -> bool:
        """Whether nobody on record has the row's code."""
        code = item.values["code"]
        return code not in self.base and code not in self._context.elsewhere

    def _others(self, bases: Iterable[BasePosting]) -> list[BasePosting]:
        return [base for base in bases if id(base) not in self._paired and id(base) not in self._ended]

    def _end_by_the_next(self, rows: list[ReadPosting]) -> None:
        main = sorted((item for item in rows if item.values["is_main"]), key=lambda item: item.values["valid_from"])
        for item, following in pairwise(main):
            if item.values["valid_to"] or item.values["valid_from"] == following.values["valid_from"]:
                continue
            day = following.values["valid_from"] - datetime.timedelta(days=1)
            item.values["valid_to"], item.given = day, item.given | {"valid_to"}
            at = {"day": format_date_vi(day), "other_sheet": following.sheet, "other_row": following.row}
            self.problems.append(warning("ended_by_row", **item.end_place(), **at))

    def _pair(self, rows: list[ReadPosting], free: list[BasePosting]) -> None:
        for step in _STEPS:
            for item in rows:
                if id(item) in self._pairs:
                    continue
                base = next((one for one in free if _continues(item, one, step)), None)
                if base is not None:
                    self._pairs[id(item)] = base
                    free.remove(base)

    def _end_of(self, base: BasePosting) -> datetime.date | None:
        """The day on which a main row of the file ends the posting, or None."""
        if not base.is_main or id(base) in self._paired:
            return None
        begins = [
            item.values["valid_from"]
            for item in self.rows_of.get(base.code, ())
            if item.values["is_main"] and id(item) not in self._pairs
        ]
        later = [day for day in begins if base.valid_from < day <= (base.valid_to or _LAST_DAY)]
        return min(later) - datetime.timedelta(days=1) if later else None

    def _fill(self, item: ReadPosting) -> None:
        """A column that the file does not have changes nothing."""
        values, base = item.values, self._pairs.get(id(item))
        if base is not None:
            known = base.values()
            values.update({name: known[name] for name in ROW_FIELDS if name not in item.given})
        elif "category" not in item.given:
            values["category"] = self._category(values["code"])

    def _category(self, code: str) -> str:
        here, elsewhere = self.base.get(code), self._context.elsewhere.get(code)
        return here[0].category if here else elsewhere.category if elsewhere else "civil_servant"

    def _checked(self, item: ReadPosting) -> CheckedRow:
        row = CheckedRow(item.sheet, item.row, item.values)
        base = self._pairs.get(id(item))
        if base is not None:
            row.identity, row.changes = base.identity, _changes(base.values(), item.values)
            row.change = "changed" if row.changes else "same"
        return row


def _continues(item: ReadPosting, base: BasePosting, step: tuple[str, ...]) -> bool:
    same = all(item.values[name] == getattr(base, name) for name in step)
    return same and ("valid_from" in step or overlap(item.span, base.span))


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [before[name], after[name]] for name in ROW_FIELDS if before[name] != after[name]}


def _ended(base: BasePosting, day: datetime.date) -> CheckedRow:
    """A posting that the file ends without a row of its own."""
    values = base.values() | {"valid_to": day}
    return CheckedRow("", 0, values, "changed", base.identity, _changes(base.values(), values))


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a day."""
    return one[0] <= (other[1] or _LAST_DAY) and other[0] <= (one[1] or _LAST_DAY)


def by(items: Iterable[ReadPosting], key: Callable[[ReadPosting], Any]) -> dict[Any, list[ReadPosting]]:
    """Rows by what they have in common, in the order of the file."""
    groups = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups
