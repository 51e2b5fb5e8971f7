"""Public figures over the API: whoever asks, for ever the same, and the very bytes that were hashed."""

import hashlib

import pytest

from tests.factories import catalogs
from tests.factories.figures import publish_figures

RELEASES = "transparency/releases/"


@pytest.fixture
def two(people, province):
    """Publish figures, change what they count, publish again."""
    first = publish_figures()
    catalogs.make_approved(people, province.statistics)
    return first, publish_figures(note="Bổ sung")


def test_releases_are_listed_the_newest_first_and_in_pages(api, two):
    assert [(each["number"], each["note"]) for each in api.results(RELEASES)] == [(2, "Bổ sung"), (1, "")]
    pages = [page["results"] for page in api.pages(f"{RELEASES}?page_size=1&ordering=number")]
    assert [page[0]["sha256"] for page in pages] == [release.content_hash for release in two]


def test_the_latest_is_another_name_of_the_newest(api, people, province):
    assert api.get(f"{RELEASES}latest/").status_code == 404
    publish_figures()
    latest = api.json(f"{RELEASES}latest/")
    assert latest == api.json(latest["url"])


def test_a_figure_says_what_the_page_says(api, two, client):
    release = api.json(f"{RELEASES}1/")
    figure = next(each for each in release["figures"] if each["code"] == "tien-do")
    reported = api.json(figure["url"])

    page = client.get("/minh-bach/ban/1/tien-do/json/").json()
    assert {name: reported[name] for name in page} == page
    assert [set(row) for row in reported["rows"]] == [{column["name"] for column in reported["columns"]}] * len(
        reported["rows"]
    )
    assert {api.get(f"{RELEASES}{path}").status_code for path in ("9/", "1/figures/khong-co/", "9/content/")} == {404}


def test_the_content_is_the_bytes_that_were_hashed(api, two):
    release = api.json(f"{RELEASES}2/")
    assert hashlib.sha256(api.get(release["content_url"]).content).hexdigest() == release["sha256"]


@pytest.mark.parametrize("path", ["1/", "1/content/", "1/figures/he-so/"])
def test_what_never_changes_is_sent_once(api, two, path):
    answer = api.get(f"{RELEASES}{path}")
    assert two[0].content_hash in answer["ETag"]
    assert api.get(f"{RELEASES}{path}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_queries_do_not_grow_with_releases_nor_figures(api, two, django_assert_num_queries):
    for path in ("", "latest/", "1/", "1/content/", "1/figures/tien-do/"):
        with django_assert_num_queries(1):
            api.get(f"{RELEASES}{path}")
