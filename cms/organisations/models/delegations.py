"""Dated exceptions to what postings say about who manages whom: each with its reason, none of them ever erased."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations import access
from cms.organisations.enums import DelegationKind
from cms.organisations.models.agencies import Agency
from cms.organisations.models.officers import Officer, Posting
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations: all of them, past, revoked and to come, unless narrowed."""

    def visible_to(self, user: Any) -> DelegationQuerySet:
        """Return those of a person's own agencies, and those that name the person; Sở Nội vụ sees all."""
        reader_access = access.access_for(user)
        if reader_access.has(*APPRAISING_ROLES):
            return self
        own = reader_access.own_agencies().values("pk")
        about = reader_access.is_self("from_officer__account") | reader_access.is_self("to_officer__account")
        return self.filter(Q(agency__in=own) | Q(to_agency__in=own) | about)

    def writable_by(self, user: Any) -> DelegationQuerySet:
        """Return those that a person may revoke: an agency's own people their own, editors all."""
        reader_access = access.access_for(user)
        if reader_access.has(Role.EDITOR):
            return self
        paths = (reader_access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES)
        return self.filter(agency__in=Agency.objects.within(frozenset().union(*paths)).values("pk"))

    def on(self, day: datetime.date) -> DelegationQuerySet:
        """Return those that hold on a day: for whoever receives one, while still posted where they were when it began.

        A transfer, or leaving, ends what was delegated to somebody as what they were there.
        """
        held = Posting.objects.filter(officer=OuterRef("to_officer"))
        began = Posting.objects.filter(officer=OuterRef(OuterRef("to_officer"))).on(OuterRef(OuterRef("valid_from")))
        is_there = Exists(held.on(day).filter(agency__in=began.values("agency")))
        return self.overlapping(day, day).filter(Q(to_officer=None) | Q(is_there))

    def overlapping(self, first: datetime.date, last: datetime.date | None) -> DelegationQuerySet:
        """Return those that hold on any day from ``first`` to ``last`` (None: without end)."""
        unended = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
        began = Q(revoked_on__gt=models.F("valid_from"))
        found = self.filter(unended, Q(revoked_on__isnull=True) | (Q(revoked_on__gt=first) & began))
        return found.filter(valid_from__lte=last) if last else found

    def with_names(self) -> DelegationQuerySet:
        return self.select_related("from_officer", "to_officer", "agency", "to_agency")


class Delegation(models.Model):
    """For some days somebody manages or decides otherwise than by postings.

    Which of the fields are filled follows from the kind:
    delegation: what ``from_officer`` manages and decides is ``to_officer``'s;
    acting: ``to_officer`` stands as head of ``agency``, as long as that has none;
    secondment: ``from_officer``, of ``agency``, works for ``to_agency``;
    named: ``to_officer`` manages ``from_officer``, who holds two posts or whose superior no tree tells.
    ``agency`` is that of ``from_officer`` on the first day. From ``revoked_on`` on it no longer holds.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=DelegationKind.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="delegations", verbose_name=_("agency"))
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="secondments", verbose_name=_("receiving agency")
    )
    from_officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="delegations_from", verbose_name=_("from officer")
    )
    to_officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="delegations_to", verbose_name=_("to officer")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason or decision"), max_length=500)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    revocation_reason = models.CharField(_("reason of the revocation"), max_length=500, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="delegation_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(from_officer=models.F("to_officer")),
                name="delegation_not_to_oneself",
                violation_error_message=_("Nobody delegates to themselves, or manages themselves."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["delegation", "named"], from_officer__isnull=False, to_officer__isnull=False)
                | Q(kind="acting", from_officer__isnull=True, to_officer__isnull=False)
                | Q(kind="secondment", from_officer__isnull=False, to_officer__isnull=True, to_agency__isnull=False),
                name="delegation_says_who",
                violation_error_message=_("Say who it is from and to: which of them are needed follows from the kind."),
            ),
        ]

    def __str__(self) -> str:
        sides = (self.from_officer or self.agency, self.to_officer or self.to_agency)
        return f"{self.get_kind_display()}: {sides[0]} → {sides[1]}"

    @property
    def state(self) -> str:
        """Where it stands today: revoked, ended, future or active."""
        today = timezone.localdate()
        if self.revoked_on:
            return "revoked"
        if self.valid_to and self.valid_to < today:
            return "ended"
        return "future" if self.valid_from > today else "active"
