"""The portal's own pages in a browser: every block, for everybody, on a phone, calling nobody."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cms.users.models import User
from tests.browsing import DESKTOP, LiveBrowser, accessibility_faults
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.factories.content import add_content_page, add_news, every_block
from tests.factories.figures import publish_figures
from tests.integration.api.portal import add_picture

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def addresses(live_browser: LiveBrowser, people: dict[str, User], province: Province) -> list[str]:
    """Publish a page of every block, and return what is looked at."""
    publish_figures()
    draft = catalogs.make_version(people["uploader"], province.statistics, items=3)
    accepted = catalogs.accept(catalogs.submit(draft, draft.created_by), people["editor"])
    catalog = catalogs.decide(accepted, people["provincial_approver"], timezone.localdate()).catalog.page
    image = {"image": add_picture("Trụ sở").pk, "decorative": False, "alt_text": "Toà nhà"}
    picture = {"type": "picture", "value": {"image": image, "caption": "Trụ sở"}}
    page = add_content_page([*every_block(catalog), picture])
    news = add_news([("Công bố đợt một", timezone.localdate(), "Chín cơ quan.")])
    return [page.url, "/", news.url, news.get_first_child().url]


@pytest.mark.one_database("look at how screens are built")
def test_pages_of_the_portal_are_accessible_fit_a_phone_and_call_nobody(
    live_browser: LiveBrowser, addresses: list[str]
) -> None:
    faults = {}
    for size in (DESKTOP, PHONE):
        page = live_browser.page(size=size, bypass_csp=True)
        for address in addresses:
            page.goto(address)
            if found := accessibility_faults(page):
                faults[address] = found
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults[f"{address} on {size}"] = ["scrolls sideways"]

    assert faults == {}
    assert live_browser.outside == []
