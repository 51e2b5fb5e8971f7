"""An editor builds a framework from nothing, tries it, and an approver publishes it, as the guide says."""

import re

import pytest
from django.utils import timezone

from cms.core.dates import format_date_vi
from cms.frameworks.models import CriteriaFramework

pytestmark = pytest.mark.browser

NAME = "Tỉnh Gia Lai: theo dõi, đánh giá công chức"
PLAN = "Kế hoạch của Ủy ban nhân dân tỉnh Gia Lai"
PERIODS = {"Tháng": False, "Quý": True, "6 tháng": True, "Năm": True}


def press(page, name):
    """Press the button, or follow the link, with this name, and wait for the screen that it leads to."""
    buttons, links = page.get_by_role("button", name=name), page.get_by_role("link", name=name)
    with page.expect_navigation():
        (buttons if buttons.count() else links).first.click()


def test_an_editor_builds_tries_and_has_a_framework_published(live_browser, people, province):
    editor = live_browser.page(people["editor"])
    address = build(editor)
    submit(editor, address)
    assert "Kỳ dài 1: “Tháng” không được theo dõi" in editor.locator(".messages").inner_text()
    drop_the_rule_for_months(editor)
    submit(editor, address)
    assert "căn cứ chờ xác nhận" in editor.locator(".messages").inner_text()
    confirm_the_sources(editor, address)
    submit(editor, address)
    assert "Hãy thử khung" in editor.locator(".messages").inner_text()
    try_it(editor, address)
    submit(editor, address)

    approver = live_browser.page(people["approver"])
    approver.goto("/admin/")
    press(approver, NAME)
    assert "không ai đổi mức" in approver.get_by_role("main").inner_text()
    press(approver, "Phê duyệt và công bố")

    public = live_browser.page()
    public.goto("/khung-tieu-chi/")
    press(public, NAME)
    assert "Hoàn thành xuất sắc nhiệm vụ" in public.get_by_role("main").inner_text()
    definition = CriteriaFramework.objects.get(code="gia-lai").versions.get().definition
    assert definition.periods.monitored.value == ("quarter", "half", "year")
    assert definition.legal_basis[0].document == PLAN
    assert live_browser.outside == []


def build(page):
    """Fill in what differs from the decree: name, code, day, the plan, the periods. Return the editor's address."""
    page.goto("/admin/frameworks/add/")
    page.locator("#id_name").fill(NAME)
    page.locator("#id_code").fill("gia-lai")
    page.locator("#id_effective_from").fill(format_date_vi(timezone.localdate()))
    page.locator("#basis-0-value-document").fill(PLAN)
    page.locator("#basis-0-value-place").fill("Mục IV")
    page.get_by_role("tab", name="Quy tắc").click()
    monitored = page.locator("#rules-1-value-monitored-value")
    for period, wanted in PERIODS.items():
        monitored.get_by_label(period, exact=True).set_checked(wanted)
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url(re.compile(r"/admin/frameworks/edit/\d+/"))
    return page.url


def drop_the_rule_for_months(page):
    """Follow the problem to its block, the quarter that is made of months, and remove it."""
    page.locator(".messages").get_by_role("link", name=re.compile("Kỳ dài 1")).click()
    period = page.locator("select[id^=rules-][id$=-value-period]").first
    page.locator("[data-streamfield-child]").filter(has=period).first.get_by_title("Xóa", exact=True).first.click()
    press(page, "Lưu nháp")


def confirm_the_sources(page, address):
    """Follow the draft's own word to what waits, and confirm all of it as compared with the plan."""
    page.goto(address)
    press(page, "So với văn bản và xác nhận")
    for each in page.get_by_role("checkbox").all():
        each.check()
    page.get_by_label("Đã so với văn bản").fill(PLAN)
    press(page, "Xác nhận các căn cứ đã chọn")
    assert "không còn căn cứ nào chờ xác nhận" in page.get_by_role("main").inner_text()


def submit(page, address):
    page.goto(address)
    page.get_by_role("button", name="Thao tác khác").click()
    press(page, re.compile("^Trình "))


def try_it(page, address):
    page.goto(address)
    page.get_by_role("button", name="Thao tác", exact=True).first.click()
    press(page, "Thử khung")
    press(page, "Thử bản nháp")
    press(page, "Bắt đầu thử")
    assert "Trong 600 người" in page.get_by_role("main").inner_text()
