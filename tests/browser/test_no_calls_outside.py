"""Nothing calls outside: every role's main screens, watched by the browser itself."""

from urllib.parse import urlsplit

import pytest

from tests.browser.screens import addresses, make_world

pytestmark = [pytest.mark.browser, pytest.mark.one_database("watch what screens load")]

# What a page may load, send to, or ask the browser to prepare; links that a person follows are not among them.
_LOADED = "link[href], script[src], img[src], iframe[src], source[src], form[action], [srcset], use[href]"
_READ = "elements => elements.map(element => element.href?.baseVal ?? element.href ?? element.src ?? element.action)"
# How long scripts may take, in milliseconds, to ask for more once a page stands.
_AFTERTHOUGHTS = 150
# What the browser itself says about an address that is not there.
_NOT_FOUND = "404 (Not Found)"


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


def test_no_screen_calls_outside_or_breaks_its_own_policy(live_browser, people, province, samples):
    world = make_world(people, province, (samples / "thong-ke.v2.xlsx").read_bytes())
    complaints = []

    for role, screens in addresses(world).items():
        page = live_browser.page(people.get(role))
        watch(page, complaints)
        for address in screens:
            page.goto(address)
            page.wait_for_timeout(_AFTERTHOUGHTS)
            targets = page.eval_on_selector_all(_LOADED, _READ)
            hosts = {urlsplit(target).netloc for target in targets if _is_web(target)}
            complaints += [f"{address} names {host}" for host in hosts - {urlsplit(live_browser.url).netloc}]

    assert live_browser.outside == []
    assert complaints == []
