"""What search engines read beside a page's words: valid, the same as the page says, and unable to end its script."""

import json
import re

import pytest

from catalog_pages.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from tests.integration.public.conftest import STATISTICS

HOSTILE = '</script><script>alert(1)</script> & "Hỏi đáp"'


def data_of(client, address):
    """Return each description that stands on a page, by its type."""
    html = client.get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {each["@type"]: each for each in map(json.loads, found)}


def test_the_front_door_says_whose_it_is(client, two_versions, settings):
    settings.THUOCDO_PROVINCE_NAME = "Tỉnh Sông Lam"
    data = data_of(client, "/")["GovernmentOrganization"]

    assert data["@context"] == "https://schema.org"
    assert (data["name"], data["url"]) == ("Tỉnh Sông Lam", "http://testserver/")


def test_a_version_is_a_set_of_data_of_its_agency_with_files_that_answer(client, two_versions):
    data = data_of(client, f"{STATISTICS}phien-ban/1/")

    dataset = data["Dataset"]
    assert dataset["creator"]["name"] == "Chi cục Thống kê"
    assert dataset["creator"]["@type"] == dataset["creator"]["parentOrganization"]["@type"] == "GovernmentOrganization"
    assert dataset["url"] == f"http://testserver{STATISTICS}phien-ban/1/"
    assert dataset["temporalCoverage"].startswith(f"{two_versions.first.effective_from.isoformat()}/")
    files = [file["contentUrl"].removeprefix("http://testserver") for file in dataset["distribution"]]
    assert [client.get(file).status_code for file in files] == [200, 200]
    steps = [(step["position"], step["name"]) for step in data["BreadcrumbList"]["itemListElement"]]
    assert steps[0] == (1, "Trang chủ")
    assert steps[-1] == (len(steps), "Chi cục Thống kê, phiên bản 1")


def test_each_set_of_open_data_is_described(client, two_versions):
    sets = data_of(client, "/du-lieu-mo/")["DataCatalog"]["dataset"]

    assert {each["@type"] for each in sets} == {"Dataset"}
    assert all(each["distribution"] and each["license"] for each in sets)


@pytest.mark.django_db
def test_what_an_editor_writes_ends_no_script(client):
    home = HomePage.objects.get()
    index = home.add_child(instance=NewsIndexPage(title="Tin tức"))
    news = index.add_child(instance=NewsPage(title=HOSTILE, summary=HOSTILE))
    above = home.add_child(instance=ContentPage(title=f"Trên {HOSTILE}"))
    below = above.add_child(instance=ContentPage(title="Dưới"))

    article = data_of(client, news.url)["NewsArticle"]
    assert (article["headline"], article["description"]) == (HOSTILE, HOSTILE)
    assert article["mainEntityOfPage"] == f"http://testserver{news.url}"
    steps = data_of(client, below.url)["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == ["Trang chủ", f"Trên {HOSTILE}", "Dưới"]
    assert "<script>alert" not in client.get(news.url).content.decode()


def test_a_page_that_is_not_there_describes_nothing(client, two_versions):
    assert "ld+json" not in client.get("/khong-co/").content.decode()


@pytest.mark.django_db
def test_a_page_without_words_of_its_own_is_described_by_its_title(client):
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Hỏi đáp"))
    own = HomePage.objects.get().add_child(
        instance=ContentPage(title="Tự nói", introduction="<p>A &amp; B &lt; <b>C</b></p>")
    )

    assert '<meta name="description" content="Hỏi đáp. Danh mục' in client.get(page.url).content.decode()
    assert '<meta name="description" content="A &amp; B &lt; C">' in client.get(own.url).content.decode()
