"""Abbreviations that editors add to those that ship."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Abbreviation(models.Model):
    """Letters and what they stand for; the same letters among those that ship are overruled."""

    letters = models.CharField(_("short form"), max_length=30, unique=True)
    written_out = models.CharField(_("written out"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")
        ordering = ["letters"]

    def __str__(self) -> str:
        return self.letters
