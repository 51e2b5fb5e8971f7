"""What pages say, as data: enough to show them, and nothing that not everybody may see."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from api.pages.block_shapes import SHAPES
from api.pages.blocks import SERIALIZERS
from catalog_pages.blocks import LinksBlock
from catalog_pages.content_body import ContentBody
from catalog_pages.models import (
    AgencyCatalogPage,
    CatalogIndexPage,
    ContentPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PortalSettings,
    TransparencyPage,
)
from tests.integration.api.conftest import CANARY
from tests.integration.api.portal import add_picture, make_portal

PAGE_TYPES = (
    HomePage, ContentPage, NewsIndexPage, NewsPage, CatalogIndexPage, AgencyCatalogPage, TransparencyPage,
)  # fmt: skip


@pytest.fixture
def portal(world):
    """Return a portal; its files are each test's own."""
    return make_portal(world)


class _Texts(HTMLParser):
    """The words of the elements whose name, or name and class, is asked for; those of a drawing are left out."""

    def __init__(self, inside):
        super().__init__()
        self.inside, self.open, self.found = inside, [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ("img", "input", "meta", "link", "br", "hr", "source"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        while tag in self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.inside & set(self.open) and not {"svg", "style", "option"} & set(self.open):
            self.found.append(data)


def words(html, *inside):
    """Return how often each word stands in these elements of an answer."""
    parser = _Texts(set(inside or ("main",)))
    parser.feed(html)
    return Counter(re.findall(r"[^\s,.;:()]+", " ".join(parser.found)))


def counted(*texts):
    """Return how often each word stands in texts, which may be HTML."""
    return words("<main>" + " ".join(map(str, texts)) + "</main>")


def vn(day):
    """Return an ISO day as it is written."""
    return "/".join(reversed(day[:10].split("-")))


def number(text):
    """Return a decimal of the API as it is written."""
    return str(text).rstrip("0").rstrip(".").replace(".", ",") if "." in str(text) else str(text)


def shown_decision(version):
    decision = version["decision"]
    return (
        f"{version['agency']['name']} Quyết định số {decision['number']} ngày {vn(decision['date'])}, "
        f"hiệu lực từ {vn(version['effective_from'])}"
    )


def shown_news(news):
    return f"{news['title']} {vn(news['date'])} {news['summary']}"


def shown_block(block):
    """Return a block's words, as a page would show it that knows the JSON alone."""
    value = block["value"]
    if block["type"] == "text":
        return value
    if block["type"] == "picture":
        return value["caption"]
    if block["type"] == "documents":
        files = (f"{file['title']} ({file['extension'].upper()}, {file['size']} byte)" for file in value["documents"])
        return " ".join([value["heading"], *files])
    if block["type"] == "catalog":
        version = value["current_version"]
        return f"{shown_decision(version)}. Số mục: {version['item_count']}"
    raise AssertionError(block["type"])


def page_json(api, model):
    listed = api.json("/api/pages/", type=f"catalog_pages.{model.__name__}")["items"]
    return api.json(listed[0]["meta"]["detail_url"])


def html_of(api, reported):
    return api.get(reported["meta"]["html_url"].replace("http://testserver", "")).content.decode()


def test_home_is_shown_from_its_json_with_the_same_words(api, portal):
    home = page_json(api, HomePage)

    front = home["front_figures"]
    progress = (f"{each['state']}: {each['agencies']}" for each in front["agencies_by_state"])
    shown = [
        *(f"{each['headline']} {each['title']}" for each in front["findings"]), "Tiến độ của từng cơ quan", *progress,
        "Xem bảng thời điểm trình của từng cơ quan", home["headline"], home["introduction"], home["search_label"],
        home["search_hint"], "Tìm kiếm", home["links_heading"], home["published_count"], home["count_label"],
        *(link["value"]["text"] for link in home["links"]), "Tin tức", *map(shown_news, home["latest_news"]),
        home["decisions_heading"], *map(shown_decision, home["latest_decisions"]), *map(shown_block, home["body"]),
    ]  # fmt: skip
    assert counted(*shown) == words(html_of(api, home))
    assert "Tỉnh Sông Lam" in home["headline"]
    foot = api.client().get("/").content.decode()
    assert not counted(*home["footer"].values()) - words(foot, "footer")
    assert {link["value"]["url"] for link in home["links"]} >= {
        "http://testserver/danh-muc/", "http://testserver/khung-tieu-chi/", "http://testserver/minh-bach/",
    }  # fmt: skip


def test_a_content_page_is_shown_from_its_json_with_the_same_words(api, portal):
    reported = page_json(api, ContentPage)

    shown = [reported["title"], reported["introduction"], *map(shown_block, reported["body"])]
    assert counted(*shown) == words(html_of(api, reported))
    assert [block["type"] for block in reported["body"]] == ["text", "picture", "documents", "catalog"]
    picture = reported["body"][1]["value"]["picture"]
    assert picture["alt"] == "Toà nhà bốn tầng"
    assert [(one["width"], one["height"]) for one in picture["renditions"]] == [(400, 200), (800, 400), (1000, 500)]
    assert all(one["url"].startswith("http://testserver/media/images/") for one in picture["renditions"])
    assert 'alt="Toà nhà bốn tầng"' in html_of(api, reported)


def test_an_agencys_catalog_is_shown_from_json_with_the_same_words(api, portal, world):
    reported = api.json(f"/api/pages/{world.first.catalog.page.pk}/")
    catalog = reported["catalog"]
    version = catalog["current_version"]
    items = api.json(version["items_url"], page_size=100)["results"]
    detail = api.json(version["url"])

    cells = [
        (item["code"], item["name"], item["task"] if item["task"] != item["name"] else "", item["output"],
         item["unit"], item["group"], number(item["coefficient"]))
        for item in items
    ]  # fmt: skip
    html = html_of(api, reported)
    assert catalog["agency"]["name"] in html
    assert catalog["html_url"] == reported["meta"]["html_url"]
    facts = [
        version["decision"]["number"], vn(version["decision"]["date"]), vn(version["effective_from"]),
        version["item_count"], detail["divisor"],
    ]  # fmt: skip
    rows = " ".join(re.findall(r"<tbody role=.*?</tbody>", html, re.DOTALL))
    assert not counted(*(cell for row in cells for cell in row)) - words(rows, "td", "th")
    assert not counted(*map(number, facts)) - words(html, "dd")
    assert not words(rows, "td") - counted(*(cell for row in cells for cell in row))


def test_a_figure_is_shown_from_json_with_the_same_words(api, portal):
    reported = page_json(api, TransparencyPage)
    block = next(block for block in reported["body"] if block["type"] == "figure")
    figure = block["value"]["figure"]

    assert api.json(figure["url"]) == figure
    html = api.get(f"/minh-bach/ban/{figure['release']}/{figure['code']}/").content.decode()
    rows = [row[column["name"]] for row in figure["rows"] for column in figure["columns"]]
    shown = [figure["headline"] or figure["title"], figure["summary"], figure["notes"], *map(number, rows)]
    assert not counted(*shown) - words(html)
    assert not words(html, "tbody") - counted(*map(number, rows), "0", "–")
    assert not counted(*(column["label"] for column in figure["columns"])) - words(html, "thead")
    assert reported["release"]["url"].endswith("/api/v1/transparency/releases/1/")


def test_links_in_words_lead_to_public_addresses_and_nowhere_else(api, portal, world):
    text = page_json(api, ContentPage)["body"][0]["value"]

    assert f'<a href="http://testserver{world.first.catalog.page.url}">danh mục</a>' in text
    assert f'<a href="http://testserver{portal.document.url}">tệp</a>' in text
    assert '<a href="http://testserver/du-lieu-mo/?a=1&amp;b=2">dữ liệu</a>' in text
    assert '<a href="https://vanban.example.gov.vn/">văn bản</a>' in text
    assert "<a>trang nháp</a>, <a>trang kín</a>" in text
    assert "<a>tệp kín</a>" in text


@pytest.mark.parametrize("who", [None, "nobody", "editor", "technical_admin"])
def test_what_is_not_for_everybody_is_told_to_nobody(api, portal, people, who):
    by = people.get(who)
    hidden = [
        f"/api/pages/{portal.hidden.pk}/", f"/api/pages/{portal.unpublished.pk}/",
        f"/api/images/{portal.closed_picture.pk}/", f"/api/documents/{portal.closed_document.pk}/",
        f"/api/documents/find/?id={portal.closed_document.pk}", "/api/pages/find/?html_path=/kin/",
    ]  # fmt: skip
    for path in hidden:
        assert api.get(path, by).status_code == 404, path
    shown = [
        "/api/pages/", "/api/pages/?fields=*", f"/api/pages/?search={CANARY}", "/api/images/?fields=*",
        "/api/documents/?fields=*", f"/api/images/?search={CANARY}", f"/api/documents/?search={CANARY}",
        f"/api/pages/{portal.page.pk}/?fields=*", portal.page.url, "/",
    ]  # fmt: skip
    for path in shown:
        answer = api.get(path, by)
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode(), path


def test_a_visitor_who_gave_the_password_reads_no_more_over_the_api(api, portal):
    client = api.client()
    restriction = portal.hidden.get_view_restrictions().get()
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()

    assert client.get(f"/api/pages/{portal.hidden.pk}/").status_code == 404


def test_a_draft_of_a_page_does_not_leak(api, portal):
    page = portal.page
    page.body.append(("text", CANARY))
    page.title = page.introduction = CANARY
    page.save_revision()
    home = HomePage.objects.get()
    home.headline = CANARY
    home.save_revision()

    for path in (f"/api/pages/{page.pk}/", f"/api/pages/{home.pk}/?fields=*", "/api/pages/?fields=*"):
        assert CANARY not in api.get(path).content.decode()


def test_pictures_and_documents_of_open_collections_answer(api, portal):
    pictures, documents = api.json("/api/images/"), api.json("/api/documents/")

    assert [one["title"] for one in pictures["items"]] == ["Trụ sở"]
    assert pictures["items"][0]["alt"] == "Trụ sở Sở Nội vụ nhìn từ quảng trường"
    picture = api.json(pictures["items"][0]["meta"]["detail_url"])
    assert [one["width"] for one in picture["renditions"]] == [400, 800, 1000]
    document = api.json(documents["items"][0]["meta"]["detail_url"])
    assert (document["title"], documents["meta"]["total_count"]) == ("Kế hoạch 2026", 1)
    download = api.get(document["meta"]["download_url"])
    assert b"".join(download.streaming_content) == b"%PDF-1.4"


def test_every_type_of_page_and_of_block_is_told(db):
    for model in PAGE_TYPES:
        editable = {field.name for field in model._meta.local_fields} - {"page_ptr", "catalog"}
        assert editable == set(model.api_fields), model
    held = {name for body in (ContentBody, LinksBlock) for name in body().child_blocks}
    assert held == set(SERIALIZERS) == set(SHAPES) - {"missing_figure"}


def test_what_is_told_is_as_documented(api, portal):
    document = api.json("schema/", format="json")

    def errors(path, answer):
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        return list(Draft202012Validator(schema | {"components": document["components"]}).iter_errors(answer))

    for model in PAGE_TYPES:
        reported = page_json(api, model)
        assert not errors("/api/pages/{id}/", reported), model
        named = Draft202012Validator(
            {"$ref": f"#/components/schemas/{model.__name__}", "components": document["components"]}
        )
        assert not list(named.iter_errors(reported)), model
        assert reported.keys() == document["components"]["schemas"][model.__name__]["properties"].keys(), model
    for name in ("pages", "images", "documents"):
        listed = api.json(f"/api/{name}/", fields="*")
        assert not errors(f"/api/{name}/", listed)
        detail = api.json(listed["items"][0]["meta"]["detail_url"])
        assert not errors(f"/api/{name}/{{id}}/", detail)


def test_lists_cost_the_same_for_few_and_many(api, portal):
    def queries(path):
        api.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert api.get(path).status_code == 200
        return len(asked)

    home = HomePage.objects.get()
    paths = ["/api/pages/?fields=*", "/api/images/?fields=*", "/api/pages/?type=catalog_pages.ContentPage&fields=*"]
    few = [queries(path) for path in paths]
    for made in range(5):
        home.add_child(instance=ContentPage(title=f"Trang {made}", introduction=portal.page.introduction))
        add_picture(f"Ảnh {made}")

    assert [queries(path) for path in paths] == few
    assert max(few) <= 6
    # The page of words, picture, files and catalog; most of it for where each link leads.
    assert queries(f"/api/pages/{portal.page.pk}/") <= 45


def test_who_holds_an_answer_is_not_sent_it_again(api, portal):
    for path in (f"/api/pages/{portal.page.pk}/", "/api/pages/", "/api/images/", "/api/documents/"):
        first = api.get(path)
        again = api.get(path, headers={"If-None-Match": first["ETag"]})

        assert first["Cache-Control"] == "public, max-age=60"
        assert (again.status_code, again.content) == (304, b"")
    portal.page.title = "Tên khác"
    portal.page.save()
    path = f"/api/pages/{portal.page.pk}/"
    assert api.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


HOSTILE = [
    "limit=101", "limit=-1", "limit=x", f"limit={'9' * 40}", f"offset={'9' * 40}", "offset=10001", "offset=%00",
    "id=x", "fields=" + "a(" * 240, "fields=((((", "fields=catalog(*)", "order=body", "order=" + "-" * 400,
    "search=%00", "search=" + "a" * 501, f"child_of={'9' * 30}", "child_of=x", "child_of=root", "type=x.y.z",
    "type=auth.User", "first_published_at=x", "show_in_menus=maybe", "alias_of=x", f"alias_of={'9' * 30}",
    "descendant_of=0", "translation_of=x", "locale=%00", "site=x", "rich_text_format=db_html", "slug=%ff",
    "search='\"(*", "search=%22%22", "search=a&search_operator=nope", "search=a&order=title", "links=x", "body=[]",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_values_are_refused_and_break_nothing(api, portal, query):
    for where in (
        "/api/pages/", "/api/images/", "/api/documents/",
        "/api/pages/find/", "/api/images/find/", "/api/documents/find/",
        f"/api/pages/{portal.page.pk}/", f"/api/images/{portal.picture.pk}/", f"/api/pages/{'9' * 30}/",
        "/api/pages/?type=catalog_pages.ContentPage", "/api/pages/?type=catalog_pages.AgencyCatalogPage",
    ):  # fmt: skip
        answer = api.get(f"{where}{'&' if '?' in where else '?'}{query}")
        assert answer.status_code in (200, 302, 400, 404), (where, query)


def test_the_foot_of_pages_is_content(api, portal, client):
    texts = PortalSettings.objects.get()
    texts.legal_line, texts.contact = "Văn bản của {tỉnh}", "<p>Sở Nội vụ, điện thoại 0123</p>"
    texts.save()

    foot = client.get("/danh-muc/").content.decode().partition("<footer")[2]
    assert "Văn bản của Tỉnh Sông Lam" in foot
    assert "<p>Sở Nội vụ, điện thoại 0123</p>" in foot
    assert page_json(api, HomePage)["footer"]["contact"] == "<p>Sở Nội vụ, điện thoại 0123</p>"
