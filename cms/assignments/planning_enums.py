"""Rhythms of repeated work, states of proposals, kinds of signals and notices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rhythm(TextChoices):
    """How often a rule gives work."""

    WEEKLY = "weekly", _("Each week")
    MONTHLY = "monthly", _("Each month")


class ProposalState(TextChoices):
    """Where a proposal of work that no catalog has stands."""

    MADE = "made", _("Waits for the agency")
    TAKEN = "taken", _("In the catalog's draft, waits for its decision")
    REFUSED = "refused", _("Not taken")
    COUNTED = "counted", pgettext_lazy("a proposal", "Counted")


class SignalKind(TextChoices):
    """What a person should look at; nothing is deducted for it."""

    OVERLOAD = "overload", _("More standard hours than the days hold")
    SAME_WORDS = "same_words", _("The same words by several people")
    SPIKE = "spike", _("Far more than usual")
    LAST_HOUR = "last_hour", _("Everything confirmed within one hour")


class NoticeKind(TextChoices):
    """Of what an officer is told in the application."""

    SOON = "soon", _("Soon due")
    TODAY = "today", _("Due today")
    LATE = "late", _("Late")
    RETURNED = "returned", _("Returned")
