"""The commands of docs/api.md, section Writing, are run as they stand there, one after the other."""

from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from tests.integration.api.commands import commands, run


def test_who_follows_the_document_starts_a_version_and_takes_it_away(province, people, samples):
    scopes, last_day = [Scope.CATALOGS_READ, Scope.CATALOGS_WRITE], timezone.localdate()
    given = {"agency": province.statistics, "scopes": scopes, "last_day": last_day}
    _client, secret = add_client(by=None, name="Phần mềm", **given)
    known, answers = {"TOKEN": secret}, []
    for command in commands("Writing"):
        answers.append(run(command, known, samples))
        assert answers[-1].status_code < 300, (command, answers[-1].content)
        known |= {"ETAG": answers[-1]["ETag"]} if "ETag" in answers[-1] else {}

    assert answers[-1].status_code == 204 and not CatalogVersion.objects.exists()
    acts = AuditEvent.objects.filter(action__startswith="catalog_version").values_list("action", flat=True)
    assert [act.partition(".")[2] for act in acts.order_by("sequence")][:2] == ["start", "edit"]
