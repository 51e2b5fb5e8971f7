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


class EvidenceKind(TextChoices):
    """What shows that work was done."""

    FILE = "file", _("File")
    LINK = "link", _("Link")
    DOCUMENT = "document", _("Document number")


class ClaimAbout(TextChoices):
    """What an objective cause is claimed for."""

    LATE = "late", _("Delay")
    QUALITY = "quality", _("Quality failure")


class ClaimCause(TextChoices):
    """The objective causes that are offered; which holds is for a person to judge."""

    SUPERIOR = "superior", _("Waited for a superior's opinion or approval")
    PARTNER = "partner", _("A cooperating agency was late or sent what was wrong")
    DISASTER = "disaster", _("Natural disaster, epidemic, accident")
    RULES = "rules", _("Rules or what was asked changed on the way")
    URGENT = "urgent", _("Urgent work was given that came first")
    HEALTH = "health", _("Illness, maternity, permitted leave")
    SYSTEM = "system", _("A shared system failed")
    OTHER = "other", _("Another objective cause")


class ClaimState(TextChoices):
    """Where a claim stands."""

    MADE = "made", _("Waiting for the decision")
    SENT_BACK = "sent_back", _("Sent back for more")
    ACCEPTED = "accepted", _("Cause accepted")
    REFUSED = "refused", _("Cause not accepted")


DECIDED_CLAIMS = frozenset({ClaimState.ACCEPTED, ClaimState.REFUSED})
