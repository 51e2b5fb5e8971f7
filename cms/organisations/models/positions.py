"""What officers are employed as."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.text import fold
from cms.organisations.enums import PositionKind


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


class Position(models.Model):
    """A job position (vị trí việc làm) of the catalogue that Decree 361/2025 calls for."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=16, choices=PositionKind.choices, default=PositionKind.PROFESSIONAL)
    group = models.ForeignKey(PositionGroup, models.PROTECT, related_name="positions", verbose_name=_("position group"))
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
