"""What is shown of column mappings: the table to match, and its columns with their choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.catalogs.permissions import require
from cms.core.errors import WrongState
from importers.checking.headers import column_letter
from importers.checking.proposals import Proposal
from importers.mappings.forms import MatchForm
from importers.mappings.table import FileTable, table_of
from importers.models import ImportBatch
from importers.permissions import can_commit
from importers.screens.presenters import choices

_CERTAINTY: dict[str, Promise] = {
    "known": gettext_lazy("Known"),
    "matched": gettext_lazy("Matched before"),
    "sure": gettext_lazy("Almost sure"),
    "likely": gettext_lazy("Likely"),
    "guess": gettext_lazy("A guess"),
    "none": gettext_lazy("Not known"),
}
_LOOKS: dict[str, Promise] = {
    "group": gettext_lazy("the cells below are whole numbers from 1 to 5"),
    "code": gettext_lazy("the cells below look like codes"),
    "unit": gettext_lazy("the cells below look like units, such as “01 văn bản”"),
    "date": gettext_lazy("the cells below are dates"),
    "legal": gettext_lazy("the cells below name legal documents"),
    "person": gettext_lazy("the cells below look like names of persons"),
    "long": gettext_lazy("the cells below are long texts"),
    "ratio": gettext_lazy("the cells below are numbers"),
}


@dataclass(frozen=True)
class MatchLine:
    """A column of the file: what it is called and holds, its choice (None where there is none), and why."""

    letter: str
    heading: str
    samples: tuple[str, ...]
    field: Any
    certainty: str
    certainty_label: str
    why: str


def table_to_match(person: Any, batch: ImportBatch, sheet: str = "", row: int = 0) -> FileTable:
    """Return the table whose columns the person may match (see ``table_of``).

    Raises NotAllowed, and WrongState where the upload is not open to correction or nothing in it is to be matched.
    """
    require(can_commit(person, batch))
    if not choices(person, batch).correct:
        raise WrongState(_("The columns of this upload cannot be matched now. Open it again to see how it stands."))
    table = table_of(batch, sheet, row)
    if table is None:
        raise WrongState(_("There are no columns to match in this file."))
    return table


def match_lines(table: FileTable, form: MatchForm) -> list[MatchLine]:
    """Return the columns of the file in its order."""
    return [_line(proposal, form) for proposal in table.proposed.columns]


def _line(proposal: Proposal, form: MatchForm) -> MatchLine:
    column, name = proposal.column, form.name_of(proposal)
    field = form[name] if name else None
    if field is not None and field.errors:
        field.field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"{field.id_for_label}-error"}
    label = str(_CERTAINTY[proposal.certainty])
    place = (column_letter(column.number), column.heading, column.samples)
    return MatchLine(*place, field, proposal.certainty, label, _why(proposal))


def _why(proposal: Proposal) -> str:
    look = str(_LOOKS.get(proposal.look, ""))
    words = {"phrase": proposal.phrase, "look": look}
    return {
        "known": _("The heading is one that the system knows."),
        "matched": _("The agency has matched this heading before."),
        "again": _("Another column has the same heading; only the first of them can be read."),
        "words": _("The heading is like “%(phrase)s”.") % words,
        "words_and_contents": _("The heading is like “%(phrase)s”, and %(look)s.") % words,
        "contents": _("The heading says nothing, but %(look)s.") % words,
        "none": _("Nothing was found that it is like. Choose a column if it should be read."),
    }[proposal.reason]
