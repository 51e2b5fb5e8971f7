"""Uploads: the bytes as they came, what was read in them, and what is wrong with it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import CatalogVersion
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from importers.enums import BatchState, RowClass, Verdict


def private_storage() -> Storage:
    """Return the storage that no web server serves."""
    return storages["private"]


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Uploads, as seen by a person."""

    def visible_to(self, user: Any) -> ImportBatchQuerySet:
        """Return uploads of the person's own agencies; those who appraise see all."""
        access = access_for(user)
        if access.reads_province:
            return self
        return self.filter(agency__in=access.own_agencies())


class ImportBatch(models.Model):
    """One upload of one file for one agency, from check to commit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24, default="catalog", editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="import_batches", verbose_name=_("agency"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    on_behalf = models.BooleanField(_("on the agency's behalf"), default=False)
    at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    original = models.FileField(storage=private_storage, upload_to="uploads/%Y/%m", max_length=255)

    state = models.CharField(_("state"), max_length=12, choices=BatchState.choices, default=BatchState.CHECKING)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict.choices, blank=True)
    sheets = models.JSONField(default=list)
    layout = models.CharField(max_length=40, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # {"new": n, "changed": n, "same": n, "missing": n}
    error_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)

    # What the preview was compared with: the open version (or the last decided one) and its edition.
    base = models.ForeignKey(CatalogVersion, models.PROTECT, null=True, related_name="+")
    base_edition = models.PositiveIntegerField(default=0)
    committed_to = models.ForeignKey(CatalogVersion, models.PROTECT, null=True, related_name="import_batches")
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(_("written at"), null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-at"]
        indexes = [models.Index(fields=["agency", "-at"], name="batch_agency"), models.Index(fields=["sha256"], name="batch_sha")]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_at__isnull=True, committed_by__isnull=True)
                | Q(committed_at__isnull=False, committed_by__isnull=False),
                name="batch_commit_paired",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row as it was read and checked: the preview shows it, the commit writes it, nothing is read twice."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField(null=True)
    change = models.CharField(max_length=8, choices=RowClass.choices)
    identity = models.UUIDField(null=True)
    values = models.JSONField(encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # {field: [before, after]}

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "change", "position"], name="import_row_class")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row}"


class ImportProblem(models.Model):
    """One error or warning at a place in the file."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="problems")
    position = models.PositiveIntegerField()
    severity = models.CharField(max_length=8)
    code = models.CharField(max_length=48)
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField(default=0)
    column = models.CharField(max_length=255, blank=True)
    value = models.CharField(max_length=200, blank=True)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="import_problem_once")]
        indexes = [models.Index(fields=["batch", "severity", "position"], name="import_problem_severity")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row} {self.code}"
