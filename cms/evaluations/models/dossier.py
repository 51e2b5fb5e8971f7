"""Files of the dossier of an evaluation: self-assessment reports, minutes, documents."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.stored_files import private_storage
from cms.evaluations.enums import DossierKind
from cms.evaluations.models.evaluations import Evaluation

# So many stand in one dossier at the most.
MOST_FILES = 20


class DossierFileQuerySet(models.QuerySet["DossierFile"]):
    """Reads over files of dossiers."""

    def standing(self) -> DossierFileQuerySet:
        """Return what was not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_subject(self) -> DossierFileQuerySet:
        """Return what the subject of the evaluation brought."""
        return self.filter(is_of_subject=True)


class DossierFile(models.Model):
    """One file of an evaluation's dossier. It is withdrawn, never changed; after the lock nothing comes or goes.

    ``is_of_subject`` says whether the officer, or somebody of the organisation, brought it: until the result is theirs
    to read they see only such files.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="dossier", verbose_name=_("evaluation"))
    kind = models.CharField(_("kind"), max_length=16, choices=DossierKind.choices)
    is_of_subject = models.BooleanField()
    name = models.CharField(_("name"), max_length=255)
    file = models.FileField(storage=private_storage, upload_to="dossiers/%Y/%m", max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects: Any = DossierFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a dossier")
        verbose_name_plural = _("files of dossiers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DossierKind.values), name="dossier_kind_known"),
            models.UniqueConstraint(
                fields=["evaluation", "sha256"], condition=Q(withdrawn_at=None), name="dossier_file_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
