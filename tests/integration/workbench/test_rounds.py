"""Rounds are saved through the action, frames as labelled numbers."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import CatalogRound
from cms.core.errors import NotAllowed
from cms.organisations.enums import Block
from cms.users.enums import Role
from tests.factories.people import make_member

ROUND = {
    "year": "2026", "name": "Đợt 2026",
    "submit_by": "01/06/2026", "appraise_by": "15/06/2026", "approve_by": "30/06/2026",
    "standard_unit": "Soạn thảo", "standard_score": "7,5", "frame_1": "100", "frame_2": "200,5", "current": "on",
}  # fmt: skip
_DAY = datetime.date(2026, 6, 1)
_DAYS = {"year": 2026, "name": "x", "submit_by": _DAY, "appraise_by": _DAY, "approve_by": _DAY}


def test_an_editor_adds_a_round_with_vietnamese_dates_and_numbers(client_of, people):
    client_of(people["editor"]).post("/admin/rounds/new/", ROUND)

    added = CatalogRound.objects.get()
    assert f"{added.submit_by:%Y-%m-%d}" == "2026-06-01"
    assert (str(added.standard_score), added.frames, added.is_current) == ("7.5000", {"1": "100", "2": "200.5"}, True)
    assert AuditEvent.objects.filter(action="round.add").count() == 1


def test_a_new_current_round_ends_the_one_before(client_of, people):
    client = client_of(people["editor"])
    client.post("/admin/rounds/new/", ROUND)
    client.post("/admin/rounds/new/", ROUND | {"name": "Đợt 2027", "year": "2027"})

    assert [round_.name for round_ in CatalogRound.objects.filter(is_current=True)] == ["Đợt 2027"]


def test_deadlines_out_of_order_are_refused(client_of, people):
    response = client_of(people["editor"]).post("/admin/rounds/new/", ROUND | {"appraise_by": "01/05/2026"})

    assert response.status_code == 200
    assert not CatalogRound.objects.exists()


def test_a_change_is_recorded_with_what_was_before(client_of, people):
    client = client_of(people["editor"])
    client.post("/admin/rounds/new/", ROUND)
    round_ = CatalogRound.objects.get()

    client.post(f"/admin/rounds/edit/{round_.pk}/", ROUND | {"submit_by": "05/06/2026"})

    event = AuditEvent.objects.get(action="round.edit")
    assert (event.before, event.after) == ({"submit_by": "2026-06-01"}, {"submit_by": "2026-06-05"})


def test_the_action_itself_refuses_deadlines_out_of_order(people):
    with pytest.raises(ValidationError):
        actions.save_round(by=people["editor"], **_DAYS | {"approve_by": _DAY - datetime.timedelta(1)})


def test_a_round_is_not_deleted(client_of, people):
    client = client_of(people["editor"])
    client.post("/admin/rounds/new/", ROUND)

    client.post(f"/admin/rounds/delete/{CatalogRound.objects.get().pk}/")

    assert CatalogRound.objects.count() == 1


def test_an_editor_of_the_province_adds_the_round_of_a_block_beside_the_common_one(client_of, people):
    client = client_of(people["editor"])
    client.post("/admin/rounds/new/", ROUND)
    client.post("/admin/rounds/new/", ROUND | {"name": "Đợt khối Đảng", "block": "party"})

    current = CatalogRound.objects.current().values_list("name", "block")
    assert set(current) == {("Đợt 2026", ""), ("Đợt khối Đảng", "party")}
    page = client.get("/admin/rounds/").content.decode()
    assert "khối: Đảng" in page
    assert "các khối không có đợt riêng" in page


def test_for_whom_a_round_is_never_changes(client_of, people):
    client = client_of(people["editor"])
    client.post("/admin/rounds/new/", ROUND)
    round_ = CatalogRound.objects.get()

    client.post(f"/admin/rounds/edit/{round_.pk}/", ROUND | {"block": "party"})

    assert CatalogRound.objects.get().block == ""
    with pytest.raises(ValidationError, match="Không đổi được"):
        actions.save_round(by=people["editor"], round_id=round_.pk, block="party")


@pytest.fixture
def of_party(province):
    """Return who edits over the Party block."""
    return make_member(Role.EDITOR, province.root, "bien_tap_dang", scope_block=Block.PARTY)


def test_an_editor_over_a_block_keeps_its_rounds_alone(client_of, people, of_party):
    client_of(people["editor"]).post("/admin/rounds/new/", ROUND)
    common = CatalogRound.objects.get()
    client = client_of(of_party)

    client.post("/admin/rounds/new/", ROUND | {"name": "Đợt khối Đảng", "block": "party"})

    own = CatalogRound.objects.get(block="party")
    assert set(CatalogRound.objects.current()) == {common, own}
    listed = client.get("/admin/rounds/").content.decode()
    assert own.name in listed
    assert common.name not in listed
    for screen in ("edit", "history", "usage"):
        assert client.get(f"/admin/rounds/{screen}/{common.pk}/").status_code == 302
        assert client.get(f"/admin/rounds/{screen}/{own.pk}/").status_code == 200
    client.post(f"/admin/rounds/edit/{own.pk}/", ROUND | {"name": "Đợt khối Đảng", "submit_by": "02/06/2026"})
    own.refresh_from_db()
    assert f"{own.submit_by:%d/%m}" == "02/06"


@pytest.mark.parametrize("block", ["", "government", "front"])
def test_an_editor_over_a_block_adds_no_round_for_others(client_of, people, of_party, block):
    client_of(people["editor"]).post("/admin/rounds/new/", ROUND)
    common = CatalogRound.objects.get()

    answer = client_of(of_party).post("/admin/rounds/new/", ROUND | {"block": block})
    for of_round, change in ((None, {"block": block}), (common.pk, {"is_current": False})):
        with pytest.raises(NotAllowed):
            actions.save_round(by=of_party, round_id=of_round, **_DAYS | change)

    assert answer.status_code == 200
    assert list(CatalogRound.objects.current()) == [common]


def test_only_editors_and_only_over_blocks_keep_rounds(client_of, province):
    for role, part in (
        (Role.APPROVER, {"scope_block": Block.PARTY}),
        (Role.PROVINCIAL_APPROVER, {"scope_block": Block.PARTY}),
        (Role.EDITOR, {"scope_agency": province.statistics}),
    ):
        person = make_member(role, province.root, f"mot_phan_{role}", **part)
        assert client_of(person).get("/admin/rounds/").status_code == 302
        with pytest.raises(NotAllowed):
            actions.save_round(by=person, block=Block.PARTY, **_DAYS)


def test_who_loses_a_race_for_the_current_round_is_told(client_of, people, monkeypatch):
    client = client_of(people["editor"])
    client.post("/admin/rounds/new/", ROUND)
    # The other was made current after this person's act looked for it.
    monkeypatch.setattr("cms.catalogs.actions.rounds._end_current", lambda by, successor: None)

    answer = client.post("/admin/rounds/new/", ROUND | {"name": "Đợt 2027", "year": "2027"})

    assert answer.status_code == 200
    assert "Đã có một đợt hiện hành." in answer.content.decode()
    assert CatalogRound.objects.count() == 1
