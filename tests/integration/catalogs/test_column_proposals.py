"""Under which heading and to whom decided versions show an added column is changed by two persons, never by one."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.errors import ReasonRequired
from cms.catalogs.models import CatalogVersion, ExtraColumn
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.actions import grant_membership
from cms.users.enums import Role
from cms.users.models import User
from tests.factories import catalogs
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
SECRET = "chỉ nội bộ biết"


@pytest.fixture
def decided(people, province) -> CatalogVersion:
    """Return a public version whose first item holds something in a public column and in one of appraisers."""
    for name, audience in (("Mức ưu tiên", "everyone"), ("Ghi chú nội bộ", "appraisers")):
        actions.save_column(by=people["editor"], name=name, audience=audience)
    version = catalogs.make_version(people["uploader"], province.statistics)
    actions.edit_items(
        by=people["editor"], version=version, items=version.items.all()[:1],
        changes={"extra.muc_uu_tien": "Cao", "extra.ghi_chu_noi_bo": SECRET},
    )  # fmt: skip
    catalogs.submit(version, people["uploader"])
    catalogs.accept(version, people["approver"])
    return catalogs.decide(version, people["provincial_approver"])


def column(key: str = "muc_uu_tien") -> ExtraColumn:
    return ExtraColumn.objects.get(key=key)


def change(by: User, key: str = "muc_uu_tien", **fields) -> ExtraColumn:
    return actions.save_column(by=by, column_id=column(key).pk, **fields)


def test_one_person_does_not_rename_what_a_decided_version_shows(client, people, decided) -> None:
    change(people["editor"], name="Mức phải làm lại", help_text="1 là tệ nhất")

    assert (column().name, column().help_text) == ("Mức ưu tiên", "")
    assert column().proposed == {"name": "Mức phải làm lại", "help_text": "1 là tệ nhất"}
    headings = client.get("/api/v1/columns/").json()["results"]
    assert [(one["name"], one["guidance"]) for one in headings] == [("Mức ưu tiên", "")]


def test_one_person_does_not_open_what_was_hidden(client, people, decided) -> None:
    for audience in ("everyone", "offices"):
        change(people["editor"], "ghi_chu_noi_bo", audience=audience)

        assert column("ghi_chu_noi_bo").audience == "appraisers"
        answer = client.get("/api/v1/catalogs/thong-ke/versions/1/items/").content.decode()
        assert SECRET not in answer


def test_closing_is_at_once_and_drops_a_wish_to_open(people, decided) -> None:
    change(people["editor"], audience="offices")
    assert column().audience == "offices"
    change(people["editor"], audience="everyone", name="Độ ưu tiên")
    assert column().proposed == {"audience": "everyone", "name": "Độ ưu tiên"}

    change(people["editor"], audience="appraisers")

    assert (column().audience, column().proposed) == ("appraisers", {"name": "Độ ưu tiên"})


def test_all_else_is_so_at_once_and_leaves_what_waits(people, decided) -> None:
    change(people["editor"], name="Độ ưu tiên")
    change(people["editor"], position=9, required=True, name="Mức ưu tiên")

    assert (column().position, column().required, column().proposed) == (9, True, {"name": "Độ ưu tiên"})


def test_what_nothing_holds_yet_is_changed_by_one(people, decided) -> None:
    fresh = actions.save_column(by=people["editor"], name="Cột mới", audience="appraisers")

    actions.save_column(by=people["editor"], column_id=fresh.pk, name="Tên khác", audience="everyone")

    assert (column("cot_moi").name, column("cot_moi").audience) == ("Tên khác", "everyone")


def test_a_second_person_confirms_what_they_saw(people, decided) -> None:
    was = change(people["editor"], name="Tên thứ nhất")
    now = change(people["editor"], name="Độ ưu tiên")
    with pytest.raises(WrongState):
        actions.confirm_column(by=people["approver"], column=now, seen=was.proposed_at)

    actions.confirm_column(by=people["approver"], column=now, seen=now.proposed_at)

    assert (column().name, column().proposed, column().proposed_by) == ("Độ ưu tiên", {}, None)
    reported = AuditEvent.objects.filter(action__startswith="column.").order_by("-sequence")[0]
    assert (reported.action, reported.actor_id) == ("column.confirm", people["approver"].pk)
    assert (reported.before, reported.after) == ({"name": "Mức ưu tiên"}, {"name": "Độ ưu tiên"})
    with pytest.raises(WrongState):
        actions.confirm_column(by=people["approver"], column=now, seen=now.proposed_at)


@pytest.mark.parametrize("who", ["editor", "second_editor", "provincial_approver", "uploader", "technical_admin"])
def test_nobody_but_an_approver_confirms(people, province, decided, who) -> None:
    waiting = change(people["editor"], name="Độ ưu tiên")
    person = people.get(who) or make_member(Role.EDITOR, province.home_affairs)

    with pytest.raises(NotAllowed):
        actions.confirm_column(by=person, column=waiting, seen=waiting.proposed_at)
    assert column().name == "Mức ưu tiên"


def test_who_is_both_confirms_nothing_of_their_own(people, province, decided) -> None:
    grant_membership(by=None, user=people["approver"], role=Role.EDITOR, agency=province.home_affairs)
    both = User.objects.get(pk=people["approver"].pk)
    waiting = change(both, name="Độ ưu tiên")

    with pytest.raises(NotAllowed):
        actions.confirm_column(by=both, column=waiting, seen=waiting.proposed_at)


def test_a_proposal_is_refused_with_a_reason_or_taken_back(people, province, decided) -> None:
    waiting = change(people["editor"], name="Độ ưu tiên")
    with pytest.raises(ReasonRequired):
        actions.refuse_column(by=people["approver"], column=waiting, reason=" ")
    with pytest.raises(NotAllowed):
        actions.refuse_column(by=people["uploader"], column=waiting, reason="Thử")
    actions.refuse_column(by=people["approver"], column=waiting, reason="Dễ hiểu nhầm")
    assert (column().name, column().proposed) == ("Mức ưu tiên", {})

    again = change(people["editor"], name="Độ ưu tiên")
    actions.refuse_column(by=people["editor"], column=again, reason="Nhầm")
    assert column().proposed_at is None
    assert list(AuditEvent.objects.filter(action="column.refuse").values_list("reason", flat=True).order_by("pk")) == [
        "Dễ hiểu nhầm",
        "Nhầm",
    ]


def test_a_heading_that_was_taken_meanwhile_is_not_confirmed(people, decided) -> None:
    waiting = change(people["editor"], name="Độ ưu tiên")
    actions.save_column(by=people["editor"], name="Độ ưu tiên")

    with pytest.raises(WrongState):
        actions.confirm_column(by=people["approver"], column=waiting, seen=waiting.proposed_at)
    assert column().name == "Mức ưu tiên"


def test_from_the_editors_screen_over_the_first_screen_to_the_approvers(client: Client, people, decided) -> None:
    client.force_login(people["editor"])
    form = {"name": "Độ ưu tiên", "kind": "text", "audience": "everyone", "in_use": "on", "position": "1"}
    saved = client.post(f"/admin/columns/edit/{column().pk}/", form, follow=True).content.decode()
    assert "sẽ có hiệu lực khi người phê duyệt thẩm định xác nhận" in saved
    screen = reverse("catalogs:column_proposal", args=[column().pk])
    assert screen in client.get(f"/admin/columns/edit/{column().pk}/").content.decode()
    assert 'value="confirm"' not in client.get(screen).content.decode()

    client.force_login(people["approver"])
    assert screen in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(screen)
    assert "Độ ưu tiên" in page.content.decode()
    client.post(screen, {"act": "refuse", "seen": page.context["form"]["seen"].value()})
    assert column().proposed_at is not None
    client.post(screen, {"act": "confirm", "seen": page.context["form"]["seen"].value()})

    assert column().name == "Độ ưu tiên"
    assert screen not in client.get(reverse("wagtailadmin_home")).content.decode()
