"""Surveys with a question of each kind, links and answers."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from catalog_pages.models import HomePage, SurveyAnswer, SurveyPage, SurveyQuestion
from catalog_pages.surveys.actions import NewLink, make_links
from cms.organisations.models import Agency
from cms.users.models import User

QUESTIONS = (
    ("Mức độ hài lòng", "scale", ""),
    ("Phối hợp thế nào", "choice", "Tốt, kịp thời\nChậm"),
    ("Kênh đã dùng", "choices", "Trực tiếp\nTrực tuyến\nQua bưu chính"),
    ("Số giờ chờ", "number", ""),
    ("Góp ý", "text", ""),
)
NAMES = ("muc_do_hai_long", "phoi_hop_the_nao", "kenh_da_dung", "so_gio_cho", "gop_y")


def make_survey(**fields: Any) -> SurveyPage:
    """Return a published survey that is open since yesterday, below the home page."""
    today = timezone.localdate()
    own = {"title": "Khảo sát hài lòng", "opens_on": today - datetime.timedelta(days=1)}
    survey = SurveyPage(**(own | {"closes_on": today + datetime.timedelta(days=7)} | fields))
    survey.form_fields = [
        SurveyQuestion(label=label, field_type=kind, choices=choices, required=kind == "scale", sort_order=place)
        for place, (label, kind, choices) in enumerate(QUESTIONS)
    ]
    page: SurveyPage = HomePage.objects.get().add_child(instance=survey)
    page.save_revision().publish()
    return SurveyPage.objects.get(pk=page.pk)


def end(survey: SurveyPage) -> SurveyPage:
    """Return the survey as it is on the day after its last one."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    SurveyPage.objects.filter(pk=survey.pk).update(closes_on=yesterday)
    return SurveyPage.objects.get(pk=survey.pk)


def links(by: User, survey: SurveyPage, *agencies: Agency | None, number: int = 1) -> list[NewLink]:
    """Return new links, so many for each agency."""
    return make_links(by=by, survey=survey, requested=[(agency, number) for agency in agencies])


def answers(survey: SurveyPage, agency: Agency | None, *points: int, **further: Any) -> None:
    """Keep an answer about an agency for each point of the scale."""
    for point in points:
        data = {NAMES[0]: str(point)} | further
        SurveyAnswer.objects.create(survey=survey, agency=agency, data=data)
