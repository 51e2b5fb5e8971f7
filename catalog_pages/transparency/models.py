"""Releases: what the transparency page says, frozen, numbered and hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog_pages.transparency.figures import Figure, figure_from


class TransparencyRelease(models.Model):
    """The figures as a person published them; the database refuses to change or remove one.

    ``content`` is the JSON text whose SHA-256 is ``content_hash``: ``{"figures": [...]}`` in a fixed form.
    """

    number = models.PositiveIntegerField(_("release"), unique=True)
    content = models.TextField(editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("release of figures")
        verbose_name_plural = _("releases of figures")
        ordering = ["-number"]

    def __str__(self) -> str:
        return _("Release %(number)s") % {"number": self.number}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Return the figures by their codes."""
        return {stored["code"]: figure_from(stored) for stored in json.loads(self.content)["figures"]}


def frozen_text(figures: Sequence[Figure]) -> str:
    """Return figures as the one text that is kept and hashed."""
    content: dict[str, Any] = {"figures": [figure.as_json() for figure in figures]}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a frozen text, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
