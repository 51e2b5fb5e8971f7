"""Every role's main screens, seen by the browser itself: nothing calls outside, and axe-core finds nothing on ours."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.screens import addresses, make_world
from tests.browsing import PHONE, accessibility_faults

pytestmark = [pytest.mark.browser, pytest.mark.one_database("look at how screens are built")]

# What a page may load, send to, or ask the browser to prepare; links that a person follows are not among them.
_LOADED = "link[href], script[src], img[src], iframe[src], source[src], form[action], [srcset], use[href]"
_READ = "elements => elements.map(element => element.href?.baseVal ?? element.href ?? element.src ?? element.action)"
# How long scripts may take, in milliseconds, to ask for more once a page stands.
_AFTERTHOUGHTS = 150
# What the browser itself says about an address that is not there.
_NOT_FOUND = "404 (Not Found)"
# Wagtail's own faults, on Wagtail's own screens and in the markup of its own parts: an address and what axe-core says.
OF_WAGTAIL = (
    (r"/admin/pages/\d+/edit/", r"aria-input-field-name .*public-DraftEditor-content"),
    (r"/admin/pages/search/", r"aria-allowed-role .*<h2 role=\"alert\">"),
    (r"/admin/pages/search/", r"heading-order .*id=\"other-searches-title\""),
    (r"/admin/reports/workflow/", r"empty-heading .*<h2></h2>"),
    (r"/admin/frameworks/(add|edit)/", r"page-has-heading-one "),
)
# Pages of the API's documentation are drawn by the scripts of Swagger and Redoc.
DRAWN_ELSEWHERE = ("/api/v1/docs/", "/api/v1/redoc/")


def of_wagtail(address, fault):
    """Return whether a fault is one that Wagtail brings along."""
    return any(re.match(screen, address) and re.match(said, fault, re.DOTALL) for screen, said in OF_WAGTAIL)


def watch(page, complaints):
    """Note what the browser says against a page: refused scripts, styles and addresses, errors, broken answers."""

    def note(message):
        if message.type in ("error", "warning") and _NOT_FOUND not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", lambda answer: answer.status >= 500 and complaints.append(f"{answer.status} {answer.url}"))


def _is_web(target):
    return isinstance(target, str) and urlsplit(target).scheme in ("http", "https")


def faults_of(page, address):
    return (
        []
        if address.startswith(DRAWN_ELSEWHERE)
        else [f"{address}: {fault}" for fault in accessibility_faults(page) if not of_wagtail(address, fault)]
    )


def named_outside(page, host):
    targets = page.eval_on_selector_all(_LOADED, _READ)
    hosts = {urlsplit(target).netloc for target in targets if _is_web(target)}
    return [f"{page.url} names {other}" for other in hosts - {host}]


def _led_away(page, address):
    """Return whether a screen sent its visitor elsewhere: a refusal would be looked at in its stead."""
    return urlsplit(page.url).path != urlsplit(address).path


def test_no_screen_calls_outside_breaks_its_own_policy_or_shuts_anybody_out(live_browser, people, province, samples):
    world = make_world(people, province, (samples / "thong-ke.v2.xlsx").read_bytes())
    host = urlsplit(live_browser.url).netloc
    complaints, elsewhere, faults, seen = [], [], [], set()

    for role, screens in addresses(world).items():
        page = live_browser.page(people.get(role))
        watch(page, complaints)
        for address in screens:
            page.goto(address)
            page.wait_for_timeout(_AFTERTHOUGHTS)
            elsewhere += [f"{role}: {address} ends at {page.url}"] if _led_away(page, address) else []
            complaints += named_outside(page, host)
            # What everybody sees the same is looked at once.
            faults += faults_of(page, address) if address == "/admin/" or address not in seen else []
            seen.add(address)

    assert live_browser.outside == []
    assert complaints == []
    assert elsewhere == []
    assert faults == []


# The admin scrolls a box of its own, other pages scroll the document.
_TOO_WIDE = "['html', 'main'].some(box => (document.querySelector(box)?.scrollWidth ?? 0) > window.innerWidth)"
# Wagtail's own lists and the panel beside its editors, which are wider than a telephone.
WIDE_OF_WAGTAIL = re.compile(
    r"/admin/(pages|reports)/|/admin/(columns|frameworks)/((add|edit)/.*)?$|/api/v1/(docs|redoc)/"
)


def test_no_screen_scrolls_sideways_on_a_phone(live_browser, people, province, samples):
    world = make_world(people, province, (samples / "thong-ke.v2.xlsx").read_bytes())
    wide, seen = [], set()

    for role, screens in addresses(world).items():
        page = live_browser.page(people.get(role), size=PHONE)
        for address in screens:
            if address not in seen and not WIDE_OF_WAGTAIL.match(address):
                page.goto(address)
                wide += [address] if page.evaluate(_TOO_WIDE) else []
            seen.add(address)

    assert wide == []
