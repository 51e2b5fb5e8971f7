"""Every operation has examples, and each of them is asked anew: what the documentation shows is what happens."""

import os

import pytest
from jsonschema import Draft202012Validator

from api.v1.examples import examples_of, operations
from tests.integration.api.examples.arranging import make_shown, stand_ins
from tests.integration.api.examples.running import answered, ask, holds, record, shape
from tests.keeping import kept

# `make api-examples`: answers that are missing or of another shape are written down anew.
RECORDING = bool(os.environ.get("THUOCDO_WRITE_EXAMPLES"))
EXAMPLES = [(operation, name) for operation in operations() for name in examples_of(operation)]


@kept
def shown(people, province):
    """Return the world of the examples."""
    return make_shown(people, province)


@pytest.fixture(scope="module")
def document(django_db_blocker):
    """Return the document as it is made."""
    from drf_spectacular.generators import SchemaGenerator

    with django_db_blocker.unblock():
        return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def by_id(document):
    """Return method, path and description of each operation."""
    return {
        operation["operationId"]: (method, path, operation)
        for path, operations_at in document["paths"].items()
        for method, operation in operations_at.items()
    }


def complaints(document, schema, value):
    """Return what a value has against a schema of the document."""
    whole = schema | {"components": document["components"]}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(whole).iter_errors(value)]


def promised(document, operation, answer):
    """Return the schema that the document promises for an answer."""
    response = operation["responses"][str(answer["status"])]
    if "$ref" in response:
        response = document["components"]["responses"]["Problem"]
    return response["content"][answer["type"]]["schema"] if answer["type"] else {}


def test_every_operation_has_an_example_and_every_example_an_operation(by_id):
    assert sorted(by_id) == operations()


@pytest.mark.parametrize(("operation", "name"), EXAMPLES, ids=lambda text: text.replace(" ", "-"))
def test_an_example_is_answered_as_it_says(shown, document, by_id, operation, name, django_capture_on_commit_callbacks):
    method, path, described = by_id[operation]
    example = examples_of(operation)[name]
    known = stand_ins(shown, example.get("given", ""))

    with django_capture_on_commit_callbacks(execute=True):
        response = ask(shown, method, path, example, known)
    answer = answered(response, known)

    if RECORDING and not _is_as_shown(example, answer):
        record(operation, name, answer)
        return
    assert _is_as_shown(example, answer), f"make api-examples; answered: {answer}"
    schema = promised(document, described, answer)
    if "body" in answer:
        assert complaints(document, schema, answer["body"]) == []
        assert "shortened" in example or complaints(document, schema, example["answer"]["body"]) == []


def _is_as_shown(example, answer):
    shown = example.get("answer", {})
    if (answer["status"], answer["type"]) != (shown.get("status"), shown.get("type")):
        return False
    return holds(answer, shown) if "shortened" in example else shape(answer) == shape(shown)


@pytest.mark.parametrize("operation", operations())
def test_what_an_example_sends_is_as_documented(document, by_id, operation):
    _method, _path, described = by_id[operation]
    entries = {(entry["in"], entry["name"]): entry for entry in described.get("parameters", [])}
    for example in examples_of(operation).values():
        if example.get("answer", {"status": 0})["status"] >= 400:
            continue
        for place, key in (("path", "path"), ("query", "query"), ("header", "headers")):
            for name, value in example.get(key, {}).items():
                schema = entries[place, name]["schema"]
                several = value.split(",") if schema.get("type") == "array" else value
                assert complaints(document, schema, several) == []
        if "body" in example:
            schema = described["requestBody"]["content"]["application/json"]["schema"]
            assert complaints(document, schema, example["body"]) == []


def test_the_document_shows_examples_with_the_host_at_which_it_is_read(api):
    document = api.json("schema/", format="json")
    listed = document["paths"]["/api/v1/agencies/"]["get"]

    shown = listed["responses"]["200"]["content"]["application/json"]["examples"]
    assert all(row["url"].startswith("http://testserver/") for row in shown["communes"]["value"]["results"])
    assert listed["x-codeSamples"][0]["source"].startswith("curl 'http://testserver/api/v1/agencies/?kind=commune")
    assert document["servers"] == [{"url": "http://testserver", "description": "Tỉnh Sông Lam"}]
