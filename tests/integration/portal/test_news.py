"""News of the portal: written by its editors, listed, followed by feed readers, told to programs."""

import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, PageViewRestriction, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from catalog_pages.models import HomePage, NewsIndexPage, NewsPage
from tests.factories.content import add_news
from tests.integration.api.portal import add_picture
from tests.integration.portal.test_portal_editor import (
    NOTHING_IN_ENGLISH,
    _no_comments,
    client,
    editors,
    second_person,
    signed_in,
)

__all__ = ["client", "editors", "second_person"]
DAY = datetime.date(2026, 6, 15)
ATOM = "{http://www.w3.org/2005/Atom}"


def add(client, model, parent, form, act="publish"):
    where = reverse("wagtailadmin_pages:add", args=["catalog_pages", model, parent.pk])
    form = nested_form_data(
        NOTHING_IN_ENGLISH | {"seo_title": "", "search_description": "", "comments": _no_comments()} | form
    )
    return client.post(where, form | {f"action-{act}": "1"})


def article(**changes):
    words = {"title": "Công bố đợt một", "date": "15/06/2026", "summary": "Chín cơ quan.", "picture": ""}
    return words | {"body": streamfield([("text", rich_text("<p>Toàn văn</p>"))])} | changes


def body_of(path):
    return Client().get(path).content.decode().partition("<main")[2].partition("</main>")[0]


def test_an_editor_makes_the_list_and_an_article(client):
    add(client, "newsindexpage", HomePage.objects.get(), {"title": "Tin tức", "introduction": rich_text("")})
    index = NewsIndexPage.objects.get()
    add(client, "newspage", index, article())

    news = NewsPage.objects.get()
    assert (index.url, news.url) == ("/tin-tuc/", "/tin-tuc/cong-bo-dot-mot/")
    html = body_of(news.url)
    assert '<time datetime="2026-06-15">15/06/2026</time>' in html
    assert "Toàn văn" in html
    assert "Chín cơ quan." in html
    for path in ("/tin-tuc/", "/"):
        assert '<a href="/tin-tuc/cong-bo-dot-mot/">Công bố đợt một</a>' in body_of(path)
    assert "http://testserver/tin-tuc/cong-bo-dot-mot/" in Client().get("/sitemap-trang.xml").content.decode()


@pytest.mark.parametrize("missing", [{"summary": ""}, {"date": ""}, {"date": "31/02/2026"}, {"title": ""}])
def test_an_article_without_day_or_summary_is_refused(client, missing):
    index = add_news([])
    add(client, "newspage", index, article(**missing))

    assert not NewsPage.objects.exists()


def test_the_list_is_in_pages_the_newest_first(db):
    add_news([(f"Tin {number:02}", DAY + datetime.timedelta(number // 2), "Tóm tắt") for number in range(25)])

    first = body_of("/tin-tuc/")
    assert first.index("Tin 24") < first.index("Tin 23") < first.index("Tin 05")
    assert "Tin 04" not in first
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = body_of(f"/tin-tuc/{following}")
    assert "Tin 04" in second
    assert "Tin 05" not in second
    back = second.partition('rel="prev" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "Tin 05" in body_of(f"/tin-tuc/{back}")
    for broken in ("x", "W10", "%00", "W251bGwsbnVsbF0"):
        assert Client().get(f"/tin-tuc/?sau={broken}").status_code == 404


def test_the_feed_tells_the_newest(db):
    add_news([("Tin <một>", DAY, "Tóm tắt & hơn")])
    answer = Client().get("/tin-tuc/nguon-tin/")

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Tin <một>"
    assert entry.findtext(f"{ATOM}summary") == "Tóm tắt & hơn"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/tin-tuc/tin-mot/"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") or entry.findtext(f"{ATOM}author/{ATOM}name")
    assert 'type="application/atom+xml"' in Client().get("/tin-tuc/").content.decode()


def test_what_is_not_for_everybody_is_in_no_list(db):
    add_news([("Kín", DAY, "Kín"), ("Nháp", DAY, "Nháp"), ("Hiện", DAY, "Hiện")])
    PageViewRestriction.objects.create(page=NewsPage.objects.get(title="Kín"), restriction_type="login")
    NewsPage.objects.get(title="Nháp").unpublish()

    for path in ("/", "/tin-tuc/", "/tin-tuc/nguon-tin/", "/sitemap-trang.xml", "/api/pages/?fields=*"):
        text = Client().get(path).content.decode()
        assert "Kín" not in text, path
        assert "Nháp" not in text, path
        assert "tin-tuc/" in text, path


def test_a_program_reads_news_by_day(db):
    add_news([("Cũ", DAY, "Trước"), ("Mới", DAY + datetime.timedelta(1), "Sau")])
    path = "/api/pages/?type=catalog_pages.NewsPage&order=-date&fields=date,summary"

    listed = Client().get(path).json()["items"]
    assert [(one["title"], one["date"], one["summary"]) for one in listed] == [
        ("Mới", "2026-06-16", "Sau"), ("Cũ", "2026-06-15", "Trước")
    ]  # fmt: skip
    one = Client().get(listed[0]["meta"]["detail_url"]).json()
    assert (one["date"], one["picture"], one["body"]) == ("2026-06-16", None, [])
    [home] = Client().get("/api/pages/?type=catalog_pages.HomePage").json()["items"]
    latest = Client().get(home["meta"]["detail_url"]).json()["latest_news"]
    assert [news["html_url"] for news in latest] == ["http://testserver/tin-tuc/moi/", "http://testserver/tin-tuc/cu/"]


def test_a_picture_is_shown_and_told_while_everybody_may_see_it(db):
    add_news([("Ảnh", DAY, "Có ảnh")])
    news = NewsPage.objects.get()
    news.picture = add_picture("Trụ sở", description="Trụ sở nhìn từ quảng trường")
    news.save()

    assert 'alt="Trụ sở nhìn từ quảng trường"' in body_of(news.url)
    told = Client().get(f"/api/pages/{news.pk}/").json()["picture"]
    assert told["alt"] == "Trụ sở nhìn từ quảng trường"
    CollectionViewRestriction.objects.create(collection=news.picture.collection, restriction_type="login")
    assert "<img" not in body_of(news.url)
    assert Client().get(f"/api/pages/{news.pk}/").json()["picture"] is None


def test_a_second_person_publishes_news_too(client, editors, second_person):
    add(client, "newspage", add_news([]), article())
    assert not NewsPage.objects.filter(live=True).exists()
    news = NewsPage.objects.get()
    assert Workflow.objects.filter(workflow_pages__page=HomePage.objects.get()).exists() or news.get_workflow()
    assert not news.permissions_for_user(editors[0]).can_publish()
    assert news.permissions_for_user(editors[1]).can_publish()
    form = nested_form_data(
        article() | NOTHING_IN_ENGLISH | {"seo_title": "", "search_description": "", "comments": _no_comments()}
    )
    client.post(reverse("wagtailadmin_pages:edit", args=[news.pk]), form | {"action-submit": "1"})
    state = news.current_workflow_task_state
    where = reverse("wagtailadmin_pages:workflow_action", args=[news.pk, "approve", state.pk])
    client.post(where, {"comment": ""})
    assert not NewsPage.objects.get().live
    signed_in(editors[1]).post(where, {"comment": ""})
    assert NewsPage.objects.get().live


def test_the_list_of_news_stands_in_the_menu_and_is_never_deleted(client):
    index = add_news([])

    menu = Client().get("/danh-muc/").content.decode().partition('class="mainmenu"')[2].partition("</nav>")[0]
    assert '<a href="/tin-tuc/">Tin tức</a>' in menu
    client.post(reverse("wagtailadmin_pages:delete", args=[index.pk]))
    assert NewsIndexPage.objects.exists()
