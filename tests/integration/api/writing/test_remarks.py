"""What stands against a version: told to those who work on it, as the workbench tells it."""

import pytest

from cms.catalogs import actions
from tests.factories import catalogs
from tests.integration.api.writing.conftest import path_of


@pytest.fixture
def appraised(people, province):
    """Return a submitted version with a note, a change that all see, and one in a column of appraisers."""
    hidden = actions.save_column(by=None, name="Ghi chú nội bộ", audience="appraisers")
    version = catalogs.make_submitted(people, province.statistics, items=8)
    editor, items = people["editor"], list(version.items.in_order())
    actions.leave_note(by=editor, version=version, text="Ghi rõ đầu ra", item=items[0])
    changes = {"legal": "Điều 7", hidden.field_name: "chimhoangyen"}
    actions.edit_items(by=editor, version=version, items=items[1:2], changes=changes, reason="Thiếu căn cứ")
    actions.remove_items(by=editor, version=version, items=items[2:3], reason="Trùng")
    return version


def test_they_are_told_as_the_workbench_tells_them(writing, appraised, api, people):
    note, change, removal = api.results(path_of(appraised, "remarks/"), people["uploader"])

    assert (note["kind"], note["text"], note["item"]["code"]) == ("note", "Ghi rõ đầu ra", "TK.00001")
    assert change["changes"] == [{"field": "legal_basis", "before": "", "after": "Điều 7"}]
    assert removal["item"] == {"code": "TK.00003", "identity": None}
    assert removal["changes"][0]["field"] == "removed"
    seen = api.results(path_of(appraised, "remarks/"), people["editor"])[1]["changes"]
    assert {each["field"] for each in seen} == {"legal_basis", "extra.ghi_chu_noi_bo"}


def test_they_are_found_by_kind_item_and_whether_they_stand(writing, appraised, api, people):
    path, uploader = path_of(appraised, "remarks/"), people["uploader"]
    item = appraised.items.in_order()[0]
    assert len(api.results(path, uploader, kind="change")) == 2
    assert len(api.results(path, uploader, item=str(item.identity))) == 1
    writing.do(appraised, "return", {"reason": "Bổ sung"}, "editor")
    writing.do(appraised, "submit")

    assert [each["kind"] for each in api.results(path, uploader, resolved="false")] == ["note"]
    assert [each["kind"] for each in api.results(path, uploader, resolved="true")] == ["change", "change"]
    writing.do(appraised, "accept", None, "approver")
    assert api.results(path, uploader, resolved="false") == []
    assert len(api.results(path, uploader, resolved="")) == 3
    for unreadable in ("2", "-1.5", "yes", "null", "1"):
        problem = api.problem(path, 400, uploader, resolved=unreadable)
        assert [error["field"] for error in problem["errors"]] == ["resolved"]


def test_each_page_costs_the_same(writing, appraised, api, people, django_assert_max_num_queries):
    for number in range(10):
        actions.leave_note(by=people["editor"], version=appraised, text=f"Ghi chú {number}")
    api.results(path_of(appraised, "remarks/"), people["uploader"])

    with django_assert_max_num_queries(12):
        assert len(api.results(path_of(appraised, "remarks/"), people["uploader"])) == 13


def test_a_note_stands_on_its_item(writing, appraised, api, people):
    item = appraised.items.in_order()[4]

    answer = writing.do(appraised, "remarks", {"text": " Nêu  rõ ", "item": str(item.identity)}, "approver")

    reported = answer.json()
    assert (answer.status_code, reported["text"], reported["item"]["identity"]) == (201, "Nêu rõ", str(item.identity))
    assert answer["ETag"] == writing.etag(appraised, "approver")


def test_findings_are_those_of_the_workbench_in_pages(writing, api, people, province):
    version = catalogs.make_version(people["uploader"], province.statistics, items=0)
    catalogs.make_items(version, 3, output="Khác")
    catalogs.make_items(version, 2, 20, score=9999)
    path = path_of(version, "findings/")

    pages = list(api.pages(path, people["uploader"], page_size=4))

    found = [finding for page in pages for finding in page["results"]]
    assert [str(finding["message"]) for finding in found] == [str(finding) for finding in actions.findings(version)]
    assert pages[0]["counts"] == {"blocks": 4, "advises": 3} and len(pages) == 2
    assert {(finding["rule"], finding["severity"]) for finding in found[4:]} == {("unclear_output", "advises")}
