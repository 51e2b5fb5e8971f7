"""Administrators see of catalogs that they moved, not what was written in them."""

import pytest

from cms.audit.models import AuditEvent
from tests.factories import catalogs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "reads"), [("editor", True), ("agency_head", True), ("technical_admin", False)])
def test_the_reason_of_a_return_is_content(client, people, province, who, reads):
    catalogs.make_returned(people, province.statistics)
    event = AuditEvent.objects.filter(reason="Bổ sung đầu ra").last()
    client.force_login(people[who])

    for address in ("/admin/audit/", f"/admin/audit/{event.sequence}/"):
        response = client.get(address)
        assert response.status_code == 200
        assert ("Bổ sung đầu ra" in response.content.decode()) is reads
