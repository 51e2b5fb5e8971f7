"""What is no stranger's to read is found by no stranger, however they look: pages, files, lists, searches, refusals."""

import re
from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client

from api.clients.models import ApiToken
from api.webhooks.models import WebhookEndpoint
from cms.users.models import User
from tests.authorisation.addresses import address, possible_relations
from tests.authorisation.asking import ask
from tests.authorisation.canaries import places_shown
from tests.authorisation.walker import all_routes
from tests.authorisation.world import canary
from tests.crawling import walk

pytestmark = pytest.mark.one_database("both databases show the same rows")

# A word that stands nowhere, as long as every canary is made here.
NOWHERE = "khongcotudaucadau"
# The beginning of every canary, for searches that look for parts of words, and whole ones for those that do not.
SEARCHED = (canary("")[:-1], *map(canary, ("own", "own_note", "other_submitted", "own_hidden", "own_framework")))
SEARCHES = (
    ("/", "q"), ("/danh-muc/", "q"), ("/danh-muc/tim-kiem/", "q"), ("/tim-kiem/", "q"), ("/api/pages/", "search"),
    *((f"/api/v1/{name}/", "search") for name in ("agencies", "catalogs", "frameworks", "items", "items/export")),
    ("/api/v1/items/", "code"), ("/api/v1/items/", "field"),
)  # fmt: skip


@pytest.fixture
def strangers(world):
    """Return who has no part in anything of the own and the other agency: nobody, and the clerk of a commune."""
    clerk = Client(raise_request_exception=False)
    clerk.force_login(User.objects.get(pk=world.things["user"]), backend="cms.organisations.backends.MembershipBackend")
    return {"anonymous": Client(raise_request_exception=False), "clerk": clerk}


def _everywhere(world):
    """Return every address outside the admin, in each of its relations; test_table.py looks at the admin."""
    addresses = {
        address(route, relation, world) for route in all_routes() for relation in sorted(possible_relations(route))
    }
    return sorted(where for where in addresses if not where.startswith("/admin/") and "logout" not in where)


def test_no_address_shows_strangers_a_canary(world, strangers):
    addresses, secrets = _everywhere(world), _secrets()
    shown = []
    for who, client in strangers.items():
        for where in addresses:
            body = ask(client, "GET", where).body
            if found := [*places_shown(body), *(secret for secret in secrets if secret.encode() in body)]:
                shown.append(f"{where} as {who}: {found}")

    assert {"/", "/minh-bach/", "/api/v1/items/export/"} <= set(addresses)
    assert not shown, "\n".join(shown)


def _secrets():
    """Return what is kept of tokens and of the keys that sign."""
    tokens, webhooks = ApiToken.objects.values_list("digest", flat=True), WebhookEndpoint.objects.all()
    kept = [*tokens, *webhooks.values_list("secret", flat=True)]
    assert len(kept) > 3
    return kept


def test_no_page_on_the_way_from_the_front_shows_a_canary(world, strangers):
    shown, pages = [], 0
    for who, client in strangers.items():
        for where, response in walk(client, ["/", "/danh-muc/tim-kiem/?q=bao+cao"], limit=60):
            pages += 1
            body = b"".join(response.streaming_content) if response.streaming else response.content
            if found := places_shown(body):
                shown.append(f"{where} as {who}: {found}")

    assert pages > 60
    assert not shown, "\n".join(shown)


def test_a_search_for_a_canary_is_answered_as_one_for_a_word_that_stands_nowhere(world, strangers):
    different = []
    for (who, client), (where, name) in product(strangers.items(), SEARCHES):
        nothing = _searched(client, where, name, NOWHERE)
        different += [
            f"{where}?{name}={word} as {who}" for word in SEARCHED if _searched(client, where, name, word) != nothing
        ]

    assert not different, "\n".join(different)


def _searched(client, where, name, word):
    answer = ask(client, "GET", f"{where}?{name}={quote(word)}")
    body = re.sub(rb"csrf[\w\s\"'=:-]*[\w-]{64}|nonce-[\w=+/-]+|\"request_id\":\"\w+\"", b"", answer.body)
    return answer.response.status_code, body.replace(word.encode(), b"")
