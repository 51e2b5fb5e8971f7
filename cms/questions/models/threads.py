"""What was asked and answered, in order, with files; nothing of it ever changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.stored_files import private_storage
from cms.questions.enums import EntryKind
from cms.questions.models.questions import Question

# So many files come with one entry at the most.
MOST_FILES = 5
LONGEST_TEXT = 10_000


class QuestionEntry(models.Model):
    """One question or answer in the thread of a question."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="entries", verbose_name=_("question"))
    kind = models.CharField(_("kind"), max_length=8, choices=EntryKind.choices)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("entry of a question")
        verbose_name_plural = _("entries of questions")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="question_entry_kind")]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_kind_display()}"


class QuestionFileQuerySet(models.QuerySet["QuestionFile"]):
    """Reads over files of questions."""

    def visible_to(self, user: Any) -> QuestionFileQuerySet:
        """Return the files of the questions that a person sees."""
        return self.filter(entry__question__in=Question.objects.visible_to(user).order_by().values("pk"))


class QuestionFile(models.Model):
    """A file that came with an entry."""

    entry = models.ForeignKey(QuestionEntry, models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    file = models.FileField(storage=private_storage, upload_to="questions/%Y/%m", max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)

    objects = QuestionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a question")
        verbose_name_plural = _("files of questions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
