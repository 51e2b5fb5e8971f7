"""Rounds of catalog building, and what a new version starts with."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# The handbook's frames: the highest score an item of each complexity group can have (domain facts, 6.2).
DEFAULT_FRAMES = {"1": "100", "2": "200", "3": "300", "4": "400", "5": "500"}
MAX_GROUPS = 5


def default_frames() -> dict[str, str]:
    """Return the handbook's frames, as JSON keeps them: group number to highest score, both as text."""
    return dict(DEFAULT_FRAMES)


class CatalogRound(models.Model):
    """A year's round of catalog building: its deadlines and what a new version starts with."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2025), MaxValueValidator(2100)])
    name = models.CharField(_("name"), max_length=200)
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

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year", "-submit_by"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="round_current_once",
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
