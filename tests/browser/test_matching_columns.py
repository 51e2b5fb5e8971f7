"""A clerk sends a file whose headings nobody knows, says once what they are, and sends the next one without a word."""

import pytest

from cms.catalogs.models import CatalogVersion
from tests.integration.importers.test_mappings import own_workbook

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(page, agency, name: str) -> None:
    page.goto(f"/admin/imports/agencies/{agency.pk}/upload/")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": own_workbook()})
    page.get_by_role("button", name="Tải lên và kiểm tra").click()


def test_columns_are_matched_once(live_browser, people, province):
    page = live_browser.page(people["uploader"])
    send(page, province.statistics, "thang-nay.xlsx")
    page.get_by_role("link", name="Ghép cột của tệp").click()

    assert page.get_by_label("“Bậc” là cột").input_value() == "group"
    page.get_by_label("“Bậc” là cột").select_option("Ghi chú")
    page.get_by_role("button", name="Ghi nhớ và kiểm tra lại tệp").click()
    assert "còn thiếu cột bắt buộc" in page.get_by_role("alert").inner_text()
    page.get_by_label("“Bậc” là cột").select_option("Nhóm phức tạp (1-5)")
    page.get_by_role("button", name="Ghi nhớ và kiểm tra lại tệp").click()
    page.get_by_role("heading", name="Tệp không có lỗi").wait_for()

    send(page, province.statistics, "thang-sau.xlsx")
    page.get_by_role("button", name="Xác nhận và ghi").click()
    page.get_by_role("heading", name="Đã ghi tệp vào danh mục").wait_for()
    assert CatalogVersion.objects.get(catalog__agency=province.statistics).items.count() == 2

    page.goto(f"/admin/imports/agencies/{province.statistics.pk}/columns/")
    page.get_by_role("button", name="Bỏ ghi nhớ “Bậc”").click()
    page.get_by_text("Đã bỏ ghi nhớ “Bậc”.").wait_for()
    assert live_browser.outside == []
