"""The desk of those who appraise, by keyboard and by telephone; axe-core finds nothing on its screens."""

import pytest

from cms.fairness.models import FairnessFinding, FairnessReport
from tests.browsing import PHONE, accessibility_faults
from tests.factories import catalogs

pytestmark = pytest.mark.browser


def test_a_list_is_read_by_keyboard_alone(live_browser, people, province):
    version = catalogs.make_submitted(people, province.statistics, items=4)
    first, second, third, _last = version.items.in_order()
    page = live_browser.page(people["editor"])
    page.goto(f"/admin/catalogs/versions/{version.pk}/read/")
    panel = page.locator("#td-item")

    panel.get_by_text(first.name).wait_for()
    page.keyboard.press("x")
    page.get_by_text("Đã xem 1/4").wait_for()
    panel.get_by_text(second.name).wait_for()
    page.keyboard.press("n")
    page.keyboard.type("Ghi rõ đầu ra, x j k")
    page.keyboard.press("Control+Enter")
    panel.get_by_text(third.name).wait_for()
    page.keyboard.press("k")
    panel.get_by_text("Ghi rõ đầu ra, x j k").wait_for()
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_label("Dùng phím tắt").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    panel.get_by_text("Ghi rõ đầu ra, x j k").wait_for()
    assert accessibility_faults(page) == []

    page.goto("/admin/catalogs/board/")
    page.get_by_role("heading", name="Lịch thời hạn").wait_for()
    assert accessibility_faults(page) == []
    assert version.remarks.get().item == second
    assert live_browser.outside == []


def test_one_note_for_a_filter_what_stands_out_and_the_key_to_accept(live_browser, people, province):
    version = catalogs.make_submitted(people, province.statistics, items=12)
    item = version.items.in_order()[9]
    FairnessFinding.objects.create(
        report=FairnessReport.objects.create(state="ready"), kind="coefficient", agency=province.statistics,
        version=version, item=item, value="12.5", usual="1", low="1", high="2", distance="12.5", compared=40,
    )  # fmt: skip
    page = live_browser.page(people["editor"])
    page.goto(f"/admin/catalogs/versions/{version.pk}/read/?q=so 1")

    page.get_by_label("Góp ý chung").fill("Thống nhất đơn vị tính")
    page.get_by_role("button", name="Ghi góp ý cho cả 4 mục đang lọc").click()
    page.get_by_text("Đã ghi góp ý cho 4 mục").wait_for()
    page.goto(f"/admin/catalogs/versions/{version.pk}/read/?show=finding")
    page.get_by_role("link", name="Mở điểm cần xem").wait_for()
    assert accessibility_faults(page) == []
    page.keyboard.press("a")

    page.get_by_role("heading", name="Chấp thuận danh mục").wait_for()
    assert version.remarks.count() == 4
    version.refresh_from_db()
    assert version.state == "submitted"


def test_on_a_telephone_without_scripts_every_act_is_a_button(live_browser, people, province):
    version = catalogs.make_submitted(people, province.statistics, items=2)
    page = live_browser.page(people["editor"], size=PHONE, java_script_enabled=False)
    page.goto(f"/admin/catalogs/versions/{version.pk}/read/")

    page.get_by_role("button", name="Đã xem, sang mục sau").press("Enter")
    page.locator("#td-item").get_by_text(version.items.in_order()[1].name).wait_for()
    page.get_by_text("Đã xem 1/2").wait_for()


def test_a_decision_is_entered_on_screens_without_faults(live_browser, people, province):
    catalogs.make_appraised(people, province.statistics)
    page = live_browser.page(people["provincial_approver"])
    page.goto("/admin/catalogs/decisions/add/")
    assert accessibility_faults(page) == []
    page.get_by_label("Số quyết định").fill("88/QĐ-UBND")
    page.get_by_label("Ngày quyết định").fill("01/06/2026")
    page.get_by_label("Người ký").fill("Chủ tịch UBND tỉnh")
    page.get_by_label("Có hiệu lực từ").fill("01/06/2026")
    pdf = {"name": "qd.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
    page.get_by_label("Quyết định (PDF)").set_input_files(pdf)
    page.get_by_role("button", name="Tiếp tục: xem từng danh mục").click()

    page.get_by_role("button", name="Phê duyệt cả 1 danh mục").wait_for()
    assert accessibility_faults(page) == []
