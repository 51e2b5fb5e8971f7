"""The public pages in a browser: without scripts, on a phone, for everybody, from nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.catalogs import actions
from cms.users.models import User
from tests.browsing import DESKTOP, PHONE, LiveBrowser, accessibility_faults
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.factories.figures import publish_figures

pytestmark = pytest.mark.browser
AGENCY = "/danh-muc/chi-cuc-thong-ke/"


@pytest.fixture
def published(live_browser: LiveBrowser, people: dict[str, User], province: Province) -> str:
    """Publish two versions, and return the address of an item that is long to name."""
    long_name = "Báo cáo tổng hợp kết quả thực hiện nhiệm vụ " + "rấtdài" * 20
    draft = catalogs.make_version(people["uploader"], province.statistics, items=0)
    catalogs.make_items(draft, 60, name=long_name, legal="Nghị định số 335/2025/NĐ-CP", note=long_name)
    draft.refresh_from_db()
    decided = catalogs.accept(catalogs.submit(draft, draft.created_by), people["editor"])
    first = catalogs.decide(decided, people["provincial_approver"], timezone.localdate() - timedelta(days=9))
    second = catalogs.make_version(people["uploader"], province.statistics)
    catalogs.make_items(second, 2, start=100)
    changed = second.items.filter(code="TK.00001")
    actions.edit_items(
        by=people["uploader"], version=second, items=changed, changes={"name": "Tên khác", "output": "Tờ trình"}
    )
    second.refresh_from_db()
    decided = catalogs.accept(catalogs.submit(second, second.created_by), people["editor"])
    catalogs.decide(decided, people["provincial_approver"])
    item = first.items.first()
    assert item is not None
    return f"{AGENCY}phien-ban/2/muc/{item.identity}/"


def addresses(item: str) -> list[str]:
    return [
        "/",
        "/danh-muc/",
        "/danh-muc/tim-kiem/?q=bao+cao",
        "/tim-kiem/?q=bao+cao",
        AGENCY,
        f"{AGENCY}phien-ban/",
        f"{AGENCY}phien-ban/1/",
        f"{AGENCY}so-sanh/1/2/",
        item,
        "/khong-co/",
    ]


@pytest.mark.one_database("look at how screens are built")
def test_public_pages_are_accessible_and_call_nobody(live_browser: LiveBrowser, published: str) -> None:
    faults = {}
    for size in (DESKTOP, PHONE):
        page = live_browser.page(size=size, bypass_csp=True)
        for address in addresses(published):
            page.goto(address)
            if found := accessibility_faults(page):
                faults[address] = found

    assert faults == {}
    assert live_browser.outside == []


def test_public_pages_never_scroll_sideways_on_a_phone(live_browser: LiveBrowser, published: str) -> None:
    page = live_browser.page(size=PHONE)
    wide = []
    for address in addresses(published):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(address)

    assert wide == []


def test_the_content_policy_is_never_broken(live_browser: LiveBrowser, published: str) -> None:
    page = live_browser.page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for address in addresses(published)[:-1]:
        page.goto(address)

    assert complaints == []


def test_a_visitor_without_scripts_finds_an_item_and_what_changed(live_browser: LiveBrowser, published: str) -> None:
    page: Any = live_browser.page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("navigation", name="Menu chính").get_by_role("link", name="Danh mục").click()
    page.get_by_role("searchbox", name="Cơ quan").fill("thong ke")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name="Chi cục Thống kê").click()
    page.get_by_role("link", name="Trang sau").click()
    page.get_by_role("searchbox", name="Từ khóa hoặc mã").fill("ten khac")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name="Tên khác").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Tên khác"
    page.get_by_role("link", name="Chi cục Thống kê").first.click()
    page.get_by_role("link", name="Xem chi tiết thay đổi").click()
    assert "Tờ trình" in page.get_by_role("main").inner_text()


def test_the_first_tab_leads_past_the_menu(live_browser: LiveBrowser, published: str) -> None:
    page = live_browser.page()
    page.goto(AGENCY)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_catalog_prints_without_menu_and_forms(live_browser: LiveBrowser, published: str) -> None:
    page = live_browser.page()
    page.goto(AGENCY)

    page.emulate_media(media="print")

    assert not page.get_by_role("navigation").first.is_visible()
    assert not page.get_by_role("button", name="Lọc").is_visible()
    assert page.get_by_text("102/QĐ-UBND").first.is_visible()


@pytest.mark.one_database("look at how screens are built")
def test_in_the_dark_pages_are_as_readable(live_browser: LiveBrowser, published: str) -> None:
    publish_figures()
    faults = {}
    for size in (DESKTOP, PHONE):
        page = live_browser.page(size=size, bypass_csp=True, color_scheme="dark")
        for address in [*addresses(published), "/minh-bach/", "/du-lieu-mo/"]:
            page.goto(address)
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 30)"
            if found := accessibility_faults(page):
                faults[address] = found

    assert faults == {}
    assert live_browser.outside == []


@pytest.mark.one_database("look at how screens are built")
def test_a_reader_chooses_light_or_dark_and_it_stays(live_browser: LiveBrowser, published: str) -> None:
    page = live_browser.page(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto("/")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Giao diện tối").click()
    assert page.evaluate(ground) == "rgb(18, 23, 30)"
    page.goto("/danh-muc/")
    assert page.evaluate(ground) == "rgb(18, 23, 30)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Giao diện sáng").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
