"""Periods, and the steps of an evaluation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeriodKind(TextChoices):
    """How long a period is; the values are the scoring room's own (``definition.words.PERIODS``)."""

    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    HALF = "half", _("Half-year")
    YEAR = "year", _("Year")


MONTHS_OF = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


class Step(TextChoices):
    """What an evaluation waits for; the values stand in the steps that a period keeps."""

    ASSESS = "assess", _("Self-assessment")
    MARK = "mark", _("Marks of the manager")
    DECIDE = "decide", _("Decision")


class Act(TextChoices):
    """What was done in an evaluation: a step, or the way back to one."""

    ASSESS = "assess", _("Self-assessment")
    MARK = "mark", _("Marks of the manager")
    DECIDE = "decide", _("Decision")
    SEND_BACK = "send_back", _("Sent back")
    REOPEN = "reopen", _("Reopened after the lock")
