"""Personal identity numbers, apart from officers: no query about officers carries one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.organisations.models.officers import Officer


class IdentityNumber(models.Model):
    """The number of an officer's identity card, sealed (cms.organisations.identity_cipher).

    ``fingerprint`` keeps two officers from having one number; without the key it says nothing of the number.
    """

    officer = models.OneToOneField(
        Officer, models.CASCADE, primary_key=True, related_name="identity_number", verbose_name=_("officer")
    )
    sealed = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now=True)

    class Meta:
        verbose_name = _("personal identity number")
        verbose_name_plural = _("personal identity numbers")

    def __str__(self) -> str:
        return str(self.officer)
