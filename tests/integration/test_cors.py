"""Scripts of other sites: all of them read what is public, the named ones send tokens, none of them cookies."""

import pytest

FOREIGN, NAMED = "https://bao.example.com", "https://cong.example.gov.vn"
ORIGIN = "Access-Control-Allow-Origin"
PUBLIC = [
    "/", "/danh-muc/", "/api/pages/", "/api/images/", "/api/documents/", "/api/v1/catalogs/", "/api/v1/items/",
    "/api/v1/schema/", "/du-lieu-mo/danh-muc.csv", "/du-lieu-mo/catalog.jsonld", "/api/v1/khong-co/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _named(settings):
    settings.CORS_ALLOWED_ORIGINS = [NAMED]


def preflight(client, path, origin, method, headers=""):
    asked = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return client.options(path, headers=asked)


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("origin", [FOREIGN, NAMED, "null"])
def test_what_is_public_is_read_from_anywhere(client, db, path, origin):
    answer = client.get(path, headers={"Origin": origin})

    assert answer[ORIGIN] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "origin" not in answer.get("Vary", "").lower()
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    asked = preflight(client, path, origin, "GET", "if-none-match")
    assert (asked.status_code, asked[ORIGIN], asked["Access-Control-Allow-Methods"]) == (200, "*", "GET, HEAD")
    assert "authorization" not in asked["Access-Control-Allow-Headers"]


def test_a_kept_answer_is_read_from_anywhere_too(client, db, settings):
    settings.THUOCDO_PUBLIC_CACHE_SECONDS = 60
    answers = [client.get("/api/pages/", headers={"Origin": FOREIGN}) for _ in range(2)]

    assert [answer[ORIGIN] for answer in answers] == ["*", "*"]
    assert answers[1]["Cache-Status"] == "thuocdo; hit"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/accounts/login/"])
@pytest.mark.parametrize("origin", [FOREIGN, NAMED])
def test_screens_of_officials_are_read_from_nowhere(client, db, path, origin):
    assert ORIGIN not in client.get(path, headers={"Origin": origin})
    assert ORIGIN not in preflight(client, path, origin, "POST")


def test_who_is_signed_in_here_reads_nothing_elsewhere(client, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")

    for origin in (FOREIGN, NAMED):
        answer = client.get("/api/v1/items/", headers={"Origin": origin})
        assert answer.get(ORIGIN) != "*"
        assert "Access-Control-Allow-Credentials" not in answer
    assert ORIGIN not in client.get("/api/v1/items/", headers={"Origin": FOREIGN})


@pytest.mark.parametrize(("method", "headers"), [("GET", "authorization"), ("POST", "content-type"), ("DELETE", "")])
def test_tokens_and_writing_are_for_named_sites_alone(client, db, method, headers):
    assert ORIGIN not in preflight(client, "/api/v1/imports/", FOREIGN, method, headers)
    asked = preflight(client, "/api/v1/imports/", NAMED, method, headers)

    assert asked[ORIGIN] == NAMED
    assert "authorization" in asked["Access-Control-Allow-Headers"]
    assert "origin" in asked["Vary"].lower()
    assert "Access-Control-Allow-Credentials" not in asked
    sent = {"Authorization": "Bearer thuocdo_khong-co"}
    assert ORIGIN not in client.get("/api/v1/items/", headers=sent | {"Origin": FOREIGN})
    assert client.get("/api/v1/items/", headers=sent | {"Origin": NAMED})[ORIGIN] == NAMED


def test_no_site_is_named_unless_the_province_names_it():
    from cms.settings import base

    assert base.CORS_ALLOWED_ORIGINS == []
