"""Who acts for which agency."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.organisations.enums import Block
from cms.organisations.models.agencies import Agency
from cms.users.enums import PARTIAL_ROLES, SECOND_PERSON_ROLES, Role


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

    def whole(self) -> MembershipQuerySet:
        """Return memberships whose role is not held over a part of the province alone."""
        return self.filter(scope_block="", scope_agency=None)

    def over(self, agency: Agency) -> MembershipQuerySet:
        """Return memberships whose role, where it is one of the province, is held over this agency."""
        steps = range(agency.steplen, len(agency.path) + 1, agency.steplen)
        above = [agency.path[:length] for length in steps]
        block = Q(scope_block=agency.block) & ~Q(scope_block="")
        return self.filter(Q(scope_block="", scope_agency=None) | block | Q(scope_agency__path__in=above))

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
    # Over which part of the province the role is held; without either, over the whole.
    scope_block = models.CharField(_("over the block"), max_length=12, choices=Block.choices, blank=True, default="")
    scope_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("over the agency and below")
    )
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
                fields=["user", "role", "agency", "scope_block"],
                condition=Q(revoked_at__isnull=True, scope_agency__isnull=True),
                name="membership_once",
                violation_error_message=_("This person already has this role at this agency."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "agency", "scope_agency"],
                condition=Q(revoked_at__isnull=True, scope_agency__isnull=False),
                name="membership_once_below",
                violation_error_message=_("This person already has this role at this agency."),
            ),
            models.CheckConstraint(
                condition=Q(scope_block="") | Q(scope_agency__isnull=True),
                name="membership_one_scope",
                violation_error_message=_("Choose a block or an agency, not both."),
            ),
            models.CheckConstraint(
                condition=Q(scope_block="", scope_agency__isnull=True) | Q(role__in=sorted(PARTIAL_ROLES)),
                name="membership_partial_role",
                violation_error_message=_("Only roles that appraise or approve are held over a block or an agency."),
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
        return f"{self.user} – {self.role_label} – {self.agency}"

    @property
    def is_partial(self) -> bool:
        """Return whether the role is held over a part of the province alone."""
        return bool(self.scope_block or self.scope_agency_id)

    @property
    def scope_label(self) -> str:
        """Return the part of the province over which the role is held; empty for the whole."""
        if self.scope_block:
            return gettext("block: %(block)s") % {"block": self.get_scope_block_display()}
        return gettext("below: %(agency)s") % {"agency": self.scope_agency} if self.scope_agency_id else ""

    @property
    def role_label(self) -> str:
        """Return the role, with the part of the province over which it is held if it is held over a part."""
        part = f" ({self.scope_label})" if self.is_partial else ""
        return f"{self.get_role_display()}{part}"

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
