"""An upload and its lists: the same verdict by every way, seen by those whose it is, in pages that cost the same."""

import datetime
import io
import json
import uuid

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from importers.batches.report import as_json
from importers.models import ImportBatch
from tests.integration.api.imports.conftest import BAD
from tests.integration.importers.conftest import GOOD_ROW, workbook

PARTS = ["", "errors/", "warnings/", "notes/", "rows/", "corrections/", "undo/", "original/", "marked/"]


def test_browser_command_and_api_give_the_same_verdict(
    uploads, people, province, tmp_path, client, django_capture_on_commit_callbacks
):
    file = tmp_path / "sai.xlsx"
    file.write_bytes(BAD)
    printed = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_catalog", str(file), "--agency", "thong-ke", "--json", stdout=printed)
    client.force_login(people["uploader"])
    with django_capture_on_commit_callbacks(execute=True), file.open("rb") as sent:
        page = client.post(reverse("importers:upload", args=[province.statistics.pk]), {"file": sent})
    by_browser = as_json(ImportBatch.objects.get(pk=page.url.rstrip("/").rpartition("/")[2]))

    upload = uploads.sent(BAD)

    lists = {name: uploads.every(upload["parts"][name]) for name in ("errors", "warnings")}
    assert upload["report"] | lists == json.loads(printed.getvalue()) == by_browser
    assert list(upload["report"] | lists) == list(json.loads(printed.getvalue()))
    assert upload["counts"] == {"errors": len(lists["errors"]), "warnings": len(lists["warnings"]), "notes": 1}
    assert lists["errors"] and lists["warnings"]


def test_rows_are_what_a_commit_writes_by_class(uploads, people, province, good, batch_of, samples):
    from importers import actions

    actions.commit(by=people["uploader"], batch=batch_of(people["uploader"], province.statistics, good))

    upload = uploads.sent((samples / "thong-ke.v2.xlsx").read_bytes())

    rows = uploads.every(upload["parts"]["rows"])
    classes = {
        name: uploads.read(upload["parts"]["rows"], change=name)["results"]
        for name in ("new", "changed", "same", "missing")
    }
    assert {name: len(found) for name, found in classes.items()} == upload["report"]["changes"]
    assert len(rows) == sum(upload["report"]["changes"].values())
    changed = classes["changed"][0]
    assert set(changed) == {"change", "sheet", "row", "identity", "values", "changes"}
    for field, (before, after) in changed["changes"].items():
        assert before != after == changed["values"][field]
    assert (classes["missing"][0]["row"], classes["missing"][0]["sheet"]) == (None, "")
    assert "legal_basis" in changed["values"]


def test_notes_are_listed_too(uploads):
    upload = uploads.sent(BAD)

    assert [note["code"] for note in uploads.read(upload["parts"]["notes"])["results"]] == ["white_space"]


@pytest.mark.parametrize("role", ["other_uploader", "other_agency_head"])
@pytest.mark.parametrize("part", PARTS)
def test_anothers_upload_is_not_there(api, people, province, batch_of, role, part):
    batch = batch_of(people["uploader"], province.statistics)

    theirs = api.problem(f"imports/{batch.pk}/{part}", 404, people[role])
    nothing = api.problem(f"imports/{uuid.uuid4()}/{part}", 404, people[role])

    assert theirs | {"request_id": ""} == nothing | {"request_id": ""}
    assert api.results("imports/", people[role]) == []


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor"])
def test_who_works_with_it_reads_it(api, people, province, batch_of, role):
    batch = batch_of(people["uploader"], province.statistics)

    assert [found["id"] for found in api.results("imports/", people[role])] == [str(batch.pk)]
    for part in PARTS:
        answer = api.get(f"imports/{batch.pk}/{part}", people[role])
        assert answer.status_code == 200, part
        assert answer["Cache-Control"] == "no-store, private"


def test_the_list_is_narrowed(api, people, province, batch_of, good):
    first = batch_of(people["uploader"], province.statistics)
    second = batch_of(people["editor"], province.office, good)
    ImportBatch.objects.filter(pk=first.pk).update(at=datetime.datetime(2026, 1, 31, 17, tzinfo=datetime.UTC))
    editor = people["editor"]

    def found(**params):
        return [uuid.UUID(row["id"]) for row in api.results("imports/", editor, **params)]

    assert found() == [second.pk, first.pk]
    assert found(ordering="uploaded_at") == [first.pk, second.pk]
    assert found(agency="thong-ke") == found(state="refused") == found(sha256=first.sha256.upper()) == [first.pk]
    # 17:00 in Greenwich is the first of February here.
    assert found(**{"from": "2026-02-01", "to": "2026-02-01"}) == [first.pk]
    assert found(to="2026-01-31") == []
    assert found(kind="officers") == []
    assert found(search="van phong") == [second.pk]


@pytest.mark.parametrize(
    "params",
    [
        {"state": "done"},
        {"kind": "nonsense"},
        {"from": "31/01/2026"},
        {"sha256": "x" * 65},
        {"agency": "a\x00"},
        {"q": "1"},
    ],
)
def test_a_list_narrowed_by_nonsense_is_refused(api, people, params):
    assert api.problem("imports/", 400, people["editor"], **params)["errors"][0]["field"] == next(iter(params))


def test_pages_lead_on_and_back(uploads, people, province, batch_of):
    keys = [str(batch_of(people["uploader"], province.statistics).pk) for _ in range(3)]

    there = [page["results"][0]["id"] for page in uploads.api.pages("imports/", people["uploader"], page_size=1)]
    upload = uploads.read(f"imports/{keys[0]}/")
    rows = uploads.read(upload["parts"]["errors"], page_size=1)
    second = uploads.read(rows["next"])

    assert there == keys[::-1]
    assert uploads.read(second["previous"])["results"] == rows["results"]
    assert (
        uploads.api.problem(upload["parts"]["errors"], 400, people["uploader"], after="nonsense")["code"]
        == "bad_cursor"
    )


@pytest.mark.parametrize(
    ("part", "params"),
    [
        ("rows/", {"change": "gone"}),
        ("rows/", {"page_size": "0"}),
        ("errors/", {"change": "new"}),
        ("original/", {"inline": "1"}),
    ],
)
def test_a_part_asked_for_nonsense_is_refused(uploads, people, province, batch_of, part, params):
    batch = batch_of(people["uploader"], province.statistics)

    assert uploads.api.problem(f"imports/{batch.pk}/{part}", 400, people["uploader"], **params)["code"] == "invalid"


def test_the_original_and_the_marked_file_come_as_files(uploads):
    upload = uploads.sent(BAD)

    files = [
        uploads.api.get(
            upload["parts"][name], uploads.people["uploader"], headers={"Accept": "application/octet-stream"}
        )
        for name in ("original", "marked")
    ]

    for answer in files:
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
    original, marked = (b"".join(answer.streaming_content) for answer in files)
    assert original == BAD
    assert "LoiCanSua" in load_workbook(io.BytesIO(marked)).sheetnames


def test_what_was_forgotten_is_no_file(uploads):
    from importers import actions

    upload = uploads.sent(BAD)
    actions.forget(ImportBatch.objects.get())

    after = uploads.read(upload["url"])

    assert (after["parts"]["original"], after["parts"]["marked"], after["report"]["verdict"]) == (None, None, "reject")
    assert uploads.api.problem(upload["parts"]["original"], 404, uploads.people["uploader"])["code"] == "not_found"


def _queries(api, path, user):
    api.get(path, user)
    with CaptureQueriesContext(connection) as queries:
        assert api.get(path, user).status_code == 200
    return len(queries)


def test_lists_cost_the_same_for_one_and_for_many(api, people, province, batch_of):
    uploader = people["uploader"]
    rows = [(f"TK.5{number:02}", "Việc", "Báo cáo", "báo cáo", "IX", "abc") for number in range(40)]
    small, large = (batch_of(uploader, province.statistics, workbook(GOOD_ROW, *found)) for found in (rows[:2], rows))

    for part in PARTS[:6]:
        assert (
            _queries(api, f"imports/{large.pk}/{part}", uploader)
            == _queries(api, f"imports/{small.pk}/{part}", uploader)
            <= 9
        ), part
    assert _queries(api, "imports/?page_size=1", uploader) == _queries(api, "imports/", uploader) <= 5
