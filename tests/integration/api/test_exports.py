"""All items in one file: the same as the list tells, for whoever asks, without growing in memory or queries."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.catalogs import actions
from tests.factories import catalogs
from tests.integration.api.conftest import CANARY

pytestmark = pytest.mark.django_db


def exported(api, by=None, **params):
    answer = api.get("items/export/", by, **params)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def lines(api, by=None, **params):
    return [json.loads(line) for line in exported(api, by, **params).splitlines()]


@pytest.mark.parametrize("reader", [None, "uploader", "editor"])
def test_every_line_is_the_item_that_the_list_tells(api, world, people, reader):
    by = people[reader] if reader else None
    listed = [row for page in api.pages("items/", by) for row in page["results"]]

    assert lines(api, by) == listed
    assert (CANARY in exported(api, by).decode()) == (reader is not None and CANARY in json.dumps(listed))


def test_filters_narrow_it_as_they_narrow_the_list(api, world):
    for params in ({"agency": "thong-ke"}, {"effective_on": "2026-11-01"}, {"group": 2}, {"search": "bao cao"}):
        assert lines(api, **params) == [row for page in api.pages("items/", **params) for row in page["results"]]


def test_csv_and_xlsx_hold_the_same_rows(api, world):
    reported = lines(api)
    text = exported(api, **{"as": "csv"}).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [row["identity"] for row in rows] == [line["identity"] for line in reported]
    assert [row["coefficient"] for row in rows] == [line["coefficient"] for line in reported]
    assert exported(api, **{"as": "xlsx"}).startswith(b"PK")


def test_text_that_a_spreadsheet_would_run_is_harmless(api, people, province):
    version = catalogs.make_version(people["uploader"], province.statistics)
    item = version.items.first()
    actions.edit_items(by=people["uploader"], version=version, items=[item], changes={"name": "=1+1"})

    text = exported(api, people["uploader"], **{"as": "csv"}).decode()
    assert "'=1+1" in text
    assert next(line["name"] for line in lines(api, people["uploader"]) if line["name"].endswith("1+1")) == "=1+1"


def test_columns_are_told_to_those_who_see_them(api, people, province):
    editor = people["editor"]
    for name, audience in (("Mức ưu tiên", "everyone"), ("Ghi chú nội bộ", "appraisers")):
        actions.save_column(by=editor, name=name, kind="text", audience=audience)
    version = catalogs.make_version(people["uploader"], province.statistics)
    changes = {"extra.muc_uu_tien": "Cao", "extra.ghi_chu_noi_bo": CANARY}
    actions.edit_items(by=editor, version=version, items=[version.items.first()], changes=changes)

    assert CANARY in exported(api, editor).decode()
    assert CANARY in exported(api, editor, **{"as": "csv"}).decode()
    for kind in ("ndjson", "csv"):
        text = exported(api, people["uploader"], **{"as": kind}).decode()
        assert "Cao" in text
        assert CANARY not in text
        assert "ghi_chu_noi_bo" not in text


@pytest.mark.parametrize("params", [{"as": "pdf"}, {"khong": "co"}, {"group": "x"}])
def test_what_is_not_understood_is_refused(api, params):
    api.problem("items/export/", 400, **params)


def test_the_number_of_queries_stays_the_same(api, people, province, make_items):
    editor = people["editor"]
    make_items(catalogs.make_version(people["uploader"], province.statistics, items=0), 3)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            exported(api, editor)
        return len(queries)

    few = asked()
    make_items(catalogs.make_version(people["other_uploader"], province.office, items=0), 1200)
    assert asked() <= few
