"""States and sources of work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class PlanGiver(TextChoices):
    """Where an agency's plan task comes from."""

    OWN = "own", _("The agency's own plan")
    SUPERIOR = "superior", _("A superior agency")
    OFFICE = "office", _("The provincial Office")


class PlanState(TextChoices):
    """Where an agency's plan task stands. Being late is no state: it follows from the days."""

    GIVEN = "given", _("Given")
    IN_PROGRESS = "in_progress", _("In progress")
    REPORTED = "reported", _("Waiting for confirmation")
    RETURNED = "returned", _("Returned")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# The agency still has something to do.
OPEN_PLAN_STATES = frozenset({PlanState.GIVEN, PlanState.IN_PROGRESS, PlanState.RETURNED})


class SystemKind(TextChoices):
    """What another system keeps."""

    TASKS = "tasks", _("Task list")
    DOCUMENTS = "documents", _("Document register")
    OTHER = "other", _("Other software")


class MessageOrder(TextChoices):
    """By what the newer of two messages about the same work is known."""

    TIME = "time", _("The time of the change")
    VERSION = "version", _("A version number")


class NameKind(TextChoices):
    """What a name in another system is about."""

    PERSON = "person", pgettext_lazy("a name in an external system", "Person")
    KIND = "kind", _("Kind of work")
    STATE = "state", _("State")


class OutsideAct(TextChoices):
    """What a state of another system means here. None of them confirms: a person does (ADR 71)."""

    GIVE = "give", _("Given, not begun")
    REPORT = "report", _("In progress")
    FINISH = "finish", _("Done, waits for confirmation here")
    WITHDRAW = "withdraw", _("Withdrawn")


class MessageState(TextChoices):
    """What became of a message that was not taken when it came."""

    WAITING = "waiting", _("Waits for a mapping")
    REFUSED = "refused", _("Refused")
