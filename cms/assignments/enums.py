"""States and sources of work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkState(TextChoices):
    """Where a piece of work stands. Being late is no state: it follows from the days, whatever the state."""

    GIVEN = "given", _("Given")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Waiting for confirmation")
    RETURNED = "returned", _("Returned")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# The officer still has something to do.
OPEN_STATES = frozenset({WorkState.GIVEN, WorkState.IN_PROGRESS, WorkState.RETURNED})
# Nothing more is awaited of anybody.
SETTLED_STATES = frozenset({WorkState.CONFIRMED, WorkState.WITHDRAWN})


class WorkSource(TextChoices):
    """By which way the work came in."""

    TYPED = "typed", _("Typed")
    EXCEL = "excel", _("Excel")
    API = "api", _("Another system")
