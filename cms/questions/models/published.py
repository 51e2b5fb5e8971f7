"""Questions with their answers as everybody reads them, in words of their own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.text import fold
from cms.questions.models.questions import Question
from cms.questions.models.threads import LONGEST_TEXT


class PublishedAnswerQuerySet(models.QuerySet["PublishedAnswer"]):
    """Reads over what was made public."""

    def public(self) -> PublishedAnswerQuerySet:
        """Return what everybody reads now."""
        return self.filter(is_public=True)

    def matching(self, text: str) -> PublishedAnswerQuerySet:
        """Return what holds all these words, typed with diacritics or without."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found


class PublishedAnswer(models.Model):
    """A question and its answer, written anew without persons and agencies; whose question it was is never shown."""

    question = models.OneToOneField(Question, models.PROTECT, related_name="published", verbose_name=_("question"))
    asked = models.CharField(_("question for everybody"), max_length=300)
    answer = models.TextField(_("answer for everybody"), max_length=LONGEST_TEXT)
    is_public = models.BooleanField(_("public"), default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published at"))
    search_text = models.TextField(editable=False, default="")

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("published answer")
        verbose_name_plural = _("published answers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.asked

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded words with the written ones."""
        self.search_text = fold(f"{self.asked} {self.answer}")
        super().save(*args, **kwargs)
