"""Columns that the province adds to its catalogs: data, no migration and no code."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.catalogs import extra
from cms.catalogs.audiences import audiences_seen, audiences_seen_anywhere
from cms.catalogs.columns import Column
from cms.catalogs.enums import Audience, ColumnKind
from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.organisations.models import Agency


class ExtraColumnQuerySet(models.QuerySet["ExtraColumn"]):
    """Columns that the province added, in their order."""

    def in_use(self) -> ExtraColumnQuerySet:
        """Return columns that are asked for now."""
        return self.filter(in_use=True)

    def in_files(self) -> ExtraColumnQuerySet:
        """Return columns that stand in templates and are read from uploads: never one that agencies do not see."""
        return self.in_use().exclude(audience=Audience.APPRAISERS)

    def listed(self) -> ExtraColumnQuerySet:
        """Return columns of few texts, by which lists of items are filtered."""
        return self.filter(kind__in=(ColumnKind.CHOICE, ColumnKind.YES_NO))

    def seen_by(self, user: Any, agency: Agency | None = None) -> ExtraColumnQuerySet:
        """Return columns that the person may see in an agency's catalog (None: in everybody's)."""
        return self.filter(audience__in=audiences_seen(user, *((agency.path, agency.block) if agency else ())))

    def seen_anywhere_by(self, user: Any) -> ExtraColumnQuerySet:
        """Return columns that the person may see in at least one catalog."""
        return self.filter(audience__in=audiences_seen_anywhere(user))

    def waiting(self) -> ExtraColumnQuerySet:
        """Return columns of which a change waits for a second person, the longest waiting first."""
        return self.filter(proposed_at__isnull=False).select_related("proposed_by").order_by("proposed_at")

    def public(self) -> ExtraColumnQuerySet:
        """Return columns that everybody sees."""
        return self.filter(audience=Audience.EVERYONE)

    def key_set(self) -> frozenset[str]:
        return frozenset(self.values_list("key", flat=True))


class ExtraColumn(models.Model):
    """One added column. Its key never changes and its kind never changes, so what items hold always has a meaning.

    A column is never deleted: items of decided versions hold its values. One that is no longer wanted is taken out of
    use; it is then neither asked for nor read, and still shown where it was filled in.
    """

    key = models.SlugField(max_length=40, unique=True, editable=False)
    name = models.CharField(_("heading"), max_length=100, help_text=_("As it stands above the column in Excel."))
    kind = models.CharField(_("what stands in it"), max_length=8, choices=ColumnKind.choices, default=ColumnKind.TEXT)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    required = models.BooleanField(_("must be filled in"), default=False)
    audience = models.CharField(_("who sees it"), max_length=12, choices=Audience.choices, default=Audience.EVERYONE)
    help_text = models.CharField(
        _("guidance"),
        max_length=300,
        blank=True,
        help_text=_("Said in the template and beside the field."),
    )
    position = models.PositiveSmallIntegerField(_("place among the added columns"), default=1)
    in_use = models.BooleanField(_("in use"), default=True)
    # What one person wants changed and a second one has not confirmed yet: new values by the names of fields.
    proposed = models.JSONField(default=dict, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    proposed_at = models.DateTimeField(null=True, editable=False)

    objects = ExtraColumnQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra column")
        verbose_name_plural = _("extra columns")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def field_name(self) -> str:
        """Return what the column is called among the fields of an item: ``extra.<key>``."""
        return f"{extra.PREFIX}{self.key}"

    def for_files(self) -> Column:
        """Return the column as files have it."""
        width = 30 if self.kind == ColumnKind.TEXT else 16
        return Column(self.key, self.name, width, self.kind)

    def value_in(self, held: extra.Extra) -> extra.Value | None:
        """Return what an item's texts by key say in this column: text, Decimal, bool or date; None for nothing."""
        return extra.value_of(self.kind, held.get(self.key, ""))

    def shown(self, text: str) -> str:
        """Return a stored text as people read and write it: ``1,5``, ``05/06/2026``, ``Có``."""
        value = extra.value_of(self.kind, text)
        if isinstance(value, bool):
            return _now("Yes") if value else _now("No")
        if isinstance(value, datetime.date):
            return format_date_vi(value)
        return format_decimal_vi(value) if isinstance(value, Decimal) else value or ""
