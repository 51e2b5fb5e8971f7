"""The tree of agencies and who acts for them."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from cms.core.text import fold
from cms.organisations.enums import AgencyKind, Block, CodeForm
from cms.users.enums import SECOND_PERSON_ROLES, Role


class AgencyQuerySet(MP_NodeQuerySet):
    """Reads over the tree."""

    def active(self) -> AgencyQuerySet:
        """Return agencies that have not been dissolved or merged."""
        return self.filter(dissolved_on__isnull=True)

    def search(self, text: str) -> AgencyQuerySet:
        """Return agencies whose name or code holds every word of ``text``, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def within(self, paths: set[str] | frozenset[str]) -> AgencyQuerySet:
        """Return agencies at or below any of the tree paths."""
        condition = Q(pk__in=[])
        for path in paths:
            condition |= Q(path__startswith=path)
        return self.filter(condition)


class AgencyManager(MP_NodeManager.from_queryset(AgencyQuerySet)):  # type: ignore[misc]
    """Agencies in the order of the tree."""

    def get_queryset(self) -> AgencyQuerySet:
        """Return all agencies, parents before children."""
        return AgencyQuerySet(self.model, using=self._db).order_by("path")


class Agency(MP_Node):
    """A node of the province's tree: the province itself, a department, a commune, a division of either."""

    code = models.SlugField(_("code"), max_length=32, unique=True, help_text=_("Short and lasting, as in addresses."))
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind.choices)
    block = models.CharField(_("block"), max_length=12, choices=Block.choices, default=Block.GOVERNMENT)
    item_prefix = models.CharField(
        _("item code prefix"),
        max_length=12,
        help_text=_("Begins the codes that the system makes for items whose list has no codes, for example VP."),
    )
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    search_text = models.TextField(editable=False, default="")

    node_order_by: list[str] = []
    objects = AgencyManager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text that accent-free search reads in step with the names."""
        self.search_text = fold(f"{self.code} {self.name}")
        super().save(*args, **kwargs)

    @property
    def group_name(self) -> str:
        """Name of the Django group that holds the agency's page permissions."""
        return f"agency:{self.code}"


class AgencyCode(models.Model):
    """An identifier code of an agency on the national list, with the days on which it held (Decision 20/2020)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="identifier_codes", verbose_name=_("agency"))
    value = models.CharField(_("identifier code"), max_length=64)
    form = models.CharField(_("form"), max_length=4, choices=CodeForm.choices, default=CodeForm.NEW)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("identifier code")
        verbose_name_plural = _("identifier codes")
        ordering = ["-valid_from", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["value"],
                condition=Q(valid_to__isnull=True),
                name="agency_code_current_once",
                violation_error_message=_("Another agency holds this code."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="agency_code_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.value


class PositionGroup(models.Model):
    """Positions of similar duties: the peers of the cap on Excellent, and one ground for choosing a framework."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=255)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("position group")
        verbose_name_plural = _("position groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


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
