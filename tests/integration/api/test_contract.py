"""Within version 1 nothing that callers rely on goes away, and the changelog speaks of everything that came."""

import os
import re
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

from tests.integration.api.contract import breaks, contract, digest

WRITTEN = Path(__file__).parent / "contract-v1.txt"
CHANGELOG = settings.BASE_DIR / "docs" / "api-changelog.md"
HOW = "make api-examples, and an entry in docs/api-changelog.md"
AGENCIES = "/api/v1/agencies/"


@pytest.fixture(scope="module")
def document(django_db_blocker):
    """Return the document as it is made."""
    with django_db_blocker.unblock():
        return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def written():
    """Return the promises as they are written down."""
    return WRITTEN.read_text("utf-8").splitlines() if WRITTEN.exists() else []


def test_nothing_that_was_promised_is_gone(document, written):
    assert breaks(written, contract(document)) == []


def test_what_is_promised_is_written_down(document, written):
    now = contract(document)
    if os.environ.get("THUOCDO_WRITE_EXAMPLES") and not breaks(written, now):
        WRITTEN.write_text("\n".join(now) + "\n", "utf-8")
        return
    assert sorted(set(now) - set(written)) == [], HOW


def test_the_changelog_speaks_of_what_is_promised(document, written):
    entries = re.findall(
        r"^## (\d\S*).*?contract `([0-9a-f]{12})`", CHANGELOG.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )

    assert entries[0] == (document["info"]["version"], digest(written)), HOW


def _no_path(document):
    del document["paths"][AGENCIES]


def _no_parameter(document):
    parameters = document["paths"][AGENCIES]["get"]["parameters"]
    parameters.remove(next(entry for entry in parameters if entry["name"] == "block"))


def _narrower_parameter(document):
    entry = next(e for e in document["paths"][AGENCIES]["get"]["parameters"] if e["name"] == "kind")
    entry["schema"]["enum"].remove("commune")


def _no_field(document):
    del document["components"]["schemas"]["Item"]["properties"]["code"]


def _other_type(document):
    document["components"]["schemas"]["Item"]["properties"]["position"]["type"] = "string"


def _narrower_choice(document):
    document["components"]["schemas"]["VersionState"]["enum"].remove("superseded")


def _more_to_send(document):
    upload = document["components"]["schemas"]["Upload"]
    upload["properties"]["reason"] = {"type": "string"}
    upload["required"].append("reason")


def _more_parameters_to_send(document):
    entry = {"in": "query", "name": "year", "required": True, "schema": {"type": "integer"}}
    document["paths"][AGENCIES]["get"]["parameters"].append(entry)


@pytest.mark.parametrize(
    "change",
    [
        _no_path, _no_parameter, _narrower_parameter, _no_field, _other_type, _narrower_choice, _more_to_send,
        _more_parameters_to_send,
    ],
)  # fmt: skip
def test_what_would_break_a_caller_is_noticed(document, change):
    changed = deepcopy(document)
    change(changed)

    assert breaks(contract(document), contract(changed))


@pytest.mark.parametrize(
    ("before", "now", "broken"),
    [
        ("sent A.id: null | string", "sent A.id: integer | null | string", False),
        ("sent A.id: integer | null | string", "sent A.id: null | string", True),
        ("sent A.marks: any", "sent A.marks: null | object", False),
        ("sent A.rows: array | null", "sent A.rows: [Row] | null", False),
        ("sent A.rows: [Row]", "sent A.rows: [Other]", True),
        ("sent A.row: Row", "sent A.row: Other", True),
        ("sent A.id: string!", "sent A.id: integer | string!", False),
        ("sent A.id: string", "sent A.id: integer | string!", True),
        ("shape A.receipt: any!", "shape A.receipt: Receipt | null!", False),
        ("shape A.receipt: any!", "shape A.receipt: Receipt | null", True),
        ("shape A.total: null | string!", "shape A.total: string!", False),
        ("shape A.total: string!", "shape A.total: null | string!", True),
    ],
)
def test_a_field_that_takes_more_or_is_told_better_breaks_nobody(before, now, broken):
    assert bool(breaks([before], [now])) == broken


def test_what_only_adds_breaks_nobody(document):
    changed = deepcopy(document)
    schemas = changed["components"]["schemas"]
    schemas["Item"]["properties"]["colour"] = {"type": "string"}
    schemas["Item"].setdefault("required", []).append("colour")
    schemas["Upload"]["properties"]["note"] = {"type": "string"}
    schemas["VersionState"]["enum"].append("archived")
    schemas["Condition"] = schemas.pop("VersionState")
    for name in ("Version", "VersionDetail", "PublishedVersion"):
        schemas[name]["properties"]["state"] = {"$ref": "#/components/schemas/Condition"}
    changed["paths"]["/api/v1/new/"] = changed["paths"]["/api/v1/imports/"]

    assert breaks(contract(document), contract(changed)) == []
    assert contract(document) != contract(changed)
