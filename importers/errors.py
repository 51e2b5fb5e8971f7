"""Refusals of the way in."""

from cms.core.errors import DomainError


class NotStored(DomainError):
    """The server could not keep the bytes, through no fault of the sender."""

    code = "not_kept"
