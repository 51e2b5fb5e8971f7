"""The example of a separate front-end, from an origin of its own: home, pages, catalogs, figures, drafts."""

from __future__ import annotations

import pytest
from django.utils import timezone

from catalog_pages import previews
from catalog_pages.models import ContentPage
from cms.users.enums import Role
from cms.users.models import User
from tests.browsing import DESKTOP, LiveBrowser, accessibility_faults
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.factories.content import add_content_page, add_news, every_block
from tests.factories.figures import publish_figures
from tests.factories.people import make_member

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.mark.one_database("look at how screens are built")
def test_the_example_shows_the_portal_from_its_api_alone(
    live_browser: LiveBrowser, front_end: str, people: dict[str, User], province: Province
) -> None:
    publish_figures()
    draft = catalogs.make_version(people["uploader"], province.statistics, items=3)
    accepted = catalogs.accept(catalogs.submit(draft, draft.created_by), people["editor"])
    catalog = catalogs.decide(accepted, people["provincial_approver"], timezone.localdate()).catalog.page
    page = add_content_page(every_block(catalog), "Giới thiệu", show_in_menus=True)
    news = add_news([("Công bố đợt một", timezone.localdate(), "Chín cơ quan.")]).get_first_child()
    editor = make_member(Role.PORTAL_EDITOR, province.root, "portal_editor")
    edited = ContentPage.objects.get(pk=page.pk)
    edited.title = "Bản nháp mới"
    edited.save_revision(user=editor)
    token = previews.make_token(editor, ContentPage.objects.get(pk=page.pk))
    code = province.statistics.code
    shown = {
        "#/": ["Danh mục sản phẩm, công việc", "Công bố đợt một", "Chi cục Thống kê"],
        f"#/trang/{page.pk}": [
            "Giới thiệu", "Mở đầu", "1234,5", "Ai nộp", "Khi nào?", "Lập", "Khoản 2 Điều 5", "0232 382 0101",
            "Video: Hướng dẫn", "danh mục được phê duyệt", "Chi cục Thống kê", "Tìm công việc", "30/06/2026",
        ],
        f"#/trang/{news.pk}": ["Công bố đợt một", "Chín cơ quan."],
        f"#/danh-muc/{code}": ["Phiên bản 1, 3 mục", "Báo cáo thẩm định số 1"],
        "#/so-lieu/tien-do": ["Tiến độ xây dựng danh mục", "Sở, ban, ngành"],
        "#/so-lieu/khong-con": ["Số liệu này hiện không được công bố."],
        f"&preview={token}#/trang/{page.pk}": ["Bản nháp mới", "Đây là bản nháp xem thử"],
        f"&preview={token}x#/trang/{page.pk}": ["Không tìm thấy trang này."],
    }  # fmt: skip
    faults: dict[str, list[str]] = {}
    for size in (DESKTOP, PHONE):
        browser = live_browser.page(size=size)
        browser.on("pageerror", lambda error: faults.setdefault("script", []).append(str(error)))
        for place, words in shown.items():
            browser.goto("about:blank")
            browser.goto(f"{front_end}?api={live_browser.url}{place}")
            browser.get_by_role("main").get_by_role("heading", level=1).wait_for()
            text = browser.locator("body").inner_text()
            missing = [word for word in words if word not in text]
            found = [*missing, *accessibility_faults(browser)]
            if browser.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append("scrolls sideways")
            if found:
                faults[f"{place} {size['width']}"] = found
        browser.goto(f"{front_end}?api={live_browser.url}#/danh-muc/{code}")

    assert faults == {}
    browser.goto("about:blank")
    browser.goto(f"{front_end}?api={live_browser.url}#/trang/{page.pk}")
    browser.get_by_role("searchbox", name="Tìm công việc").fill("tham dinh so 2")
    browser.get_by_role("button", name="Tìm kiếm").click()
    browser.get_by_text("Báo cáo thẩm định số 2").wait_for()
