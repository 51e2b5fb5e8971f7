"""What questions are about, and in how many days they are answered."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.questions.enums import QuestionState

# So long an answer may take at the most.
MOST_DAYS = 60


class QuestionTopicQuerySet(models.QuerySet["QuestionTopic"]):
    """Reads over topics."""

    def active(self) -> QuestionTopicQuerySet:
        """Return topics about which new questions are asked."""
        return self.filter(is_active=True)

    def with_counts(self) -> QuestionTopicQuerySet:
        """Return topics with how many questions were asked, and how many of them wait, are late, or were answered.

        Withdrawn questions are not counted; a question that was asked once more counts as it stands now.
        """
        asked = ~Q(questions__state=QuestionState.WITHDRAWN)
        waiting = Q(questions__state=QuestionState.ASKED)
        answered = Q(questions__answered_on__isnull=False)
        in_time = Q(questions__answered_on__lte=F("questions__due_on"))
        late = Q(questions__due_on__lt=timezone.localdate())
        return self.annotate(
            asked=Count("questions", filter=asked), waiting=Count("questions", filter=waiting),
            late=Count("questions", filter=waiting & late), in_time=Count("questions", filter=answered & in_time),
            answered_late=Count("questions", filter=answered & ~in_time),
        )  # fmt: skip


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
