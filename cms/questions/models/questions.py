"""Questions of agencies and where they stand."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.questions.enums import QuestionState
from cms.questions.models.topics import QuestionTopic
from cms.users.enums import PARTIAL_ROLES, WRITING_AGENCY_ROLES


class QuestionQuerySet(models.QuerySet["Question"]):
    """Reads over questions."""

    def visible_to(self, user: Any) -> QuestionQuerySet:
        """Return the questions of one's own agencies, and of those over which one appraises or decides."""
        access = access_for(user)
        paths = frozenset().union(*(access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
        visible = access.rows_over("agency", *PARTIAL_ROLES)
        for path in paths:
            visible |= Q(agency__path__startswith=path)
        return self.filter(visible)

    def waiting(self) -> QuestionQuerySet:
        """Return questions that nobody has answered yet."""
        return self.filter(state=QuestionState.ASKED)

    def late(self) -> QuestionQuerySet:
        """Return questions that should have been answered by now."""
        return self.waiting().filter(due_on__lt=timezone.localdate())

    def matching(
        self, *, words: str = "", agency: str = "", state: str = "", topic: QuestionTopic | None = None,
        is_late: bool = False,
    ) -> QuestionQuerySet:  # fmt: skip
        """Return what fits all that is given; ``agency`` and ``words`` as they are typed."""
        found = self.late() if is_late else self
        if agency:
            found = found.filter(agency__in=Agency.objects.search(agency).order_by().values("pk"))
        if words:
            found = found.filter(subject__icontains=words)
        if state:
            found = found.filter(state=state)
        return found.filter(topic=topic) if topic else found


class Question(models.Model):
    """What an agency asks: its words, and every answer, stand in ``entries``.

    The clock of ``due_on`` starts anew when the agency asks once more; ``answered_on`` is the day of the answer to what
    was asked last. ``answerer`` is whom it was passed on to; without one, all who appraise the agency are asked.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    topic = models.ForeignKey(QuestionTopic, models.PROTECT, related_name="questions", verbose_name=_("topic"))
    subject = models.CharField(_("subject"), max_length=200)
    state = models.CharField(_("state"), max_length=9, choices=QuestionState.choices, default=QuestionState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    due_on = models.DateField(_("to be answered by"))
    answered_on = models.DateField(_("answered on"), null=True)
    answerer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who answers")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[QuestionState.ASKED, QuestionState.WITHDRAWN], answered_on=None)
                | Q(state__in=[QuestionState.ANSWERED, QuestionState.CLOSED], answered_on__isnull=False),
                name="question_answered_on",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="question_agency"),
            models.Index(fields=["due_on"], name="question_waiting", condition=Q(state=QuestionState.ASKED)),
        ]

    def __str__(self) -> str:
        return f"{self.pk}. {self.subject}"

    @property
    def days_late(self) -> int:
        """Return how many days after its day the answer came, or has not come yet; 0 where it is in time."""
        if self.state == QuestionState.WITHDRAWN:
            return 0
        day: datetime.date = self.answered_on or timezone.localdate()
        return max((day - self.due_on).days, 0)
