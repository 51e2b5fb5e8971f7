"""The commands about uploads in docs/api.md are run as they stand there, one after the other."""

import json
import re

from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.catalogs.models import CatalogItem
from tests.integration.api.commands import commands, run, section
from tests.integration.importers.test_mappings import own_workbook


def test_who_follows_the_document_writes_a_catalog_and_takes_it_back(
    province, people, samples, django_capture_on_commit_callbacks
):
    last_day = timezone.localdate()
    _client, secret = add_client(
        by=None, name="Phần mềm", agency=province.statistics, scopes=[Scope.IMPORTS_WRITE], last_day=last_day
    )
    known, answers, states = {"TOKEN": secret}, [], []
    for command in commands("Uploads"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = run(command, known, samples)
        assert answer.status_code in (200, 202), (command, answer.content)
        reported = answer.json()
        answers.append(reported)
        states.append(reported.get("state"))
        known |= {"ID": reported["id"]} if reported.get("id") else {}
        known |= {"SEEN": reported["checked_at"]} if reported.get("checked_at") else {}

    assert states == ["checking", "previewed", None, None, "committed", None, "undone"]
    assert (answers[2]["results"], len(answers[3]["results"]), answers[5]["removed"]) == ([], 8, 8)
    promised = json.loads(re.findall(r'```json\n(\{"verdict".*?)```', section("Uploads"), re.DOTALL)[0])
    assert promised.items() <= answers[1]["report"].items()
    assert not CatalogItem.objects.exists()


def test_who_follows_the_document_has_own_headings_read(
    api, province, people, samples, batch_of, django_capture_on_commit_callbacks
):
    client, secret = add_client(
        by=None,
        name="Phần mềm",
        agency=province.statistics,
        scopes=[Scope.IMPORTS_WRITE],
        last_day=timezone.localdate(),
    )
    refused = batch_of(client.user, province.statistics, own_workbook())
    look, match, remembered = commands("Headings of an agency's own")
    known = {"TOKEN": secret, "ID": str(refused.pk)}

    proposed = run(look, known, samples).json()
    assert [column["certainty"] in ("known", "matched") for column in proposed["columns"]] == [False] * 7
    with django_capture_on_commit_callbacks(execute=True):
        assert run(match, known, samples).status_code == 202
    assert api.json(f"imports/{refused.pk}/", people["uploader"])["state"] == "previewed"
    assert len(run(remembered, known, samples).json()["results"]) == 7
