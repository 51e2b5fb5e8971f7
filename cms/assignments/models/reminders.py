"""Who was reminded of their work on which day, and of what people want to be reminded."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.quiet_hours import quiet_at
from cms.organisations.models import Officer


class ReminderChoiceQuerySet(models.QuerySet["ReminderChoice"]):
    """Choices, narrowed by when no mail may come."""

    def quiet_at(self, hour: int) -> ReminderChoiceQuerySet:
        """Return those of people who get no mail at an hour of the day."""
        return self.filter(quiet_at(hour))


class ReminderChoice(models.Model):
    """Of what an officer is reminded by e-mail; who never chose is reminded of everything."""

    officer = models.OneToOneField(Officer, models.CASCADE, related_name="reminder_choice", verbose_name=_("officer"))
    late = models.BooleanField(_("work that is late"), default=True)
    soon = models.BooleanField(_("work that is due within 3 days"), default=True)
    claims = models.BooleanField(_("claims to decide"), default=True)
    before_days = models.PositiveSmallIntegerField(
        _("so many days before the last one"), default=3, validators=[MinValueValidator(0), MaxValueValidator(14)]
    )
    quiet_from = models.PositiveSmallIntegerField(
        _("no e-mail from (hour)"), default=20, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("no e-mail until (hour)"), default=6, validators=[MaxValueValidator(23)]
    )
    reports = models.BooleanField(_("work of those whom I manage that is long late"), default=True)

    objects = ReminderChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")

    def __str__(self) -> str:
        return str(self.officer)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reads over reminders."""

    def at_desk_of(self, user: Any) -> ReminderQuerySet:
        """Return those of officers whom the person writes."""
        return self.filter(officer__in=Officer.objects.writable_by(user, timezone.localdate()).order_by().values("pk"))

    def undelivered(self) -> ReminderQuerySet:
        """Return, of each officer, the latest of 30 days that did not arrive at the address that is still theirs."""
        since = timezone.localdate() - datetime.timedelta(days=30)
        gone = self.filter(day__gte=since, refused_address__gt="").filter(
            refused_address__iexact=F("officer__account__email")
        )
        later = Reminder.objects.filter(officer=OuterRef("officer"), day__gt=OuterRef("day"), refused_address__gt="")
        return gone.exclude(Exists(later))


class Reminder(models.Model):
    """The one digest of an officer on a day: written before it is sent, so that a run that breaks off goes on.

    ``refusal`` is what a mail system said when it did not take it or brought it back from ``refused_address``.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="reminders", verbose_name=_("officer"))
    day = models.DateField(_("day"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    refusal = models.CharField(_("refusal"), max_length=300, blank=True)
    refused_address = models.EmailField(_("address refused"), blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["officer", "day"], name="reminder_once_a_day")]
        indexes = [
            models.Index(fields=["day", "sent_at"], name="reminder_day"),
            models.Index(
                fields=["officer", "day"], name="reminder_refused", condition=models.Q(refused_address__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.day}"
