"""Who was reminded of their work on which day, and of what people want to be reminded."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.organisations.models import Officer


class ReminderChoice(models.Model):
    """Of what an officer is reminded by e-mail; who never chose is reminded of everything."""

    officer = models.OneToOneField(Officer, models.CASCADE, related_name="reminder_choice", verbose_name=_("officer"))
    late = models.BooleanField(_("work that is late"), default=True)
    soon = models.BooleanField(_("work that is due within 3 days"), default=True)
    claims = models.BooleanField(_("claims to decide"), default=True)
    reports = models.BooleanField(_("work of those whom I manage that is long late"), default=True)

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")

    def __str__(self) -> str:
        return str(self.officer)


class Reminder(models.Model):
    """The one digest of an officer on a day: written before it is sent, so that a run that breaks off goes on."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="reminders", verbose_name=_("officer"))
    day = models.DateField(_("day"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["officer", "day"], name="reminder_once_a_day")]
        indexes = [models.Index(fields=["day", "sent_at"], name="reminder_day")]

    def __str__(self) -> str:
        return f"{self.officer} {self.day}"
