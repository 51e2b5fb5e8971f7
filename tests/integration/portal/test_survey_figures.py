"""A result by agency becomes the figure of an indicator, by the upload that takes figures from outside."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from catalog_pages.models import SurveyQuestion
from catalog_pages.surveys import indicators
from catalog_pages.surveys.forms import IndicatorForm
from cms.core.errors import WrongState
from cms.core.periods import CalendarPeriod
from cms.evaluations.models import Figure
from cms.users.enums import Role
from importers import actions as imports
from tests.factories import frameworks, surveys
from tests.factories.people import make_member
from tests.integration.portal.test_portal_editor import signed_in

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 30)


@pytest.fixture
def survey(province):
    """Return a survey that was over in June: six answers about Statistics, five of the office, one of the commune."""
    survey = surveys.make_survey(opens_on=DAY, closes_on=timezone.localdate())
    surveys.answers(survey, province.statistics, 5, 4, 4, 4, 3, 3)
    surveys.answers(survey, province.office, 2, 2, 2, 2, 4)
    surveys.answers(survey, province.division, 1, 1, 1, 1, 1, 1, 1)
    surveys.answers(survey, province.commune, 5)
    type(survey).objects.filter(pk=survey.pk).update(closes_on=DAY)
    return type(survey).objects.get(pk=survey.pk)


def test_the_file_is_taken_by_the_upload_of_figures(survey, province, people):
    share = next(each for each in indicators.measures_of(survey) if each.values == ("4", "5"))
    file, name = indicators.figures_file(survey, share, "hai-long")
    period = CalendarPeriod.around("month", DAY).code
    batch = imports.upload(
        by=people["editor"], agency=province.root, name=name, kind="figures", period=period,
        file=ContentFile(file.read()), wait=True,
    )  # fmt: skip
    assert [each.code for each in batch.problems.filter(severity="error")] == []
    imports.confirm(by=people["editor"], batch=batch)
    rows = {each.agency.code: (each.code, each.value, each.measured_on) for each in Figure.objects.standing()}
    # The commune's one answer could be had by subtracting, were the office shown beside the others.
    assert rows == {"thong-ke": ("hai-long", Decimal("66.6667"), DAY)}


def test_units_are_in_the_file_of_the_agency_above_them(survey, province, people):
    mean = next(indicators.measures_of(survey))
    file, _name = indicators.figures_file(survey, mean, "hai-long", above=province.statistics)
    assert [row[0] for row in openpyxl.load_workbook(file).active.values][1:] == ["phong-tong-hop"]
    with pytest.raises(WrongState):
        indicators.figures_file(survey, mean, "hai-long", above=province.office)


def test_an_editor_chooses_a_result_and_an_indicator(survey, province):
    frameworks.published("lao-cai")
    client = signed_in(make_member(Role.PORTAL_EDITOR, province.root, "bien_tap"))
    address = reverse("surveys:figures", args=[survey.pk])
    assert "Mức độ hài lòng: trung bình" in client.get(address).content.decode()
    form = IndicatorForm(survey=survey)
    indicator = form.fields["indicator"].choices[0][0]
    measure = indicators.Measure(SurveyQuestion.objects.get(clean_name=surveys.NAMES[0])).code
    answer = client.post(address, {"measure": measure, "indicator": indicator})
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[1][2:5] == (indicator, 3.8333, "30/06/2026")
    assert client.post(address, {"measure": measure, "indicator": "khong-co"}).status_code == 200


def test_there_is_no_figure_while_the_survey_is_open_or_of_too_few(province):
    survey = surveys.make_survey()
    surveys.answers(survey, province.office, 5, 5, 5, 5)
    mean = next(indicators.measures_of(survey))
    for each in (survey, surveys.end(survey)):
        with pytest.raises(WrongState):
            indicators.figures_file(each, mean, "hai-long")
