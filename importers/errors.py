"""Refusals of the way in."""

from cms.core.errors import DomainError


class NotStored(DomainError):
    """The server could not keep the bytes, through no fault of the sender."""

    code = "not_kept"


class PeriodNeeded(DomainError):
    """A file of this kind is of a period, and none was named that there is."""

    code = "period_needed"
