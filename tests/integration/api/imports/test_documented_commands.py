"""The commands of docs/api.md are run as they stand there, one after the other."""

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.catalogs.models import CatalogItem

DOCUMENT = Path(__file__).parents[4] / "docs" / "api.md"


def commands():
    """Return the curl commands of the document."""
    blocks = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    text = "".join(blocks).replace("\\\n", " ")
    return [line for line in text.splitlines() if line.startswith("curl ")]


def run(command, known, samples):
    """Do what curl would do."""
    for name, value in known.items():
        command = command.replace(f"${name}", value)
    words = iter(shlex.split(command)[1:])
    method, headers, form, body, address = "GET", {}, {}, None, ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-F":
            name, _equals, value = next(words).partition("=")
            form[name] = _file(samples / value[1:]) if value.startswith("@") else value
        elif word == "-d":
            body = next(words)
        else:
            address = word
    where = urlsplit(address)
    client = Client(enforce_csrf_checks=True)
    if form:
        return client.post(where.path, form, headers=headers)
    content_type = headers.pop("Content-Type", "application/json")
    return client.generic(method, f"{where.path}?{where.query}", body or "", content_type, headers=headers)


def _file(path):
    return SimpleUploadedFile(path.name, path.read_bytes())


def test_who_follows_the_document_writes_a_catalog_and_takes_it_back(
    province, people, samples, django_capture_on_commit_callbacks
):
    last_day = timezone.localdate()
    _client, secret = add_client(
        by=None, name="Phần mềm", agency=province.statistics, scopes=[Scope.IMPORTS_WRITE], last_day=last_day
    )
    known, answers, states = {"TOKEN": secret}, [], []
    for command in commands():
        with django_capture_on_commit_callbacks(execute=True):
            answer = run(command, known, samples)
        assert answer.status_code in (200, 202), (command, answer.content)
        told = answer.json()
        answers.append(told)
        states.append(told.get("state"))
        known |= {"ID": told["id"]} if told.get("id") else {}
        known |= {"SEEN": told["checked_at"]} if told.get("checked_at") else {}

    assert states == ["checking", "previewed", None, None, "committed", None, "undone"]
    assert (answers[2]["results"], len(answers[3]["results"]), answers[5]["removed"]) == ([], 8, 8)
    promised = json.loads(re.findall(r'```json\n(\{"verdict".*?)```', DOCUMENT.read_text("utf-8"), re.DOTALL)[0])
    assert promised.items() <= answers[1]["report"].items()
    assert not CatalogItem.objects.exists()
