"""Refusals of the catalog's life."""

from cms.core.errors import DomainError, NotAllowed, WrongState


class VersionIsFrozen(WrongState):
    """An approved version never changes; a new version is made."""

    code = "version_frozen"


class OwnWork(NotAllowed):
    """Nobody approves what they submitted or edited."""

    code = "own_work"


class StepOfNobody(DomainError):
    """A step of a workflow asks for a role that nobody holds there."""

    code = "step_of_nobody"


class ChecksFailed(DomainError):
    """Findings of the checks stop the submission; ``params["findings"]`` lists them."""

    code = "checks_failed"


class DatesOverlap(DomainError):
    """Two versions of one catalog would hold on the same day."""

    code = "dates_overlap"


class ReasonRequired(DomainError):
    """Changes by the appraiser and returns need a reason that the agency can read."""

    code = "reason_required"


class StaleEdition(DomainError):
    """Somebody has changed the version since the person looked at it."""

    code = "stale"


class ItemRefused(DomainError):
    """An item cannot say this; ``params["faults"]`` tells each field that is at fault."""

    code = "item_refused"


class OperationsRefused(DomainError):
    """Some of several operations that were to be carried out together cannot be; ``params["outcomes"]`` tells each."""

    code = "operations_refused"
