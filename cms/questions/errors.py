"""Refusals of questions."""

from cms.core.errors import DomainError


class InvalidQuestion(DomainError):
    """Nothing can be asked, answered or attached so."""

    code = "invalid_question"
