"""Why a survey is not answered, and what of it cannot be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import DomainError


class SurveyRefusal(DomainError):
    """Base of what is said to somebody with a link."""


class UnknownLink(SurveyRefusal):
    """No survey has such a link."""

    code = "unknown_survey_link"

    def __init__(self) -> None:
        super().__init__(_("This link leads to no survey. Check that the whole address was copied."))


class UsedLink(SurveyRefusal):
    """The link was answered by."""

    code = "used_survey_link"

    def __init__(self, survey: Any) -> None:
        super().__init__(_("This link was used: each link answers once."))
        self.survey = survey


class SurveyNotOpen(SurveyRefusal):
    """The survey takes no answers today."""

    code = "survey_not_open"


class InvalidLinks(DomainError):
    """Links cannot be made like this."""

    code = "invalid_survey_links"
