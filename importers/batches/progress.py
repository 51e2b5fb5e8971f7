"""How far a check has come: a hint for the screens, kept outside the database.

A transaction shows nothing of itself before it ends, and on SQLite it holds off every other writer, so the hint lives
in a cache of its own (settings, CACHES["progress"]). What is true is the upload's state alone: a lost hint costs a bar.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from importers.models import ImportBatch

logger = logging.getLogger(__name__)

# The cache is written to at most this often, but for a new step.
_SECONDS_BETWEEN = 0.4
_STORED_SECONDS = 900


class Step(TextChoices):
    """What a check does with the file, one after the other."""

    RECEIVED = "received", _("Received")
    READING = "reading", _("Reading the file")
    ROWS = "rows", _("Checking row by row")
    COMPARING = "comparing", _("Comparing with the current list")
    STORING = "storing", _("Keeping the result")


CHECK = tuple(Step)
# The part of the whole, in percent, that is done when a step begins; measured on 50,000 rows.
_BEGINS = {Step.RECEIVED: 0, Step.READING: 2, Step.ROWS: 10, Step.COMPARING: 70, Step.STORING: 75}
_ENDS = dict(zip(CHECK, [*(_BEGINS[step] for step in CHECK[1:]), 100], strict=True))


@dataclass(frozen=True)
class Progress:
    """The step that is being done, and how much of the whole is behind."""

    step: Step
    percent: int


class ProgressReporter:
    """Tells how far one upload has come; call it as often as you like, it writes a few times a second."""

    def __init__(self, batch: ImportBatch) -> None:
        self._key = _key(batch.pk)
        self._step = ""
        self._reported_at = 0.0

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Tell that ``done`` of ``total`` of a step is behind."""
        now = time.monotonic()
        if step == self._step and now - self._reported_at < _SECONDS_BETWEEN:
            return
        self._step, self._reported_at = step, now
        begins, ends = _BEGINS[Step(step)], _ENDS[Step(step)]
        percent = begins + (ends - begins) * min(done, total) // total if total else begins
        try:
            caches["progress"].set(self._key, (step, percent), _STORED_SECONDS)
        except Exception:
            # Whatever a cache raises, a full disk for one: nothing is checked or written less for want of a bar.
            logger.exception("how far %s has come cannot be told", self._key)


def progress_of(batch: ImportBatch) -> Progress:
    """Return how far its check has come, as far as anybody told."""
    stored: Any = caches["progress"].get(_key(batch.pk))
    step, percent = stored or (Step.RECEIVED, 0)
    return Progress(Step(step), percent)


def forget(batch: ImportBatch) -> None:
    """Forget what was told: something else begins, or it is done."""
    with suppress(OSError):
        caches["progress"].delete(_key(batch.pk))


def _key(pk: Any) -> str:
    return f"import.{pk.hex}"
