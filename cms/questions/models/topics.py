"""What questions are about, and in how many days they are answered."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# So long an answer may take at the most.
MOST_DAYS = 60


class QuestionTopicQuerySet(models.QuerySet["QuestionTopic"]):
    """Reads over topics."""

    def active(self) -> QuestionTopicQuerySet:
        """Return topics about which new questions are asked."""
        return self.filter(is_active=True)


class QuestionTopic(models.Model):
    """A topic that editors keep. Who asks is promised an answer within ``days`` working days."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    days = models.PositiveSmallIntegerField(
        _("working days to answer"), default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )
    is_active = models.BooleanField(_("can be chosen"), default=True)

    objects = QuestionTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic of questions")
        verbose_name_plural = _("topics of questions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
