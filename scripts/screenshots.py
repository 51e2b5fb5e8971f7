"""Take the pictures of the guides: a fresh demo province, the five-minute tour in a browser, one PNG a screen.

``make screenshots`` runs it; nothing of the working database is touched. Pictures go to docs/images/, 1280 points wide,
in 256 colours so that each stays small. What they show is the same every time, but for dates and times.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from scripts.served_demo import served_demo

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
WORKBOOKS = ROOT / "importers" / "demo" / "workbooks"
MISTAKES = {"L9": "1 điểm", "L11": 2.5, "E13": "Nhóm 7", "D16": None, "K22": "80%", "L18": "#REF!"}
PASSWORD = "thuoc-do-2026"  # noqa: S105
OFFICE = "Văn phòng Đoàn ĐBQH và HĐND tỉnh"
STATISTICS = "Chi cục Thống kê tỉnh"
OFFICER = "cc-0295"
MANAGER = "cc-0293"
WIDTH, TALLEST = 1280, 1000
PHONE = {"width": 390, "height": 800}
# The admin scrolls a box of its own, the public pages scroll the document.
_CONTENT = "Math.max(...['html', 'main'].map((box) => document.querySelector(box)?.scrollHeight ?? 0))"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Tour:
    """One browser for everybody: a page for each person, signed in once, and the camera."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._pages: dict[str, Page] = {}

    def stranger(self, **options: Any) -> Page:
        """Open a page that nobody is signed in on."""
        options = {"viewport": {"width": WIDTH, "height": 800}, **options}
        context = self._browser.new_context(
            base_url=self._url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **options
        )
        return context.new_page()

    def person(self, username: str) -> Page:
        """Return the page of a demo account, on its home page."""
        if username not in self._pages:
            page = self._pages[username] = self.stranger()
            sign_in(page, username, "/admin/")
        page = self._pages[username]
        page.goto("/admin/")
        return page


def take(page: Page, name: str, *, tallest: int = TALLEST, part: str = "") -> None:
    """Keep the page as it stands, from its top: as high as its content, at most ``tallest``; or one ``part`` of it."""
    width = (page.viewport_size or {"width": WIDTH})["width"]
    page.set_viewport_size({"width": width, "height": 600})
    height = page.evaluate(_CONTENT)
    page.set_viewport_size({"width": width, "height": max(height, 600) if part else min(max(height, 600), tallest)})
    path = IMAGES / f"{name}.png"
    if part:
        page.locator(part).first.screenshot(path=path, animations="disabled")
    else:
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=path, animations="disabled")
    _make_small(path)
    print(f"  {path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB", flush=True)


def _make_small(path: Path) -> None:
    from PIL import Image

    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def press(page: Page, name: str) -> None:
    """Follow the first link or button in the page's body with this name."""
    body = page.locator("main")
    link, button = (body.get_by_role(role, name=name, exact=True) for role in ("link", "button"))
    follow(page, link.or_(button).first)


def follow(page: Page, target: Locator) -> None:
    """Click what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        target.click()


def open_list(page: Page, agency: str) -> None:
    """Open an agency's list from all lists: the home page names those that wait longest only."""
    page.goto(f"/admin/catalogs/?q={quote(agency)}")
    press(page, agency)


def card(page: Page, agency: str) -> Locator:
    """Return an agency's card on a clerk's home page."""
    return page.locator(".td-card", has_text=agency)


def check(page: Page, workbook: Path) -> None:
    """Send a workbook from the upload screen, and wait for the verdict."""
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    page.locator(".td-banner").wait_for()


# ---- The tour --------------------------------------------------------------------------------------------------------
def everybody_signs_in(tour: Tour) -> None:
    """Show the door."""
    page = tour.stranger()
    page.goto("/accounts/login/")
    take(page, "dang-nhap", tallest=640)


def clerk_uploads(tour: Tour, folder: Path) -> None:
    """A workbook with mistakes, the mended one, the preview, the draft."""
    page = tour.person("nhap-lieu")
    take(page, "trang-chu-nhap-lieu", tallest=640)
    follow(page, card(page, OFFICE).get_by_role("link", name="Tải tệp lên"))
    take(page, "tai-tep-len")
    check(page, spoil(folder))
    take(page, "danh-sach-loi")
    follow(page, page.locator("tr.td-problem").get_by_role("link").first)
    take(page, "sua-o-sai", part="tr.td-edit")
    press(page, "Tải lên tệp đã sửa")
    check(page, WORKBOOKS / "van-phong.so-tay.xlsx")
    take(page, "xem-truoc")
    press(page, "Xác nhận và ghi")
    press(page, "Hoàn tác lần tải lên này…")
    take(page, "hoan-tac", tallest=640)
    press(page, "Trở lại lần tải lên")
    press(page, "Mở phiên bản 1 để trình")
    take(page, "ban-nhap")


def spoil(folder: Path) -> Path:
    """Write the office's workbook with the mistakes that people really make."""
    from openpyxl import load_workbook

    book = load_workbook(WORKBOOKS / "van-phong.so-tay.xlsx")
    sheet = book["Danh mục"]
    for cell, value in MISTAKES.items():
        sheet[cell].value = value
    path = folder / "van-phong.so-tay (có lỗi).xlsx"
    book.save(path)
    return path


def clerk_submits(tour: Tour) -> None:
    """Submit the office's list."""
    page = tour.person("nhap-lieu")
    follow(page, card(page, OFFICE).get_by_role("link", name="Trình"))
    press(page, "Trình")


def editor_returns(tour: Tour) -> None:
    """Appraise, look at the bulk edit, leave a note, return; and a list that the editor cannot accept."""
    page = tour.person("tham-dinh")
    take(page, "trang-chu-tham-dinh")
    page.goto("/admin/catalogs/")
    take(page, "overview")
    open_list(page, OFFICE)
    take(page, "ban-lam-viec")
    press(page, "15 mục")
    ticks = page.locator("tbody input[name=item]")
    ticks.nth(1).check()
    ticks.nth(2).check()
    take(page, "danh-sach-muc", tallest=860)
    press(page, "Sửa nhiều mục")
    page.locator(".td-bulk-field").nth(4).locator("input[type=checkbox]").check()
    take(page, "sua-nhieu-muc", tallest=1240)
    page.go_back()
    follow(page, page.locator("tbody th a").nth(2))
    press(page, "Góp ý")
    page.locator("textarea").fill("Đề nghị nêu rõ: 10 văn bản đến tính là một sản phẩm, hay một lượt đăng ký?")
    take(page, "gop-y")
    press(page, "Lưu góp ý")
    open_list(page, OFFICE)
    press(page, "Trả lại cơ quan")
    page.locator("textarea").fill("Một mục cần làm rõ đơn vị tính trước khi thẩm định tiếp.")
    take(page, "tra-lai")
    follow(page, page.locator("main form button[type=submit]"))
    open_list(page, "Sở Công Thương")
    take(page, "khong-tu-duyet", tallest=620)


def clerk_mends(tour: Tour) -> None:
    """Read the note, mend the item, submit again."""
    page = tour.person("nhap-lieu")
    press(page, "Xem góp ý")
    take(page, "bi-tra-lai")
    follow(page, page.locator(".td-remark__item a").first)
    take(page, "sua-muc")
    page.get_by_label("Đơn vị tính").first.fill("lượt đăng ký 10 văn bản")
    press(page, "Lưu")
    clerk_submits(tour)


def editor_accepts(tour: Tour, agency: str) -> None:
    """Accept what waits, saying of notes that are open that they are done."""
    page = tour.person("tham-dinh")
    open_list(page, agency)
    press(page, "Chấp thuận")
    done = page.locator("input[name=close_notes]")
    if done.count():
        done.check()
    press(page, "Chấp thuận")


def approver_decides(tour: Tour, agency: str, number: str, picture: bool = False) -> None:
    """Enter the Chairman's decision, in effect from today."""
    page = tour.person("chu-tich")
    open_list(page, agency)
    press(page, "Nhập quyết định")
    today = page.evaluate("new Intl.DateTimeFormat('en-GB', {timeZone: 'Asia/Ho_Chi_Minh'}).format(new Date())")
    page.get_by_label("Số quyết định").fill(number)
    page.get_by_label("Ngày quyết định").fill(today)
    page.get_by_label("Có hiệu lực từ ngày").fill(today)
    if picture:
        take(page, "quyet-dinh")
    press(page, "Phê duyệt và công bố")


def clerk_sends_the_next_version(tour: Tour) -> None:
    """A second version over an approved one: what is missing in the file, the list of uploads."""
    page = tour.person("nhap-lieu")
    follow(page, card(page, STATISTICS).get_by_role("link", name="Tải tệp lên"))
    check(page, WORKBOOKS / "thong-ke.v2.xlsx")
    take(page, "muc-khong-co-trong-tep")
    press(page, "Xác nhận và ghi")
    page.goto("/admin/imports/")
    take(page, "tep-tai-len", tallest=640)
    page.goto("/admin/")
    follow(page, card(page, STATISTICS).get_by_role("link", name="Trình"))
    press(page, "Trình")


def everybody_reads(tour: Tour) -> None:
    """The public side, on a desk and on a phone."""
    page = tour.stranger()
    page.goto("/danh-muc/")
    take(page, "cong-khai-cac-co-quan")
    page.get_by_label("Tên cơ quan").or_(page.locator("main input[type=search]")).first.fill("van phong")
    press(page, "Lọc")
    press(page, OFFICE)
    address = page.url
    take(page, "cong-khai-danh-muc")
    follow(page, page.locator("main table tbody a").first)
    take(page, "cong-khai-mot-muc")
    page.goto("/danh-muc/")
    press(page, STATISTICS)
    page.goto(f"{page.url}so-sanh/1/2/")
    take(page, "cong-khai-so-sanh")
    phone = tour.stranger(viewport=PHONE)
    phone.goto(address)
    take(phone, "dien-thoai", tallest=PHONE["height"])


def administrator_keeps_the_house(tour: Tour) -> None:
    """Agencies, roles, accounts, the ledger, the second factor."""
    page = tour.person("quan-tri")
    for address, name in (
        ("/admin/agencies/", "cay-co-quan"),
        ("/admin/memberships/", "vai-tro"),
        ("/admin/people/", "tai-khoan"),
        ("/admin/audit/", "so-nhat-ky"),
        ("/accounts/2fa/", "xac-thuc-hai-lop"),
    ):
        page.goto(address)
        take(page, name, tallest=720)


def editor_builds_a_framework(tour: Tour) -> str:
    """From an empty form to a draft whose months are left out: its tabs, a problem that is told, the way to it."""
    page = tour.person("tham-dinh")
    page.goto("/admin/frameworks/")
    take(page, "khung-danh-sach", tallest=760)
    page.goto("/admin/frameworks/add/")
    page.locator("#id_name").fill("Khung đánh giá công chức theo quý")
    page.locator("#id_code").fill("danh-gia-theo-quy")
    page.locator("#id_effective_from").fill("01/01/2027")
    page.locator("#basis-0-value-document").fill("Kế hoạch của Ủy ban nhân dân tỉnh")
    page.locator("#basis-0-value-place").fill("Mục IV")
    take(page, "khung-thong-tin-chung", tallest=860)
    for tab, name in (("Các phần", "khung-cac-phan"), ("Xếp loại", "khung-xep-loai"), ("Quy tắc", "khung-quy-tac")):
        page.get_by_role("tab", name=tab).click()
        take(page, name, tallest=860)
    monitored = page.locator("#rules-1-value-monitored-value")
    for period in ("Tháng", "6 tháng", "Năm"):
        monitored.get_by_label(period, exact=True).set_checked(period != "Tháng")
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url("**/admin/frameworks/edit/*/")
    address = page.url
    submit_framework(page, address)
    take(page, "khung-cho-can-sua", tallest=520)
    page.locator(".messages a").first.click()
    made_of = page.locator("select[id^=rules-][id$=-value-period]").first
    page.locator("[data-streamfield-child]").filter(has=made_of).first.get_by_title("Xóa", exact=True).first.click()
    follow(page, page.get_by_role("button", name="Lưu nháp"))
    return address


def editor_adds_a_column(tour: Tour) -> None:
    """The editor asks agencies for one thing more."""
    page = tour.person("tham-dinh")
    page.goto("/admin/columns/new/")
    page.get_by_label("Tiêu đề cột").fill("Mức ưu tiên")
    page.locator("input[name=kind][value=choice]").check()
    page.locator("#id_choices").fill("Cao\nTrung bình\nThấp")
    take(page, "cot-bo-sung", tallest=1400)


def figures_are_published(tour: Tour) -> None:
    """The figures that were prepared and what they change, the page's blocks, the page on a desk and on a phone."""
    page = tour.person("tham-dinh-2")
    page.goto("/admin/transparency/")
    follow(page, page.get_by_role("button", name="Chuẩn bị số liệu"))
    page.goto("/admin/transparency/")
    take(page, "minh-bach-chuan-bi")
    page.get_by_label("Ghi chú cho người đọc").fill("Bổ sung hồ sơ mới trình.")
    press(page, "Công bố số liệu này")
    press(page, "Sắp xếp các khối của trang công khai")
    page.locator("[data-streamfield-child]").first.wait_for()
    take(page, "minh-bach-sap-xep", tallest=900)
    desk, phone = tour.stranger(), tour.stranger(viewport=PHONE)
    for reader, name, tallest in ((desk, "minh-bach", 1300), (phone, "minh-bach-dien-thoai", 1500)):
        reader.goto("/minh-bach/")
        take(reader, name, tallest=tallest)
    desk.goto("/minh-bach/ban/2/so-voi/1/")
    take(desk, "minh-bach-so-sanh", tallest=900)


def editor_compares_coefficients(tour: Tour) -> None:
    """What stands out among the coefficients of all lists."""
    page = tour.person("tham-dinh")
    page.goto("/admin/fairness/")
    take(page, "so-sanh-he-so", tallest=1300)


def submit_framework(page: Page, address: str) -> None:
    """Submit a draft from its editor."""
    page.goto(address)
    page.get_by_role("button", name="Thao tác khác").click()
    follow(page, page.get_by_role("button", name="Trình Lãnh đạo Sở Nội vụ"))


def editor_tries_and_submits(tour: Tour, address: str) -> None:
    """A trial of the draft, one person's receipts side by side, the calculator."""
    page = tour.person("tham-dinh")
    room = address.replace("/edit/", "/")
    page.goto(f"{room}trials/start/")
    take(page, "khung-thu", tallest=860)
    press(page, "Bắt đầu thử")
    submit_framework(page, address)
    page.goto("/admin/frameworks/?q=nghe+an")
    follow(page, page.get_by_role("link", name="Nghệ An").first)
    nghe_an = page.url.replace("/edit/", "/")
    page.goto(f"{nghe_an}trials/")
    follow(page, page.locator("main table tbody a").first)
    take(page, "khung-ket-qua-thu", tallest=1500)
    follow(page, page.locator("main table a[href*='/subjects/']").first)
    take(page, "khung-hai-phieu", tallest=1300)
    calculate(page, f"{room}calculator/")


def calculate(page: Page, address: str) -> None:
    """Fill the calculator for one officer and show the receipt."""
    page.goto(address)
    page.locator("input[name=id]").fill("Công chức 0001")
    page.locator("input[name=common]").fill("27,5")
    lines = [("Báo cáo tháng", "10", "8", "1"), ("Tờ trình", "2", "2", "1,9"), ("Biên bản", "1", "1", "1,4")]
    for number, line in enumerate(lines):
        for field, value in zip(("title", "assigned", "completed", "coefficient"), line, strict=True):
            page.locator(f"input[name='work[{number}].{field}']").fill(value)
    follow(page, page.get_by_role("button", name="Tính điểm", exact=True).last)
    take(page, "khung-phieu-tinh-diem", part=".receipt")


def approver_publishes(tour: Tour) -> None:
    """What waits on the first screen, the approval, the public page."""
    page = tour.person("tham-dinh-2")
    follow(page, page.get_by_role("link", name="Khung đánh giá công chức theo quý"))
    take(page, "khung-duyet", tallest=860)
    press(page, "Phê duyệt và công bố")
    public = tour.stranger()
    public.goto("/khung-tieu-chi/")
    take(public, "khung-cong-khai", tallest=760)


def sign_in(page: Page, username: str, address: str) -> None:
    """Sign a demo account in, and go on to an address."""
    page.goto(f"/accounts/login/?next={address}")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Đăng nhập"))


def officer_reports(tour: Tour) -> None:
    """An officer's own work on a phone: the parts, a report, a document that belongs to none yet."""
    page = tour.stranger(viewport=PHONE)
    sign_in(page, OFFICER, "/cua-toi/cong-viec/")
    take(page, "cong-viec-dien-thoai", tallest=860)
    page.locator(".decisions summary").first.click()
    take(page, "cong-viec-bao-cao", part=".decisions li:has(details[open])")
    page.goto(f"/cua-toi/cong-viec/?q={quote('245/CV-STC')}")
    take(page, "cong-viec-van-ban", tallest=860)


def manager_plans(tour: Tour) -> None:
    """The people of a head of division, work given to several of them, a rule, the ways to plan on a phone."""
    page = tour.stranger()
    sign_in(page, MANAGER, "/cua-toi/viec-nhom/")
    take(page, "quan-ly-bang", tallest=860)
    press(page, "Giao nhiệm vụ")
    page.get_by_label("Mã hoặc từ khóa").fill("báo cáo")
    press(page, "Lọc")
    follow(page, page.get_by_role("link", name="Giao lặp lại").first)
    page.get_by_label("Số lượng giao mỗi người").fill("2")
    page.locator("input[type=checkbox]").nth(0).check()
    page.get_by_label("Số lượng riêng").nth(1).fill("3")
    page.get_by_label("Hạn hoàn thành").select_option("weekly-5")
    take(page, "quan-ly-lap-lai", tallest=1100)
    press(page, "Lập quy tắc")
    take(page, "quan-ly-quy-tac", tallest=700)
    phone = tour.stranger(viewport=PHONE)
    sign_in(phone, MANAGER, "/cua-toi/viec-nhom/ke-hoach/")
    take(phone, "quan-ly-ke-hoach", tallest=860)


def walk(tour: Tour, folder: Path) -> None:
    """Walk the whole tour, in the order in which the work is done."""
    everybody_signs_in(tour)
    clerk_uploads(tour, folder)
    clerk_submits(tour)
    editor_returns(tour)
    clerk_mends(tour)
    editor_accepts(tour, OFFICE)
    approver_decides(tour, OFFICE, "150/QĐ-UBND", picture=True)
    clerk_sends_the_next_version(tour)
    editor_accepts(tour, STATISTICS)
    approver_decides(tour, STATISTICS, "151/QĐ-UBND")
    address = editor_builds_a_framework(tour)
    editor_tries_and_submits(tour, address)
    approver_publishes(tour)
    everybody_reads(tour)
    administrator_keeps_the_house(tour)
    editor_adds_a_column(tour)
    figures_are_published(tour)
    editor_compares_coefficients(tour)
    officer_reports(tour)
    manager_plans(tour)


def main() -> None:
    """Take every picture anew."""
    chromium = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if not chromium:
        raise SystemExit("There is no Chromium on this machine; scripts/install_system.sh installs it.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, served_demo(Path(name)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        walk(Tour(browser, url), Path(name))
        browser.close()


if __name__ == "__main__":
    main()
