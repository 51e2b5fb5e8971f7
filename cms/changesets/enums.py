"""Kinds and states of proposals and of the sets that they stand in."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalKind(TextChoices):
    """What is to become of an item."""

    NEW = "new", _("New item")
    CHANGE = "change", _("Change of an item")
    MERGE = "merge", _("Merge two items into one")
    END = "end", _("End of an item")


class Answer(TextChoices):
    """What the agency says of a proposal about its item."""

    AGREES = "agrees", _("The agency agrees")
    DISAGREES = "disagrees", _("The agency disagrees")


class Outcome(TextChoices):
    """What became of a proposal when its set was appraised."""

    ACCEPTED = "accepted", _("Proposal accepted")
    REFUSED = "refused", _("Proposal refused")


class SetState(TextChoices):
    """The life of a change set."""

    OPEN = "open", _("Being gathered")
    CLOSED = "closed", _("Being appraised")
    APPRAISED = "appraised", _("Waits for the decision")
    DECIDED = "decided", _("Decided, waits for its day")
    RELEASED = "released", _("Released")


class SetStep(StrEnum):
    """What agencies are told of a set that holds proposals about their items."""

    CLOSED = "closed"
    REMINDER = "reminder"
    DECIDED = "decided"
    UNDONE = "undone"
    RELEASED = "released"


# Nothing about its proposals changes any more.
DECIDED_STATES = frozenset({SetState.DECIDED, SetState.RELEASED})
