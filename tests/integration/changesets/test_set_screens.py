"""The screens of sets, from the proposal to the release, each for those whose step it is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog_pages.change_sets import releasing
from cms.changesets.models import ChangeSet, Proposal
from cms.users.enums import Role
from tests.factories.agencies import make_agency
from tests.factories.people import make_member
from tests.integration.changesets.conftest import WORK
from tests.integration.changesets.test_sets import facts

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"changesets:{name}", args=args)


def test_a_set_goes_from_the_agencys_proposal_to_its_release(
    client_of, people, decided, django_capture_on_commit_callbacks
):
    agency, editor, approver, decider = (
        client_of(people[role]) for role in ("uploader", "editor", "approver", "provincial_approver")
    )
    item = decided[0].items.get(name=WORK)
    form = {
        "catalog": decided[0].catalog.pk,
        "kind": "change",
        "item": item.code,
        "coefficient": "2",
        "reason": "Nặng hơn",
    }
    assert decided[1].catalog.agency.name not in agency.get(address("propose")).content.decode()
    refused = agency.post(address("propose"), form | {"item": "KHONG-CO"})
    assert "không có mục mã" in refused.content.decode()
    agency.post(address("propose"), form)
    proposal = Proposal.objects.get()
    assert proposal.contents == {"coefficient": "2", "score": "10.0000"}

    editor.post(address("add"), {"name": "Bộ quý I"})
    change_set = ChangeSet.objects.get()
    here = address("set", change_set.pk)
    assert WORK in editor.get(address("gather", change_set.pk)).content.decode()
    editor.post(address("gather", change_set.pk), {"proposal": ["x", "999999", str(proposal.pk)]})
    editor.post(here, {"act": "close"})
    page = approver.get(here).content.decode()
    assert "Đang thẩm định" in page and "Chạm tới" in page and "1 danh mục, 1 mục, 0 việc đang giao" in page
    approver.post(address("judge", proposal.pk), {"outcome": "accepted"})
    approver.post(here, {"act": "finish"})
    assert "Nhập quyết định" in decider.get(here).content.decode()
    day = f"{timezone.localdate():%d/%m/%Y}"
    decider.post(address("decide", change_set.pk), facts() | {"decision_date": day, "effective_from": day})
    change_set.refresh_from_db()
    assert change_set.state == "decided" and "Ban hành ngay" in decider.get(here).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        decider.post(here, {"act": "release"})
    change_set.refresh_from_db()
    assert change_set.state == "released" and "Đã ban hành" in editor.get(here).content.decode()
    assert "99/QĐ-UBND" in agency.get(address("proposal", proposal.pk)).content.decode()
    assert agency.get(here).status_code == 302 and agency.get(address("sets")).status_code == 302


def test_who_appraises_another_part_sees_nothing_of_a_set(client_of, people, province, decided):
    party = make_agency(province.root, name="Ban Tổ chức Tỉnh ủy", block="party")
    stranger = make_member(Role.EDITOR, party, "party", scope_block="party")
    change_set = ChangeSet.objects.create(name="Bộ của khối chính quyền", by=people["editor"])
    client = client_of(stranger)
    assert "Bộ của khối" not in client.get(address("sets")).content.decode()
    assert client.get(address("set", change_set.pk)).status_code == 404
    assert client.get(address("reopen", change_set.pk)).status_code == 404
    # Nor does the stranger put in what is about lists of others.
    own = ChangeSet.objects.create(name="Bộ của khối Đảng", by=stranger)
    item = decided[0].items.get(name=WORK)
    row = Proposal.objects.create(
        catalog=decided[0].catalog, kind="end", identity=item.identity, code=item.code, name=item.name,
        reason="Lý do", by=people["editor"],
    )  # fmt: skip
    assert WORK not in client.get(address("gather", own.pk)).content.decode()
    client.post(address("gather", own.pk), {"proposal": [row.pk]})
    row.refresh_from_db()
    assert row.change_set is None


def test_the_screen_of_a_set_asks_the_same_for_any_number(client_of, people, decided, django_assert_max_num_queries):
    change_set = ChangeSet.objects.create(name="Bộ", by=people["editor"])
    for item in decided[0].items.all():
        Proposal.objects.create(
            catalog=decided[0].catalog, kind="end", identity=item.identity, code=item.code, name=item.name,
            reason="Lý do", by=people["editor"], change_set=change_set,
        )  # fmt: skip
    client = client_of(people["editor"])
    client.get(address("set", change_set.pk))
    with django_assert_max_num_queries(30):
        client.get(address("set", change_set.pk))
    assert releasing.release_due() == []
