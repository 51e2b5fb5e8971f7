"""An officer's own work on a phone: two taps, without a script, and over a connection that breaks."""

import pytest
from django.utils import timezone

from cms.assignments.models import WorkAssignment
from cms.organisations.actions import edit_officer
from tests.browsing import DESKTOP, PHONE, accessibility_faults
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_officer
from tests.factories.work import give

pytestmark = pytest.mark.browser


@pytest.fixture
def work(people, province):
    item = make_approved(people, province.statistics).items.in_order()[0]
    officer = make_officer(province.statistics, code="CC-100", name="Công chức 0100")
    edit_officer(by=None, officer=officer, account=people["nobody"])
    return give(people["agency_head"], officer.postings.get(), item, due_on=timezone.localdate())


def test_two_taps_report_it_as_done(live_browser, people, work):
    page = live_browser.page(people["nobody"], size=PHONE, bypass_csp=True)
    page.goto("/cua-toi/cong-viec/")
    assert accessibility_faults(page) == []

    page.get_by_text("Báo cáo").first.click()
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_navigation():
        page.get_by_role("button", name="Báo hoàn thành").first.click()

    work.refresh_from_db()
    assert (work.state, work.completed) == ("done", 4)
    page.get_by_role("status").wait_for()


def test_it_works_without_a_script(live_browser, people, work):
    page = live_browser.page(people["nobody"], size=PHONE, java_script_enabled=False)
    page.goto("/cua-toi/cong-viec/")
    page.get_by_text("Báo cáo").first.click()
    page.get_by_role("button", name="Báo hoàn thành").first.click()
    page.get_by_role("status").wait_for()

    assert WorkAssignment.objects.get().state == "done"


def test_what_cannot_be_sent_is_kept_and_sent_by_a_tap(live_browser, people, work):
    page = live_browser.page(people["nobody"], size=PHONE)
    page.goto("/cua-toi/cong-viec/")
    page.get_by_text("Báo cáo").first.click()
    page.get_by_label("Kết quả bằng lời").fill("Đã gửi báo cáo")
    page.context.set_offline(True)
    page.get_by_role("button", name="Báo hoàn thành").first.click()
    page.get_by_text("Chưa gửi được").wait_for()
    work.refresh_from_db()
    assert work.state == "given"

    page.context.set_offline(False)
    page.goto("/cua-toi/cong-viec/")
    page.get_by_text("Nội dung đã ghi, chưa gửi").wait_for()
    assert page.get_by_label("Kết quả bằng lời").input_value() == "Đã gửi báo cáo"
    with page.expect_navigation():
        page.get_by_role("button", name="Báo hoàn thành").first.click()

    work.refresh_from_db()
    assert (work.state, work.result) == ("done", "Đã gửi báo cáo")
    page.goto("/cua-toi/cong-viec/")
    assert page.evaluate("localStorage.length") == 0
    assert live_browser.outside == []


def test_what_is_refused_says_so_where_it_was_typed(live_browser, people, work):
    page = live_browser.page(people["nobody"], size=DESKTOP)
    page.goto("/cua-toi/cong-viec/")
    page.get_by_text("Báo cáo").first.click()
    page.get_by_label("Đã hoàn thành").fill("bốn")
    page.get_by_role("button", name="Báo hoàn thành").first.click()

    page.locator(".field-error").first.wait_for()
    assert page.get_by_label("Đã hoàn thành").input_value() == "bốn"
