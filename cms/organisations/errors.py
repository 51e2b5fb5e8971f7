"""Refusals about agencies and roles."""

from cms.core.errors import DomainError


class CannotGrantToSelf(DomainError):
    """Nobody gives themselves a role, nor takes part in their own promotion."""

    code = "cannot_grant_to_self"
