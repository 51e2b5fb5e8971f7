"""Refusals about messages."""

from cms.core.errors import DomainError


class InvalidText(DomainError):
    """A text of messages does not fit its kind."""

    code = "invalid_text"
