"""Positions: their scope, and their versions, each with its approval."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.deletion import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.organisations import actions
from cms.organisations.errors import InvalidPosition
from cms.organisations.models import Position, PositionVersion
from tests.factories.officers import make_position

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2025, 1, 1), date(2026, 1, 1)


def approve(position, effective_from=FIRST, number="12/QĐ-UBND", by=None):
    return actions.approve_position(
        by=by, position=position, number=number, approved_on=min(effective_from, timezone.localdate()),
        effective_from=effective_from,
    )  # fmt: skip


def edit(position, by=None, **changed):
    """Save the position with what is changed beside what its last version says."""
    position.refresh_from_db()
    latest = position.latest_version()
    said = {name: getattr(latest, name) for name in actions.VERSIONED}
    own = {"code": position.code, "kind": position.kind, "agency": position.agency}
    return actions.save_position(by=by, position=position, **(own | said | changed))


def test_what_is_approved_holds_until_a_later_version_is(people):
    position = make_position()
    edit(position, by=people["editor"], description="Tổng hợp", competency="Bậc 3")
    assert (position.versions.count(), position.version_on(SECOND)) == (1, None)

    approve(position, by=people["editor"])
    edit(position, description="Tổng hợp, báo cáo")
    assert position.version_on(SECOND).description == "Tổng hợp"

    approve(position, SECOND, "34/QĐ-UBND")
    held = [position.version_on(day) for day in (FIRST - timedelta(1), FIRST, SECOND - timedelta(1), SECOND)]
    assert [version and (version.number, version.description, version.competency) for version in held] == [
        None, (1, "Tổng hợp", "Bậc 3"), (1, "Tổng hợp", "Bậc 3"), (2, "Tổng hợp, báo cáo", "Bậc 3"),
    ]  # fmt: skip
    reported = AuditEvent.objects.filter(action="position.approve").earliest("sequence")
    assert (reported.actor_id, reported.subject_label) == (people["editor"].pk, "Chuyên viên")
    assert reported.after["approval_number"] == "12/QĐ-UBND"


def test_an_approved_position_keeps_its_name_until_the_new_one_is_approved(province):
    position = make_position()
    approve(position)

    edit(position, name="Chuyên viên chính", kind="support", agency=province.office)
    position.refresh_from_db()
    assert (position.name, position.kind, position.agency) == ("Chuyên viên", "support", province.office)

    approve(position, SECOND)
    position.refresh_from_db()
    assert position.name == "Chuyên viên chính"
    assert Position.objects.search("chuyen vien chinh").get() == position
    assert position.version_on(FIRST).name == "Chuyên viên"


def test_a_draft_that_says_again_what_is_approved_is_forgotten():
    position = make_position()
    approve(position)
    edit(position, description="Nhầm")
    edit(position, description="")

    assert position.versions.count() == 1
    with pytest.raises(InvalidPosition):
        approve(position, SECOND)


def test_an_approval_that_cannot_be_is_refused():
    position = make_position()
    tomorrow = timezone.localdate() + timedelta(1)
    approval = {"by": None, "position": position, "number": "1", "approved_on": SECOND, "effective_from": SECOND}
    for wrong in ({"number": " "}, {"approved_on": tomorrow}):
        with pytest.raises(InvalidPosition):
            actions.approve_position(**(approval | wrong))
    actions.approve_position(**approval)

    edit(position, description="Mới")
    with pytest.raises(InvalidPosition):
        approve(position, FIRST)
    edit(position, name="Tên mới")
    with pytest.raises(InvalidPosition):
        approve(position, tomorrow)
    edit(position, name="Chuyên viên")
    assert approve(position, tomorrow).effective_from == tomorrow
    assert position.version_on(tomorrow).number == 2


def test_a_name_that_another_position_of_the_group_took_meanwhile_is_refused():
    position, other = make_position(), make_position("khac", "Khác")
    approve(position)
    edit(position, name="Tên mới")
    edit(other, name="Tên mới")

    with pytest.raises(InvalidPosition):
        approve(position, SECOND)


def test_texts_have_a_length():
    with pytest.raises(InvalidPosition):
        edit(make_position(), description="x" * 20_001)


def test_editors_alone_approve(people):
    for role in ("uploader", "agency_head", "approver", "technical_admin"):
        with pytest.raises(NotAllowed):
            approve(make_position(), by=people[role])


def test_the_database_keeps_approved_versions_as_they_are():
    version = approve(make_position())
    rows = PositionVersion.objects.filter(pk=version.pk)
    taken = PositionVersion(position=version.position, number=1, name="X", group=version.group, pk=version.pk)
    values = f"{version.pk}, 1, 'X', {version.group_id}, '', '', '', {version.position_id}"
    columns = "id, number, name, group_id, description, competency, approval_number, position_id"

    for attempt in (
        lambda: rows.update(description="X"),
        lambda: rows.update(approved_on=None, effective_from=None, approval_number=""),
        lambda: taken.save(force_update=True),
        lambda: rows.delete(),
        lambda: connection.cursor().execute("DELETE FROM organisations_positionversion"),
        lambda: connection.cursor().execute(
            f"REPLACE INTO organisations_positionversion ({columns}) VALUES ({values})"
            if connection.vendor == "sqlite"
            else "TRUNCATE organisations_positionversion"
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    with pytest.raises(ProtectedError):
        version.position.delete()


def test_a_draft_is_one_and_has_no_half_approval():
    draft = make_position().latest_version()

    for wrong in ({"number": 2}, {"number": 2, "approved_on": FIRST}, {"number": 2, "approval_number": "1"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PositionVersion.objects.create(position=draft.position, name="X", group=draft.group, **wrong)


# Who reads which


def test_agencies_read_the_positions_that_are_there_for_them(client, people, province):
    for code, agency in (
        ("ca-tinh", None), ("van-phong", province.office), ("cap-tren", province.statistics),
        ("cua-nha", province.division),
    ):  # fmt: skip
        edit(make_position(code, f"Vị trí {code}"), agency=agency)

    def shown(role):
        client.force_login(people[role])
        page = client.get(reverse("organisations:position_list")).content.decode()
        return [code for code in ("ca-tinh", "van-phong", "cap-tren", "cua-nha") if f"Vị trí {code}" in page]

    assert shown("uploader") == ["ca-tinh", "cap-tren", "cua-nha"]
    assert shown("approver") == ["ca-tinh", "van-phong", "cap-tren", "cua-nha"]
    client.force_login(people["uploader"])
    hidden = Position.objects.get(code="van-phong").pk
    assert client.get(reverse("organisations:position_edit", args=[hidden])).status_code == 404


def test_a_draft_is_shown_to_editors_alone(client, people):
    position = make_position()
    edit(position, description="Đã duyệt")
    approve(position)
    edit(position, description="Còn dự thảo")

    def page(role, name, *args):
        client.force_login(people[role])
        return client.get(reverse(f"organisations:{name}", args=args)).content.decode()

    assert "Còn dự thảo" in page("editor", "position_edit", position.pk)
    read = page("uploader", "position_edit", position.pk)
    assert "Đã duyệt" in read
    assert "Còn dự thảo" not in read
    assert "<textarea" not in read
    assert "dự thảo đang chờ phê duyệt" in page("editor", "position_list")
    assert "dự thảo đang chờ phê duyệt" not in page("uploader", "position_list")
    assert "12/QĐ-UBND" in page("uploader", "position_list")


def test_an_editor_writes_approves_and_finds_the_earlier_version(client, people, province):
    group = make_position().group
    client.force_login(people["editor"])
    said = {"code": "ke-toan", "name": "Kế toán", "kind": "professional", "group": group.pk,
            "agency": province.office.pk, "description": "Ghi sổ", "competency": "Bậc 2"}  # fmt: skip
    client.post(reverse("organisations:position_add"), said)
    position = Position.objects.get(code="ke-toan")
    places = [reverse(f"organisations:position_{name}", args=[position.pk]) for name in ("edit", "approve")]

    client.post(places[1], {"number": "7/QĐ", "approved_on": "01/01/2025", "effective_from": "01/01/2025"})
    client.post(places[0], said | {"description": "Ghi sổ, quyết toán"})
    early = client.post(places[1], {"number": "8/QĐ", "approved_on": "31/12/2024", "effective_from": "31/12/2024"})
    assert "01/01/2025" in early.content.decode()
    client.post(places[1], {"number": "8/QĐ", "approved_on": "01/01/2026", "effective_from": "01/01/2026"})

    page = client.get(places[0]).content.decode()
    assert all(words in page for words in ("7/QĐ", "8/QĐ", "Ghi sổ<", "Ghi sổ, quyết toán", "đang áp dụng"))
    assert position.version_on(SECOND).description == "Ghi sổ, quyết toán"


def test_the_list_costs_the_same_however_long(client, people):
    client.force_login(people["editor"])

    def queries():
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("organisations:position_list"))
        return len(caught)

    approve(make_position())
    queries()
    few = queries()
    for number in range(5):
        approve(make_position(f"vi-tri-{number}", f"Vị trí {number}"))
    assert queries() == few
