"""Refusals about evaluations."""

from cms.core.errors import DomainError


class InvalidPeriod(DomainError):
    """The period cannot be opened or locked as it is asked for."""

    code = "invalid_period"


class InvalidEvaluation(DomainError):
    """What was said in the evaluation cannot be: marks, words or a finding that the framework does not take."""

    code = "invalid_evaluation"


class OwnEvaluation(DomainError):
    """Nobody marks or decides about themselves, and nobody is the second person to their own act."""

    code = "own_evaluation"
