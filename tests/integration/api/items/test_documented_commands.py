"""The commands under Items and Many at once of docs/api.md are run as they stand there, one after the other."""

import json
import re

from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from tests.integration.api.commands import commands, run, section
from tests.integration.api.items.conftest import codes


def test_who_follows_the_document_writes_items(draft, province, samples):
    scopes = [Scope.CATALOGS_READ, Scope.CATALOGS_WRITE]
    last_day = timezone.localdate()
    _client, secret = add_client(by=None, name="Phần mềm", agency=province.statistics, scopes=scopes, last_day=last_day)
    item = draft.items.in_order().first()
    known = {"TOKEN": secret, "NUMBER": str(draft.number), "ITEM": str(item.identity)}
    statuses = []
    for command in [*commands("Items"), *commands("Many at once")]:
        answer = run(command, known, samples)
        statuses.append(answer.status_code)
        known |= {"ETAG": answer["ETag"]} if "ETag" in answer else {}
        known |= {"NEW": answer.json()["identity"]} if answer.status_code == 201 else {}

    assert statuses == [200, 200, 201, 204, 200]
    reported = answer.json()
    promised = json.loads(re.findall(r"```json\n(.*?)```", section("Many at once"), re.DOTALL)[0])
    assert reported["counts"] == promised["counts"]
    assert [(one["id"], one["status"], one["code"], one["errors"]) for one in reported["results"]] == [
        (one["id"], one["status"], one["code"], one["errors"]) for one in promised["results"]
    ]
    assert "TK.00102" in codes(draft) and item.code not in codes(draft)
