"""A file with headings of its own, over the API: matched, remembered, changed, forgotten; and the templates."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogItem
from importers import actions
from importers.checking.columns import IGNORED
from importers.mappings.models import ColumnMapping
from importers.models import ImportBatch
from tests.integration.importers.test_mappings import OWN_HEADERS, WORDS, own_workbook

MATCH = {heading: None if key == IGNORED else key for heading, key in WORDS.items()}


@pytest.fixture
def refused(uploads):
    """Return an upload whose headings nobody knows."""
    sent = uploads.sent(own_workbook())
    assert sent["state"] == "refused"
    assert [problem["code"] for problem in uploads.every(sent["parts"]["errors"])] == ["no_header"]
    return sent


def problems(answer):
    assert answer.status_code == 400, answer.content
    return {(problem["field"], problem["code"]) for problem in answer.json()["errors"]}


def test_from_a_refusal_to_files_that_are_read_at_once(uploads, refused):
    table = uploads.read(refused["parts"]["columns"])
    assert [column["heading"] for column in table["columns"]] == list(OWN_HEADERS)
    assert [column["letter"] for column in table["columns"]] == list("ABCDEFG")
    assert "known" not in {column["certainty"] for column in table["columns"]}
    assert {"task", "output", "group", "coefficient"} <= set(table["missing"])
    assert {column["key"] for column in table["reads"] if column["required"]} >= set(table["missing"])

    answer = uploads.act(refused, "columns", {"columns": MATCH})

    assert answer.status_code == 202, answer.content
    assert uploads.read(refused["url"])["state"] == "previewed"
    again = uploads.sent(own_workbook())
    assert (again["state"], again["report"]["verdict"]) == ("previewed", "accept")
    assert {column["certainty"] for column in uploads.read(again["parts"]["columns"])["columns"]} == {"matched"}


def test_what_was_matched_in_the_browser_counts_here_too(uploads, people, refused, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.map_columns(by=people["uploader"], batch=ImportBatch.objects.get(), words=WORDS)

    assert uploads.read(refused["url"])["state"] == "previewed"
    assert uploads.sent(own_workbook())["state"] == "previewed"


def test_what_is_left_out_is_neither_read_nor_remembered(uploads, refused):
    needed = {heading: key for heading, key in MATCH.items() if key}
    assert uploads.act(refused, "columns", {"columns": needed}).status_code == 202

    assert set(ColumnMapping.objects.values_list("header", flat=True)) == set(needed)


def test_a_match_under_a_key_is_made_once(uploads, refused):
    first, again = (uploads.act(refused, "columns", {"columns": MATCH}, key="ghep-cot") for _ in range(2))

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert AuditEvent.objects.filter(action="import.map_columns").count() == 1


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {("columns", "required")}),
        ({"columns": {}}, {("columns", "empty")}),
        ({"columns": {"Không có": "code"}}, {("columns.Không có", "invalid_choice")}),
        ({"columns": {"Bậc": "nothing"}}, {("columns.Bậc", "invalid_choice")}),
        ({"columns": {"Bậc": 3}}, {("columns.Bậc", "invalid")}),
        ({"columns": {"Bậc": "group"}}, {("columns", "missing_column")}),
        ({"columns": MATCH | {"Người lập": "code"}},
         {("columns.Người lập", "invalid_choice"), ("columns.Ký hiệu", "invalid_choice")}),
        ({"columns": MATCH, "sheet": "Không có"}, {("sheet", "unknown_value")}),
        ({"columns": MATCH, "row": 77}, {("row", "unknown_value")}),
        ({"columns": MATCH, "remember": True}, {("remember", "unknown_field")}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_place_and_remembers_nothing(uploads, refused, body, wrong):
    assert problems(uploads.act(refused, "columns", body)) == wrong
    assert not ColumnMapping.objects.exists()
    assert uploads.read(refused["url"])["state"] == "refused"


def test_a_written_upload_has_no_columns_to_match(api, people, uploads, refused):
    uploads.act(refused, "columns", {"columns": MATCH})
    sent = uploads.read(refused["url"])
    assert uploads.read(sent["parts"]["columns"])["missing"] == []
    assert uploads.act(sent, "commit", {"seen": sent["checked_at"]}).status_code in (200, 202)

    read, written = (
        api.get(sent["parts"]["columns"], people["uploader"]),
        uploads.act(sent, "columns", {"columns": MATCH}),
    )
    assert {(answer.status_code, answer.json()["code"]) for answer in (read, written)} == {(409, "wrong_state")}


def test_what_is_remembered_is_read_changed_and_forgotten(api, uploads, people, refused):
    uploads.act(refused, "columns", {"columns": MATCH})
    known = {row["heading"]: row for row in uploads.every("imports/mappings/?agency=thong-ke")}
    assert {heading: row["column"] for heading, row in known.items()} == MATCH
    assert all(row["is_there"] and row["agency"]["code"] == "thong-ke" for row in known.values())

    path = f"imports/mappings/{known['Người lập']['id']}/"
    assert problems(api.send("PATCH", path, {"column": "nothing"}, people["uploader"])) == {
        ("column", "invalid_choice")
    }
    changed = api.send("PATCH", path, {"column": "note"}, people["uploader"])
    assert (changed.status_code, changed.json()["column"]) == (200, "note")
    sent = uploads.sent(own_workbook())
    assert {row["values"]["note"] for row in uploads.every(sent["parts"]["rows"])} == {
        "Công chức 0001",
        "Công chức 0002",
    }

    assert api.send("DELETE", path, None, people["uploader"]).status_code == 204
    assert api.get(path, people["uploader"]).status_code == 404
    assert AuditEvent.objects.filter(action="import.map_columns").count() == 3


def test_columns_are_called_as_the_fields_of_items_are(api, uploads, people, refused):
    assert "legal_basis" in {column["key"] for column in uploads.read(refused["parts"]["columns"])["reads"]}
    uploads.act(refused, "columns", {"columns": MATCH | {"Người lập": "legal_basis"}})

    assert ColumnMapping.objects.get(header="Người lập").column == "legal"
    known = {row["heading"]: row for row in uploads.every("imports/mappings/")}
    assert (known["Người lập"]["column"], known["Người lập"]["is_there"]) == ("legal_basis", True)
    rows = uploads.every(uploads.read(refused["url"])["parts"]["rows"])
    assert rows[0]["values"]["legal_basis"] == "Công chức 0001"


def test_a_page_of_what_is_remembered_costs_the_same_for_one_and_for_many(uploads, refused):
    uploads.act(refused, "columns", {"columns": MATCH})
    costs = []
    for size in (1, 100):
        uploads.read(f"imports/mappings/?page_size={size}")
        with CaptureQueriesContext(connection) as queries:
            assert len(uploads.read(f"imports/mappings/?page_size={size}")["results"]) == min(size, len(MATCH))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_another_agency_finds_none_of_it(api, people, uploads, refused):
    uploads.act(refused, "columns", {"columns": MATCH})
    assert uploads.read("imports/mappings/", people["other_uploader"])["results"] == []
    key = ColumnMapping.objects.first().pk
    for method, body in (("GET", None), ("PATCH", {"column": None}), ("DELETE", None)):
        assert api.send(method, f"imports/mappings/{key}/", body, people["other_uploader"]).status_code == 404
    assert api.get(refused["parts"]["columns"], people["other_uploader"]).status_code == 404


@pytest.mark.parametrize("layout", ["", "handbook", "commune"])
def test_the_template_is_that_of_the_browser_and_is_read_again(api, people, uploads, layout):
    answer = api.get(f"imports/templates/thong-ke/{layout and f'?layout={layout}'}", people["uploader"])

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment") and "thong-ke" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    assert load_workbook(BytesIO(content)).sheetnames
    assert "no_header" not in {problem["code"] for problem in uploads.every(uploads.sent(content)["parts"]["errors"])}
    assert not CatalogItem.objects.exists()


def test_a_template_of_no_such_kind_or_agency_is_refused(api, people):
    by = people["uploader"]
    for name in ("layout", "kind"):
        assert problems(api.get(f"imports/templates/thong-ke/?{name}=excel", by)) == {(name, "unknown_value")}
    assert api.get("imports/templates/van-phong/", by).status_code == 404
