"""A portal editor's whole job in a browser: look, picture, file, page, figures, news; and then the reader's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, TimeoutError, expect

from catalog_pages.models import HomePage
from cms.users.enums import Role
from cms.users.models import User
from tests.browsing import LiveBrowser
from tests.factories.agencies import Province
from tests.factories.content import add_news
from tests.factories.figures import publish_figures
from tests.factories.people import make_member

pytestmark = pytest.mark.browser
FIGURES = ("tien-do", "he-so")


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """Return a picture."""
    path = tmp_path / "quoc-huy.png"
    Image.new("RGB", (400, 200), (160, 30, 40)).save(path)
    return path


def _add_file(page: Page, kind: str, title: str, path: Path) -> None:
    page.goto(f"/admin/{kind}/add/")
    page.get_by_label("Tiêu đề").fill(title)
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form").get_by_role("button", name="Tải lên").click()
    expect(page.get_by_text(re.compile("đã thêm|được thêm", re.IGNORECASE)).first).to_be_visible()


def _choose(page: Page, button: str, title: str) -> None:
    link = page.get_by_role("dialog").get_by_role("link", name=title)
    page.get_by_role("button", name=button).last.click()
    try:
        link.wait_for(timeout=10_000)
    except TimeoutError:
        # On a busy machine the press came before the chooser's script: as a person would, press again.
        page.keyboard.press("Escape")
        page.get_by_role("button", name=button).last.click()
    link.click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def _insert(page: Page, block: str) -> None:
    page.get_by_role("button", name="Chèn khối nội dung").last.click()
    page.get_by_role("option", name=block, exact=True).click()


def _publish(page: Page) -> None:
    page.get_by_role("button", name="Thao tác khác").click()
    page.get_by_role("button", name="Xuất bản").click()
    expect(page.get_by_text("Đã xuất bản trang").first).to_be_visible()


def test_an_editor_makes_the_portal_the_provinces_own(
    live_browser: LiveBrowser,
    people: dict[str, User],
    province: Province,
    logo: Path,
    tmp_path: Path,
    front_end: str,
) -> None:
    publish_figures()
    index, home = add_news([]), HomePage.objects.get()
    page = live_browser.page(make_member(Role.PORTAL_EDITOR, province.root, "portal_editor"))
    plan = tmp_path / "ke-hoach.pdf"
    plan.write_bytes(b"%PDF-1.7\n%%EOF\n")

    _add_file(page, "images", "Quốc huy", logo)
    _add_file(page, "documents", "Kế hoạch", plan)

    page.goto("/admin/settings/catalog_pages/portalsettings/")
    page.get_by_label("Tên cổng").fill("Thước Đo Sông Lam")
    page.locator("input[type=color]").fill("#7a1c2b")
    _choose(page, "Chọn hình ảnh", "Quốc huy")
    page.get_by_role("button", name="Lưu", exact=True).click()

    page.goto(f"/admin/pages/add/catalog_pages/contentpage/{home.pk}/")
    page.locator("#id_title").fill("Giới thiệu bộ thước")
    _insert(page, "Hình ảnh")
    _choose(page, "Chọn hình ảnh", "Quốc huy")
    _insert(page, "Tài liệu")
    page.locator("input[name$='-value-heading']").fill("Văn bản")
    _choose(page, "Chọn tài liệu", "Kế hoạch")
    page.get_by_role("tab", name="Quảng bá").click()
    page.get_by_label("Hiện trong").check()
    _publish(page)

    page.goto(f"/admin/pages/{home.pk}/edit/")
    for number, figure in enumerate(FIGURES):
        _insert(page, "Số liệu có biểu đồ và bảng")
        # By its number: the block before it is still the last until the new one stands.
        page.locator("select[name$='-value-figure']").nth(number).select_option(figure)
    _publish(page)

    page.goto(f"/admin/pages/add/catalog_pages/newspage/{index.pk}/")
    page.locator("#id_title").fill("Công bố đợt một")
    page.locator("#id_summary").fill("Chín cơ quan đã có danh mục.")
    _publish(page)

    reader = live_browser.page()
    _see_home(reader)
    menu = reader.get_by_role("navigation").get_by_role("link", name="Giới thiệu bộ thước")
    menu.first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Giới thiệu bộ thước")
    expect(reader.get_by_role("img", name="Quốc huy").first).to_be_visible()
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Kế hoạch").click()
    assert Path(download.value.path()).read_bytes() == plan.read_bytes()

    program = live_browser.page()
    program.goto(f"{front_end}?api={live_browser.url}#/")
    for words in ("Công bố đợt một", "Tiến độ xây dựng danh mục", "Phân bố hệ số quy đổi"):
        expect(program.get_by_text(words).first).to_be_visible()


def _see_home(reader: Page) -> None:
    """See the look, both figures and the news on the front page."""
    reader.goto("/")
    expect(reader).to_have_title(re.compile("Thước Đo Sông Lam"))
    colour = reader.locator("header").first.evaluate("header => getComputedStyle(header).backgroundColor")
    assert colour == "rgb(122, 28, 43)"
    assert reader.locator("header img").first.evaluate("logo => logo.naturalWidth") > 0
    for words in ("Công bố đợt một", "Tiến độ xây dựng danh mục", "Phân bố hệ số quy đổi"):
        expect(reader.get_by_text(words).first).to_be_visible()
