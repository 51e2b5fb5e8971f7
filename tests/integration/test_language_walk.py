"""Nobody meets English: a walk through the demo province in every role, with each form that it meets refused."""

import gettext

import polib
import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils.translation import trans_real

from importers.demo.load import ACCOUNTS, PASSWORD, load
from scripts import compile_messages
from tests.crawling import OF_A_KIND, Form, addresses_without_arguments, forms_of, html_of, kind_of, walk
from tests.english import code_in, english_in, is_english
from tests.keeping import ground

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("read the words of screens")]

VISITOR = ""
WITHOUT_ADMIN = (VISITOR, "may-khach")
# One person of each role over the whole province, and one over a block: others of the same meet the same screens.
_FIRST = {(account.role, bool(account.block)): account.username for account in reversed(ACCOUNTS)}
PEOPLE = [VISITOR, *(account.username for account in ACCOUNTS if account.username in _FIRST.values())]
FIRST_PAGES = ["/admin/", "/accounts/2fa/", "/", "/accounts/login/", "/khong-co-trang-nay/"]
# Wagtail's trial of a server error, and a chooser for making workflows, which no link of any role leads to.
LEFT_OUT = {"/admin/failwhale/", "/admin/workflows/task_chooser/"}
PAGES = 400
ABOUT_CODE = ("/api/v1/guide/", "/du-lieu-mo/", "/tro-giup/")
# Asked by Wagtail's scripts alone, which never send nothing and show no answer to that.
ONLY_BY_SCRIPTS = "/multiple/add/"


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the demo province once for all roles, and take it away again."""
    with django_db_blocker.unblock(), ground.taken():
        for _step in load():
            pass
        yield


@pytest.fixture
def asked_in_vain(monkeypatch):
    """Return the sentences that the platform asks the Vietnamese catalogue for and does not get, as a growing set."""
    missing = set()
    ours = {entry.msgstr for path in compile_messages.PARTS.glob("*.po") for entry in polib.pofile(str(path))}

    def note(self, message, *plural):
        known = message in self._catalog._catalogs[0] or self._catalog.get((message, 0)) is not None
        if self.language() == "vi" and message and not known and self._catalog.get(message) is None:
            missing.add(message)
        return (gettext.GNUTranslations.ngettext if plural else gettext.GNUTranslations.gettext)(self, message, *plural)

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", note)
    monkeypatch.setattr(trans_real.DjangoTranslation, "ngettext", note)
    yield missing
    missing -= ours


def enter(username: str) -> Client:
    """Return a browser's stand-in, signed in by the form as people do, or a visitor's."""
    client = Client(headers={"accept-language": "vi"})
    if username:
        answer = client.post("/accounts/login/", {"login": username, "password": PASSWORD})
        assert answer.status_code == 302
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def first_pages() -> list[str]:
    """Return where a walk starts: the doors, then everything that dialogs and scripts open without naming an object."""
    found = addresses_without_arguments(get_resolver().url_patterns)
    return [*FIRST_PAGES, *(address for address in found if address not in {*FIRST_PAGES, *LEFT_OUT})]


def refusals(client: Client, address: str, html: str, tried: dict[str, int]):
    """Send each form of a page empty, and filled with nonsense; yield the pages that answer. Nothing is kept."""
    for form in forms_of(html):
        target = form.action or address
        kind = kind_of(target)
        tried[kind] = tried.get(kind, 0) + 1
        if tried[kind] > OF_A_KIND or "logout" in target or target.endswith(ONLY_BY_SCRIPTS):
            continue
        if "data-w-block" in html and kind == kind_of(address):
            # A script makes the inputs of blocks and tells how many there are; Wagtail cannot read the form without.
            continue
        for values in nonsense(form):
            with transaction.atomic():
                yield target, client.post(target, values, follow=True)
                transaction.set_rollback(True)


def nonsense(form: Form):
    """Return what to send: nothing, and nonsense; what the page itself has filled in stays as it is."""
    return [dict.fromkeys(form.asked, text) | form.given for text in ("", "?!")]


def wrong_in(address: str, html: str) -> list[str]:
    """Return what a page says in English or in code; pages for programmers name what stands in files and answers."""
    return english_in(html) + ([] if address.startswith(ABOUT_CODE) else code_in(html))


@pytest.mark.parametrize("username", PEOPLE, ids=[name or "visitor" for name in PEOPLE])
def test_no_screen_and_no_refusal_of_a_role_is_in_english(demo, asked_in_vain, username):
    client = enter(username)
    english, tried, screens = {}, {}, 0

    for address, answer in walk(client, first_pages(), PAGES):
        html = html_of(answer)
        screens += answer.status_code == 200 and bool(html)
        english |= {text: address for text in wrong_in(address, html)}
        for target, refusal in refusals(client, address, html, tried):
            english |= {text: f"POST {target}" for text in wrong_in(target, html_of(refusal))}

    assert screens > (15 if username in WITHOUT_ADMIN else 75)
    assert english == {}
    assert {sentence for sentence in asked_in_vain if is_english(sentence)} == set()
