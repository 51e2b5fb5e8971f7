"""Programs with tokens: what a token opens and what it does not, and how it is made, renewed and ended."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from api.clients.actions import LONGEST, OVERLAP, InvalidClient, add_client, revoke_client, rotate_token
from api.clients.models import ApiClient, ApiToken, Scope
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.actions import grant_membership
from cms.organisations.errors import DutiesApart
from cms.users.enums import Role
from importers import actions as imports
from importers.models import ImportBatch
from tests.authorisation.world import officers_file
from tests.factories import catalogs

MONTH = datetime.timedelta(days=30)


@pytest.fixture
def make_client(province, db):
    """Return the maker of clients of the statistics office: the client, and its token."""

    def make(*scopes, **given):
        last_day = timezone.localdate() + MONTH
        values = {"by": None, "name": "Phần mềm", "agency": province.statistics, "last_day": last_day}
        return add_client(**(values | {"scopes": scopes or Scope.values} | given))

    return make


def ask(secret, path="imports/", method="get", data=None, **headers):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    sent = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "1"} | headers
    form = {"content_type": "application/json"} if isinstance(data, dict) and "file" not in data else {}
    path = path if path.startswith(("http", "/")) else f"/api/v1/{path}"
    return getattr(client, method)(path, data, headers=sent, **form)


def test_a_program_takes_a_file_from_sending_to_undoing(make_client, good, django_capture_on_commit_callbacks):
    _client, secret = make_client()
    form = {"file": SimpleUploadedFile("a.xlsx", good), "agency": "thong-ke"}

    with django_capture_on_commit_callbacks(execute=True):
        sent = ask(secret, method="post", data=form)
    upload = ask(secret, sent["Location"]).json()
    written = ask(secret, f"{upload['url']}commit/", "post", {"seen": upload["checked_at"]})
    undone = ask(secret, f"{upload['url']}undo/", "post", {})

    assert (sent.status_code, written.json()["state"], undone.json()["state"]) == (202, "committed", "undone")
    assert upload["uploaded_by"] == "Phần mềm" and not upload["on_behalf"]
    assert AuditEvent.objects.get(action="import.commit").actor_name == "Phần mềm"


@pytest.fixture
def good(samples):
    """Return a workbook of eight items without an error."""
    return (samples / "thong-ke.v1.xlsx").read_bytes()


def test_a_program_reads_its_own_agencys_drafts_and_no_others(make_client, people, province):
    catalogs.make_version(people["uploader"], province.statistics)
    catalogs.make_version(people["other_uploader"], province.office)
    _client, secret = make_client(Scope.CATALOGS_READ)

    found = ask(secret, "versions/?state=draft").json()["results"]

    assert [version["agency"]["code"] for version in found] == ["thong-ke"]
    assert ask(secret, "catalogs/van-phong/versions/1/").status_code == 404


@pytest.mark.parametrize(
    ("scope", "path"),
    [(Scope.CATALOGS_READ, "imports/"), (Scope.IMPORTS_WRITE, "items/"), (Scope.IMPORTS_WRITE, "versions/")],
)
def test_a_token_is_used_for_what_it_was_made_for_alone(make_client, scope, path):
    _client, secret = make_client(scope)

    answer = ask(secret, path)

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_lists_of_officers_are_not_for_tokens(make_client, people, province):
    _client, secret = make_client()
    file = officers_file()
    imports.upload(
        by=people["uploader"], agency=province.statistics, file=file, name="a.csv", kind="officers", wait=True
    )

    refused = ask(secret, method="post", data={"file": officers_file(), "agency": "thong-ke", "kind": "officers"})

    assert refused.json()["errors"][0]["field"] == "kind"
    assert ask(secret).json()["results"] == []
    assert ask(secret, f"imports/{ImportBatch.objects.get().pk}/").status_code == 404


def test_a_program_sends_for_its_agency_and_what_is_below_alone(make_client, good, province):
    _client, secret = make_client()

    def send(agency, key):
        form = {"file": SimpleUploadedFile("a.xlsx", good), "agency": agency}
        return ask(secret, method="post", data=form, **{"Idempotency-Key": key})

    assert send("van-phong", "1").json()["errors"][0]["code"] == "unknown_agency"
    assert send("thong-ke", "2").status_code == 202


def _ended(client, token):
    ApiToken.objects.update(expires_at=timezone.now())


def _revoked(client, token):
    ApiClient.objects.update(revoked_at=timezone.now())


def _closed(client, token):
    type(client.user).objects.filter(pk=client.user_id).update(is_active=False)


def _elsewhere(client, token):
    ApiClient.objects.update(networks=["10.0.0.0/8", "2001:db8::/32"])


@pytest.mark.parametrize("change", [_ended, _revoked, _closed, _elsewhere])
def test_a_token_that_does_not_hold_opens_nothing_and_says_nothing(make_client, change):
    client, secret = make_client()
    assert ask(secret).status_code == 200

    change(client, secret)

    answer, unknown = ask(secret), ask("thuocdo_khong-co")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}
    # Not even what everybody may read: a program should learn that its token is gone.
    assert ask(secret, "agencies/").status_code == 401


def test_a_program_asks_from_its_networks(make_client):
    _client, secret = make_client(networks=["127.0.0.0/8"])

    assert ask(secret).status_code == 200


@pytest.mark.parametrize(
    "header", ["Basic abc", "Bearer", "bearer x y", "Bearer \ud800".encode("utf-8", "replace").decode(), "Token x"]
)
def test_what_is_no_token_is_no_way_in(db, header):
    client = Client(raise_request_exception=False)

    assert client.get("/api/v1/imports/", headers={"Authorization": header}).status_code == 401


def test_nobody_signs_in_as_a_program(make_client):
    client, secret = make_client()

    assert not client.user.has_usable_password()
    assert not Client().login(username=client.user.username, password=secret)


def test_of_a_token_only_its_digest_is_kept(make_client):
    client, secret = make_client()

    held = ApiToken.objects.get()
    assert held.digest == ApiToken.digest_of(secret)
    assert len(secret) > 43 and secret.startswith(held.hint) and len(held.hint) < 13
    assert not AuditEvent.objects.filter(after__icontains=secret[20:]).exists()


def test_that_a_token_is_used_is_written_down_now_and_then(make_client, django_assert_num_queries):
    _client, secret = make_client()
    ask(secret, "agencies/")
    first = ApiToken.objects.get()

    ask(secret, "agencies/")

    assert first.last_used_from == "127.0.0.1" and first.last_used_at is not None
    assert ApiToken.objects.get().last_used_at == first.last_used_at


def test_a_new_token_leaves_the_earlier_one_a_day(make_client):
    client, earlier = make_client()

    later = rotate_token(by=None, client=client, last_day=timezone.localdate() + MONTH)

    assert ask(earlier).status_code == ask(later).status_code == 200
    old = ApiToken.objects.get(digest=ApiToken.digest_of(earlier))
    assert old.expires_at <= timezone.now() + OVERLAP
    assert AuditEvent.objects.filter(action="api_client.rotate").count() == 1


def test_a_revoked_client_is_ended_for_good(make_client):
    client, secret = make_client()

    revoke_client(by=None, client=client, reason="Thay phần mềm")

    client.user.refresh_from_db()
    assert ask(secret).status_code == 401
    assert not client.user.is_active and not client.user.memberships.current().exists()
    for act in (revoke_client, rotate_token):
        given = {"reason": "x"} if act is revoke_client else {"last_day": timezone.localdate()}
        with pytest.raises(WrongState):
            act(by=None, client=client, **given)
    event = AuditEvent.objects.get(action="api_client.revoke")
    assert (event.reason, event.agency_code) == ("Thay phần mềm", "thong-ke")


@pytest.mark.parametrize(
    "given",
    [
        {"scopes": []}, {"scopes": ["all"]}, {"networks": ["10.0.0.0/33"]}, {"networks": ["noi-bo"]},
        {"last_day": datetime.date(2020, 1, 1)}, {"last_day": timezone.localdate() + LONGEST + MONTH},
    ],
)  # fmt: skip
def test_a_client_that_cannot_be_is_refused(make_client, given):
    with pytest.raises(InvalidClient):
        make_client(**given)

    assert not ApiClient.objects.exists()


@pytest.mark.parametrize("role", ["editor", "approver", "uploader", "api_client"])
def test_administrators_alone_keep_clients(make_client, people, role):
    client, _secret = make_client()

    for act in (
        lambda by: make_client(by=by),
        lambda by: rotate_token(by=by, client=client, last_day=timezone.localdate()),
        lambda by: revoke_client(by=by, client=client, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act(people[role])


def test_a_programs_role_stands_alone(make_client, people, province):
    client, _secret = make_client()

    with pytest.raises(DutiesApart):
        grant_membership(by=None, user=client.user, role=Role.UPLOADER, agency=province.office)
    with pytest.raises(DutiesApart):
        grant_membership(by=None, user=people["editor"], role=Role.API_CLIENT, agency=province.office)


def test_an_administrator_makes_renews_and_revokes_on_screens(client, people, province):
    client.force_login(people["technical_admin"])
    last_day = timezone.localdate() + MONTH
    form = {
        "name": "Phần mềm quản lý công việc", "agency": province.statistics.pk, "scopes": [Scope.IMPORTS_WRITE],
        "networks": "127.0.0.1\n10.0.0.0/8", "last_day": f"{last_day:%d/%m/%Y}",
    }  # fmt: skip

    shown = client.post(reverse("api_clients:add"), form)
    made = ApiClient.objects.get()
    secret = shown.context["secret"]
    assert secret in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert (made.networks, timezone.localdate(made.tokens.get().expires_at)) == (
        ["127.0.0.1/32", "10.0.0.0/8"],
        last_day,
    )
    assert ask(secret).status_code == 200

    page = client.get(reverse("api_clients:client", args=[made.pk])).content.decode()
    assert made.tokens.get().hint in page and secret not in page
    again = client.post(reverse("api_clients:rotate", args=[made.pk]), {"last_day": f"{last_day:%d/%m/%Y}"})
    assert again.context["secret"] != secret
    client.post(reverse("api_clients:revoke", args=[made.pk]), {"reason": "Thay phần mềm"})
    assert ask(secret).status_code == 401
    assert "Đã thu hồi" in client.get(reverse("api_clients:list"), {"q": "phan mem"}).content.decode()


def test_a_form_that_cannot_be_says_why(client, people, province):
    client.force_login(people["technical_admin"])
    form = {"name": "x", "agency": province.statistics.pk, "scopes": [Scope.IMPORTS_WRITE], "networks": "noi-bo"}

    page = client.post(reverse("api_clients:add"), form | {"last_day": f"{timezone.localdate():%d/%m/%Y}"})

    assert "10.1.2.0/24" in str(page.context["form"].non_field_errors())
    assert not ApiClient.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_many(client, people, make_client, django_assert_max_num_queries):
    client.force_login(people["technical_admin"])
    for _ in range(5):
        make_client()

    client.get(reverse("api_clients:list"))
    with django_assert_max_num_queries(25):
        client.get(reverse("api_clients:list"))


def test_without_a_catalog_of_its_own_nothing_is_there(make_client):
    _client, secret = make_client()

    assert ask(secret, "versions/?state=draft").json()["results"] == []
    assert not CatalogVersion.objects.exists()
