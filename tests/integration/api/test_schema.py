"""The OpenAPI document is valid, and every documented operation answers as documented."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from jsonschema import Draft202012Validator

from api.v1.examples import examples_of
from cms.assignments.actions import EvidenceValues, add_evidence, take_messages
from cms.assignments.models import ExternalSystem, WorkAssignment
from cms.changesets.models import ChangeSet, Proposal
from cms.curation.models import Cluster
from cms.evaluations.models import Evaluation
from importers import actions
from importers.mappings.models import ColumnMapping
from importers.models import ImportBatch
from tests.factories import catalogs, outside
from tests.factories.curation import make_cluster
from tests.factories.decided import make_decided, make_decided_organisation
from tests.factories.figures import publish_figures
from tests.factories.frameworks import published
from tests.factories.officers import make_officer
from tests.integration.api.imports.conftest import BAD
from tests.integration.importers.test_mappings import own_workbook

# What is asked of an operation that does not read: the example that its documentation gives.
BY_DEFAULT = {"framework": None, "on": None}
POSTS = {
    "/api/v1/scores/preview/": examples_of("scores_preview")["one officer"]["body"],
    "/api/v1/scores/periods/": examples_of("scores_periods")["a year of quarters"]["body"] | BY_DEFAULT,
    "/api/v1/scores/caps/": examples_of("scores_caps")["one agency"]["body"] | BY_DEFAULT,
}
IMPORT = "/api/v1/imports/{id}/"
IMPORT_ACTS = ("commit", "abandon", "check-again", "corrections", "columns", "undo")
# Acts on uploads; tests/integration/api/imports has them done one after the other.
ACTS = {"/api/v1/imports/", *(f"{IMPORT}{act}/" for act in IMPORT_ACTS)}
MAPPING = "/api/v1/imports/mappings/{id}/"
ITEMS = "/api/v1/catalogs/{agency}/versions/{number}/items/"
# How items are written: tests/integration/api/items.
ITEM_ACTS = {ITEMS, f"{ITEMS}bulk/"}
VERSION = "/api/v1/catalogs/{agency}/versions/{number}/"
# Acts on versions, done in tests/integration/api/writing.
MOVES = {
    "/api/v1/catalogs/{agency}/versions/",
    *(f"{VERSION}{act}/" for act in ("submit", "withdraw", "return", "accept", "opinion", "decide", "remarks")),
}
WORK = "/api/v1/assignments/{identity}/"
# What people do with work: tests/integration/assignments/outside; the examples are held against the document.
WORK_VERBS = ("report", "finish", "confirm", "return", "evidence", "evidence/files")
WORK_ACTS = {
    "/api/v1/outside-figures/bulk/",
    "/api/v1/assignments/bulk/", *(f"{WORK}{act}/" for act in WORK_VERBS),
}  # fmt: skip
# How alike works are judged: tests/integration/api/test_curation.py.
CURATION_ACTS = {
    "/api/v1/judgements/{judgement}/undo/",
    *(f"/api/v1/clusters/{{cluster}}/{act}/" for act in ("take", "release", "judge")),
}
# How change sets go on: tests/integration/api/test_change_sets.py.
CHANGE_SET_ACTS = {
    *(f"/api/v1/proposals/{{proposal}}/{act}/" for act in ("answer", "judge", "take-out", "again")),
    *(
        f"/api/v1/change-sets/{{change_set}}/{act}/"
        for act in ("gather", "close", "reopen", "remind", "finish", "undo", "release")
    ),
}
SET_LISTS = {"/api/v1/proposals/", "/api/v1/change-sets/"}
# What stands for the name that a system gave to work: for its programs alone.
OUTSIDE = "/api/v1/assignments/systems/{system}/{outside_id}/"
# For programs and administrators alone: tests/integration/api/webhooks; the examples are held against the document.
WEBHOOKS = "/api/v1/webhooks/"
REPLAY = f"{WEBHOOKS}{{id}}/deliveries/{{delivery}}/replay/"
LIKENESS = "/api/v1/likeness/"
TEMPLATE = "/api/v1/imports/templates/{agency}/"
EVIDENCE = "/api/v1/assignments/{identity}/evidence/{evidence}/file/"
FILES = {f"{IMPORT}original/", f"{IMPORT}marked/", TEMPLATE, "/api/v1/items/export/", EVIDENCE}


@pytest.fixture
def document(api):
    """Return the document as a caller gets it."""
    return api.json("schema/", format="json")


def test_the_document_is_valid_and_made_without_warnings(db, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_the_document_comes_as_yaml_and_as_json(api, document):
    assert document["openapi"].startswith("3.1")
    assert api.get("schema/").content.startswith(b"openapi: 3.1")
    assert api.get("schema/", headers={"Accept": "application/json"}).json()["openapi"] == document["openapi"]


def test_only_what_is_done_in_version_1_and_what_pages_say_is_documented(document):
    of_pages = {f"/api/{name}/{end}" for name in ("pages", "images", "documents") for end in ("", "{id}/", "find/")}
    assert {path for path in document["paths"] if not path.startswith("/api/v1/")} == of_pages
    assert {path for path, operations in document["paths"].items() if "post" in operations} == (
        ACTS
        | ITEM_ACTS
        | MOVES
        | WORK_ACTS
        | CURATION_ACTS
        | CHANGE_SET_ACTS
        | SET_LISTS
        | set(POSTS)
        | {REPLAY, LIKENESS}
    )
    others = {path for path, operations in document["paths"].items() if operations.keys() - {"get", "post"}}
    assert others == {VERSION, f"{ITEMS}{{identity}}/", MAPPING, OUTSIDE}


def test_what_is_scored_is_described_as_it_is_read_and_answered(document):
    schemas = document["components"]["schemas"]
    whole = {"components": document["components"]}

    def takes(name, value):
        return Draft202012Validator(whole | schemas[name]).is_valid(value)

    assert takes("Subject", {"role": "staff", "id": 7}) and takes("Subject", {"role": "staff", "id": "CC-7"})
    assert not takes("Subject", {"role": "staff", "id": 7.5})
    assert not takes("Subject", {"role": "staff", "wrok": []})
    assert takes("Subordinate", {"id": 3, "total": None})
    assert takes("Subject", {"role": "staff", "common": {"I.1": "5"}, "criteria": {"I.1": True}, "metrics": {"a": 1}})
    assert not any(takes("Subject", {"role": "staff", key: 7}) for key in ("criteria", "indicators", "metrics"))
    assert schemas["Score"]["properties"]["receipt"]["anyOf"][0] == {"$ref": "#/components/schemas/Receipt"}
    assert "$defs" not in str(schemas)


def test_what_writes_to_a_version_says_which_state_it_means(document):
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            headers = {entry["name"] for entry in operation.get("parameters", []) if entry["in"] == "header"}
            writes = (path.startswith(VERSION) and method != "get") or path in CHANGE_SET_ACTS
            assert ("If-Match" in headers) == writes, (method, path)
            assert not writes or {"409", "412", "428", "401", "403", "404"} <= operation["responses"].keys()


def test_an_act_says_that_it_takes_a_key_and_whether_it_needs_one(document):
    def key(path):
        headers = {entry["name"]: entry for entry in document["paths"][path]["post"]["parameters"]}
        return headers["Idempotency-Key"].get("required", False)

    assert {
        path
        for path in ACTS | ITEM_ACTS | WORK_ACTS | CURATION_ACTS | CHANGE_SET_ACTS | SET_LISTS | set(POSTS) | {REPLAY}
        if key(path)
    } == {
        "/api/v1/imports/",
        f"{IMPORT}commit/",
    }


def test_a_file_is_sent_as_a_form_and_comes_as_bytes(document):
    sent = document["paths"]["/api/v1/imports/"]["post"]["requestBody"]["content"]

    assert list(sent) == ["multipart/form-data"]
    upload = document["components"]["schemas"]["Upload"]
    assert (upload["properties"]["file"]["format"], set(upload["required"])) == ("binary", {"file", "agency"})
    for path in FILES:
        answer = document["paths"][path]["get"]["responses"]["200"]["content"]
        assert {shape["schema"]["format"] for shape in answer.values()} == {"binary"}


@pytest.fixture
def world(world, people, province):
    """Return the province with a published framework, uploads that have something in every list, work and results."""
    published("nd335")
    publish_figures()
    make_cluster()
    _proposed(people, world.second)
    _taken(people, province, world.second.items.first())
    posting = make_officer(province.statistics).postings.get()
    make_decided(province.statistics, posting, people["agency_head"], first_day=datetime.date(2026, 5, 1))
    make_decided_organisation(province.division, people["agency_head"], first_day=datetime.date(2026, 1, 1))
    batch = _send(people, province, BAD)
    actions.correct(by=people["uploader"], batch=batch, sheet="DanhMuc", row=3, cells={4: "tờ trình"})
    actions.check_batch(batch)
    _send(people, province, own_workbook())
    values = {"header": "Cột cũ", "header_key": "cộtcũ", "column": "note", "by": people["uploader"]}
    ColumnMapping.objects.create(agency=province.statistics, kind="catalog", **values)
    return world


def _proposed(people, version):
    """Put a proposal about an item into a set."""
    by, item = people["editor"], version.items.in_order().first()
    change_set = ChangeSet.objects.create(name="Bộ quý I", by=by)
    Proposal.objects.create(
        catalog=version.catalog, change_set=change_set, kind="end", identity=item.identity, code=item.code,
        name=item.name, reason="Không còn làm", by=by,
    )  # fmt: skip


def _taken(people, province, item):
    """Have a system write two pieces of work, for somebody whom it knows and for somebody whom it does not."""
    client, _token = outside.make_client(province.statistics)
    system = outside.make_system(province.statistics, clients=[client])
    outside.map_person(system, make_officer(province.statistics))
    outside.map_kind(system, item)
    messages = [outside.message("412/VB-DEN"), outside.message("413/VB-DEN", person="nv99")]
    take_messages(by=client.user, system=system, messages=messages)
    values = EvidenceValues(file=SimpleUploadedFile("van-ban.pdf", b"%PDF-1.7\n" + bytes(range(256))))
    add_evidence(by=client.user, work=WorkAssignment.objects.get(), values=values)


def _send(people, province, content):
    file = {"file": ContentFile(content), "name": "danh-muc.xlsx"}
    return actions.upload(by=people["uploader"], agency=province.statistics, **file, wait=True)


def _mended():
    return ImportBatch.objects.exclude(corrections=None).get()


def _reader(path, people):
    """Return who reads an address: the desk of the agency, but a system's own program what it gave."""
    if path.startswith(("/api/v1/clusters/", "/api/v1/change-sets/")):
        return people["editor"]
    return ExternalSystem.objects.get().accounts.get() if path == OUTSIDE else people["uploader"]


def _address(path, item):
    upload = ImportBatch.objects.get(corrections=None) if path.endswith("/columns/") else _mended()
    values = {"code": "thong-ke", "agency": "thong-ke", "number": 2, "id": upload.pk}
    values |= {"identity": item.identity} if item else {}
    values |= {"cluster": Cluster.objects.get().pk}
    values |= {"change_set": ChangeSet.objects.get().pk, "proposal": Proposal.objects.get().pk}
    if path == MAPPING:
        values |= {"id": ColumnMapping.objects.get().pk}
    if path.startswith("/api/v1/assignments/"):
        work = WorkAssignment.objects.get()
        values |= {"identity": work.identity, "system": work.system, "outside_id": work.outside_id}
        values |= {"evidence": work.evidence.get().identity}
    if path.startswith(("/api/v1/periods/", "/api/v1/evaluations/", "/api/v1/results/", "/api/v1/receipts/")):
        one = Evaluation.objects.get(organisation=None)
        values |= {"period": one.period_id, "identity": one.identity, "number": 1}
    if "/frameworks/" in path:
        values |= {"code": "nd335", "number": 1}
    if "/transparency/" in path:
        values |= {"code": "tien-do", "number": 1}
    return path.format(**values)


def _read(document):
    """Return the operations of version 1 that read and that people of agencies may ask, by path."""
    paths = {
        path: found
        for path, found in document["paths"].items()
        if path.startswith("/api/v1/") and not path.startswith(WEBHOOKS)
    }
    return {path: operations["get"] for path, operations in paths.items() if "get" in operations}


def _valid(document, response, operation):
    """Return the errors of an answer against what the operation promises for its status."""
    promised = operation["responses"][str(response.status_code)]
    if "$ref" in promised:
        promised = document["components"]["responses"]["Problem"]
    content_type = response["Content-Type"].partition(";")[0]
    schema = promised["content"][content_type]["schema"] | {"components": document["components"]}
    return list(Draft202012Validator(schema).iter_errors(response.json()))


def test_every_operation_answers_as_documented(api, document, world, people):
    item = world.second.items.first()
    for path, operation in _read(document).items():
        response = api.get(_address(path, item), _reader(path, people))
        assert response.status_code == 200, path
        assert path in FILES or _valid(document, response, operation) == [], path


def test_what_is_sent_as_documented_is_answered_as_documented(api, document):
    for path, body in POSTS.items():
        response = api.client().post(path, body, content_type="application/json")
        assert response.status_code == 200, path
        assert _valid(document, response, document["paths"][path]["post"]) == [], path


def test_every_answer_has_all_documented_fields_and_no_other(api, document, world, people):
    schemas, uploader = document["components"]["schemas"], people["uploader"]
    upload = api.json(f"imports/{_mended().pk}/", uploader)
    seen = {
        "Agency": api.results("agencies/")[0],
        "Catalog": api.results("catalogs/")[0],
        "Version": api.results("versions/")[0],
        "VersionDetail": api.json("catalogs/thong-ke/versions/2/"),
        "Item": api.results("items/")[0],
        "Difference": api.json("catalogs/thong-ke/versions/2/difference/"),
        "DifferenceEntry": api.results("catalogs/thong-ke/versions/2/difference/")[0],
        "Framework": api.results("frameworks/")[0],
        "FrameworkVersion": api.json("frameworks/nd335/versions/1/"),
        "Release": api.results("transparency/releases/")[0],
        "ReleaseDetail": api.json("transparency/releases/latest/"),
        "Figure": api.json("transparency/releases/1/figures/tien-do/"),
        "Root": api.json(""),
        "Import": api.results("imports/", uploader)[0],
        "ImportDetail": api.json(upload["url"], uploader),
        "ImportProblem": api.results(f"{upload['url']}errors/", uploader)[0],
        "ImportRow": api.results(f"{upload['url']}rows/", uploader)[0],
        "Correction": api.results(f"{upload['url']}corrections/", uploader)[0],
        "FileColumns": api.json(_address(f"{IMPORT}columns/", None), uploader),
        "Mapping": api.results("imports/mappings/", uploader)[0],
        "UndoPlan": api.json(f"{upload['url']}undo/", uploader),
        "Assignment": api.results("assignments/", uploader)[0],
        "UntakenMessage": api.results("assignments/messages/", uploader)[0],
        "ProposalDetail": api.json(_address("/api/v1/proposals/{proposal}/", None), uploader),
        "ChangeSetDetail": api.json(_address("/api/v1/change-sets/{change_set}/", None), people["editor"]),
        "EvaluationPeriod": api.results("periods/", uploader)[0],
        "Evaluation": api.results("evaluations/", uploader)[0],
        "DecidedResult": api.results("results/", uploader)[0],
        "ResultChange": api.results("results/changes/", uploader)[0],
        "ResultReceipt": api.results("receipts/", uploader)[0],
    }
    for name, body in seen.items():
        assert set(body) == set(schemas[name]["properties"]), name


def test_every_documented_parameter_is_known_and_every_known_one_documented(api, document, world, people):
    for path, operation in _read(document).items():
        address = _address(path, world.second.items.first())
        entries = [entry for entry in operation.get("parameters", []) if entry["in"] == "query"]
        # An object stands for parameters of the province's own columns, of which it has none here (test_columns).
        documented = {entry["name"] for entry in entries if entry["schema"].get("type") != "object"}
        message = api.problem(address, 400, _reader(path, people), unheard_of="1")["errors"][0]["message"]
        for name in documented:
            assert name in message, (path, name)
        if documented:
            assert len(documented) == message.count(",") + 1, path


def _rows(reported):
    return reported.get("results", [reported])


def test_fields_that_are_chosen_are_those_of_the_whole_answer(api, document, world, people):
    narrowed = 0
    for path, operation in _read(document).items():
        fields = [entry for entry in operation.get("parameters", []) if entry["name"] == "fields"]
        if not fields:
            continue
        address, names = _address(path, world.second.items.first()), fields[0]["schema"]["items"]["enum"]
        whole = _rows(api.json(address, _reader(path, people)))
        for chosen in (names[:1], names[1:4], names[-2:]):
            rows = _rows(api.json(address, _reader(path, people), fields=",".join(chosen)))
            assert rows == [{name: row[name] for name in chosen} for row in whole], (path, chosen)
            assert all(list(row) == [name for name in whole[0] if name in chosen] for row in rows), path
        narrowed += 1
    assert narrowed >= 46


def test_a_documented_choice_is_accepted(api, document, world, people):
    for path, operation in _read(document).items():
        # A file of results, or of figures, is one of a period.
        of_period = {"period": "2026-07"}
        beside = {"results": of_period, "figures": of_period} if path == TEMPLATE else {}
        for entry in operation.get("parameters", []):
            for choice in entry["schema"].get("enum", []) if entry["in"] == "query" else []:
                address = _address(path, world.second.items.first())
                asked = {entry["name"]: choice} | beside.get(choice, {})
                response = api.get(address, people["uploader"], **asked)
                assert response.status_code == 200, (path, entry["name"], choice)


def test_problems_are_as_documented(api, document, province):
    operation = document["paths"]["/api/v1/agencies/{code}/"]["get"]

    for response in (api.get("agencies/nope/"), api.get("agencies/tinh/", x=1)):
        assert _valid(document, response, operation) == []


def test_documented_empty_lists_are_lists(api, document, people, province):
    catalogs.make_version(people["uploader"], province.statistics)

    assert api.results("items/") == []
    assert _valid(document, api.get("items/"), document["paths"]["/api/v1/items/"]["get"]) == []


def test_a_generator_of_clients_finds_a_name_for_the_package_and_a_line_for_each_operation(document):
    assert document["info"]["title"].isascii()
    operations = [each for path in document["paths"].values() for name, each in path.items() if name != "parameters"]
    assert len(operations) > 60
    assert [each["operationId"] for each in operations if not 5 < len(each.get("summary", "")) <= 120] == []
