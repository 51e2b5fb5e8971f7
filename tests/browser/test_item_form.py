"""The form of an item says, while numbers are typed, which score and which coefficient they make."""

import pytest

from tests.browsing import PHONE, accessibility_faults

pytestmark = pytest.mark.browser


def typed(page, **numbers):
    for name, text in numbers.items():
        page.locator(f"[name={name}]").fill(text)


def test_parts_score_and_coefficient_are_said_as_they_are_typed(live_browser, people, draft):
    page = live_browser.page(people["uploader"])
    page.goto(f"/admin/catalogs/versions/{draft.pk}/items/add/")
    said = page.get_by_role("status").filter(has_text="phần")

    typed(page, difficulty="1,5", process="2", coordination="3", scope="1")
    said.get_by_text("Bốn điểm thành phần cộng lại là 7,5; để trống ô điểm thì lấy số này.").wait_for()
    said.get_by_text("7,5 ÷ 5 cho hệ số 1,5; có thể để trống ô hệ số.").wait_for()
    typed(page, score="10")
    said.get_by_text("Bốn điểm thành phần cộng lại là 7,5, không khớp với điểm đang ghi.").wait_for()
    typed(page, coefficient="3")
    said.get_by_text("10 ÷ 5 cho hệ số 2, không khớp với hệ số đang ghi.").wait_for()
    typed(page, score="1.234,5", coefficient="246,9")
    said.get_by_text("1.234,5 ÷ 5 cho hệ số 246,9; có thể để trống ô hệ số.").wait_for()
    said.get_by_text("Điểm vượt khung của nhóm (tối đa 100): chưa trình được phiên bản.").wait_for()
    assert accessibility_faults(page) == []
    assert live_browser.outside == []


def test_the_form_works_without_scripts(live_browser, people, draft):
    page = live_browser.page(people["uploader"], size=PHONE, java_script_enabled=False)
    item = draft.items.in_order().first()
    page.goto(f"/admin/catalogs/versions/{draft.pk}/items/{item.pk}/")

    typed(page, difficulty="1", process="1", coordination="1", scope="1", score="10")
    page.get_by_role("button", name="Lưu").press("Enter")

    page.get_by_text("Bốn điểm thành phần cộng lại là 4, nhưng điểm quy đổi là 10").wait_for()
    assert page.locator("[name=difficulty]").input_value() == "1"
