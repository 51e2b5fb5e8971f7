"""What programs read about the data: frictionless validates package and rows, rdflib answers an aggregator's query."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from frictionless import Package
from rdflib import Graph

from catalog_pages.open_data import changelog, views
from catalog_pages.open_data.checks import check_licence
from catalog_pages.open_data.dictionary import DATASETS
from catalog_pages.open_data.files import MEDIA_TYPES
from catalog_pages.open_data.licences import LICENCES
from catalog_pages.open_data.state import State
from tests.integration.open_data.conftest import PLACE, link_to_common, publish_more

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"
WHAT_AN_AGGREGATOR_NEEDS = """
    PREFIX dcat: <http://www.w3.org/ns/dcat#>
    PREFIX dct: <http://purl.org/dc/terms/>
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    SELECT ?vi ?en ?publisher ?licence ?often ?start ?format ?media ?address WHERE {
      ?catalog a dcat:Catalog ; dcat:dataset ?dataset .
      ?dataset a dcat:Dataset ; dct:title ?vi, ?en ; dct:publisher/foaf:name ?publisher ; dct:license ?licence ;
               dct:accrualPeriodicity ?often ; dct:temporal/dcat:startDate ?start ; dct:spatial ?where ;
               dcat:distribution ?file .
      ?file a dcat:Distribution ; dct:format ?format ; dcat:mediaType ?media ; dcat:downloadURL ?address .
      FILTER (lang(?vi) = "vi" && lang(?en) = "en")
    }
"""


def write_package(folder, read, day=""):
    """Save the package with its files as somebody does who downloads all."""
    for code in DATASETS:
        (folder / f"{code}.csv").write_bytes(read(f"{code}.csv", day))
    (folder / "datapackage.json").write_bytes(read("datapackage.json", day))
    return Package(str(folder / "datapackage.json"))


@pytest.mark.parametrize("dated", [False, True])
def test_frictionless_finds_no_error_in_the_package_and_its_rows(published, read, tmp_path, wait_a_day, dated):
    wait_a_day()
    publish_more(published)
    link_to_common(published)
    wait_a_day()
    package = write_package(tmp_path, read, published.day + A_DAY if dated else "")

    report = package.validate()

    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])
    assert {task.name: task.stats["rows"] > 0 for task in report.tasks} == dict.fromkeys(DATASETS, True)


def test_frictionless_would_find_an_error(published, read, tmp_path):
    package = write_package(tmp_path, read)
    path = tmp_path / "danh-muc.csv"
    path.write_text(path.read_text("utf-8-sig").replace("\nthong-ke,", "\nkhong-co,", 1), "utf-8")

    assert [error[0] for error in package.validate().flatten(["type"])] == ["foreign-key", "foreign-key"]


def test_the_package_says_what_a_reader_asks(published, read, wait_a_day):
    wait_a_day()
    now, dated = (json.loads(read("datapackage.json", day)) for day in ("", published.day))

    assert (now["final"], dated["final"]) == (False, True)
    assert dated["version"] == f"{published.day:%Y}.{published.day.month}.{published.day.day}"
    assert now["licenses"][0]["name"] == "CC-BY-4.0"
    assert [person["roles"] for person in now["contributors"]] == [["publisher"]]
    assert all(field["title"] and field["title@en"] for each in now["resources"] for field in each["schema"]["fields"])
    [items] = [each for each in now["resources"] if each["name"] == "danh-muc"]
    assert items["schema"]["fields"][-1]["name"].startswith("extra.")
    assert {field["name"]: field.get("unit@en") for field in items["schema"]["fields"]}["hours"] == "hours"


def test_an_aggregator_finds_every_file_in_dcat(published, read, settings):
    settings.THUOCDO_PROVINCE_NAME = "Tỉnh Sông Lam"
    graph = Graph().parse(data=read("dcat.jsonld"), format="json-ld")

    found = list(graph.query(WHAT_AN_AGGREGATOR_NEEDS))

    assert len(found) == len(DATASETS) * len(MEDIA_TYPES)
    assert {str(row.publisher) for row in found} == {"Tỉnh Sông Lam"}
    assert {str(row.licence) for row in found} == {LICENCES["CC-BY-4.0"].address}
    assert {str(row.start) for row in found} == {published.day.isoformat()}
    assert {str(row.address) for row in found} >= {f"http://testserver{PLACE}danh-muc.{kind}" for kind in MEDIA_TYPES}
    assert {str(row.vi) for row in found} == {dataset.title.vi for dataset in DATASETS.values()}


def test_the_page_tells_search_engines_and_people(client, published):
    page = client.get(PLACE).content.decode()

    script, _way_here = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    reported = json.loads(script)
    assert len(reported["dataset"]) == len(DATASETS)
    assert 'rel="alternate" type="application/ld+json"' in page
    assert "Creative Commons Ghi công 4.0" in page
    assert "Định danh" in page
    assert "3 dòng" in page
    assert client.get(f"{PLACE}?ngay=01/06/2026").headers["Location"] == f"{PLACE}2026-06-01/"
    assert "tính đến hết ngày 01/06/2026" in client.get(f"{PLACE}2026-06-01/").content.decode()


def test_a_province_that_calls_itself_a_script_stays_text(client, published, settings):
    settings.THUOCDO_PROVINCE_NAME = "</script><script>alert(1)</script>"

    assert "<script>alert" not in client.get(PLACE).content.decode()


def test_an_unknown_licence_is_refused(settings):
    assert check_licence() == []
    settings.THUOCDO_OPEN_DATA_LICENCE = "CC-BY-4"
    assert [error.id for error in check_licence()] == ["open_data.E001"]


def test_the_changelog_lists_everything_once_the_newest_first(client, published, wait_a_day, monkeypatch):
    wait_a_day()
    publish_more(published)
    whole = changelog.changes(size=50)
    counted = Counter(change.source for change in whole.rows)
    assert counted == {"catalog": 3, "framework": 2, "release": 2}
    assert [change.published_at for change in whole.rows] == sorted(
        (change.published_at for change in whole.rows), reverse=True
    )

    walked, page = [], changelog.changes(size=2)
    while page:
        walked += page.rows
        back = changelog.changes(size=2, before=page.previous) if page.previous else None
        assert back is None or back.rows == walked[-2 - len(page.rows) : -len(page.rows)]
        page = changelog.changes(size=2, after=page.next) if page.next else None
    assert walked == whole.rows
    [second] = [change for change in whole.rows if change.source == "catalog" and change.title.endswith("phiên bản 2")]
    assert "102/QĐ-UBND" in second.sentence
    assert "(trước đó 3 mục)" in second.sentence
    assert all(client.get(change.address).status_code == 200 for change in whole.rows)
    for wrong in ("abc", "WzEsMiwzXQ", "WyIyMDI2LTAxLTAxIiwiYSIsMV0"):
        assert client.get(f"{PLACE}thay-doi/?sau={wrong}").status_code == 404


def test_the_feed_is_atom_in_pages(client, published, monkeypatch):
    monkeypatch.setattr(changelog.changes, "__kwdefaults__", changelog.changes.__kwdefaults__ | {"size": 2})
    first = ElementTree.fromstring(client.get(f"{PLACE}thay-doi.atom").content)

    entries = first.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert entries[0].find(f"{ATOM}title").text == "Số liệu, bản công bố số 1"
    assert entries[0].find(f"{ATOM}link").get("href").startswith("http://testserver/minh-bach/")
    [following] = [link.get("href") for link in first.findall(f"{ATOM}link") if link.get("rel") == "next"]
    second = ElementTree.fromstring(client.get(following).content)
    assert len(second.findall(f"{ATOM}entry")) == 1
    ids = {entry.find(f"{ATOM}id").text for page in (first, second) for entry in page.findall(f"{ATOM}entry")}
    assert len(ids) == 3


def test_descriptions_tell_the_day_of_the_province_on_both_sides_of_midnight(published, read, monkeypatch):
    for hour, moment in (("23:30", "2026-06-01T16:30:00+00:00"), ("00:30", "2026-06-01T17:30:00+00:00")):
        changed = datetime.datetime.fromisoformat(moment)
        monkeypatch.setattr(views, "state_at", lambda _moment, at=changed: State(at, at.isoformat()))
        day = "2026-06-01" if hour == "23:30" else "2026-06-02"

        created = json.loads(read("datapackage.json"))["created"]

        assert created == f"{day}T{hour}:00+07:00"
        assert f'"{created}"' in read("dcat.jsonld").decode()
