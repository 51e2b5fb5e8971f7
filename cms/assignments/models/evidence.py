"""What shows that work was done: files, links, numbers of documents."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import EvidenceKind
from cms.assignments.models.work import WorkAssignment, seen_by
from cms.core.stored_files import private_storage

# So many pieces stand beside one piece of work at the most.
MOST_PIECES = 20
# Of other work with the same file, as many are named.
MOST_NAMED = 5


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reads over evidence; whoever sees the work sees it."""

    def visible_to(self, user: Any) -> EvidenceQuerySet:
        """Return the evidence of the work that a person sees."""
        return self.filter(seen_by(user, "work__"))

    def standing(self) -> EvidenceQuerySet:
        """Return what was not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_same_files(self, user: Any) -> list[Evidence]:
        """Return the pieces, each with ``elsewhere``: other work that the person sees with the very same file."""
        pieces: list[Evidence] = list(self)
        hashes = {each.sha256 for each in pieces if each.sha256 and each.withdrawn_at is None}
        same = Evidence.objects.visible_to(user).standing().filter(sha256__in=hashes)
        same = same.exclude(work__in={each.work_id for each in pieces}).select_related("work__officer")
        found: dict[str, list[WorkAssignment]] = defaultdict(list)
        for each in same[: MOST_NAMED * max(len(hashes), 1)]:
            found[each.sha256].append(each.work)
        for piece in pieces:
            piece.elsewhere = found[piece.sha256][:MOST_NAMED]
        return pieces


class Evidence(models.Model):
    """One piece of evidence of one piece of work. It is withdrawn, never deleted or replaced: triggers keep it.

    A file lies in the private storage under a name of ours; ``name`` is what it was called, ``sha256`` of which bytes
    it is. ``name`` of a link or a document is what it is about.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    work = models.ForeignKey(
        WorkAssignment, models.PROTECT, db_constraint=False, related_name="evidence", verbose_name=_("work")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind.choices)
    name = models.CharField(_("name"), max_length=255)
    file = models.FileField(storage=private_storage, upload_to="evidence/%Y/%m", max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    document_date = models.DateField(_("date of the document"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    # Filled by ``with_same_files``.
    elsewhere: list[WorkAssignment]

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        indexes = [models.Index(fields=["sha256"], name="evidence_sha", condition=~Q(sha256=""))]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.FILE, sha256__gt="", url="", document_number="")
                | Q(kind=EvidenceKind.LINK, sha256="", url__gt="", document_number="")
                | Q(kind=EvidenceKind.DOCUMENT, sha256="", url="", document_number__gt=""),
                name="evidence_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=models.F("added_by")), name="evidence_second_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name
