"""Rounds of catalog building, and what a new version starts with."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.organisations.enums import Block
from cms.organisations.models import Agency

# The handbook's frames: the highest score an item of each complexity group can have (domain facts, 6.2).
DEFAULT_FRAMES = {"1": "100", "2": "200", "3": "300", "4": "400", "5": "500"}
MAX_GROUPS = 5


def default_frames() -> dict[str, str]:
    """Return the handbook's frames, as JSON keeps them: group number to highest score, both as text."""
    return dict(DEFAULT_FRAMES)


class CatalogRoundQuerySet(models.QuerySet["CatalogRound"]):
    """Reads over rounds."""

    def current(self) -> CatalogRoundQuerySet:
        """Return the rounds that are going on: at most one for each block, and one for every other block."""
        return self.filter(is_current=True)

    def open_to(self, agency: Agency) -> CatalogRoundQuerySet:
        """Return the rounds in which a version of the agency may be: those of its block, and those of no block."""
        return self.filter(block__in=("", agency.block))


class CatalogRound(models.Model):
    """A year's round of catalog building: its deadlines and what a new version starts with.

    It is for the agencies of one block, or without a block for those of every block that has no current round of its
    own (ADR 60).
    """

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2025), MaxValueValidator(2100)])
    name = models.CharField(_("name"), max_length=200)
    block = models.CharField(_("for the block"), max_length=12, choices=Block.choices, blank=True, default="")
    submit_by = models.DateField(_("agencies submit by"))
    appraise_by = models.DateField(_("appraised by"))
    approve_by = models.DateField(_("approved by"))
    standard_unit = models.CharField(
        _("standard unit"),
        max_length=300,
        default="Soạn thảo văn bản hành chính",
        help_text=_("The product or work that every other is measured by."),
    )
    standard_score = models.DecimalField(
        _("score of the standard unit"),
        max_digits=12,
        decimal_places=4,
        default=Decimal(5),
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    frames = models.JSONField(_("frames of the complexity groups"), default=default_frames)
    is_current = models.BooleanField(_("current round"), default=False)

    objects = CatalogRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year", "-submit_by"]
        constraints = [
            models.UniqueConstraint(
                fields=["block"],
                condition=Q(is_current=True),
                name="round_current_once_a_block",
                violation_error_message=_("There is already a current round."),
            ),
            models.CheckConstraint(
                condition=Q(submit_by__lte=F("appraise_by")) & Q(appraise_by__lte=F("approve_by")),
                name="round_deadlines_in_order",
                violation_error_message=_("Deadlines must follow each other: submit, appraise, approve."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_label(self) -> str:
        """Return in words for which agencies the round is."""
        if self.block:
            return gettext("block: %(block)s") % {"block": self.get_block_display()}
        return gettext("blocks without a round of their own")
