"""Screens of surveys: one that is open and one that is over, with results that are public."""

from __future__ import annotations

from django.urls import reverse

from catalog_pages.models import SurveyPage
from catalog_pages.surveys import actions
from cms.organisations.models import Agency
from cms.users.models import User
from tests.factories import surveys


def of_holders(by: User, agency: Agency) -> list[str]:
    """Return the screens of those who hold surveys."""
    asking, over = surveys.make_survey(), _over(by, agency)
    surveys.links(by, asking, agency, None)
    screens = [
        *((asking, name) for name in ("results", "links", "withdraw_links")),
        *((over, name) for name in ("results", "figures", "publish", "hide")),
    ]
    return [reverse("surveys:list"), *(reverse(f"surveys:{name}", args=[survey.pk]) for survey, name in screens)]


def of_visitors(by: User, agency: Agency) -> list[str]:
    """Return what strangers see: questions, a link that was used, one that leads nowhere, and public results."""
    asking, over = surveys.make_survey(title="Khảo sát phối hợp", about="chosen"), _over(by, agency)
    new, used = surveys.links(by, asking, agency, None)
    actions.answer_survey(link=actions.open_link(used.token), data={}, about=None)
    actions.publish_results(by=by, survey=over)
    tokens = (new.token, used.token, "khong-co")
    return [*(reverse("survey_answer", args=[token]) for token in tokens), over.url]


def _over(by: User, agency: Agency) -> SurveyPage:
    survey = surveys.make_survey(title=f"Khảo sát lần {SurveyPage.objects.count() + 1}")
    _scale, choice, choices, hours, text = surveys.NAMES
    further = {choice: "Chậm", choices: ["Trực tiếp", "Trực tuyến"], hours: "1.5", text: "Cần trả lời sớm hơn"}
    surveys.answers(survey, agency, 5, 4, 4, 3, 2, 5, **further)
    return surveys.end(survey)
