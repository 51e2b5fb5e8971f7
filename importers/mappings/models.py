"""What the columns of an agency's own files are: remembered once, used by every later upload."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.models import Agency

# Longer ones are no headings of a table that anybody would send twice.
LONGEST_HEADING = 255


class ColumnMappingQuerySet(models.QuerySet["ColumnMapping"]):
    """Mappings of one agency for one kind of upload."""

    def used_for(self, agency: Agency, kind: str) -> ColumnMappingQuerySet:
        """Return the mappings that uploads of this kind of the agency are read by."""
        return self.filter(agency=agency, kind=kind)

    def words(self) -> dict[str, str]:
        """Return the keys of columns by heading, in the form in which headings are compared."""
        return dict(self.values_list("header_key", "column"))

    def matchers(self) -> dict[str, int]:
        """Return who matched each heading, by the same form of it."""
        return dict(self.values_list("header_key", "by"))


class ColumnMapping(models.Model):
    """A heading of an agency's files and the column that it stands for.

    ``column`` is the key of a column of the kind's layouts, or ``importers.checking.columns.IGNORED``.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="column_mappings", verbose_name=_("agency"))
    kind = models.CharField(max_length=24)
    header = models.CharField(_("heading in the file"), max_length=LONGEST_HEADING)
    header_key = models.CharField(max_length=LONGEST_HEADING)
    column = models.CharField(_("read as"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("matched by"))
    at = models.DateTimeField(_("matched at"), default=timezone.now)

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        ordering = ["kind", "header_key"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "header_key"], name="column_mapping_once"),
        ]

    def __str__(self) -> str:
        return self.header
