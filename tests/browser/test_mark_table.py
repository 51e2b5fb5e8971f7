"""The table of marks by keyboard alone, and one person at a time on a phone."""

import pytest

from cms.evaluations.models import EvaluationAct
from tests.browsing import PHONE, accessibility_faults
from tests.integration.evaluations.conftest import MARKS
from tests.integration.evaluations.conftest import house as house

pytestmark = [pytest.mark.browser, pytest.mark.one_database("looks at what keys do")]
PASTE = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_everybody_is_marked_by_keyboard_and_one_at_a_time_on_a_phone(live_browser, house):
    house.done("an")
    house.done("binh")
    period = house.open()
    address = f"/cua-toi/cham-diem/nhieu-nguoi/{period.pk}/"
    page = live_browser.page(house.account("division"), bypass_csp=True)
    page.goto(address)
    first, second = (f'[name="p{house.of(name).pk}-criteria.I.1"]' for name in ("an", "binh"))
    page.focus(first)
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == second[7:-2]
    page.keyboard.press("ArrowUp")
    block = "\t".join(mark.replace(".", ",") for mark in (MARKS["criteria"] | {"III": "10"}).values())
    page.evaluate(PASTE, f"{block}\n{block}\n")
    page.fill(second, "4")
    why = page.locator(f'[name="p{house.of("binh").pk}-comments.I.1"]')
    assert why.is_visible()
    assert not page.locator(f'[name="p{house.of("an").pk}-comments.I.1"]').is_visible()
    why.fill("Họp muộn")
    for name in ("an", "binh"):
        page.fill(f'[name="p{house.of(name).pk}-words"]', "Đi công tác")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Lưu tất cả và tính điểm").click()
    page.get_by_text("Đã chấm 2 người.").wait_for()
    assert EvaluationAct.objects.filter(act="mark").count() == 2

    phone = live_browser.page(house.account("division"), size=PHONE, bypass_csp=True)
    phone.goto(address)
    names = [phone.get_by_role("link", name=house.people[name].name) for name in ("an", "binh")]
    assert [name.is_visible() for name in names] == [True, False]
    phone.get_by_role("button", name="Người sau").click()
    assert [name.is_visible() for name in names] == [False, True]
    assert accessibility_faults(phone) == []
