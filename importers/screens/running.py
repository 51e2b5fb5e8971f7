"""Uploads at work, as the screens show them: lists of uploads with a bar where one is running."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from importers.batches.progress import CHECK, Step, progress_of
from importers.enums import BatchState
from importers.kinds import kind_of
from importers.models import ImportBatch


@dataclass(frozen=True)
class StepLine:
    """A step of the work: its key, its name, and whether it is ``done``, ``current`` or still ``ahead``."""

    key: str
    label: Any
    place: str


@dataclass(frozen=True)
class Running:
    """How far an upload has come, in words and percent; nobody knows the percent of what is written in one go."""

    sentence: str
    percent: int | None
    steps: list[StepLine]


def running(batch: ImportBatch) -> Running | None:
    """Return how far the check or the writing of an upload has come, or None where nothing is at work."""
    if not batch.is_at_work:
        return None
    return _checked(batch) if batch.state == BatchState.CHECKING else _written(batch)


def _checked(batch: ImportBatch) -> Running:
    progress = progress_of(batch)
    current = CHECK.index(progress.step)
    sentence = _("%(step)s: %(percent)s%%") % {"step": progress.step.label, "percent": progress.percent}
    return Running(sentence, progress.percent, [_line(step, place - current) for place, step in enumerate(CHECK)])


def _written(batch: ImportBatch) -> Running:
    waited = timezone.now() - (batch.writing_since or timezone.now())
    facts = {"rows": localize(batch.row_count), "seconds": int(waited.total_seconds())}
    return Running(_("%(rows)s rows are being written, for %(seconds)s seconds so far") % facts, None, [])


def _line(step: Step, ahead: int) -> StepLine:
    return StepLine(step.value, step.label, "current" if ahead == 0 else "done" if ahead < 0 else "ahead")


@dataclass(frozen=True)
class BatchLine:
    """An upload in a list: what kind it is, and how far it has come while it is at work."""

    batch: ImportBatch
    kind: Any
    running: Running | None


def batch_lines(batches: Iterable[ImportBatch]) -> list[BatchLine]:
    """Return uploads as a list shows them."""
    return [BatchLine(batch, kind_of(batch).words.name, running(batch)) for batch in batches]
