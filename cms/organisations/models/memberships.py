"""Who acts for which agency."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.models.agencies import Agency
from cms.users.enums import SECOND_PERSON_ROLES, Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads over memberships."""

    def active(self, on: datetime.date | None = None) -> MembershipQuerySet:
        """Return memberships that hold on a day (today in the province's time zone when left out)."""
        day = on or timezone.localdate()
        return self.confirmed().filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, revoked_at__isnull=True
        )

    def ended(self, on: datetime.date | None = None) -> MembershipQuerySet:
        """Return memberships that were revoked or ran out before a day (today when left out)."""
        return self.filter(Q(revoked_at__isnull=False) | Q(valid_to__lt=on or timezone.localdate()))

    def current(self, on: datetime.date | None = None) -> MembershipQuerySet:
        """Return memberships that hold, will hold, or wait for a second person."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on or timezone.localdate()), revoked_at__isnull=True
        )

    def confirmed(self) -> MembershipQuerySet:
        """Return memberships that a second person confirmed, or that need no second person."""
        return self.exclude(role__in=SECOND_PERSON_ROLES, confirmed_at__isnull=True)

    def unconfirmed(self) -> MembershipQuerySet:
        """Return current memberships that wait for a second person."""
        return self.current().filter(role__in=SECOND_PERSON_ROLES, confirmed_at__isnull=True)


class Membership(models.Model):
    """A person acts in a role for an agency, from a day, perhaps to a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name=_("agency"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    # When it was given, or made to wait again: who may confirm it held their own role by then.
    granted_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["agency__path", "role", "user_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "agency"],
                condition=Q(revoked_at__isnull=True),
                name="membership_once",
                violation_error_message=_("This person already has this role at this agency."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="membership_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True) | Q(revoked_at__isnull=False),
                name="membership_revocation_paired",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="membership_confirmation_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.agency}"

    @property
    def needs_confirmation(self) -> bool:
        """Return whether the membership has no effect before a second person confirms it."""
        return self.role in SECOND_PERSON_ROLES and self.confirmed_at is None

    def held_on(self, day: datetime.date) -> bool:
        """Return whether the membership had effect on a day; also on the one on which it was revoked."""
        confirmed = self.role not in SECOND_PERSON_ROLES or self.confirmed_at is not None
        last_days = [self.valid_to, timezone.localdate(self.revoked_at) if self.revoked_at else None]
        return confirmed and self.valid_from <= day and all(last is None or day <= last for last in last_days)

    @property
    def state(self) -> str:
        """Return where the membership stands today: ended, revoked, waiting, future or active."""
        today = timezone.localdate()
        if self.valid_to and self.valid_to < today:
            return "ended"
        if self.revoked_at:
            return "revoked"
        if self.needs_confirmation:
            return "waiting"
        return "future" if self.valid_from > today else "active"
