"""What editors compared with the legal texts that frameworks cite."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceConfirmation(models.Model):
    """An editor's word that a source says what is cited from it; it holds for every framework that names the source."""

    # The text as provenance compares it; a digest is unique, since a database's index holds no long text.
    text = models.TextField(_("source"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    compared_with = models.CharField(_("compared with"), max_length=300)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("confirmation of a source")
        verbose_name_plural = _("confirmations of sources")
        ordering = ["-confirmed_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:100]
