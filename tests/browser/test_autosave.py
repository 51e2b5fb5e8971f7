"""Saving while the editor saves by itself: one object comes of it, and nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from catalog_pages.models import HomePage, TransparencyPage
from cms.frameworks.models import CriteriaFramework
from tests.factories.people import make_user

pytestmark = pytest.mark.browser

ADD = "/admin/frameworks/add/"
NAME = "Khung đang viết"
SAVE = "Lưu nháp"


class Autosave:
    """What the editor sends by itself from a page, held back until the test says how it ends."""

    def __init__(self, page):
        self.page, self._caught, self._lets_pass = page, [], False
        page.route(lambda url: "/admin/" in url, self._take)

    def _take(self, route):
        sent = route.request
        is_autosave = sent.method == "POST" and sent.headers["accept"] == "application/json"
        if is_autosave and "ping" not in sent.url and not self._lets_pass:
            self._caught.append(route)
        else:
            route.fallback()

    def reach_server(self):
        """Wait until the editor has saved by itself and let the server carry it out, but keep the answer back."""
        for _ in range(200):
            if self._caught:
                break
            self.page.wait_for_timeout(50)
        self._route = self._caught.pop()
        self._answer = self._route.fetch()

    def answer(self):
        """Let the answer through, and everything after it."""
        self._lets_pass = True
        self._route.fulfill(response=self._answer)

    def lose_answer(self):
        """Cut the line before the answer."""
        self._lets_pass = True
        self._route.abort()


def begin(page):
    page.goto(ADD)
    # Until then the editor doesn't look for changes.
    page.wait_for_timeout(2500)
    page.locator("#id_name").fill(NAME)
    page.locator("#id_code").fill("dang-viet")


def tick(page):
    page.locator('[name="categories"][value="civil_servant"]').check()


def only_draft():
    """Return the one framework that there is, as its draft says it."""
    return CriteriaFramework.objects.get().get_latest_revision_as_object()


def test_a_draft_saved_while_the_autosave_runs_is_one_draft_with_the_last_ticks(live_browser, people):
    page = live_browser.page(people["editor"])
    autosave = Autosave(page)
    begin(page)
    autosave.reach_server()
    tick(page)
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_timeout(500)
    assert page.url.endswith(ADD)
    autosave.answer()
    page.wait_for_url(re.compile(r"/admin/frameworks/edit/\d+/"))
    expect(page.locator(".messages .success")).to_be_visible()
    assert (only_draft().name, only_draft().categories) == (NAME, ["civil_servant"])


def test_a_draft_whose_autosave_lost_its_answer_is_continued(live_browser, people):
    page = live_browser.page(people["editor"])
    autosave = Autosave(page)
    begin(page)
    autosave.reach_server()
    tick(page)
    page.get_by_role("button", name=SAVE).click()
    with page.expect_event("dialog"):
        page.once("dialog", lambda dialog: dialog.accept())
        autosave.lose_answer()
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url(re.compile(r"/admin/frameworks/edit/\d+/"))
    assert only_draft().categories == ["civil_servant"]


def test_a_double_click_makes_one_draft(live_browser, people):
    page = live_browser.page(people["editor"])
    page.goto(ADD)
    page.locator("#id_name").fill(NAME)
    page.locator("#id_code").fill("dang-viet")
    page.get_by_role("button", name=SAVE).dblclick()
    page.wait_for_url(re.compile(r"/admin/frameworks/edit/\d+/"))
    assert only_draft().name == NAME


def test_what_is_changed_while_the_autosave_runs_is_saved_after_it(live_browser, people):
    page = live_browser.page(people["editor"])
    autosave = Autosave(page)
    begin(page)
    autosave.reach_server()
    # Shortly before the answer: Wagtail would take it for saved.
    tick(page)
    autosave.answer()
    page.wait_for_url(re.compile(r"/admin/frameworks/edit/\d+/"))
    page.wait_for_timeout(4000)
    assert only_draft().categories == ["civil_servant"]


def test_what_cannot_be_sent_stays_on_the_screen(live_browser, people):
    page = live_browser.page(people["editor"])
    page.goto(ADD)
    page.context.set_offline(True)
    page.locator("#id_name").fill(NAME)
    page.locator("#id_code").fill("dang-viet")
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_event("dialog") as reported:
        page.get_by_role("button", name=SAVE).click()
    assert "Chưa lưu được" in reported.value.message
    expect(page.locator("#id_name")).to_have_value(NAME)
    page.context.set_offline(False)
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url(re.compile(r"/admin/frameworks/edit/\d+/"))
    assert only_draft().name == NAME


def test_a_page_saved_while_the_autosave_runs_is_one_page(live_browser, province):
    page = live_browser.page(make_user(is_superuser=True))
    TransparencyPage.objects.all().delete()
    home = HomePage.objects.get()
    autosave = Autosave(page)
    page.goto(f"/admin/pages/add/catalog_pages/transparencypage/{home.pk}/")
    page.wait_for_timeout(2500)
    page.locator("#id_title").fill("Công khai")
    autosave.reach_server()
    page.locator("#id_title").fill("Công khai kết quả")
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_timeout(500)
    autosave.answer()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(page.locator(".messages .success")).to_be_visible()
    assert TransparencyPage.objects.get().get_latest_revision_as_object().title == "Công khai kết quả"
