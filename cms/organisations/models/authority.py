"""Tables of authority: which post evaluates and classifies whom, block by block, from a day on."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.organisations.enums import AgencyKind, AuthorityAct, AuthorityPost, AuthoritySubject, Block


class AuthorityTableQuerySet(models.QuerySet["AuthorityTable"]):
    """Reads over versions of the tables."""

    def in_force(self, day: datetime.date) -> AuthorityTableQuerySet:
        """Return the version of each block that holds on a day: the issued one that took effect last."""
        begun = AuthorityTable.objects.filter(issued_at__isnull=False, effective_from__lte=day)
        last = begun.filter(block=OuterRef("block")).order_by("-effective_from", "-number").values("pk")[:1]
        return self.filter(pk=Subquery(last))

    def drafts(self) -> AuthorityTableQuerySet:
        return self.filter(issued_at__isnull=True)


class AuthorityTable(models.Model):
    """One version of a block's table: a draft until it is issued, and never changed from then on."""

    block = models.CharField(gettext_lazy("block"), max_length=12, choices=Block.choices)
    number = models.PositiveIntegerField(gettext_lazy("number"))
    effective_from = models.DateField(gettext_lazy("in effect from"), null=True, blank=True)
    decision_number = models.CharField(gettext_lazy("decision number"), max_length=64, blank=True)
    basis = models.CharField(gettext_lazy("legal basis"), max_length=500, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    issued_at = models.DateTimeField(gettext_lazy("issued at"), null=True, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    objects = AuthorityTableQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("authority table")
        verbose_name_plural = gettext_lazy("authority tables")
        ordering = ["block", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["block", "number"], name="authority_table_number"),
            models.UniqueConstraint(
                fields=["block"],
                condition=Q(issued_at__isnull=True),
                name="authority_table_one_draft",
                violation_error_message=gettext_lazy("The block has a draft already."),
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | Q(effective_from__isnull=False) & ~Q(decision_number=""),
                name="authority_table_issued_whole",
            ),
        ]

    def __str__(self) -> str:
        return _("Authority table %(number)d, block %(block)s") % {
            "number": self.number, "block": self.get_block_display(),
        }  # fmt: skip


class AuthorityRow(models.Model):
    """Who, by post, does an act about such a subject at such an agency; what no row says is a hole."""

    table = models.ForeignKey(
        AuthorityTable, models.CASCADE, related_name="rows", verbose_name=gettext_lazy("authority table")
    )
    agency_kind = models.CharField(gettext_lazy("kind of agency"), max_length=20, choices=AgencyKind.choices)
    subject = models.CharField(gettext_lazy("subject"), max_length=12, choices=AuthoritySubject.choices)
    act = models.CharField(gettext_lazy("act"), max_length=12, choices=AuthorityAct.choices)
    post = models.CharField(gettext_lazy("post"), max_length=20, choices=AuthorityPost.choices)
    basis = models.CharField(gettext_lazy("legal basis"), max_length=255, blank=True)

    class Meta:
        verbose_name = gettext_lazy("row of an authority table")
        verbose_name_plural = gettext_lazy("rows of authority tables")
        ordering = ["table", "agency_kind", "subject", "act"]
        constraints = [
            models.UniqueConstraint(fields=["table", "agency_kind", "subject", "act"], name="authority_row_once")
        ]

    def __str__(self) -> str:
        parts = (self.get_agency_kind_display(), self.get_subject_display(), self.get_act_display())
        return f"{', '.join(parts)}: {self.get_post_display()}"
