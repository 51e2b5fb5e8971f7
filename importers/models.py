"""Uploads: the bytes as they came, what was read in them, and what is wrong with it."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.extension import ExtensionPoint
from cms.core.stored_files import private_storage
from cms.core.text import fold
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User
from importers.enums import BatchState, MissingItems, RowClass, Verdict
from importers.mappings.models import ColumnMapping as ColumnMapping

# A check is over within the reader's limits; one that takes longer than this has lost its worker.
CHECK_PATIENCE = datetime.timedelta(minutes=5)
# The same of a commit.
WRITE_PATIENCE = datetime.timedelta(minutes=5)
# What was previewed is confirmed within this time, or checked again.
PREVIEW_LASTS = datetime.timedelta(days=7)


# Which kinds tell of no person; the kinds stand above the records of uploads.
IMPERSONAL_KINDS = ExtensionPoint[[], list[str]]("list the kinds of upload that tell of no person")
# Which kinds only those who write for the agency see.
IS_WHOLE = ExtensionPoint[[str], bool]("whether a file of a kind says all that there is")
OWN_KINDS = ExtensionPoint[[], list[str]]("list the kinds of upload that nobody sends or sees on an agency's behalf")


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Uploads, as seen by a person."""

    def visible_to(self, user: Any) -> ImportBatchQuerySet:
        """Return uploads of the person's own agencies; editors, who may act for any, see all (security matrix).

        Uploads that nobody makes on an agency's behalf are seen by its own people alone.

        Editors over a part of the province see those of its catalogs; its lists of people are not theirs to keep.
        """
        access = access_for(user)
        reach = Q(agency__in=access.own_agencies())
        if access.has(Role.EDITOR):
            return self.filter(reach | ~Q(kind__in=OWN_KINDS()))
        if access.holds(Role.EDITOR):
            reach |= access.rows_over("agency", Role.EDITOR) & Q(kind__in=IMPERSONAL_KINDS())
        return self.filter(reach)

    def search(self, text: str) -> ImportBatchQuerySet:
        """Return uploads whose file name, uploader, SHA-256 or agency holds each word, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(Q(search_text__contains=word) | Q(agency__search_text__contains=word))
        return found

    def between(self, first: datetime.date | None, last: datetime.date | None) -> ImportBatchQuerySet:
        """Return uploads that came on these days or between them; None leaves a side open."""
        found = self
        if first:
            found = found.filter(at__gte=_midnight(first))
        if last:
            found = found.filter(at__lt=_midnight(last + datetime.timedelta(days=1)))
        return found

    def to_forget(self, day: datetime.date) -> ImportBatchQuerySet:
        """Return uploads from before a day that still hold what the sender sent, the oldest first."""
        stored = Q(forgotten_at__isnull=True) | ~Q(original="")
        return self.filter(stored, at__lt=_midnight(day)).exclude(state=BatchState.CHECKING).order_by("at")

    def written_after(self, batch: ImportBatch) -> ImportBatchQuerySet:
        """Return uploads of the same kind and agency that were written after this one and not taken back."""
        later = self.filter(kind=batch.kind, agency=batch.agency_id, state=BatchState.COMMITTED)
        return later.filter(committed_at__gt=batch.committed_at).exclude(pk=batch.pk)

    def being_checked(self) -> ImportBatchQuerySet:
        """Return uploads whose check is still expected to end; older ones were left by a worker that died."""
        return self.filter(state=BatchState.CHECKING, queued_at__gte=timezone.now() - CHECK_PATIENCE)

    def waiting_for(self, user: Any) -> ImportBatchQuerySet:
        """Return what the person sent and has not done with: being checked or written, or to be confirmed."""
        since = timezone.now() - PREVIEW_LASTS
        return self.filter(by=user, state__in=(BatchState.CHECKING, BatchState.PREVIEWED), at__gte=since)

    def newest_first(self) -> ImportBatchQuerySet:
        """Return the latest uploads first."""
        return self.order_by("-at", "-id")


class ImportBatch(models.Model):
    """One upload of one file for one agency, from check to commit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="import_batches", verbose_name=_("agency"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    # The code of the period that the file is of (``cms.core.periods``), where its kind has such.
    period = models.CharField(_("period"), max_length=8, blank=True, editable=False)
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
    # Headings known by the agency's own mapping: [[heading, ours ("" where it is not read)], ...].
    mapped = models.JSONField(default=list)
    # Who matched those headings, when they were read.
    matched_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    # The stamp of the template that the file was, if it was one (``importers.workbooks.stamp``).
    template = models.CharField(max_length=160, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # {"new": n, "changed": n, "same": n, "missing": n}
    # What the lines above the header say: {"standard_unit": text, "standard_score": number as text or None}.
    title = models.JSONField(default=dict)
    error_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    note_count = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(_("checked at"), null=True)

    # How often what the preview was compared with had then been written to; which record that was, the kind knows.
    base_edition = models.PositiveIntegerField(default=0)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(_("written at"), null=True)
    # How often what it was written to had then been written to.
    written_edition = models.PositiveIntegerField(null=True)
    # Since when a task has been writing what was confirmed; empty again when that is over, with why it was not to be.
    writing_since = models.DateTimeField(null=True)
    write_refusal = models.TextField(blank=True)
    missing = models.CharField(_("missing items"), max_length=8, choices=MissingItems.choices, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(_("undone at"), null=True)
    # What the undo did: {"removed": n, "restored": n, "returned": n, "kept": [[code, name, why], ...]}.
    undo_result = models.JSONField(default=dict)
    # When the bytes, the rows and the problems were removed; verdict and counts stay.
    forgotten_at = models.DateTimeField(_("forgotten at"), null=True)

    search_text = models.TextField(editable=False, default="")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["agency", "-at"], name="batch_agency"),
            models.Index(fields=["-at", "-id"], name="batch_newest"),
            models.Index(fields=["sha256"], name="batch_sha"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_at__isnull=True, committed_by__isnull=True)
                | Q(committed_at__isnull=False, committed_by__isnull=False),
                name="batch_commit_paired",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False, committed_at__isnull=False),
                name="batch_undo_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill, once, the folded text that accent-free search reads."""
        self.search_text = self.search_text or fold(f"{self.file_name} {self.by} {self.sha256}")
        super().save(*args, **kwargs)

    @property
    def is_forgotten(self) -> bool:
        """Return whether what was in the file is gone for good."""
        return self.forgotten_at is not None

    @property
    def is_at_work(self) -> bool:
        """Return whether a check or a commit of it runs or waits for its turn; a lost one does not."""
        if self.state == BatchState.CHECKING:
            return timezone.now() - self.queued_at <= CHECK_PATIENCE
        return self.is_being_written

    @property
    def is_being_written(self) -> bool:
        """Return whether a task has been told to write it and is expected to end; until then it stays previewed."""
        if self.state != BatchState.PREVIEWED or self.writing_since is None:
            return False
        return timezone.now() - self.writing_since <= WRITE_PATIENCE

    @property
    def has_cells(self) -> bool:
        """Return whether the file was read as a table, so that its cells can be marked and mended."""
        return bool(self.sheets) and bool(self.original)

    @property
    def broke_off(self) -> bool:
        """Return whether the check ended for a reason that is not in the file, so that it is worth repeating."""
        return self.error_count == 1 and not self.sheets and self.problems.filter(code="check_failed").exists()

    @property
    def is_expired(self) -> bool:
        """Return whether the preview is too old to be confirmed unseen."""
        return self.checked_at is not None and timezone.now() - self.checked_at > PREVIEW_LASTS

    @property
    def leaves_out_much(self) -> bool:
        """Return whether so much of what stands on record is not in the file that it may be the wrong file.

        Over one item in five, and three at least: then nobody is led to take them out by a choice made for them.
        """
        if not IS_WHOLE(self.kind):
            return False
        missing = self.counts.get(RowClass.MISSING, 0)
        on_record = missing + sum(self.counts.get(kind, 0) for kind in (RowClass.CHANGED, RowClass.SAME))
        return missing >= 3 and missing * 5 > on_record

    def authors(self) -> set[User]:
        """Return everybody by whose hand its rows are as they are: who sent it, mended a cell, or matched a column."""
        mended = User.objects.filter(pk__in=self.corrections.values("by"))
        return {self.by, *mended, *self.matched_by.all()}

    def changes_anything(self, missing: str) -> bool:
        """Return whether a commit that removes or keeps the missing items would write anything at all."""
        removes = missing == MissingItems.REMOVE and IS_WHOLE(self.kind)
        touched = {RowClass.NEW, RowClass.CHANGED} | ({RowClass.MISSING} if removes else set())
        return any(self.counts.get(kind) for kind in touched)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row as it was read and checked: the preview shows it, the commit writes it, nothing is read twice.

    ``change`` is a RowClass; ``values`` and ``changes`` ({field: [before, after]}) hold decimals and days as text.
    """

    position: int
    change: str
    sheet: str
    row: int | None
    identity: uuid.UUID
    values: dict[str, Any]
    changes: dict[str, list[Any]]


class ImportChunk(models.Model):
    """Rows of one class in the order of the file, packed (``importers.batches.previews`` reads them; ADR 14)."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="chunks")
    change = models.CharField(max_length=8, choices=RowClass.choices)
    # The positions of its first and its last row.
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["batch", "change", "first"], name="import_chunk_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.change} {self.first}"


class ImportProblem(models.Model):
    """One error, warning or note (a tidied space, a column passed by: nothing to mend) at a place in the file."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="problems")
    position = models.PositiveIntegerField()
    severity = models.CharField(max_length=8)
    code = models.CharField(max_length=48)
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField(default=0)
    column = models.CharField(max_length=255, blank=True)
    value = models.CharField(max_length=200, blank=True)
    # The column counted from 1; 0 where no cell is meant.
    column_number = models.PositiveIntegerField(default=0)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="import_problem_once")]
        indexes = [models.Index(fields=["batch", "severity", "position"], name="import_problem_severity")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row} {self.code}"


class ImportCorrection(models.Model):
    """A cell mended in the browser, beside what stands in the file. The latest for a cell counts; the bytes stay."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="corrections")
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    column_number = models.PositiveIntegerField()
    column = models.CharField(_("column"), max_length=255)
    original = models.TextField(_("value in the file"), blank=True)
    value = models.TextField(_("corrected value"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("corrected by"))
    at = models.DateTimeField(_("corrected at"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "sheet", "row"], name="import_correction_place")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row} {self.column}"


class ImportPack(models.Model):
    """Many small values of an upload that are only ever needed together (``importers.batches.packing``)."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="packs")
    name = models.CharField(max_length=16)
    packed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "name"], name="import_pack_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.name}"
