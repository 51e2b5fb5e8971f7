"""Keys of others' work inside forms and filters: nothing is shown, nothing is changed."""

import pytest
from django.urls import reverse

from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.organisations.models import Membership
from cms.users.enums import Role
from tests.authorisation.asking import ask
from tests.authorisation.bodies import body, bulk, changed_item, grant
from tests.authorisation.canaries import leaks
from tests.authorisation.world import World, canary


def contents(relation: str, world: World) -> list[tuple[object, ...]]:
    """Return everything in the items of a version."""
    return list(CatalogItem.objects.filter(version=world.subjects[relation].version).order_by("pk").values_list())


@pytest.mark.parametrize("act", ["edit", "remove"])
@pytest.mark.parametrize("relation", ["other", "own_submitted", "public"])
def test_a_bulk_edit_stays_in_its_version(world, relation, act):
    own, foreign = world.subjects["own"], world.subjects[relation]
    before = contents(relation, world)

    form = bulk(own.item, foreign.item) | {"act": act}
    world.clients["uploader"].post(reverse("catalogs:items_bulk", args=[own.version]), form)

    assert contents(relation, world) == before
    item = CatalogItem.objects.filter(pk=own.item).first()
    assert item is None if act == "remove" else item is not None and item.note == "Cùng sửa"


@pytest.mark.parametrize("relation", ["other", "public", "missing"])
def test_a_bulk_edit_of_others_items_alone_does_nothing(world, relation):
    own = world.subjects["own"]

    answer = ask(
        world.clients["uploader"],
        "POST",
        reverse("catalogs:items_bulk", args=[own.version]),
        bulk(world.subjects[relation].item),
    )

    assert answer.word == "redirect"


@pytest.mark.parametrize("screen", ["catalogs:item", "catalogs:item_note"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("outer", "inner"), [("own", "other"), ("own", "public"), ("own_submitted", "other")])
@pytest.mark.parametrize("role", ["uploader", "editor"])
def test_an_item_is_reached_through_its_own_version_alone(world, role, outer, inner, method, screen):
    where = reverse(screen, args=[world.subjects[outer].version, world.subjects[inner].item])
    form = changed_item(CatalogItem.objects.get(pk=world.subjects[inner].item)) | {"text": "Ghi chú"}

    answer = ask(world.clients[role], method, where, form if method == "POST" else None)

    assert answer.word in ("404", "refused")
    assert not leaks(answer, role)


@pytest.mark.parametrize(("role", "relation"), [("uploader", "other"), ("agency_head", "other_submitted")])
@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("api_v1:versions", "agency"), ("api_v1:items", "agency"), ("api_v1:items-export", "agency"),
        ("api_v1:catalogs", "search"), ("api_v1:events", "agency"),
    ],
)  # fmt: skip
def test_a_list_of_the_api_narrowed_to_another_agency_shows_nothing_of_it(world, role, relation, name, parameter):
    code = world.subjects[relation].agency_code

    answer = ask(world.clients[role], "GET", reverse(name), {parameter: code})

    assert answer.word == "ok"
    assert f"/catalogs/{code}/" not in answer.body.decode()


@pytest.mark.parametrize("role", ["anonymous", "nobody", "technical_admin", "uploader", "api_client"])
@pytest.mark.parametrize("place", ["other", "other_submitted", "other_appraised"])
def test_a_search_finds_no_draft_of_another_agency(world, role, place):
    for where, name in SEARCHES:
        answer = ask(world.clients[role], "GET", where, {name: canary(place)})
        assert _finds_nothing(answer), where


SEARCHES = (
    ("/api/v1/items/", "search"),
    ("/api/v1/versions/", "search"),
    ("/danh-muc/tim-kiem/", "q"),
    ("/tim-kiem/", "q"),
    ("/danh-muc/", "q"),
    ("/api/pages/", "search"),
    ("/admin/pages/search/", "q"),
    ("/admin/imports/", "q"),
    ("/admin/catalogs/", "q"),
    ("/admin/audit/", "q"),
)


def _finds_nothing(answer) -> bool:
    """Return whether the answer is a refusal, or holds the word only where the form repeats it."""
    if answer.word != "ok":
        return True
    if answer.response["Content-Type"].startswith("application/json"):
        found = answer.response.json()
        return not found.get("results", found.get("items"))
    return b"/items/" not in answer.body and b"/muc/" not in answer.body


def test_the_earlier_version_of_a_difference_has_to_be_readable(world):
    own = world.subjects["own_submitted"]
    where = reverse("api_v1:difference", args=[own.agency_code, own.number])
    public = world.subjects["public"]

    assert ask(world.clients["uploader"], "GET", where, {"from": 99}).word == "bad"
    draft_as_earlier = reverse("api_v1:difference", args=[public.agency_code, public.number])
    refused = [
        ask(world.clients[role], "GET", draft_as_earlier, {"from": number})
        for role in ("anonymous", "provincial_approver", "technical_admin")
        for number in (world.subjects["own"].number, 99)
    ]
    assert {answer.word for answer in refused} == {"bad"}
    assert len({len(answer.body) for answer in refused[:2]}) == 1


def test_uploads_narrowed_to_another_agency_are_not_there(world):
    where = reverse("importers:batch_list")

    theirs, nothing = (
        ask(world.clients["uploader"], "GET", where, {"agency": world.subjects[relation].agency})
        for relation in ("other", "missing")
    )

    assert (theirs.word, nothing.word) == ("404", "404")
    assert len(theirs.body) == len(nothing.body)


@pytest.mark.parametrize("role", ["uploader", "agency_head"])
def test_the_table_of_agencies_searched_for_another_one_is_empty(world, role):
    answer = ask(world.clients[role], "GET", reverse("catalogs:overview"), {"q": "Văn phòng"})

    assert "Văn phòng UBND tỉnh" not in answer.body.decode()


def test_the_next_waiting_after_anothers_version_leads_to_nothing_of_theirs(world):
    where = reverse("catalogs:next")

    answers = [
        ask(world.clients["uploader"], "GET", where, {"after": world.subjects[relation].version})
        for relation in ("other", "other_submitted", "missing")
    ]

    assert len({answer.response.url for answer in answers}) == 1


@pytest.mark.parametrize("role", ["uploader", "agency_head"])
def test_the_ledger_narrowed_to_another_agency_is_empty(world, role):
    for query in ({"agency": "van-phong"}, {"agency": "Văn phòng"}, {"q": "Văn phòng"}, {"below": 10**9}):
        answer = ask(world.clients[role], "GET", reverse("audit:event_list"), query)
        assert f"/admin/audit/{world.subjects['other'].event}/" not in answer.body.decode()


def test_an_administrator_gives_themselves_nothing(world):
    me = world.people["technical_admin"]
    where = reverse("organisations:membership_grant")

    for role in Role:
        answer = ask(world.clients["technical_admin"], "POST", where, grant(me.pk, role, world.province.root.pk))
        assert answer.word == "ok", role


@pytest.mark.parametrize("screen", ["account_closing", "account_password", "account_second_factor", "account_release"])
def test_an_administrator_does_nothing_to_their_own_account(world, screen):
    where = reverse(f"organisations:{screen}", args=[world.people["technical_admin"].pk])

    answer = ask(world.clients["technical_admin"], "POST", where, {"reason": "Thử"})

    assert answer.word in ("ok", "refused")


def test_an_administrator_does_not_revoke_their_own_role(world):
    own = world.people["technical_admin"].memberships.get()
    where = reverse("organisations:membership_revoke", args=[own.pk])

    answer = ask(world.clients["technical_admin"], "POST", where, {"reason": "Thử"})

    assert answer.word in ("ok", "refused")


def test_who_gave_a_role_or_holds_it_does_not_confirm_it(world):
    membership = Membership.objects.get(pk=world.things["waiting"])
    where = reverse("organisations:membership_confirm", args=[membership.pk])

    Membership.objects.filter(pk=membership.pk).update(granted_by=world.people["technical_admin"])
    assert ask(world.clients["technical_admin"], "POST", where).word == "refused"
    Membership.objects.filter(pk=membership.pk).update(granted_by=None, user=world.people["approver"])
    assert ask(world.clients["approver"], "POST", where).word == "refused"


@pytest.mark.parametrize("field", ["state", "created_by", "catalog", "number", "decision_number", "published_at"])
def test_what_a_form_does_not_ask_for_is_not_set(world, field):
    version = world.version("own")
    form = body("catalogs:details", "own", world) | {field: "9"}

    world.clients["uploader"].post(reverse("catalogs:details", args=[version.pk]), form)

    changed = CatalogVersion.objects.get(pk=version.pk)
    assert changed.standard_unit == "Soạn thảo văn bản khác"
    assert getattr(changed, field) == getattr(version, field)
