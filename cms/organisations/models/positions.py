"""What officers are employed as."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from cms.core.text import fold
from cms.organisations.access import access_for
from cms.organisations.enums import PositionKind
from cms.organisations.models.agencies import Agency

# So many characters has a description or a competency framework at most; a cell of a workbook holds a few more.
MAX_TEXT = 20_000


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


class PositionQuerySet(models.QuerySet["Position"]):
    """Reads over positions."""

    def search(self, text: str) -> PositionQuerySet:
        """Return positions whose name or code holds every word of ``text``, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def visible_to(self, user: Any) -> PositionQuerySet:
        """Return the positions that a person reads: Sở Nội vụ all, an agency's people those that are there for it.

        These are the whole province's, those of their agencies and what is below them, and those of agencies above.
        """
        access = access_for(user)
        if access.reads_province:
            return self.all()
        if not access.own_paths:
            return self.none()
        above = Agency.objects.above(access.own_paths)
        return self.filter(
            Q(agency__isnull=True) | Q(agency__in=access.own_agencies()) | Q(agency__in=above.values("pk"))
        )


class Position(models.Model):
    """A job position (vị trí việc làm) of the catalogue that Decree 361/2025 calls for.

    Its name and group are those of the version approved last, or of the draft while none has been approved.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=16, choices=PositionKind.choices, default=PositionKind.PROFESSIONAL)
    group = models.ForeignKey(PositionGroup, models.PROTECT, related_name="positions", verbose_name=_("position group"))
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("scope"),
        help_text=_("The agency and what is below it; leave it empty for the whole province."),
    )
    search_text = models.TextField(editable=False, default="")

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("job position")
        verbose_name_plural = _("job positions")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"],
                name="position_name_once_in_group",
                violation_error_message=_("The group already has a position of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text that accent-free search reads in step with the name."""
        self.search_text = fold(f"{self.code} {self.name}")
        super().save(*args, **kwargs)

    def version_on(self, day: datetime.date) -> PositionVersion | None:
        """Return the approved version that holds on the day, or nothing."""
        return self.versions.on(day).first()

    def latest_version(self) -> PositionVersion | None:
        """Return the version of the highest number, the draft where there is one."""
        return self.versions.first()


class PositionVersionQuerySet(models.QuerySet["PositionVersion"]):
    """Reads over versions of positions."""

    def approved(self) -> PositionVersionQuerySet:
        """Return versions that were approved, whenever they take effect."""
        return self.filter(approved_on__isnull=False)

    def drafts(self) -> PositionVersionQuerySet:
        """Return versions that wait for their approval; a position has one at most."""
        return self.filter(approved_on__isnull=True)

    def on(self, day: datetime.date) -> PositionVersionQuerySet:
        """Return the versions that hold on the day: of each position the approved one that took effect last."""
        latest = self.model._default_manager.filter(
            position=OuterRef("position"), approved_on__isnull=False, effective_from__lte=day
        ).order_by("-effective_from", "-number")
        return self.filter(pk=Subquery(latest.values("pk")[:1]))


class PositionVersion(models.Model):
    """What a position is from a day on, as approved; without an approval, the draft of the next version.

    Database triggers keep approved versions as they are.
    """

    position = models.ForeignKey(Position, models.PROTECT, related_name="versions", verbose_name=_("job position"))
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=255)
    group = models.ForeignKey(PositionGroup, models.PROTECT, related_name="+", verbose_name=_("position group"))
    description = models.TextField(_("job description"), blank=True, validators=[MaxLengthValidator(MAX_TEXT)])
    competency = models.TextField(_("competency framework"), blank=True, validators=[MaxLengthValidator(MAX_TEXT)])
    approval_number = models.CharField(_("approval number"), max_length=100, blank=True)
    approved_on = models.DateField(_("day of approval"), null=True, blank=True)
    effective_from = models.DateField(_("takes effect on"), null=True, blank=True)

    objects = PositionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a position")
        verbose_name_plural = _("versions of positions")
        ordering = ["position", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["position", "number"], name="position_version_number_once"),
            models.UniqueConstraint(
                fields=["position"], condition=Q(approved_on__isnull=True), name="position_version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(approval_number="", approved_on__isnull=True, effective_from__isnull=True)
                | (~Q(approval_number="") & Q(approved_on__isnull=False, effective_from__isnull=False)),
                name="position_version_approval_whole",
                violation_error_message=_("An approval has its number, its day and the day from which it holds."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
