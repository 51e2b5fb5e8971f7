"""The forms by which columns are matched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from importers.checking.columns import IGNORED, Column, Layout
from importers.checking.proposals import Proposal
from importers.mappings.table import FileTable, every_column


class MatchForm(forms.Form):
    """One choice for each heading of the file: which column of ours it is, or none."""

    def __init__(self, table: FileTable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table
        self._names = {proposal.column.number: f"column_{proposal.column.number}" for proposal in table.open_columns}
        for proposal in table.open_columns:
            self.fields[self.name_of(proposal)] = _choice(table, proposal)

    def name_of(self, proposal: Proposal) -> str:
        """Return the name of a column's field; "" where there is nothing to choose."""
        return self._names.get(proposal.column.number, "")

    def clean(self) -> dict[str, Any]:
        """Refuse one column of ours for two of the file, and a file that would still lack a required one."""
        cleaned = super().clean() or self.cleaned_data
        chosen = self.chosen()
        for number, sentence in refusals(self._table, chosen).items():
            self.add_error(self._names[number], sentence)
        if not self.errors and (missing := self._table.missing(chosen)):
            self.add_error(None, missing_message(missing))
        return cleaned

    def chosen(self) -> dict[int, str]:
        """Return the keys that were chosen, by number of the file's column."""
        return {number: self.cleaned_data[name] for number, name in self._names.items() if name in self.cleaned_data}

    def words(self) -> dict[str, str]:
        """Return what is to be remembered (see ``FileTable.words``)."""
        return self._table.words(self.chosen())


def _choice(table: FileTable, proposal: Proposal) -> forms.ChoiceField:
    required, others = table.columns_of_ours()
    return forms.ChoiceField(
        label=_("“%(heading)s” is the column") % {"heading": proposal.column.heading},
        choices=[
            (IGNORED, not_read()),
            (_("Required columns"), _named(required)),
            (_("Other columns"), _named(others)),
        ],
        initial=table.first_choice(proposal),
    )


def refusals(table: FileTable, chosen: Mapping[int, str]) -> dict[int, str]:
    """Return what cannot be chosen for a column of the file, and why, by the column's number."""
    headings = {proposal.column.number: proposal.column.heading for proposal in table.open_columns}
    twice = _("The column “%(heading)s” of the file is matched with the same one. Choose one of the two only.")
    read = _(
        "“%(heading)s” is the very name of one of the system's columns, so it is always read. To keep it back, take "
        "the column out of the file."
    )
    return {number: twice % {"heading": headings[other]} for number, other in table.chosen_twice(chosen).items()} | {
        number: read % {"heading": headings[number]} for number in table.read_all_the_same(chosen)
    }


def missing_message(missing: list[Column]) -> str:
    """Return what is said of a file that would still lack required columns."""
    names = ", ".join(f"“{column.header}”" for column in missing)
    message = _("The file still lacks required columns: %(columns)s. Say for each which column of the file it is.")
    return message % {"columns": names}


def column_choices(layouts: tuple[Layout, ...]) -> list[tuple[str, str]]:
    """Return every column that a heading may stand for, and that it is not read."""
    return [(IGNORED, not_read()), *_named(every_column(layouts))]


def not_read() -> str:
    """Return what is said of a column that is passed by."""
    return _("Do not read this column")


def _named(columns: list[Column]) -> list[tuple[str, str]]:
    return [(column.key, column.header) for column in columns]
