"""Refusals about work."""

from cms.core.errors import DomainError


class InvalidWork(DomainError):
    """What was said about the work cannot be: a quantity, a day, an item or a person that does not fit."""

    code = "invalid_work"


class OwnWorkConfirmed(DomainError):
    """Nobody confirms their own work."""

    code = "own_work_confirmed"
