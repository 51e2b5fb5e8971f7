"""An editor looks at a page's text before it is public."""

import pytest

from catalog_pages.actions import page_of

pytestmark = pytest.mark.browser


def test_the_preview_shows_the_page_beside_its_form(live_browser, people, approved):
    page = live_browser.page(people["editor"])
    page.goto(f"/admin/pages/{page_of(approved).pk}/edit/")

    page.locator("[data-side-panel-toggle=preview]").click()

    heading = page.frame_locator("iframe").first.get_by_role("heading", level=1)
    heading.wait_for()
    assert heading.inner_text() == "Chi cục Thống kê"
