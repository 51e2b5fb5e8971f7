"""Tokens of an hour for an id and a secret: as a well-known client asks, and as RFC 6749 says that they are refused."""

import base64
import datetime
import json

import httpx
import pytest
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from api.clients.actions import GRANTED_FOR, OVERLAP, InvalidClient, add_client, make_secret, revoke_client
from api.clients.models import RETENTION, ApiClient, ApiSecret, ApiToken, Scope
from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState

ADDRESS = "https://testserver/api/oauth/token"
MONTH = datetime.timedelta(days=30)
READ, SEND = Scope.CATALOGS_READ.value, Scope.IMPORTS_WRITE.value


@pytest.fixture(autouse=True)
def one_connection():
    """Let requests of the WSGI application leave the test's own connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def program(province, db):
    """Return a client that may read and send, with its OAuth2 id and secret."""
    last_day = timezone.localdate() + MONTH
    client, _token = add_client(
        by=None, name="Phần mềm", agency=province.statistics, scopes=[READ, SEND], last_day=last_day
    )
    return client, *make_secret(by=None, client=client, last_day=last_day)


def asking(identity, secret, **more):
    """Return a well-known client, which asks the platform itself."""
    transport = httpx.WSGITransport(app=get_wsgi_application())
    return OAuth2Client(identity, secret, transport=transport, base_url="https://testserver", **more)


def post(identity="", secret="", form=None, secure=True, **headers):
    """Return the answer to a call as it is written by hand."""
    if identity:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{identity}:{secret}".encode()).decode()
    sent = {"grant_type": "client_credentials"} if form is None else form
    body = sent if isinstance(sent, str) else "&".join(f"{name}={value}" for name, value in sent.items())
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    return client.post(
        "/api/oauth/token", body, content_type="application/x-www-form-urlencoded", headers=headers, secure=secure
    )  # fmt: skip


def refused(answer, status, error):
    """Hold a refusal against RFC 6749, section 5.2."""
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer["Content-Type"].startswith("application/json") and answer["Cache-Control"] == "no-store"
    return True


@pytest.mark.parametrize("way", ["client_secret_basic", "client_secret_post"])
def test_a_well_known_client_gets_a_token_and_reads_with_it(program, way):
    _client, identity, secret = program
    client = asking(identity, secret, token_endpoint_auth_method=way)

    token = client.fetch_token(ADDRESS, grant_type="client_credentials")

    assert (token["token_type"], token["expires_in"]) == ("Bearer", 3600)
    assert set(token["scope"].split()) == {READ, SEND} and "refresh_token" not in token
    assert client.get("/api/v1/imports/").status_code == 200
    assert client.get("/api/v1/versions/?state=draft").json()["results"] == []


def test_a_token_is_good_for_what_was_asked_and_lasts_an_hour(program):
    client, identity, secret = program
    asker = asking(identity, secret)

    asker.fetch_token(ADDRESS, grant_type="client_credentials", scope=READ)

    assert asker.get("/api/v1/items/").status_code == 200
    assert asker.get("/api/v1/imports/").json()["code"] == "scope_missing"
    held = client.tokens.get(granted_for__isnull=False)
    assert held.scopes == [READ] and held.expires_at - held.made_at <= GRANTED_FOR
    ApiToken.objects.filter(pk=held.pk).update(expires_at=timezone.now())
    # Sent again after its hour it opens nothing.
    assert httpx.Client.get(asker, "/api/v1/items/", headers=_bearer(asker)).status_code == 401


def _bearer(asker):
    return {"Authorization": f"Bearer {asker.token['access_token']}"}


def test_a_token_never_opens_more_than_its_client_may_now(program):
    client, identity, secret = program
    asker = asking(identity, secret)
    asker.fetch_token(ADDRESS, grant_type="client_credentials")

    ApiClient.objects.filter(pk=client.pk).update(scopes=[READ])

    assert asker.get("/api/v1/imports/").json()["code"] == "scope_missing"


def test_a_client_that_is_revoked_loses_its_tokens_and_gets_no_others(program):
    client, identity, secret = program
    asker = asking(identity, secret)
    asker.fetch_token(ADDRESS, grant_type="client_credentials")

    revoke_client(by=None, client=client, reason="Thay phần mềm")

    assert asker.get("/api/v1/items/").status_code == 401
    with pytest.raises(OAuthError, match="invalid_client"):
        asker.fetch_token(ADDRESS, grant_type="client_credentials")
    with pytest.raises(WrongState):
        make_secret(by=None, client=client, last_day=timezone.localdate())


def _ended(client):
    ApiSecret.objects.update(expires_at=timezone.now())


def _elsewhere(client):
    ApiClient.objects.update(networks=["10.0.0.0/8"])


def _closed(client):
    type(client.user).objects.filter(pk=client.user_id).update(is_active=False)


@pytest.mark.parametrize(("change", "why"), [(_ended, "secret"), (_elsewhere, "network"), (_closed, "closed")])
def test_why_a_secret_does_not_hold_is_told_to_the_ledger_alone(program, change, why):
    client, identity, secret = program
    change(client)

    answer, unknown, wrong = post(identity, secret), post("khong-co", secret), post(identity, "sai")

    for each in (answer, unknown, wrong):
        assert refused(each, 401, "invalid_client") and each["WWW-Authenticate"].startswith("Basic")
        assert each.content == answer.content
    noted = AuditEvent.objects.filter(action="api_client.refuse_token").order_by("sequence")
    assert [event.after["why"] for event in noted] == [why, "secret"]
    assert not client.tokens.filter(granted_for__isnull=False).exists()


@pytest.mark.parametrize("scope", [Scope.CATALOGS_WRITE.value, f"{READ}+all"])
def test_a_scope_that_the_client_does_not_have_is_refused(program, scope):
    _client, identity, secret = program

    assert refused(post(identity, secret, {"grant_type": "client_credentials", "scope": scope}), 400, "invalid_scope")


@pytest.mark.parametrize(
    ("form", "headers", "status", "error"),
    [
        ({"grant_type": "password"}, {}, 400, "unsupported_grant_type"),
        ({}, {}, 400, "unsupported_grant_type"),
        ("grant_type=client_credentials&scope=a&scope=b", {}, 400, "invalid_request"),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic ////"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic YWJj"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials", "client_id": "a%00", "client_secret": "b"}, {}, 401, "invalid_client"),
    ],
)
def test_what_is_no_proper_call_is_refused(db, form, headers, status, error):
    assert refused(post(form=form, **headers), status, error)


def test_who_asks_is_said_in_one_way_and_in_the_body_alone(program):
    _client, identity, secret = program
    form = {"grant_type": "client_credentials", "client_id": identity, "client_secret": secret}
    both = post(identity, secret, form)
    browser = Client(raise_request_exception=False)
    in_address = browser.post("/api/oauth/token", query_params=form, data=b"", content_type="text/plain", secure=True)
    as_json = browser.post("/api/oauth/token", json.dumps(form), content_type="application/json", secure=True)

    assert refused(both, 400, "invalid_request") and refused(in_address, 400, "invalid_request")
    assert refused(as_json, 400, "unsupported_grant_type")
    assert browser.get("/api/oauth/token").status_code == 405
    other = browser.post(
        "/api/oauth/token", "grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded; charset=latin-1", secure=True,
    )  # fmt: skip
    assert other.status_code == 400


def test_a_secret_that_came_in_the_open_is_refused(program):
    _client, identity, secret = program

    assert refused(post(identity, secret, secure=False), 400, "insecure_transport")


def test_a_new_secret_leaves_the_earlier_one_a_day_and_tokens_alone(program):
    client, identity, earlier = program
    again, later = make_secret(by=None, client=client, last_day=timezone.localdate() + MONTH)

    assert again == identity
    assert post(identity, earlier).status_code == post(identity, later).status_code == 200
    assert ApiSecret.objects.get(digest=ApiSecret.digest_of(earlier)).expires_at <= timezone.now() + OVERLAP


def test_a_secret_ends_within_a_year_and_is_made_by_administrators(program, people):
    client, *_rest = program

    with pytest.raises(InvalidClient):
        make_secret(by=None, client=client, last_day=timezone.localdate() + 20 * MONTH)
    with pytest.raises(NotAllowed):
        make_secret(by=people["editor"], client=client, last_day=timezone.localdate())


def test_what_happens_is_in_the_ledger_and_no_secret_is_kept_anywhere(program):
    client, identity, secret = program
    answer = post(identity, secret)
    token = answer.json()["access_token"]

    granted = AuditEvent.objects.get(action="api_client.grant_token")
    assert (granted.actor_name, granted.agency_code, granted.after["scopes"]) == ("Phần mềm", "thong-ke", [READ, SEND])
    assert AuditEvent.objects.filter(action="api_client.make_secret").exists()
    reported = json.dumps(list(AuditEvent.objects.values("before", "after", "reason", "subject_label")))
    rows = json.dumps([*ApiToken.objects.values(), *ApiSecret.objects.values()], default=str)
    for text in (secret, token):
        assert text[20:] not in reported + rows
    assert client.secrets.get().last_used_from == "127.0.0.1"


def test_old_tokens_of_an_hour_are_swept_and_those_that_people_made_stay(program):
    client, identity, secret = program
    post(identity, secret)
    ApiToken.objects.update(expires_at=timezone.now() - RETENTION)

    post(identity, secret)

    assert (client.tokens.shown().count(), client.tokens.count()) == (1, 2)


def test_guessing_is_slowed_down(db, monkeypatch):
    from api.throttling import GrantRateThrottle

    monkeypatch.setattr(GrantRateThrottle, "THROTTLE_RATES", {"oauth": "2/min"})
    cache.clear()
    answers = [post("a", "b") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[-1]["Retry-After"] and answers[-1]["Cache-Control"] == "no-store"


def test_the_server_describes_itself(client, db):
    described = client.get("/.well-known/oauth-authorization-server", secure=True).json()

    assert (described["issuer"], described["token_endpoint"]) == ("https://testserver", ADDRESS)
    assert described["grant_types_supported"] == ["client_credentials"]
    assert set(described["scopes_supported"]) == set(Scope.values)


def test_where_it_is_switched_off_nothing_of_it_is_there(program, client, people, settings, api):
    made, identity, secret = program
    document = api.json("schema/", format="json")
    scheme = document["components"]["securitySchemes"]["oauth2"]
    assert scheme["flows"]["clientCredentials"]["tokenUrl"] == ADDRESS.replace("https", "http")
    assert {"oauth2": [READ]} in document["paths"]["/api/v1/items/"]["get"]["security"]

    settings.THUOCDO_OAUTH = False

    client.force_login(people["technical_admin"])
    assert post(identity, secret).status_code == 404
    assert client.get("/.well-known/oauth-authorization-server").status_code == 404
    assert client.get(reverse("api_clients:secret", args=[made.pk])).status_code == 404
    assert "OAuth2" not in client.get(reverse("api_clients:client", args=[made.pk])).content.decode()
    assert "oauth2" not in api.json("schema/", format="json")["components"]["securitySchemes"]


def test_an_administrator_makes_a_secret_on_screens(program, client, people):
    made, identity, _secret = program
    client.force_login(people["technical_admin"])
    form = {"last_day": f"{timezone.localdate() + MONTH:%d/%m/%Y}"}

    shown = client.post(reverse("api_clients:secret", args=[made.pk]), form)

    text = shown.content.decode()
    secret = shown.context["secret"]
    assert secret in text and identity in text and "/api/oauth/token" in text and "no-store" in shown["Cache-Control"]
    assert post(identity, secret).status_code == 200
    page = client.get(reverse("api_clients:client", args=[made.pk])).content.decode()
    assert identity in page and secret not in page and secret[:12] in page
    # Tokens that come and go every hour are not listed beside those that people made.
    assert page.count("<code>thuocdo_") == 1
    assert "Phần mềm" in client.get(reverse("api_clients:list")).content.decode()
