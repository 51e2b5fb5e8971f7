"""Links are made and withdrawn, a survey is answered, its results are made public."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from catalog_pages.surveys.enums import SurveyState
from catalog_pages.surveys.errors import InvalidLinks, SurveyNotOpen, UnknownLink, UsedLink
from catalog_pages.surveys.models import SurveyAnswer, SurveyLink
from catalog_pages.surveys.page import SurveyPage
from catalog_pages.surveys.permissions import can_hold_surveys
from cms.audit.actions import record
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.models import Agency
from cms.organisations.models.invitations import hash_token
from cms.users.models import User

# One survey is counted in one request.
MOST_LINKS = 20_000
_MOST_AT_ONCE = 5_000
_TOKEN_BYTES = 24


@dataclass(frozen=True)
class NewLink:
    """A link that was just made; its token is known now and never again."""

    agency: Agency | None
    token: str


@transaction.atomic
def make_links(*, by: User, survey: SurveyPage, requested: Sequence[tuple[Agency | None, int]]) -> list[NewLink]:
    """Make so many links for each agency (None: for nobody's people in particular), and return them with their tokens.

    Raises NotAllowed, WrongState for a survey that is over, and InvalidLinks for too few or too many.
    """
    _require_holder(by)
    if survey.state == SurveyState.OVER:
        raise WrongState(_("The survey is over: nobody could use the links."))
    count = sum(number for _agency, number in requested)
    if not 1 <= count <= _MOST_AT_ONCE or any(number < 1 for _agency, number in requested):
        raise InvalidLinks(_("Make between 1 and %(most)s links at once.") % {"most": _MOST_AT_ONCE})
    if SurveyLink.objects.filter(survey=survey).count() + count > MOST_LINKS:
        raise InvalidLinks(_("A survey has %(most)s links at most.") % {"most": MOST_LINKS})
    links = [
        NewLink(agency, secrets.token_urlsafe(_TOKEN_BYTES)) for agency, number in requested for _each in range(number)
    ]
    rows = [SurveyLink(survey=survey, agency=link.agency, token_hash=hash_token(link.token)) for link in links]
    # Keys that say nothing about the order of the file that was handed out.
    secrets.SystemRandom().shuffle(rows)
    SurveyLink.objects.bulk_create(rows, batch_size=500)
    record(by=by, action="survey.make_links", subject=survey, after={"links": count})
    return links


@transaction.atomic
def withdraw_links(*, by: User, survey: SurveyPage) -> int:
    """Take back every link that nobody used, and return how many; answers stay. Raises NotAllowed."""
    _require_holder(by)
    count, _each = SurveyLink.objects.filter(survey=survey, used=False).delete()
    record(by=by, action="survey.withdraw_links", subject=survey, before={"links": count})
    return count


def open_link(token: str) -> SurveyLink:
    """Return the link of a token, which can be answered by now. Raises a SurveyRefusal; uses nothing up."""
    links = SurveyLink.objects.select_related("survey", "agency")
    link = links.filter(token_hash=hash_token(token)).first()
    if link is None:
        raise UnknownLink
    if link.used:
        raise UsedLink(link.survey)
    if link.survey.state == SurveyState.OVER:
        raise SurveyNotOpen(_("This survey is closed. It takes no more answers."))
    if link.survey.state != SurveyState.OPEN:
        raise SurveyNotOpen(_("This survey is not open yet. Come back by the same link."))
    return link


@transaction.atomic
def answer_survey(*, link: SurveyLink, data: Mapping[str, Any], about: Agency | None) -> None:
    """Keep an answer, which uses the link up; of two who send at once one is refused. Raises UsedLink.

    Nothing is kept that joins the two, and no act: the answer has its day alone.
    """
    if SurveyLink.objects.filter(pk=link.pk, used=False).update(used=True) != 1:
        raise UsedLink(link.survey)
    SurveyAnswer.objects.create(survey=link.survey, agency=about, data=data)


@transaction.atomic
def publish_results(*, by: User, survey: SurveyPage) -> None:
    """Let everybody see the counts at the survey's page. Raises NotAllowed, and WrongState while it may be answered."""
    _require_holder(by)
    if survey.state != SurveyState.OVER or not survey.live:
        raise WrongState(_("Results are made public when the survey is over and its page is published."))
    PageViewRestriction.objects.filter(page=survey).delete()
    record(by=by, action="survey.publish_results", subject=survey)


@transaction.atomic
def hide_results(*, by: User, survey: SurveyPage) -> None:
    """Take the counts from the public again. Raises NotAllowed."""
    _require_holder(by)
    if survey.is_public:
        PageViewRestriction.objects.create(page=survey, restriction_type=PageViewRestriction.GROUPS)
        record(by=by, action="survey.hide_results", subject=survey)


def _require_holder(by: User) -> None:
    if not can_hold_surveys(by):
        raise NotAllowed(_("You are not allowed to do this."))
