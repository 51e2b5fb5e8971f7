"""The main job as people do it, in Vietnamese, with the workbooks as agencies keep them."""

import datetime
import io
import re

import pytest
from django.core.files.base import File
from django.utils import timezone

from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from importers import actions as imports
from tests.factories import catalogs
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.browser

NOTE = "Đề nghị ghi rõ sản phẩm là sổ đăng ký hay văn bản."
REASON = "Một mục cần làm rõ đầu ra."
COEFFICIENTS = ["1", "0,8", "0,8", "1,6", "10", "20", "6", "8", "36", "16", "50", "56", "76", "80", "90"]


def press(page, name):
    """Press the button, or follow the link, with this name, and wait for the screen that it leads to."""
    main = page.get_by_role("main")
    buttons, links = main.get_by_role("button", name=name), main.get_by_role("link", name=name)
    with page.expect_navigation():
        (buttons if buttons.count() else links).first.click()


def upload(page, path):
    """Start at the dashboard, send a workbook, and stay at its preview."""
    page.goto("/admin/")
    press(page, "Tải tệp lên")
    page.locator("input[type=file]").set_input_files(path)
    press(page, "Tải lên và kiểm tra")


def numbers(page):
    """Return the counts of the preview's lists by name."""
    tabs = (
        page.get_by_role("navigation", name="Các danh sách của lần tải lên này").get_by_role("link").all_inner_texts()
    )
    return {name: int(count) for count, name in (re.fullmatch(r"(\d+)\s+(.+)", tab.strip()).groups() for tab in tabs)}


def test_a_workbook_becomes_an_approved_public_catalog(live_browser, people, province, samples):
    clerk = live_browser.page()
    clerk.goto("/admin/")
    clerk.get_by_label("Tên đăng nhập").fill("other_uploader")
    clerk.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    clerk.get_by_role("button", name="Đăng nhập").click()
    clerk.wait_for_url("**/admin/")
    see_what_the_file_holds(clerk, samples / "van-phong.so-tay.xlsx")
    write_and_submit(clerk)

    appraiser = live_browser.page(people["editor"])
    return_with_a_note(appraiser)
    mend_and_submit_again(clerk)
    appraiser.goto("/admin/")
    press(appraiser, "Bắt đầu từ bản chờ lâu nhất")
    press(appraiser, "Chấp thuận")
    appraiser.get_by_label(re.compile("Còn 1 góp ý đang mở")).check()
    press(appraiser, "Chấp thuận")

    decide(live_browser.page(people["provincial_approver"]), "125/QĐ-UBND")
    find_it_public(live_browser.page(), "125/QĐ-UBND")
    for page in (clerk, appraiser):
        find_nothing_to_edit(page)
    assert live_browser.outside == []


def see_what_the_file_holds(page, path):
    upload(page, path)
    assert numbers(page)["Mới"] == 15
    with page.expect_navigation():
        page.locator(".td-tab", has_text="Mới").click()
    rows = page.locator("table.td-table tbody tr")
    assert rows.count() == 15
    assert [text.strip() for text in rows.locator("td:last-child").all_inner_texts()] == COEFFICIENTS
    # The second and the third row have no task of their own: that of the first goes on.
    assert all("Văn thư, lưu trữ" in rows.nth(number).inner_text() for number in range(3))


def write_and_submit(page):
    press(page, "Xác nhận và ghi")
    press(page, "Mở phiên bản 1 để trình")
    press(page, "15 mục")
    fields = page.get_by_label("Lĩnh vực", exact=True).locator("option").all_inner_texts()
    assert sorted(re.search(r"\((\d+)\)$", field).group(1) for field in fields[1:]) == ["4", "5", "6"]
    page.go_back()
    press(page, re.compile("^Trình$"))
    press(page, re.compile("^Trình$"))
    assert page.locator("[aria-current=step]").inner_text().strip() == VersionState.SUBMITTED.label


def return_with_a_note(page):
    page.goto("/admin/")
    press(page, "Bắt đầu từ bản chờ lâu nhất")
    press(page, "15 mục")
    press(page, "VP.003")
    press(page, "Góp ý")
    page.get_by_label("Góp ý khi thẩm định").fill(NOTE)
    press(page, "Lưu góp ý")
    press(page, "Về phiên bản")
    press(page, "Trả lại cơ quan")
    page.get_by_label("Lý do trả lại").fill(REASON)
    press(page, "Trả lại cơ quan")
    assert REASON in page.get_by_role("main").inner_text()


def mend_and_submit_again(page):
    page.goto("/admin/")
    assert REASON in page.get_by_role("main").inner_text()
    press(page, "Xem góp ý")
    assert NOTE in page.get_by_role("main").inner_text()
    press(page, "VP.003")
    page.get_by_label("Đầu ra").fill("Sổ đăng ký văn bản đến")
    press(page, "Lưu")
    assert "Sổ đăng ký văn bản đến" in page.get_by_role("main").inner_text()
    press(page, "Về phiên bản")
    press(page, re.compile("^Trình$"))
    press(page, re.compile("^Trình$"))
    assert page.locator("[aria-current=step]").inner_text().strip() == VersionState.SUBMITTED.label


def decide(page, number):
    page.goto("/admin/")
    press(page, "Bắt đầu từ bản chờ lâu nhất")
    press(page, "Nhập quyết định")
    page.get_by_label("Số quyết định").fill(number)
    today = f"{timezone.localdate():%d/%m/%Y}"
    page.get_by_label("Ngày quyết định").fill(today)
    page.get_by_label("Có hiệu lực từ").fill(today)
    press(page, "Phê duyệt và công bố")
    assert page.locator("[aria-current=step]").inner_text().strip() == VersionState.APPROVED.label


def find_it_public(page, number):
    page.goto("/danh-muc/")
    press(page, "Văn phòng UBND tỉnh")
    main = page.get_by_role("main")
    assert number in main.inner_text()
    assert main.locator("table tbody tr", has=page.locator("a[href*='/muc/']")).count() == 15
    assert "Sổ đăng ký văn bản đến" in main.inner_text()


def find_nothing_to_edit(page):
    version = CatalogVersion.objects.get(state=VersionState.APPROVED)
    editing = re.compile(
        "^(Lưu|Thêm mục|Sửa nhiều mục|Xóa|Sửa thông tin chung|Trình|Trả lại cơ quan|Góp ý|Tải tệp lên)$"
    )
    item = version.items.get(code="VP.003")
    for address in ("", "items/", f"items/{item.pk}/"):
        page.goto(f"/admin/catalogs/versions/{version.pk}/{address}")
        main = page.get_by_role("main")
        assert main.get_by_role("button", name=editing).or_(main.get_by_role("link", name=editing)).count() == 0
        assert main.locator("input[type=text]:not([disabled]):not([readonly]), textarea:not([disabled])").count() == 0


@pytest.fixture
def first_version(people, province, samples, live_browser):
    """Approve thong-ke.v1 as the agency sent it."""
    content = (samples / "thong-ke.v1.xlsx").read_bytes()
    batch = imports.upload(
        by=people["uploader"], agency=province.statistics, file=File(io.BytesIO(content)), name="thong-ke.v1.xlsx",
        wait=True,
    )  # fmt: skip
    batch.refresh_from_db()
    version = imports.commit(by=people["uploader"], batch=batch).catalog.committed_to
    appraised = catalogs.accept(catalogs.submit(version, people["uploader"]), people["editor"])
    return catalogs.decide(appraised, people["provincial_approver"], timezone.localdate() - datetime.timedelta(days=5))


def test_the_next_workbook_shows_what_it_changes_before_and_after(live_browser, people, first_version, samples):
    clerk = live_browser.page(people["uploader"])
    upload(clerk, samples / "thong-ke.v2.xlsx")
    found = numbers(clerk)
    assert [found[name] for name in ("Mới", "Thay đổi", "Giữ nguyên", "Không có trong tệp")] == [1, 2, 5, 1]

    press(clerk, "Xác nhận và ghi")
    press(clerk, "Mở phiên bản 2 để trình")
    press(clerk, re.compile("^Trình$"))
    press(clerk, re.compile("^Trình$"))
    second = first_version.catalog.versions.get(number=2)
    decided = catalogs.decide(catalogs.accept(second, people["editor"]), people["provincial_approver"])

    visitor = live_browser.page()
    visitor.goto("/danh-muc/chi-cuc-thong-ke/so-sanh/1/2/")
    counts = visitor.get_by_role("main").locator("ul.counts li").all_inner_texts()
    assert [int(re.search(r"\d+", line).group()) for line in counts] == [1, 2, 1, 5]
    answer = visitor.request.get("/api/v1/catalogs/thong-ke/versions/2/difference/").json()
    assert answer["counts"] == {"new": 1, "changed": 2, "removed": 1, "same": 5}
    assert (answer["from"]["number"], answer["to"]["number"]) == (1, decided.number)
