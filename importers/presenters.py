"""What the screens of an upload show: words and plain values, ready for a template."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogItem
from cms.core.numbers import format_decimal_vi
from importers.checking import base_of
from importers.enums import BatchState, RowClass, Verdict
from importers.messages import render
from importers.models import ImportBatch, ImportProblem, ImportRow
from importers.permissions import can_commit

_NUMBERS = frozenset(
    ("unit_quantity", "group", "hours", "difficulty", "process", "coordination", "scope", "score", "coefficient")
)
_LAYOUTS: dict[str, Promise] = {
    "platform": gettext_lazy("The platform's own template"),
    "handbook": gettext_lazy("The Ministry's handbook"),
    "commune": gettext_lazy("The commune's short form"),
}


@dataclass(frozen=True)
class Tab:
    """One list of the upload: its address key, its name, how many lines it holds, and its tone for the eye."""

    key: str
    label: Any
    count: int
    tone: str = ""
    current: bool = False


@dataclass(frozen=True)
class ProblemLine:
    """One error, warning or note in words."""

    place: str
    sheet: str
    row: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class FieldChange:
    """One field of a changed item, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowLine:
    """One item of the preview."""

    place: str
    code: str
    name: str
    task: str
    output: str
    unit: str
    group: Any
    coefficient: str
    changes: list[FieldChange]


def tabs(batch: ImportBatch, chosen: str) -> list[Tab]:
    """Return the lists that the upload has anything in, or that a reader would look for."""
    every = [
        Tab("error", _("Errors"), batch.error_count, "critical"),
        Tab("warning", _("Warnings"), batch.warning_count, "warning"),
        *(Tab(kind.value, kind.label, batch.counts.get(kind.value, 0)) for kind in RowClass),
        Tab("note", _("Tidied spaces"), batch.note_count),
    ]
    shown = [tab for tab in every if tab.count or tab.key in RowClass.values]
    current = chosen if chosen in {tab.key for tab in shown} else _first_to_look_at(shown)
    return [Tab(tab.key, tab.label, tab.count, tab.tone, tab.key == current) for tab in shown]


def _first_to_look_at(shown: Iterable[Tab]) -> str:
    """Errors before anything; then what the commit would do; warnings are told in the banner."""
    order = ("error", "changed", "new", "missing", "same")
    counts = {tab.key: tab.count for tab in shown}
    return next((key for key in order if counts.get(key)), "new")


def place(sheet: str, row: int | None) -> str:
    """Return where it stands, as an Excel user says it."""
    if not row:
        return _("Whole sheet") if sheet else _("Whole file")
    return _("Row %(row)s") % {"row": row}


def problem_line(problem: ImportProblem) -> ProblemLine:
    """Return a problem in words."""
    return ProblemLine(
        place(problem.sheet, problem.row), problem.sheet, problem.row, problem.column, problem.value, render(problem)
    )


def row_line(row: ImportRow) -> RowLine:
    """Return an item of the preview in words."""
    values = row.values
    changes = [FieldChange(label(name), shown(name, old), shown(name, new)) for name, (old, new) in row.changes.items()]
    quantity, unit = values.get("unit_quantity"), values.get("unit", "")
    return RowLine(
        place=place(row.sheet, row.row) if row.row else "",
        code=values["code"], name=values["name"], task=values["task"], output=values["output"],
        unit=f"{quantity} {unit}".strip() if quantity != 1 else unit,
        group=values["group"], coefficient=shown("coefficient", values["coefficient"]), changes=changes,
    )  # fmt: skip


def label(name: str) -> str:
    """Return the name of an item's field."""
    text = str(CatalogItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def shown(name: str, value: Any) -> str:
    """Return a stored value as people write it: numbers with a decimal comma, a dash for nothing."""
    if value is None or value == "":
        return "–"
    if name not in _NUMBERS:
        return str(value)
    try:
        return format_decimal_vi(Decimal(str(value)))
    except InvalidOperation:
        return str(value)


def layout_name(batch: ImportBatch) -> str:
    """Return how the file is laid out, in words."""
    return str(_LAYOUTS.get(batch.layout, batch.layout))


@dataclass(frozen=True)
class Banner:
    """The verdict in words: a tone (success, warning, critical, info), a headline and what to do next."""

    tone: str
    headline: str
    advice: str


def banner(batch: ImportBatch) -> Banner:
    """Return what the upload has come to, and what the person can do now."""
    by_state = {
        BatchState.REFUSED: _refused,
        BatchState.PREVIEWED: _previewed,
        BatchState.COMMITTED: _committed,
        BatchState.STALE: _stale,
        BatchState.ABANDONED: _abandoned,
        BatchState.CHECKING: _checking,
    }
    return by_state[BatchState(batch.state)](batch)


def _refused(batch: ImportBatch) -> Banner:
    return Banner(
        "critical",
        _("The file has %(count)s errors, so nothing was written") % {"count": batch.error_count},
        _("Mend the cells listed below in your own Excel file, save it, and upload it again."),
    )


def _previewed(batch: ImportBatch) -> Banner:
    if not batch.changes_anything("remove"):
        return Banner("info", _("The file says the same as the catalog"), _("Confirming it changes nothing."))
    if batch.verdict == Verdict.ACCEPT_WITH_WARNING:
        return Banner(
            "warning",
            _("The file can be written; look at %(count)s warnings first") % {"count": batch.warning_count},
            _("Nothing has been written yet. Look through the lists below, then confirm."),
        )
    return Banner(
        "success", _("The file has no errors"),
        _("Nothing has been written yet. Look through the lists below, then confirm."),
    )  # fmt: skip


def _committed(batch: ImportBatch) -> Banner:
    if not batch.changes_anything(batch.missing):
        return Banner("info", _("Nothing changed"), _("The catalog already said what the file says."))
    return Banner(
        "success", _("The file is written into the catalog"),
        _("It is still a draft: open the version, look it through, then submit it."),
    )  # fmt: skip


def _stale(batch: ImportBatch) -> Banner:
    return Banner(
        "warning", _("The preview is out of date: the catalog has changed since"),
        _("Nothing was written. Check the same file again to see what it would change now."),
    )  # fmt: skip


def _abandoned(batch: ImportBatch) -> Banner:
    return Banner("info", _("This upload was abandoned"), _("Nothing was written."))


def _checking(batch: ImportBatch) -> Banner:
    return Banner(
        "info", _("The file is being checked"),
        _("You can close this page: the result stays in the list of uploads."),
    )  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What the person may do with the upload now; ``hindrance`` says why it cannot be confirmed yet."""

    commit: bool
    abandon: bool
    check_again: bool
    hindrance: str = ""


def choices(user: Any, batch: ImportBatch) -> Choices:
    """Return what the person may do with the upload now."""
    mine = can_commit(user, batch)
    state = BatchState(batch.state)
    pending = state in (BatchState.PREVIEWED, BatchState.STALE, BatchState.REFUSED)
    hindrance = _hindrance(batch) if state == BatchState.PREVIEWED else ""
    lost = state == BatchState.CHECKING and not ImportBatch.objects.filter(pk=batch.pk).being_checked().exists()
    return Choices(
        commit=mine and state == BatchState.PREVIEWED and not hindrance,
        abandon=mine and pending,
        check_again=mine and bool(batch.original) and (state == BatchState.STALE or lost or bool(hindrance)),
        hindrance=hindrance,
    )


def _hindrance(batch: ImportBatch) -> str:
    base = base_of(batch.agency)
    if batch.is_expired or not base.is_that_of(batch):
        return _("The catalog has changed since this file was checked. Check the file again.")
    version = base.version
    if version and not version.is_frozen and version.state not in AGENCY_EDITABLE:
        return _("A version of this catalog is being appraised, so the file cannot be written until it is returned.")
    return ""


def seconds_waited(batch: ImportBatch) -> int:
    """Return for how long the file has waited or been checked."""
    waited: datetime.timedelta = timezone.now() - batch.queued_at
    return int(waited.total_seconds())
