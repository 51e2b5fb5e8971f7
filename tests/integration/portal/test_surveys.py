"""A survey: made of fields by the portal's editor, answered once by each link, kept without names."""

import csv
import datetime
import io
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from catalog_pages.models import HomePage, SurveyAnswer, SurveyLink, SurveyPage, SurveyQuestion
from catalog_pages.surveys import actions
from catalog_pages.surveys.errors import InvalidLinks, UsedLink
from catalog_pages.surveys.questions import MOST_QUESTIONS
from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.models.invitations import hash_token
from cms.users.enums import Role
from tests.factories import surveys
from tests.factories.people import make_member
from tests.integration.portal.test_portal_editor import signed_in

pytestmark = pytest.mark.django_db
ANSWER = {
    "q-muc_do_hai_long": "4", "q-phoi_hop_the_nao": "Tốt, kịp thời", "q-kenh_da_dung": ["Trực tiếp", "Trực tuyến"],
    "q-so_gio_cho": "1,5", "q-gop_y": "Cảm ơn",
}  # fmt: skip


@pytest.fixture
def editor(province):
    return make_member(Role.PORTAL_EDITOR, province.root, "bien_tap")


@pytest.fixture
def survey(province):
    return surveys.make_survey(thanks="<p>Xin cảm ơn anh chị</p>")


def url_of(link):
    return reverse("survey_answer", args=[link.token])


def survey_form(questions, **changes):
    today = timezone.localdate()
    no_comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    form = {
        "title": "Khảo sát phối hợp", "introduction": rich_text("<p>Lời dẫn</p>"), "thanks": rich_text(""),
        "opens_on": f"{today:%d/%m/%Y}", "closes_on": f"{today + datetime.timedelta(days=5):%d/%m/%Y}", "about": "own",
        "form_fields": inline_formset(questions), "seo_title": "", "search_description": "", "comments": no_comments,
    }  # fmt: skip
    return nested_form_data(form | changes)


def question(label="Hài lòng không", kind="scale", choices="", **further):
    own = {"label": label, "field_type": kind, "choices": choices, "help_text": "", "required": "on"}
    return own | further


def add(client, *questions, **changes):
    address = reverse("wagtailadmin_pages:add", args=["catalog_pages", "surveypage", HomePage.objects.get().pk])
    return client.post(address, survey_form(questions, **changes) | {"action-publish": "1"})


def test_an_editor_makes_a_survey_and_the_public_does_not_find_it(editor):
    client = signed_in(editor)
    assert (
        client.get(
            reverse("wagtailadmin_pages:add", args=["catalog_pages", "surveypage", HomePage.objects.get().pk])
        ).status_code
        == 200
    )  # noqa: E501
    assert add(client, question(), question("Vì sao", "choice", "Nhanh, gọn\nĐúng hạn")).status_code == 302
    made = SurveyPage.objects.get()
    assert made.live and made.slug == "khao-sat-phoi-hop"
    assert [each.clean_name for each in made.form_fields.all()] == ["hai_long_khong", "vi_sao"]
    stranger = Client()
    assert stranger.get(made.url).status_code == 404
    assert made.title not in stranger.get("/tim-kiem/?q=khao sat phoi hop").content.decode()
    assert made.slug not in stranger.get("/sitemap-trang.xml").content.decode()
    assert stranger.get(reverse("api_pages:pages:detail", args=[made.pk])).status_code == 404
    assert "Disallow: /khao-sat/" in stranger.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("questions", "changes"),
    [
        ([question(kind="choice", choices="Một")], {}),
        ([question(kind="scale", choices="Một\nHai")], {}),
        ([question(kind="email")], {}),
        ([question(), question()], {}),
        ([], {}),
        ([question()], {"closes_on": "01/01/2020"}),
    ],
    ids=["one choice", "choices of a scale", "an address", "twice the same", "none", "ends before it begins"],
)
def test_what_makes_no_survey_is_refused(editor, questions, changes):
    assert add(signed_in(editor), *questions, **changes).status_code == 200
    assert not SurveyPage.objects.exists()


def test_a_link_answers_once_and_leaves_no_way_back(editor, survey, province):
    (link,) = surveys.links(editor, survey, province.statistics)
    client = Client()
    page = client.get(url_of(link))
    assert "Khảo sát hài lòng" in page.content.decode() and "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex" and page.headers["Referrer-Policy"] == "strict-origin"
    acts = AuditEvent.objects.count()
    answered = client.post(url_of(link), ANSWER, follow=True)
    assert "Xin cảm ơn anh chị" in answered.content.decode()
    answer = SurveyAnswer.objects.get()
    assert answer.data == {
        "muc_do_hai_long": "4", "phoi_hop_the_nao": "Tốt, kịp thời", "kenh_da_dung": ["Trực tiếp", "Trực tuyến"],
        "so_gio_cho": "1.5", "gop_y": "Cảm ơn",
    }  # fmt: skip
    assert (answer.agency, answer.answered_on) == (province.statistics, timezone.localdate())
    assert {each.name for each in SurveyAnswer._meta.fields} == {"id", "survey", "agency", "answered_on", "data"}
    assert {each.name for each in SurveyLink._meta.fields} == {"id", "survey", "agency", "token_hash", "used"}
    assert AuditEvent.objects.count() == acts

    again = client.post(url_of(link), ANSWER | {"q-muc_do_hai_long": "1"})
    assert again.status_code == 409 and "đã được trả lời" in again.content.decode()
    assert SurveyAnswer.objects.count() == 1


def test_two_tabs_that_opened_the_form_give_one_answer(editor, survey):
    (new,) = surveys.links(editor, survey, None)
    first, second = actions.open_link(new.token), actions.open_link(new.token)
    actions.answer_survey(link=first, data={"muc_do_hai_long": "5"}, about=None)
    with pytest.raises(UsedLink):
        actions.answer_survey(link=second, data={"muc_do_hai_long": "1"}, about=None)
    assert [each.data for each in SurveyAnswer.objects.all()] == [{"muc_do_hai_long": "5"}]


def test_a_wrong_answer_comes_back_as_it_was_typed_and_uses_nothing_up(editor, survey):
    (link,) = surveys.links(editor, survey, None)
    wrong = ANSWER | {"q-muc_do_hai_long": "6", "q-so_gio_cho": "nhiều", "q-gop_y": "Lời dài"}
    page = Client().post(url_of(link), wrong)
    assert page.status_code == 200 and "Lời dài" in page.content.decode() and "nhiều" in page.content.decode()
    assert not SurveyLink.objects.get().used and not SurveyAnswer.objects.exists()
    assert Client(enforce_csrf_checks=True).post(url_of(link), ANSWER).status_code == 403


def test_the_longest_answers_to_all_questions_go_into_one_request(editor, survey):
    SurveyQuestion.objects.filter(page=survey).delete()
    for number in range(MOST_QUESTIONS):
        SurveyQuestion.objects.create(page=survey, label=f"Câu {number}", field_type="text", sort_order=number)
    (link,) = surveys.links(editor, survey, None)
    texts = {f"q-cau_{number}": "ế" * 2000 for number in range(MOST_QUESTIONS)}
    body = urlencode(texts)
    answered = Client().post(url_of(link), body, content_type="application/x-www-form-urlencoded")
    assert answered.status_code == 302 and len(SurveyAnswer.objects.get().data) == MOST_QUESTIONS


def test_a_link_that_does_not_hold_says_why(editor, survey):
    (link,) = surveys.links(editor, survey, None)
    client = Client()
    assert client.get("/khao-sat/khong-co/").status_code == 404
    for days in ({"opens_on": timezone.localdate() + datetime.timedelta(days=1)}, {"live": False}):
        before = {name: getattr(survey, name) for name in days}
        SurveyPage.objects.filter(pk=survey.pk).update(**days)
        page = client.post(url_of(link), ANSWER)
        assert page.status_code == 404 and "chưa mở" in page.content.decode()
        SurveyPage.objects.filter(pk=survey.pk).update(**before)
    surveys.end(survey)
    page = client.get(url_of(link))
    assert page.status_code == 404 and "đã kết thúc" in page.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_who_is_asked_about_others_chooses_one_that_has_links(editor, survey, province):
    SurveyPage.objects.filter(pk=survey.pk).update(about="chosen")
    links = surveys.links(editor, survey, province.statistics, province.office)
    client = Client()
    page = client.get(url_of(links[0])).content.decode()
    assert province.office.name in page and province.statistics.name not in page and province.commune.name not in page
    assert client.post(url_of(links[0]), ANSWER | {"q-about-agency": province.commune.pk}).status_code == 200
    assert client.post(url_of(links[0]), ANSWER | {"q-about-agency": province.office.pk}).status_code == 302
    assert SurveyAnswer.objects.get().agency == province.office


def test_links_are_handed_out_once_as_a_file(editor, survey, province):
    client = signed_in(editor)
    address = reverse("surveys:links", args=[survey.pk])
    assert client.get(address).status_code == 200
    form = {"number": "1", "agencies": "thong-ke 2\nvan-phong", "kind": "csv"}
    answer = client.post(address, form)
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["thong-ke", "thong-ke", "van-phong"]
    tokens = [row[2].rstrip("/").rsplit("/", 1)[1] for row in rows[1:]]
    assert set(SurveyLink.objects.values_list("token_hash", flat=True)) == set(map(hash_token, tokens))
    assert AuditEvent.objects.latest("sequence").action == "survey.make_links"
    assert not any(token in str(list(AuditEvent.objects.values_list())) for token in tokens)

    for wrong in ({"agencies": "khong-co"}, {"number": "0"}, {"number": "5000", "agencies": "thong-ke\nvan-phong"}):
        assert client.post(address, form | wrong).status_code == 200
    assert SurveyLink.objects.count() == 3

    Client().post(f"/khao-sat/{tokens[0]}/", ANSWER)
    client.post(reverse("surveys:withdraw_links", args=[survey.pk]))
    assert list(SurveyLink.objects.values_list("used", flat=True)) == [True]


def test_links_are_made_by_those_who_hold_surveys_while_one_goes_on(editor, survey, province):
    with pytest.raises(NotAllowed):
        surveys.links(make_member(Role.PORTAL_EDITOR, province.office, "phong"), survey, None)
    with pytest.raises(InvalidLinks):
        surveys.links(editor, survey)
    with pytest.raises(WrongState):
        surveys.links(editor, surveys.end(survey), None)


def test_an_answered_survey_keeps_its_questions_and_its_page(editor, survey, province):
    surveys.answers(survey, None, 4)
    client = signed_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    asked = [
        question(each.label, each.field_type, each.choices, id=each.pk, required="on" if each.required else "")
        for each in survey.form_fields.all()
    ]
    form = {"title": "Tên mới", "opens_on": f"{survey.opens_on:%d/%m/%Y}"}

    def save(questions):
        body = survey_form([], **form) | nested_form_data(
            {"form_fields": inline_formset(questions, initial=len(asked))}
        )
        return client.post(address, body | {"action-publish": "1"})

    reworded = [asked[0] | {"label": "Khác hẳn"}, *asked[1:]]
    assert "giữ nguyên" in save(reworded).content.decode()
    assert save([*asked, question("Câu nữa")]).status_code == 200
    assert save(asked).status_code == 302
    assert SurveyPage.objects.get().title == "Tên mới"

    client.post(reverse("wagtailadmin_pages:delete", args=[survey.pk]))
    client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={survey.pk}")
    assert SurveyPage.objects.exists()
    for write in (
        lambda: SurveyQuestion.objects.filter(page=survey).update(label="Khác"),
        lambda: SurveyQuestion.objects.filter(page=survey).delete(),
        lambda: SurveyAnswer.objects.update(data={}),
        lambda: SurveyAnswer.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_wagtails_own_lists_of_submissions_stay_shut_and_the_page_is_not_opened_by_its_button(editor, survey):
    client = signed_in(editor)
    assert survey.title not in client.get(reverse("wagtailforms:index"), follow=True).content.decode()
    for name in ("list_submissions", "delete_submissions"):
        client.post(reverse(f"wagtailforms:{name}", args=[survey.pk]))
    assert client.get(reverse("wagtailforms:list_submissions", args=[survey.pk])).status_code in (302, 403)
    client.post(reverse("wagtailadmin_pages:set_privacy", args=[survey.pk]), {"restriction_type": "none"})
    assert not SurveyPage.objects.get().is_public
    assert survey.pk not in Page.objects.public().values_list("pk", flat=True)
