"""What an officer is told of their work in the application."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.assignments.models.work import WorkAssignment
from cms.assignments.planning_enums import NoticeKind
from cms.organisations.models import Officer


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, narrowed by whether they were read."""

    def unread(self) -> NoticeQuerySet:
        """Return those that were not read yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing that an officer is told about one piece of work: once of each kind and last day."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="notices", verbose_name=_("officer"))
    work = models.ForeignKey(
        WorkAssignment, models.CASCADE, db_constraint=False, related_name="+", verbose_name=_("work")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind.choices)
    # The last day of the work when this was said: with another day it is said again.
    due_on = models.DateField(_("due on"))
    made_on = models.DateField(_("day"))
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-made_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["officer", "work", "kind", "due_on"], name="notice_once")]
        indexes = [models.Index(fields=["officer", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.work}"
