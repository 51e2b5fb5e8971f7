"""The tree of agencies and their identifier codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from cms.core.text import fold
from cms.organisations.enums import CATALOG_KINDS, AgencyKind, Block, CodeForm


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

    def above(self, paths: Iterable[str]) -> AgencyQuerySet:
        """Return the agencies above any of the tree paths, without those themselves, from the province down."""
        step = self.model.steplen
        ends = {path[:end] for path in paths for end in range(step, len(path), step)}
        return self.filter(path__in=ends)

    def served_by_catalog_of(self, agency: Agency) -> AgencyQuerySet:
        """Return the agency and those below it that work by its catalog, as none nearer to them keeps one."""
        nearer = Agency.objects.filter(
            kind__in=CATALOG_KINDS, path__startswith=agency.path, depth__gt=agency.depth
        ).annotate(served=ExpressionWrapper(OuterRef("path"), models.CharField()))
        own = self.filter(path__startswith=agency.path)
        return own.exclude(Exists(nearer.filter(served__startswith=F("path")).order_by()))


class AgencyManager(MP_NodeManager.from_queryset(AgencyQuerySet)):  # type: ignore[misc]
    """Agencies in the order of the tree."""

    def get_queryset(self) -> AgencyQuerySet:
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
