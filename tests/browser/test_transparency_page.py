"""An editor arranges the transparency page without code, an approver publishes it, and everybody reads it so."""

import re

import pytest

from catalog_pages.models import TransparencyPage
from tests.browsing import PHONE
from tests.factories.figures import publish_figures

pytestmark = pytest.mark.browser


def add_block(page, name):
    """Put a block at the end of the body, and return it."""
    page.locator("button.c-sf-add-button:visible").last.click()
    # Descriptions of other blocks may hold the same word.
    page.locator("[role=option]").filter(has=page.get_by_text(name, exact=True)).last.click()
    return page.locator("[data-streamfield-child]", has_text=name).last


@pytest.mark.one_database("look at how an editor's screens work")
def test_an_editor_arranges_the_page_and_an_approver_publishes_it(live_browser, people, province):
    publish_figures()
    # Begin with an empty page, so that every block is one that the editor chose.
    page = TransparencyPage.objects.get()
    page.body = []
    page.save_revision().publish()
    address = f"/admin/pages/{page.pk}/edit/"
    editor = live_browser.page(people["editor"])
    editor.goto(address)

    arrange(editor)
    with editor.expect_navigation():
        editor.get_by_role("button", name="Lưu nháp").press("Enter")
    editor.locator("[data-side-panel-toggle=preview]").click()
    preview = editor.frame_locator("iframe").first
    preview.get_by_role("heading", name="Các mốc của đợt").wait_for()
    assert preview.locator(".figure-block h2").inner_text() == "Mục nặng, mục nhẹ"

    public = live_browser.page(size=PHONE, java_script_enabled=False)
    public.goto("/minh-bach/")
    assert "Các mốc của đợt" not in public.get_by_role("main").inner_text()

    approver = live_browser.page(people["approver"])
    approver.goto(address)
    approver.get_by_role("button", name="Thao tác khác").click()
    with approver.expect_navigation():
        approver.get_by_role("button", name=re.compile("^(Xuất bản|Công bố)")).click()
    assert "Công khai, minh bạch" in approver.locator(".messages").inner_text()

    public.reload()
    assert public.locator("main h2").all_inner_texts() == ["Vì sao công khai", "Mục nặng, mục nhẹ", "Các mốc của đợt"]
    assert "15/12/2026 Trình danh mục" in re.sub(r"\s+", " ", public.locator(".milestones").inner_text())
    assert live_browser.outside == []


def arrange(editor):
    """Add a figure and a text, move the figure below the text, and add days."""
    figure = add_block(editor, "Số liệu có biểu đồ và bảng")
    figure.locator("select").select_option(label="Phân bố hệ số quy đổi")
    figure.get_by_label("Tiêu đề").fill("Mục nặng, mục nhẹ")
    text = add_block(editor, "Văn bản")
    text.locator("[contenteditable=true]").click()
    editor.keyboard.type("## Vì sao công khai")
    figure.locator("[data-streamfield-action=MOVE_DOWN]").first.click()
    # The calendar of the day covers what is below it: the day comes last, and the keyboard saves.
    days = add_block(editor, "Các mốc thời gian")
    days.get_by_label("Tiêu đề").first.fill("Các mốc của đợt")
    days.locator("input[name$='-text']").fill("Trình danh mục")
    days.locator("input[name$='-day']").fill("15/12/2026")
    editor.keyboard.press("Tab")
