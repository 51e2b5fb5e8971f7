"""What the screens of an upload show: words and plain values, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from importers.actions.correcting import CORRECTABLE
from importers.batches import packing
from importers.batches.previews import rows_page
from importers.checking.outline import NOTICED, REFUSING
from importers.enums import BatchState, RowClass, Verdict
from importers.kinds import kind_of
from importers.kinds.contract import LeftRow
from importers.messages import render
from importers.models import ImportBatch
from importers.permissions import can_commit
from importers.workbooks.stamp import read_stamp

# So many of what a file leaves out are named beside the choice.
NAMED = 10


def place(sheet: str, row: int | None) -> str:
    """Return where it stands, as an Excel user says it."""
    if not row:
        return _("Whole sheet") if sheet else _("Whole file")
    return _("Row %(row)s") % {"row": row}


def rows_left(batch: ImportBatch) -> list[LeftRow]:
    """Return the rows that an undo left as they were."""
    return [LeftRow(*row) for row in batch.undo_result.get("kept", [])]


def layout_name(batch: ImportBatch) -> str:
    """Return how the file is laid out, in words."""
    names = (offer.name for offer in kind_of(batch).offers if offer.code == batch.layout)
    return str(next(names, batch.layout))


def template_name(batch: ImportBatch) -> str:
    """Return of which day the template was that the file is, in words; nothing for a file that is none."""
    stamp = read_stamp(batch.template)
    return _("The system's template, taken on %(day)s") % {"day": format_date_vi(stamp.day)} if stamp else ""


@dataclass(frozen=True)
class Banner:
    """The verdict in words: a tone (success, warning, critical, info), a headline and what to do next."""

    tone: str
    headline: str
    advice: str


def banner(batch: ImportBatch) -> Banner:
    """Return what the upload has come to, and what the person can do now."""
    by_state = {
        BatchState.UNDONE: _undone,
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
        _("The file has %(count)s errors, so nothing was written") % {"count": localize(batch.error_count)},
        _(
            "Mend the cells here with “Edit”, or download the file with its bad cells marked, mend it in Excel and "
            "upload it again."
        )
        if batch.has_cells
        else _("Mend what is listed below in your own Excel file, save it, and upload it again."),
    )


def warnings_come_first(batch: ImportBatch) -> bool:
    """Return whether the reader is told to look at the warnings before confirming."""
    waits = batch.state == BatchState.PREVIEWED and batch.verdict == Verdict.ACCEPT_WITH_WARNING
    held_up = batch.writing_since or batch.write_refusal or batch.leaves_out_much
    return waits and not held_up and batch.changes_anything("remove")


def _previewed(batch: ImportBatch) -> Banner:
    if batch.is_being_written:
        return Banner("info", _("The file is being written"), _("You can close this page: writing goes on without it."))
    if batch.writing_since or batch.write_refusal:
        cut_off = _("Writing was cut off, and nothing was written. Confirm once more.")
        return Banner("warning", _("The file was not written"), batch.write_refusal or cut_off)
    if not batch.changes_anything("remove"):
        return Banner("info", str(kind_of(batch).words.same), _("Confirming it changes nothing."))
    if batch.leaves_out_much:
        headline = _("The file leaves out much of what is on record")
        return Banner("warning", headline, str(kind_of(batch).words.leaves_out_much))
    if warnings_come_first(batch):
        return Banner(
            "warning",
            _("The file can be written; look at %(count)s warnings first") % {"count": localize(batch.warning_count)},
            _("Nothing has been written yet. Look through the lists below, then confirm."),
        )
    return Banner(
        "success", _("The file has no errors"),
        _("Nothing has been written yet. Look through the lists below, then confirm."),
    )  # fmt: skip


def _committed(batch: ImportBatch) -> Banner:
    words = kind_of(batch).words
    if not batch.changes_anything(batch.missing):
        return Banner("info", _("Nothing changed"), str(words.changed_nothing))
    return Banner("success", str(words.written), str(words.after_writing))


def _stale(batch: ImportBatch) -> Banner:
    return Banner(
        "warning", str(kind_of(batch).words.preview_stale),
        _("Nothing was written. Check the same file again to see what it would change now."),
    )  # fmt: skip


def _abandoned(batch: ImportBatch) -> Banner:
    return Banner("info", _("This upload was abandoned"), _("Nothing was written."))


def _undone(batch: ImportBatch) -> Banner:
    count = batch.undo_result.get("kept_count", 0)
    if count:
        left = _("%(count)s rows that were edited since stayed as they are; they are named below.") % {"count": count}
        return Banner("warning", _("This upload was taken back, but for some rows"), left)
    if number := batch.undo_result.get("discarded"):
        gone = _("Draft %(number)s, into which it was written, was taken away.") % {"number": number}
        return Banner("info", _("This upload was taken back"), gone)
    return Banner("info", _("This upload was taken back"), _("The list is as it was before the upload."))


def _checking(batch: ImportBatch) -> Banner:
    return Banner(
        "info", _("The file is being checked"),
        _("You can close this page: the result stays in the list of uploads."),
    )  # fmt: skip


def left_out(batch: ImportBatch) -> list[str]:
    """Return the first things that the file leaves out, by code and name, where it leaves out much."""
    if not batch.leaves_out_much or batch.state != BatchState.PREVIEWED:
        return []
    rows = rows_page(batch, RowClass.MISSING, size=NAMED).rows
    return [f"{row.values.get('code', '')} – {row.values.get('name') or row.values.get('task', '')}" for row in rows]


def missing_question(batch: ImportBatch) -> str:
    """Return the question what becomes of what the file does not have."""
    return str(kind_of(batch).words.missing) % {"count": localize(batch.counts.get("missing", 0))}


@dataclass(frozen=True)
class Choices:
    """What the person may do with the upload now; ``blocking_reason`` says why it cannot be confirmed yet."""

    commit: bool
    abandon: bool
    check_again: bool
    correct: bool
    undo: bool
    # To say which column of the file is which; and whether that comes before anything else.
    match: bool
    match_first: bool
    blocking_reason: str = ""


def passed_by(batch: ImportBatch) -> list[str]:
    """Return a sentence for each column of the file that was not read because the agency chose so."""
    return [render(note) for note in batch.problems.filter(code="column_passed_by")] if batch.mapped else []


def choices(user: Any, batch: ImportBatch) -> Choices:
    """Return what the person may do with the upload now."""
    mine = can_commit(user, batch)
    state = BatchState(batch.state)
    blocking_reason = _blocking_reason(batch) if state == BatchState.PREVIEWED else ""
    correct = mine and state in CORRECTABLE and bool(batch.original)
    match = correct and batch.packs.filter(name=packing.HEADINGS).exists()
    lost = state == BatchState.CHECKING and not batch.is_at_work
    lost = lost or (state == BatchState.REFUSED and batch.broke_off)
    return Choices(
        commit=mine and state == BatchState.PREVIEWED and not blocking_reason,
        abandon=mine and state in CORRECTABLE,
        check_again=mine and bool(batch.original) and (state == BatchState.STALE or lost or bool(blocking_reason)),
        correct=correct,
        undo=mine and _may_be_undone(batch),
        match=match,
        match_first=match and state == BatchState.REFUSED and _is_refused_for_headings(batch),
        blocking_reason=blocking_reason,
    )


def _is_refused_for_headings(batch: ImportBatch) -> bool:
    """Whether the file is refused for want of columns that may well stand in it under other names."""
    codes = set(batch.problems.filter(code__in=REFUSING | NOTICED).values_list("code", flat=True))
    return bool(codes & (REFUSING - {"missing_column"})) or {"missing_column", "unknown_column"} <= codes


def _blocking_reason(batch: ImportBatch) -> str:
    kind = kind_of(batch)
    base = kind.base(batch.agency, batch.period)
    if batch.is_expired or not kind.compares_with(batch, base):
        return str(kind.words.moved)
    return kind.blocking_reason(base)


def _may_be_undone(batch: ImportBatch) -> bool:
    written = batch.state == BatchState.COMMITTED and batch.changes_anything(batch.missing)
    return written and not batch.is_forgotten
