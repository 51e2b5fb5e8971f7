"""The house itself: a browser can be opened on the served platform, and nothing is asked of the outside."""

import pytest

pytestmark = pytest.mark.browser


def test_an_editor_enters_the_admin_in_vietnamese_and_nothing_is_asked_outside(live_browser, people):
    page = live_browser.page(people["editor"])

    response = page.goto("/admin/")

    assert response.status == 200
    assert page.locator("html").get_attribute("lang") == "vi"
    assert live_browser.outside == []


def test_a_second_browser_test_finds_the_rows_that_migrations_made(live_browser, people):
    page = live_browser.page(people["uploader"])

    response = page.goto("/admin/")

    assert response.status == 200
