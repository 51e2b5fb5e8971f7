"""The table of a file whose columns a person matches: what is proposed, what may be chosen, what a choice comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from importers.batches import packing
from importers.checking.columns import IGNORED, Column, Layout, with_words
from importers.checking.headers import find_header, header_at
from importers.checking.headings import header_key, words_of
from importers.checking.outline import read_outline
from importers.checking.proposals import Proposal, Proposed, could_be_header, propose
from importers.checking.storable import storable
from importers.kinds import kind_of
from importers.mappings.layouts import layouts_for
from importers.mappings.models import LONGEST_HEADING, ColumnMapping
from importers.models import ImportBatch
from importers.reading import Sheet


@dataclass(frozen=True)
class FileTable:
    """The table of one sheet of an upload; ``sheets`` names those that there are."""

    batch: ImportBatch
    sheets: list[str]
    sheet: Sheet
    layouts: tuple[Layout, ...]
    proposed: Proposed

    @cached_property
    def open_columns(self) -> list[Proposal]:
        """The columns about which there is something to choose: each heading once."""
        return [
            proposal
            for proposal in self.proposed.columns
            if proposal.reason != "again" and is_memorable(proposal.column.heading)
        ]

    @cached_property
    def rows(self) -> list[int]:
        """The rows that may be named as the header."""
        return could_be_header(self.sheet)

    def columns_of_ours(self) -> tuple[list[Column], list[Column]]:
        """Return the columns that the file needs in the layout it fits, and all others that may be chosen."""
        required = [column for column in self.proposed.layout.columns if column.required]
        keys = {column.key for column in required}
        return required, [column for column in every_column(self.layouts) if column.key not in keys]

    def first_choice(self, proposal: Proposal) -> str:
        """Return the key that the form shows first for a column."""
        column = self._column(proposal.key)
        return column.key if column and column.kind != "ignored" else IGNORED

    def words(self, chosen: Mapping[int, str]) -> dict[str, str]:
        """Return what would be remembered, by heading: a key, IGNORED, or "" for what needs no remembering."""
        return {
            proposal.column.heading: self._word(proposal, chosen[proposal.column.number])
            for proposal in self.open_columns
            if proposal.column.number in chosen
        }

    def as_known(self) -> dict[int, str]:
        """Return the choices that need nobody: the columns whose heading is known, or was matched before."""
        return {
            proposal.column.number: self.first_choice(proposal)
            for proposal in self.open_columns
            if proposal.certainty in ("known", "matched")
        }

    def unsettled(self) -> list[Column]:
        """Return the columns needed in the layout that the file fits which nothing known stands for yet."""
        have = set(self.as_known().values())
        required, _others = self.columns_of_ours()
        return [column for column in required if column.key not in have and not have.intersection(column.instead)]

    def chosen_twice(self, chosen: Mapping[int, str]) -> dict[int, int]:
        """Return the columns of the file whose choice another one has too, each with the first such one, by number."""
        by_key: dict[str, list[int]] = {}
        for number, key in chosen.items():
            by_key.setdefault(key, []).append(number)
        by_key.pop(IGNORED, None)
        return {
            number: next(other for other in numbers if other != number)
            for numbers in by_key.values()
            if len(numbers) > 1
            for number in numbers
        }

    def read_all_the_same(self, chosen: Mapping[int, str]) -> list[int]:
        """Return the columns chosen to be passed by that bear the very name of one of ours, and no other column is."""
        known, used = words_of(self.proposed.layout).known, set(chosen.values())
        ours = (
            (proposal.column.number, known.get(header_key(proposal.column.heading))) for proposal in self.open_columns
        )
        return [
            number
            for number, column in ours
            if chosen.get(number) == IGNORED and column and column.kind != "ignored" and column.key not in used
        ]

    def missing(self, chosen: Mapping[int, str]) -> list[Column]:
        """Return the required columns that the check would still miss, read as it will read them."""
        words = ColumnMapping.objects.used_for(self.batch.agency, self.batch.kind).words()
        keys = {proposal.column.heading: proposal.column.key for proposal in self.open_columns}
        for heading, key in self.words(chosen).items():
            words.pop(keys[heading], None)
            words |= {keys[heading]: key} if key else {}
        layouts = tuple(with_words(layout, words) for layout in self.layouts)
        rows = [row for row in self.sheet.rows if self.proposed.first_row <= row.number <= self.proposed.last_row]
        header = find_header(self.sheet, layouts) or header_at(self.sheet, rows, layouts)
        named = {problem.column for problem in header.problems if problem.code == "missing_column"}
        return [column for column in header.layout.columns if column.header in named]

    def _word(self, proposal: Proposal, key: str) -> str:
        """What is known by itself is not remembered, nor is what only a file in another layout would need."""
        natural = self._column(proposal.natural)
        as_known = IGNORED if natural and natural.kind == "ignored" else proposal.natural
        return "" if key == as_known or (key == IGNORED and proposal.elsewhere) else key

    def _column(self, key: str) -> Column | None:
        return next((column for layout in self.layouts if (column := layout.column(key))), None)


def is_memorable(heading: str) -> bool:
    """Return whether a heading can be remembered: databases take it, and it can be told from others."""
    key = header_key(heading)
    return bool(key) and max(len(key), len(heading)) <= LONGEST_HEADING and storable(heading) == heading


def every_column(layouts: tuple[Layout, ...]) -> list[Column]:
    """Return the columns of all layouts that are read, each key once."""
    columns = {c.key: c for layout in reversed(layouts) for c in layout.columns if c.kind != "ignored"}
    order = {c.key: None for layout in layouts for c in layout.columns if c.kind != "ignored"}
    return [columns[key] for key in order]


def table_of(batch: ImportBatch, sheet: str = "", row: int = 0) -> FileTable | None:
    """Return the table to match: the sheet and the header row that were named, else those that fit best.

    None where nothing was kept to match by, or nothing in it looks like a table.
    """
    stored = packing.stored(batch, packing.HEADINGS)
    if not stored:
        return None
    layouts, sheets = layouts_for(batch.agency, kind_of(batch)), read_outline(stored)
    looked_at = [one for one in sheets if one.name == sheet] or sheets
    found = [
        FileTable(batch, [one.name for one in sheets], one, layouts, proposed)
        for one in looked_at
        if (proposed := propose(one, layouts, row if row in could_be_header(one) else 0))
    ]
    return min(found, key=lambda table: -sum(bool(c.key) for c in table.proposed.columns), default=None)
