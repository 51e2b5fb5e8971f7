"""Everybody can use the screens: forms refuse accessibly, and the keyboard reaches what one came for.

What axe-core says of each screen is asked in test_screens.py.
"""

import pytest

from tests.browser.screens import make_world
from tests.browsing import PHONE, accessibility_faults
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.browser

A_LONG_WAY = 80
_FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    return [element.labels?.[0]?.innerText || element.innerText || "", style.outlineStyle + style.boxShadow];
}"""


def test_the_second_factor_is_set_up_on_accessible_pages(live_browser, people):
    page = live_browser.page(bypass_csp=True)
    page.goto("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill("technical_admin")
    page.get_by_label("Mật khẩu", exact=True).fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("alert").first.wait_for()
    assert accessibility_faults(page) == []
    page.get_by_label("Tên đăng nhập").fill("technical_admin")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/admin/")

    page.goto("/accounts/reauthenticate/?next=/accounts/2fa/")
    assert accessibility_faults(page) == []
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for address in ("/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        page.goto(address)
        assert page.url.endswith(address)
        assert accessibility_faults(page) == []


def test_a_refused_form_says_so_accessibly(live_browser, people, province, samples):
    world = make_world(people, province, (samples / "thong-ke.v2.xlsx").read_bytes())
    page = live_browser.page(people["editor"], bypass_csp=True)
    page.goto(f"/admin/catalogs/versions/{world.waiting.pk}/items/add/")

    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Lưu").click()

    assert page.locator("[aria-invalid=true], .w-field--error, .error-message").count() > 0
    assert accessibility_faults(page) == []


def test_an_account_without_an_officer_is_told_so_accessibly(live_browser, people):
    page = live_browser.page(people["nobody"], size=PHONE, bypass_csp=True)
    page.goto("/cua-toi/")

    page.get_by_role("heading", name="Tài khoản này chưa gắn với công chức nào").wait_for()
    assert accessibility_faults(page) == []


def tab_to(page, name):
    """Press Tab until the element of this name has the focus; fail where it is never reached, or not seen there."""
    for _press in range(A_LONG_WAY):
        page.keyboard.press("Tab")
        called, outline = page.evaluate(_FOCUSED)
        if called.strip().splitlines()[:1] == [name]:
            assert outline != "nonenone"
            return
    pytest.fail(f"Tab never reaches {name!r}.")


def test_the_keyboard_uploads_a_file(live_browser, people, province):
    page = live_browser.page(people["uploader"])
    page.goto(f"/admin/imports/agencies/{province.statistics.pk}/upload/")

    tab_to(page, "Kéo tệp Excel vào đây, hoặc chọn tệp")
    tab_to(page, "Tải lên và kiểm tra")
    page.keyboard.press("Enter")

    page.get_by_role("alert").get_by_text("Hãy chọn tệp trước").wait_for()


def test_the_keyboard_accepts_a_version(live_browser, people, submitted):
    page = live_browser.page(people["editor"])
    page.goto(f"/admin/catalogs/versions/{submitted.pk}/")

    tab_to(page, "Chấp thuận")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "Chấp thuận")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    submitted.refresh_from_db()
    assert submitted.state == "appraised"
