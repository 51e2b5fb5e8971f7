"""What the transparency page says: prepared as a draft, looked at, and published as a numbered and hashed release."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog_pages.transparency.figures import Figure, parse_figure

# Counting takes seconds; a draft that is older was left behind by a process that stopped.
COUNTING_TIMEOUT = datetime.timedelta(minutes=15)
# For how long figures that were prepared may be published: a day, so that what is published is of today.
DRAFT_LIFETIME = datetime.timedelta(hours=24)


class _Figures(models.Model):
    """Frozen figures: ``content`` is the JSON text whose SHA-256 is ``content_hash``.

    ``{"counted_on": "2026-06-30", "figures": [...]}`` in a fixed form; the first releases have no day.
    """

    content = models.TextField(editable=False)
    content_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True

    @cached_property
    def _parsed(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.content)
        return parsed

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Return the figures by their codes."""
        return {stored["code"]: parse_figure(stored) for stored in self._parsed["figures"]}

    @property
    def counted_on(self) -> datetime.date | None:
        """Return the day as which the figures stand; None in releases from before it was stored."""
        day = self._parsed.get("counted_on")
        return datetime.date.fromisoformat(day) if day else None


class TransparencyRelease(_Figures):
    """The figures as a person published them; the database refuses to change or remove one."""

    number = models.PositiveIntegerField(_("release"), unique=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("release of figures")
        verbose_name_plural = _("releases of figures")
        ordering = ["-number"]

    def __str__(self) -> str:
        return _("Release %(number)s") % {"number": self.number}

    @property
    def as_of(self) -> datetime.date:
        """Return the day as which the figures stand."""
        return self.counted_on or timezone.localdate(self.published_at)


class FiguresState(models.TextChoices):
    """How far the figures of a draft are."""

    COUNTING = "counting", _("being counted")
    READY = "ready", _("ready to be looked at")
    FAILED = "failed", _("broke off")


class TransparencyDraft(_Figures):
    """Figures that a person had counted, to be looked at before they are published; the newest alone counts.

    ``after`` is the number of the release that was public then; ``disclosures`` holds, as JSON and never shown,
    the people of each unit whose results these figures count (see PublishedUnit).
    """

    state = models.CharField(max_length=10, choices=FiguresState, default=FiguresState.COUNTING)
    done = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveIntegerField(default=0)
    disclosures = models.TextField(default="{}", editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("draft of figures")
        verbose_name_plural = _("drafts of figures")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return _("Figures to be published after release %(number)s") % {"number": self.after}

    @property
    def is_counting(self) -> bool:
        """Return whether the figures are being counted, and did not time out."""
        return self.state == FiguresState.COUNTING and self.asked_at + COUNTING_TIMEOUT > timezone.now()

    @property
    def is_broken(self) -> bool:
        """Return whether counting broke off, or should have ended long ago."""
        return self.state != FiguresState.READY and not self.is_counting

    def is_stale(self, last: TransparencyRelease | None) -> bool:
        """Return whether figures have to be prepared anew: a day has passed, or others were published since."""
        return self.asked_at + DRAFT_LIFETIME <= timezone.now() or self.after != (last.number if last else 0)

    def differs_from(self, last: TransparencyRelease | None) -> bool:
        """Return whether any figure differs from those of the last release, the day of counting aside."""
        return last is None or list(self.figures.values()) != list(last.figures.values())


class PublishedUnit(models.Model):
    """The people whom a unit's published row counts, as they were when it was new; never shown to anybody.

    Rule 3 of the publication rules compares with it. ``people`` is JSON, what the rules know as Disclosure:
    ``{"period": "…", "new_in": "…", "people": {"key of a person": "class"}}``.
    """

    unit = models.CharField(max_length=100, unique=True)
    people = models.TextField(editable=False)
    release = models.ForeignKey(TransparencyRelease, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("unit with published results")
        verbose_name_plural = _("units with published results")
        ordering = ["unit"]

    def __str__(self) -> str:
        return self.unit


def serialize_figures(figures: Sequence[Figure], day: datetime.date) -> str:
    """Return figures as the one JSON text that is stored and hashed."""
    content = {"counted_on": day.isoformat(), "figures": [figure.as_json() for figure in figures]}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a frozen text, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
