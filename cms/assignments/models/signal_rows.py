"""What a person should look at in the work of an agency: never a deduction."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.assignments.planning_enums import SignalKind
from cms.assignments.reach import agencies_of
from cms.organisations.access import access_for
from cms.organisations.models import Agency, Officer
from cms.users.enums import Role


class SignalQuerySet(models.QuerySet["Signal"]):
    """Signals, narrowed by who asks."""

    def visible_to(self, user: Any) -> SignalQuerySet:
        """Return those of the agencies that one heads and about whom one manages; never about oneself."""
        access = access_for(user)
        found = self.filter(Q(agency__in=agencies_of(user, Role.AGENCY_HEAD)) | access.is_managed("officer"))
        return found.exclude(access.is_self("officer__account"))

    def standing(self) -> SignalQuerySet:
        """Return those that nobody has dismissed and that the last look still found."""
        return self.filter(dismissed_at=None, is_gone=False)


class Signal(models.Model):
    """Something unusual in a month of an agency's work, with why it is shown, for a person to look at.

    ``key`` tells it from others of its kind in the month. What was dismissed stays so however often it is found again;
    ``is_gone`` says that the last look found it no longer.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="work_signals", verbose_name=_("agency"))
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("officer")
    )
    month = models.DateField(_("month"))
    kind = models.CharField(_("signal"), max_length=12, choices=SignalKind.choices)
    key = models.CharField(max_length=100)
    why = models.TextField(_("why it is shown"))
    found_at = models.DateTimeField(_("found at"))
    is_gone = models.BooleanField(default=False)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(_("what was found out"), blank=True, max_length=2000)

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signal about work")
        verbose_name_plural = _("signals about work")
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "month", "kind", "key"], name="signal_once"),
            models.CheckConstraint(
                condition=Q(dismissed_at=None, words="") | Q(dismissed_at__isnull=False, words__gt=""),
                name="signal_dismissed_with_a_word",
            ),
        ]

    def __str__(self) -> str:
        return self.why
