"""Results of a survey: exact, of nobody in particular, and public as counts alone."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from catalog_pages.models import SurveyPage
from catalog_pages.surveys import actions
from catalog_pages.surveys.results import SurveyResults, Tally, shown_groups
from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.users.enums import Role
from tests.factories import surveys
from tests.factories.people import make_member
from tests.integration.portal.test_portal_editor import signed_in

pytestmark = pytest.mark.django_db
SCALE, CHOICE, CHOICES, HOURS, TEXT = surveys.NAMES


@pytest.fixture
def editor(province):
    return make_member(Role.PORTAL_EDITOR, province.root, "bien_tap")


@pytest.fixture
def survey(province):
    """Return a survey that is over: six answers about Statistics, five about the office, two about the commune."""
    survey = surveys.make_survey(introduction="<p>Hỏi người dân</p>")
    surveys.answers(
        survey, province.statistics, 5, 4, 4, 4, 3, 3,
        **{CHOICE: "Chậm", CHOICES: ["Trực tiếp", "Trực tuyến"], HOURS: "1.25", TEXT: "Lời của thống kê"},
    )  # fmt: skip
    surveys.answers(survey, province.office, 2, 2, 2, 2, 1, **{CHOICE: "Tốt, kịp thời", CHOICES: ["Trực tiếp"]})
    surveys.answers(survey, province.commune, 1, 1, **{TEXT: "Lời của xã"})
    return surveys.end(survey)


def test_counts_shares_and_means_are_exact(survey):
    scale, choice, choices, hours, text = SurveyResults(survey).of_all(with_texts=True)
    assert (scale.answers, scale.mean) == (13, Decimal("2.62"))
    assert [each[1] for each in scale.counts] == [3, 4, 2, 3, 1]
    assert choice.counts == (("Tốt, kịp thời", 5, Decimal("45.5")), ("Chậm", 6, Decimal("54.5")))
    assert [each[1:] for each in choices.counts] == [(11, Decimal("100.0")), (6, Decimal("54.5")), (0, Decimal("0.0"))]
    assert (hours.answers, hours.mean, hours.counts) == (6, Decimal("1.25"), ())
    assert text.texts == ("Lời của thống kê",) * 6 + ("Lời của xã",) * 2
    half = Tally()
    for answer in ("1", "2", "2", "2", "2", "2", "2", "2"):
        half.add("scale", answer)
    assert half.mean == Decimal("1.88"), "rounded half up, not to even"


def test_a_small_group_is_not_shown_nor_found_by_subtracting(survey, province):
    results = SurveyResults(survey)
    rows = {each.agency.code: (each.answers, each.means) for each in results.by_agency()}
    # Two answers of the commune are what is left of all: the smallest other group goes with them.
    assert rows == {
        "thong-ke": (6, (Decimal("3.83"), Decimal("1.25"))), "van-phong": (5, (None, None)),
        "xa-vinh-hoa": (2, (None, None)),
    }  # fmt: skip
    assert [each.is_shown for each in results.of_agency(province.commune)] == [False] * 4
    about = {each.name: each for each in results.of_agency(province.statistics)}
    assert about[SCALE].mean == Decimal("3.83") and TEXT not in about


@given(st.dictionaries(st.one_of(st.none(), st.integers(1, 9)), st.integers(1, 12), max_size=6))
def test_whatever_is_left_of_the_sum_is_nobody_or_five(sizes):
    shown = shown_groups(sizes)
    assert None not in shown and all(sizes[group] >= 5 for group in shown)
    left = sum(size for group, size in sizes.items() if group not in shown)
    assert left == 0 or left >= 5 or not shown


def test_nothing_of_an_answer_is_shown_while_others_may_follow(editor, province):
    survey = surveys.make_survey()
    surveys.answers(survey, None, 5, 5, 5, 5, 5, **{TEXT: "Lời riêng"})
    client = signed_in(editor)
    page = client.get(reverse("surveys:results", args=[survey.pk])).content.decode()
    assert "Lời riêng" not in page and "5,00" not in page and "Trung bình" not in page
    assert client.get(reverse("surveys:file", args=[survey.pk])).status_code == 302
    with pytest.raises(WrongState):
        actions.publish_results(by=editor, survey=survey)


def test_editors_see_results_and_texts_in_a_handful_of_queries(editor, survey, province, django_assert_max_num_queries):
    client = signed_in(editor)
    address = reverse("surveys:results", args=[survey.pk])
    with django_assert_max_num_queries(22):
        page = client.get(address).content.decode()
    assert "Lời của xã" in page and "2,62" in page and "3,83" in page
    about = client.get(address, {"agency": "thong-ke"}).content.decode()
    assert "Lời của" not in about and "1,25" in about
    assert "Khảo sát hài lòng" in client.get(reverse("surveys:list")).content.decode()
    approver = signed_in(make_member(Role.APPROVER, province.home_affairs, "duyet"))
    assert approver.get(address).status_code == 200


def test_the_workbook_holds_what_the_screen_shows(editor, survey):
    answer = signed_in(editor).get(reverse("surveys:file", args=[survey.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["KetQua", "TheoCoQuan", "YKien"]
    cells = [[cell.value for cell in row] for row in book["KetQua"].rows]
    assert cells[1] == ["Mức độ hài lòng", 13, "Trung bình", None, None, 2.62]
    assert cells[2][2:5] == ["1", 3, 23.1]
    agencies = {row[0].value: row[3].value for row in book["TheoCoQuan"].rows}
    assert (agencies["thong-ke"], agencies["van-phong"]) == (3.83, "dưới 5 người trả lời")
    assert book["YKien"].max_row == 9


def test_results_are_public_as_counts_when_an_editor_says_so(editor, survey, province):
    stranger = Client()
    assert stranger.get(survey.url).status_code == 404
    with pytest.raises(NotAllowed):
        actions.publish_results(by=make_member(Role.UPLOADER, province.statistics, "khac"), survey=survey)
    client = signed_in(editor)
    client.post(reverse("surveys:publish", args=[survey.pk]))
    page = stranger.get(survey.url)
    text = page.content.decode()
    assert page.status_code == 200 and "2,62" in text and "45,5" in text and "Hỏi người dân" in text
    assert "Lời của" not in text and "thong-ke" not in text and province.statistics.name not in text
    english = stranger.get(f"/en{survey.url}").content.decode()
    assert 'lang="vi">Mức độ hài lòng' in english and "6 people answered" in english
    assert survey.slug in stranger.get("/sitemap-trang.xml").content.decode()
    survey.save_revision().publish()
    assert SurveyPage.objects.get().is_public, "another text of the page closes nothing"

    client.post(reverse("surveys:hide", args=[survey.pk]))
    assert stranger.get(survey.url).status_code == 404
    assert list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))[-2:] == [
        "survey.publish_results", "survey.hide_results",
    ]  # fmt: skip


def test_days_that_are_over_do_not_come_back_with_an_older_draft(survey):
    draft = SurveyPage.objects.get()
    draft.closes_on = draft.closes_on.replace(year=draft.closes_on.year + 1)
    draft.save_revision().publish()
    assert SurveyPage.objects.get().closes_on == survey.closes_on
