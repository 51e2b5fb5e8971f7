"""Refusals about evaluations."""

from cms.core.errors import DomainError


class InvalidPeriod(DomainError):
    """The period cannot be opened or locked as it is asked for."""

    code = "invalid_period"


class InvalidEvaluation(DomainError):
    """What was said in the evaluation cannot be: marks, words or a finding that the framework does not take."""

    code = "invalid_evaluation"


class InvalidFact(DomainError):
    """A recorded fact lacks its words or document, or its days cannot be."""

    code = "invalid_fact"


class OwnEvaluation(DomainError):
    """Nobody marks or decides about themselves, and nobody is the second person to their own act."""

    code = "own_evaluation"


class InvalidProcedure(DomainError):
    """The procedure, or the calendar, cannot be as it was written."""

    code = "invalid_procedure"


class InvalidDossierFile(DomainError):
    """What was brought to a dossier cannot be taken."""

    code = "invalid_dossier_file"
