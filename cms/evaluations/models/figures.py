"""Figures from outside: satisfaction surveys, marks of coordination, indices such as PAR Index, DTI, PCI."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.access import access_for
from cms.organisations.models import Agency, Officer, Posting
from cms.users.enums import APPRAISING_ROLES, SENDING_AGENCY_ROLES


class FigureQuerySet(models.QuerySet["Figure"]):
    """Reads over figures."""

    def standing(self) -> FigureQuerySet:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: Any) -> FigureQuerySet:
        """Return those of agencies for which a person writes or appraises, and of who works there; never one's own."""
        access = access_for(user)
        paths = frozenset().union(*(access.paths.get(role, frozenset()) for role in SENDING_AGENCY_ROLES))
        places = Agency.objects.filter(
            Q(pk__in=Agency.objects.within(paths).order_by().values("pk")) | access.rows_over("", *APPRAISING_ROLES)
        ).order_by()
        posted = Posting.objects.on(timezone.localdate()).filter(is_main=True, agency__in=places.values("pk"))
        found = self.filter(Q(agency__in=places.values("pk")) | Q(officer__in=posted.values("officer")))
        return found.exclude(access.is_self("officer__account"))

    def same_as(self, *, code: str, subject: Officer | Agency, measured_on: datetime.date) -> FigureQuerySet:
        """Return those that stand for one indicator of one subject on one day, the one that counts last."""
        own = {"officer": subject} if isinstance(subject, Officer) else {"agency": subject}
        return self.standing().filter(code=code, measured_on=measured_on, **own).order_by("pk")

    def measured(self, first: datetime.date, last: datetime.date) -> FigureQuerySet:
        """Return those that stand and were measured from a day to a day, the latest last."""
        return self.standing().filter(measured_on__gte=first, measured_on__lte=last).order_by("measured_on", "pk")


class Figure(models.Model):
    """One figure of an indicator (``code``), of an agency or of an officer, with its source and day.

    It is withdrawn, never changed. Whoever works at an agency has the agency's figure where they have none themselves.
    """

    code = models.SlugField(_("indicator code"), max_length=60, allow_unicode=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("agency")
    )
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("officer")
    )
    value = models.DecimalField(
        _("figure"), max_digits=11, decimal_places=4, validators=[MinValueValidator(Decimal(0))]
    )
    measured_on = models.DateField(_("measured on"))
    source = models.CharField(_("source of the figure"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure from outside")
        verbose_name_plural = _("figures from outside")
        ordering = ["-measured_on", "-pk"]
        indexes = [models.Index(fields=["code", "measured_on"], name="figure_code_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=True, officer__isnull=False) | Q(agency__isnull=False, officer__isnull=True),
                name="figure_of_one_subject",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="figure_not_below_zero"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code}: {self.subject}"

    @property
    def subject(self) -> Officer | Agency:
        """Return whose figure it is."""
        subject = self.officer or self.agency
        assert subject is not None  # noqa: S101 (the database holds that one of them is there)
        return subject
