"""The commands under Uploads of docs/api.md are run as they stand there, one after the other."""

import json
import re

from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.catalogs.models import CatalogItem
from tests.integration.api.commands import commands, run, section


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
        told = answer.json()
        answers.append(told)
        states.append(told.get("state"))
        known |= {"ID": told["id"]} if told.get("id") else {}
        known |= {"SEEN": told["checked_at"]} if told.get("checked_at") else {}

    assert states == ["checking", "previewed", None, None, "committed", None, "undone"]
    assert (answers[2]["results"], len(answers[3]["results"]), answers[5]["removed"]) == ([], 8, 8)
    promised = json.loads(re.findall(r'```json\n(\{"verdict".*?)```', section("Uploads"), re.DOTALL)[0])
    assert promised.items() <= answers[1]["report"].items()
    assert not CatalogItem.objects.exists()
