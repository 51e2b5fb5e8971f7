"""Items say which item of the common list in force they are, to lists, single addresses, filters, files and caches."""

import csv
import datetime
import io
import uuid

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.curation import actions
from cms.curation.enums import LinkOrigin
from cms.curation.models import CommonLink
from tests.factories import catalogs
from tests.factories.people import make_member

VERSION = "catalogs/thong-ke/versions/1/"


def make_common(people, province, items, effective_from=None):
    """Return a decided version of the province's list."""
    writer = make_member("uploader", province.root, "writer")
    draft = catalogs.make_version(writer, province.root, items=items)
    appraised = catalogs.accept(catalogs.submit(draft, writer), people["editor"])
    return catalogs.decide(appraised, people["provincial_approver"], effective_from)


@pytest.fixture
def version(people, province):
    """Return the agency's decided version of three items."""
    return catalogs.make_approved(people, province.statistics, 3)


@pytest.fixture
def common(people, province):
    """Return an item of the common list in force."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    return make_common(people, province, 2, yesterday).items.first()


def link(version, people, common, code="TK.00001"):
    """Say that an item of the version is this common item."""
    return CommonLink.objects.create(
        catalog=version.catalog, identity=version.items.get(code=code).identity, common=common, source=version,
        origin=LinkOrigin.TAKEN_OVER, by=people["editor"],
    )  # fmt: skip


@pytest.mark.parametrize("path", ["items/", f"{VERSION}items/"])
@pytest.mark.parametrize("fields", [{}, {"fields": "code,agency,common_item"}])
@pytest.mark.parametrize("role", [None, "uploader"])
def test_lists_say_it(api, people, version, common, path, fields, role):
    link(version, people, common.identity)

    rows = [row for row in api.results(path, people.get(role), **fields) if row["agency"] == "thong-ke"]

    assert {row["code"]: row["common_item"] for row in rows} == {
        "TK.00001": str(common.identity), "TK.00002": None, "TK.00003": None,
    }  # fmt: skip


def test_one_item_says_it_until_the_link_ends(api, people, version, common):
    made = link(version, people, common.identity)
    path = f"{VERSION}items/{made.identity}/"
    assert api.get(path).json()["common_item"] == str(common.identity)

    actions.end_link(by=people["editor"], link=made, reason="Nhầm")

    assert api.get(path).json()["common_item"] is None


def test_what_is_not_in_force_is_no_common_item_yet(api, people, version, province):
    day = timezone.localdate() + datetime.timedelta(days=30)
    coming = make_common(people, province, 1, day)
    made = link(version, people, coming.items.get().identity)
    link(version, people, uuid.uuid4(), "TK.00002")

    for role in (None, "uploader", "editor"):
        assert api.get(f"{VERSION}items/{made.identity}/", people.get(role)).json()["common_item"] is None
        assert {row["common_item"] for row in api.results(f"{VERSION}items/", people.get(role))} == {None}


@pytest.mark.parametrize("path", ["items/", f"{VERSION}items/"])
def test_lists_are_narrowed_by_it(api, people, version, common, path):
    link(version, people, common.identity)

    assert [row["code"] for row in api.results(path, common=str(common.identity))] == ["TK.00001"]
    assert api.results(path, common=str(uuid.uuid4())) == []
    left = [row["code"] for row in api.results(path, common="none", ordering="code") if row["agency"] == "thong-ke"]
    assert left == ["TK.00002", "TK.00003"]


@pytest.mark.parametrize("path", ["items/", f"{VERSION}items/", "items/export/"])
@pytest.mark.parametrize("value", ["mã-lạ", "123", "None"])
def test_what_is_no_identity_is_refused(api, version, path, value):
    answer = api.get(path, None, common=value)

    assert answer.status_code == 400
    assert "common" in answer.content.decode()


@pytest.mark.parametrize("path", [f"{VERSION}items/", f"{VERSION}items/{{identity}}/"])
def test_the_etag_changes_with_the_links_and_with_what_is_in_force(api, people, version, common, path):
    path = path.format(identity=version.items.get(code="TK.00001").identity)
    seen = [api.get(path)["ETag"]]
    made = link(version, people, common.identity)
    seen.append(api.get(path)["ETag"])
    assert api.get(path, headers={"If-None-Match": seen[1]}).status_code == 304
    actions.end_link(by=people["editor"], link=made, reason="Nhầm")
    seen.append(api.get(path)["ETag"])
    link(version, people, common.identity)
    seen.append(api.get(path)["ETag"])
    common.version.effective_to = common.version.effective_from
    common.version.save(update_fields=["effective_to"])
    seen.append(api.get(path)["ETag"])

    assert len(set(seen)) == 5
    assert all(api.get(path, headers={"If-None-Match": old}).status_code == 200 for old in seen[:4])


def test_files_say_it_and_are_made_anew_when_it_changes(api, people, version, common):
    def lines(kind):
        return b"".join(api.get("items/export/", None, agency="thong-ke", **{"as": kind}))

    before = lines("ndjson")
    link(version, people, common.identity)
    after = [orjson.loads(line) for line in lines("ndjson").splitlines()]
    table = list(csv.DictReader(io.StringIO(lines("csv").decode("utf-8-sig"))))

    assert b'"common_item":null' in before and str(common.identity).encode() not in before
    assert after == api.results("items/", agency="thong-ke")
    assert [row["common_item"] for row in table] == [str(common.identity), "", ""]


def test_a_list_asks_no_more_for_links(api, people, version, common):
    def queries(path):
        with CaptureQueriesContext(connection) as asked:
            api.results(path)
        return len(asked)

    before = queries("items/")
    link(version, people, common.identity)
    first = queries(f"{VERSION}items/")
    link(version, people, common.identity, "TK.00002")

    assert queries("items/") == before
    assert queries(f"{VERSION}items/") == first <= 4
