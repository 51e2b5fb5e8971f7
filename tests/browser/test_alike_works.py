"""The queue of alike works by keyboard alone, and on a phone."""

import pytest
from django.urls import reverse

from cms.curation.models import Judgement
from tests.browsing import PHONE, accessibility_faults
from tests.integration.curation.conftest import OURS, THEIRS, make_list, read

pytestmark = [pytest.mark.browser, pytest.mark.one_database("looks at what keys do")]


def test_clusters_are_judged_by_keyboard_and_seen_on_a_phone(live_browser, people, province):
    make_list(people, province.statistics, OURS)
    make_list(people, province.office, THEIRS, coefficient="2.5", score="12.5")
    read()
    page = live_browser.page(people["editor"], bypass_csp=True)
    page.goto(reverse("curation:queue"))
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Bắt đầu với nhóm tiếp theo").click()
    page.get_by_text("Phím tắt: j").wait_for()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.name") == "texts"
    assert accessibility_faults(page) == []
    page.keyboard.press("r")
    page.keyboard.type("Cùng một thủ tục")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("2")
    with page.expect_navigation():
        page.keyboard.press("1")
    assert sorted(Judgement.objects.values_list("verdict", "reason")) == [("rightly", "Cùng một thủ tục"), ("same", "")]
    page.goto(reverse("curation:judgements"))
    assert accessibility_faults(page) == []

    phone = live_browser.page(people["approver"], size=PHONE, bypass_csp=True)
    phone.goto(reverse("curation:judgements"))
    phone.get_by_role("link", name="Hoàn tác").first.click()
    phone.get_by_role("main").get_by_role("button", name="Hoàn tác").click()
    phone.get_by_text("Đã hủy kết luận.").wait_for()
    phone.goto(reverse("curation:queue"))
    phone.get_by_role("button", name="Bắt đầu với nhóm tiếp theo").click()
    phone.get_by_text("Phím tắt: j").wait_for()
    assert accessibility_faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
