"""The list of an upload that was chosen by its tab: one page of it, and the form over the row that is being mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from cms.core.paging import Page
from importers.batches.pages import Only, corrections_page, problems_page, rows_page
from importers.batches.rows import SheetRow, rows_to_mend
from importers.enums import BatchState, RowClass
from importers.kinds import kind_of
from importers.models import ImportBatch
from importers.screens import lists
from importers.screens.forms import CorrectionForm
from importers.screens.problem_groups import ProblemGroups, only, problem_groups

ROWS = 50
PROBLEMS = ("error", "warning", "note")
CORRECTED = "corrected"
# The lists whose lines lead to the form.
_MENDED_FROM = ("error", "warning", CORRECTED)
# The lists whose rows are compared with what is known, before they are written.
_ASKED_ABOUT = (RowClass.NEW, RowClass.CHANGED)
# What of an address keeps its reader at the same place of the same list.
PLACE = ("show", "all", "after", "before", "code", "column")


class ChosenList:
    """``query`` is the address's: show (the tab), after or before (the page), edit (the key of a line)."""

    def __init__(self, batch: ImportBatch, query: Mapping[str, str], reader: Any, may_correct: bool) -> None:
        self._batch = batch
        self._showing = kind_of(batch).show(reader, batch.agency)
        self._query = query
        self._may_correct = may_correct and batch.has_cells

    def context(self) -> dict[str, Any]:
        """Return what the templates show."""
        groups = self._groups()
        summed_up = self._is_summed_up(groups)
        page = Page([], None, None) if summed_up else self._page()
        lines = self._lines(page.rows)
        return {
            "summed_up": summed_up,
            "tabs": self._tabs, "chosen": self._chosen, "is_problem": self._chosen in PROBLEMS,
            "page": page, "lines": lines, "headings": self._showing.headings, "edited": self._edited(page),
            "groups": groups, "only": self._only,
        }  # fmt: skip

    @cached_property
    def _tabs(self) -> list[lists.Tab]:
        return lists.tabs(self._batch, self._query.get("show", ""), self._batch.corrections.count())

    @cached_property
    def _chosen(self) -> str:
        return next(tab.key for tab in self._tabs if tab.current)

    @cached_property
    def _only(self) -> Only | None:
        return only(self._query) if self._chosen in PROBLEMS else None

    def _is_summed_up(self, groups: ProblemGroups | None) -> bool:
        """Return whether the groups stand for their lines: nothing refuses, and each line can still be listed."""
        if groups is None or groups.more or self._only or self._chosen == "error":
            return False
        return not any(self._query.get(name) for name in ("all", "edit", "after", "before"))

    def _groups(self) -> ProblemGroups | None:
        return problem_groups(self._batch, self._chosen, self._only) if self._chosen in PROBLEMS else None

    @cached_property
    def _to_mend(self) -> dict[tuple[str, int], SheetRow]:
        return rows_to_mend(self._batch) if self._may_correct else {}

    def _page(self) -> Page[Any]:
        after, before = self._query.get("after", ""), self._query.get("before", "")
        if self._chosen == CORRECTED:
            return corrections_page(self._batch, size=ROWS, after=after, before=before)
        if self._chosen in PROBLEMS:
            return problems_page(self._batch, self._chosen, self._only, size=ROWS, after=after, before=before)
        return rows_page(self._batch, self._chosen, size=ROWS, after=after, before=before)

    def _lines(self, rows: Sequence[Any]) -> list[Any]:
        if self._chosen not in _ASKED_ABOUT or self._batch.state != BatchState.PREVIEWED:
            return [self._line(row) for row in rows]
        asked = kind_of(self._batch).questions(self._batch.agency, [row.values for row in rows])
        return [lists.row_line(self._showing, row, each) for row, each in zip_longest(rows, asked)]

    def _line(self, row: Any) -> Any:
        if self._chosen == CORRECTED:
            return lists.correction_line(row, self._edit_query(row))
        if self._chosen in PROBLEMS:
            return lists.problem_line(row, self._edit_query(row))
        return lists.row_line(self._showing, row)

    def _edit_query(self, row: Any) -> str:
        """The address of the form over the row of a problem or a correction; nothing where there is none."""
        if self._chosen not in _MENDED_FROM or (row.sheet, row.row) not in self._to_mend:
            return ""
        return urlencode(self._place() | {"edit": row.pk})

    def _place(self) -> dict[str, str]:
        return {name: self._query[name] for name in PLACE if self._query.get(name)} | {"show": self._chosen}

    def _edited(self, page: Page[Any]) -> dict[str, Any] | None:
        """The form over the row of the line that the address names, if it is on this page."""
        key = self._query.get("edit", "")
        for index, line in enumerate(page.rows):
            if key and self._edit_query(line) and str(line.pk) == key:
                place = self._to_mend[line.sheet, line.row]
                cells = lists.edited_cells(self._batch, CorrectionForm(place), line.column_number)
                return {"index": index, "row": place, "back": urlencode(self._place()), "cells": cells}
        return None
