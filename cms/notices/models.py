"""What people are told, each person's own copy, and how far its e-mail has come."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.quiet_hours import quiet_at
from cms.notices.enums import UNSENT, EmailError, EmailState, Pace
from cms.notices.message_kinds import DIGEST

# For so long messages are kept.
RETENTION = datetime.timedelta(days=180)
# How long a message that is being sent is left to who sends it; a try is over long before.
LEASE = datetime.timedelta(minutes=10)
# An e-mail that waits for longer than this is a fault that somebody should know of.
OVERDUE = datetime.timedelta(days=1)
LONGEST_SUBJECT = 250
MOST_COUNTED = 99


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, narrowed by whose they are and by how far they have come."""

    def own(self, user: Any) -> MessageQuerySet:
        """Return what a person was told; the e-mail of the day only says it again."""
        return self.filter(recipient_id=user.pk).exclude(kind=DIGEST)

    def unread(self) -> MessageQuerySet:
        return self.filter(read_at=None)

    def unread_label(self, user: Any) -> str:
        """Return how many a person has not read, in one query that stops counting; nothing where all are."""
        count = self.own(user).unread().order_by()[: MOST_COUNTED + 1].count()
        return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")

    def due(self) -> MessageQuerySet:
        """Return those whose e-mail is to be sent now, the oldest first; none of whose quiet hours it is."""
        quiet = QuietHours.objects.filter(quiet_at(timezone.localtime().hour)).values("user")
        due = self.filter(email_state__in=UNSENT, next_try_at__lte=timezone.now())
        return due.exclude(recipient__in=quiet).order_by("pk")

    def gathered(self, before: datetime.datetime) -> MessageQuerySet:
        """Return those made before a moment that wait for the e-mail of the day of people who can have one."""
        return self.filter(email_state=EmailState.GATHERED, made_at__lt=before, recipient__is_active=True)

    def overdue(self) -> MessageQuerySet:
        """Return those whose e-mail has waited for too long."""
        since = timezone.now() - OVERDUE
        gathered = Q(email_state=EmailState.GATHERED, made_at__lt=since - OVERDUE, recipient__is_active=True)
        return self.filter(Q(email_state__in=UNSENT, made_at__lt=since) | gathered)

    def outlived(self) -> MessageQuerySet:
        """Return those that were made longer ago than they are kept and are on their way no more."""
        return self.exclude(email_state__in=UNSENT).filter(made_at__lt=timezone.now() - RETENTION)


class Message(models.Model):
    """What one person is told once: it stands in the application, and goes to the address by e-mail."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("recipient")
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    # Of the registry (cms.notices.kinds).
    kind = models.CharField(_("kind"), max_length=64)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    text = models.TextField(_("text"))
    # The path of the screen that it is about, on this platform.
    link = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    email_state = models.CharField(
        _("e-mail"), max_length=9, choices=EmailState.choices, default=EmailState.WAITING
    )  # fmt: skip
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    # Of one that is being sent: when another process may take it, should this one have died.
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    error = models.CharField(_("last error"), max_length=12, choices=EmailError.choices, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="message_own"),
            models.Index(fields=["recipient"], name="message_unread", condition=Q(read_at=None)),
            models.Index(fields=["next_try_at"], name="message_due", condition=Q(email_state__in=UNSENT)),
            models.Index(fields=["email_state", "kind", "-id"], name="message_log"),
            models.Index(fields=["made_at"], name="message_made"),
        ]

    def __str__(self) -> str:
        return self.subject


class EmailChoice(models.Model):
    """When a person wants the e-mails of a group of messages; who never chose has them at once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Of the registry (cms.notices.kinds).
    group = models.CharField(max_length=32)
    pace = models.CharField(max_length=7, choices=Pace.choices)

    class Meta:
        verbose_name = _("choice of e-mails")
        verbose_name_plural = _("choices of e-mails")
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="email_choice_once")]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_pace_display()}"


class QuietHours(models.Model):
    """From which hour until which a person wants no e-mail of messages: what comes then is sent after it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    quiet_from = models.PositiveSmallIntegerField(_("no e-mail from (hour)"), validators=[MaxValueValidator(23)])
    quiet_until = models.PositiveSmallIntegerField(_("no e-mail until (hour)"), validators=[MaxValueValidator(23)])

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")

    def __str__(self) -> str:
        return f"{self.quiet_from}–{self.quiet_until}"


class Wording(models.Model):
    """What an editor wrote in place of the shipped subject and text of a kind."""

    kind = models.CharField(_("kind"), max_length=64, unique=True)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    text = models.TextField(_("text"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")

    def __str__(self) -> str:
        return self.subject
