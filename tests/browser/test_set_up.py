"""The link of an invitation in a browser, which sends its own headers with the form."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.screens import set_up_address
from tests.browsing import LiveBrowser
from tests.factories.agencies import Province

pytestmark = [pytest.mark.browser, pytest.mark.one_database("a look at a screen")]


def test_an_officer_sets_a_password_by_the_link(live_browser: LiveBrowser, province: Province) -> None:
    page = live_browser.page()
    page.goto(set_up_address(province))
    for box in page.locator("input[type=password]").all():
        box.fill("mat-khau-rat-dai-2026")
    page.get_by_role("button", name="Đặt mật khẩu").click()
    expect(page).to_have_url(f"{live_browser.url}/cua-toi/")
