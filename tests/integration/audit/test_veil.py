"""Administrators see of catalogs that they moved, not what was written in them."""

import pytest

from cms.audit.models import AuditEvent
from cms.catalogs import actions
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


def test_what_stands_in_columns_is_worded_for_those_who_see_them_alone(client, people, province):
    for fields in (
        {"name": "Hạn rà soát", "kind": "date", "audience": "offices"},
        {"name": "Ghi chú nội bộ", "audience": "appraisers"},
    ):
        actions.save_column(by=people["editor"], **fields)
    version = catalogs.make_submitted(people, province.statistics)
    first, second, _third = version.items.in_order()
    hidden = {"extra.ghi_chu_noi_bo": "lời kín"}
    for item, changes in ((first, hidden), (second, hidden | {"extra.han_ra_soat": "2026-06-05"})):
        actions.edit_items(
            by=people["editor"], version=version, items=[item], changes=changes, reason=f"Vì {item.code}"
        )
    actions.remove_items(by=people["editor"], version=version, items=[first], reason="Trùng")
    last = AuditEvent.objects.latest("sequence").sequence

    texts = {}
    for who in ("editor", "agency_head", "technical_admin"):
        client.force_login(people[who])
        addresses = ("/admin/audit/", *(f"/admin/audit/{last - back}/" for back in range(3)))
        texts[who] = [client.get(address).content.decode() for address in addresses]

    assert all("lời kín" in text for text in texts["editor"][1:])
    assert not any("lời kín" in text or "Ghi chú nội bộ" in text for text in texts["agency_head"])
    assert "Hạn rà soát: 05/06/2026" in texts["agency_head"][2]
    assert f"Vì {second.code}" in texts["agency_head"][2]
    assert f"Vì {first.code}" not in "".join(texts["agency_head"])
    assert not any("lời kín" in text or "05/06/2026" in text for text in texts["technical_admin"])


def test_a_page_of_the_ledger_reads_the_columns_once(client, people, draft, django_assert_max_num_queries):
    column = actions.save_column(by=people["editor"], name="Ghi chú riêng")
    for number in range(20):
        changes = {column.field_name: f"lần {number}"}
        actions.edit_items(by=people["editor"], version=draft, items=draft.items.all(), changes=changes)
    client.force_login(people["agency_head"])
    client.get("/admin/audit/")
    with django_assert_max_num_queries(20):
        assert client.get("/admin/audit/").status_code == 200
