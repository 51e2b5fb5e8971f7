"""The tree of criteria in the editor: rows that say what they are, fields that appear when a row is opened."""

import pytest
from playwright.sync_api import expect

from cms.frameworks import conversion
from cms.frameworks.models import CriteriaFramework
from cms.scoring import shipped
from cms.scoring.definition import write_definition
from tests.factories.frameworks import draft_of

pytestmark = pytest.mark.browser

CRITERION = {
    "code": "1.1",
    "title": "Chấp hành kỷ luật",
    "max": "30",
    "marking": {"kind": "points"},
    "roles": ["head"],
    "guidance": "Căn cứ sổ theo dõi của đơn vị",
    "citation": "Kế hoạch, mục II",
}


@pytest.fixture
def framework(province):
    """Return a draft: a group of two criteria and one of one."""
    sections = write_definition(shipped.load("nd335"))["sections"]
    section = next(each for each in sections if each["kind"] == "criteria")
    second = CRITERION | {"code": "1.2", "title": "Văn hóa công sở", "max": "0", "roles": []}
    group = {"code": "1", "title": "Ý thức", "max": "30", "criteria": [CRITERION, second]}
    third = CRITERION | {"code": "2.1", "title": "Phối hợp", "max": "0"}
    section["criteria"] = [group, {"code": "2", "title": "Tác phong", "max": "0", "criteria": [third]}]
    return draft_of(code="khung", sections=sections)


def open_editor(live_browser, people, framework):
    page = live_browser.page(people["editor"])
    page.goto(f"/admin/frameworks/edit/{framework.pk}/")
    page.get_by_role("tab", name="Các phần").click()
    return page


def row(page, title):
    heading = page.locator("[data-panel-heading]", has_text=title)
    return page.locator("[data-streamfield-child]").filter(has=heading).last


def toggle(page, title):
    row(page, title).locator("[data-panel-toggle]").first.click()


def said(framework):
    draft = CriteriaFramework.objects.get(pk=framework.pk).get_latest_revision_as_object()
    return conversion.definition_data(draft)


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu nháp").click()


def test_a_row_says_for_whom_and_on_what_ground(live_browser, people, framework):
    page = open_editor(live_browser, people, framework)
    toggle(page, "Ý thức")
    heading = row(page, "Chấp hành kỷ luật").locator("[data-panel-heading]").first
    expect(heading).to_contain_text("1.1 · Chấp hành kỷ luật · 30 · Áp dụng cho: Người đứng đầu · Kế hoạch, mục II")


def test_opening_rows_changes_nothing(live_browser, people, framework):
    revisions = framework.revisions.count()
    before = said(framework)
    page = open_editor(live_browser, people, framework)
    page.wait_for_timeout(2500)
    toggle(page, "Ý thức")
    toggle(page, "Chấp hành kỷ luật")
    page.wait_for_timeout(2500)
    assert framework.revisions.count() == revisions
    save(page)
    assert said(framework) == before


def test_what_is_typed_in_an_opened_row_is_saved_beside_rows_that_stay_folded(live_browser, people, framework):
    before = said(framework)
    page = open_editor(live_browser, people, framework)
    toggle(page, "Ý thức")
    toggle(page, "Văn hóa công sở")
    page.locator("#sections-0-value-criteria-0-value-criteria-1-value-title").fill("Văn hóa công vụ")
    save(page)
    after = said(framework)
    assert after["sections"] != before["sections"]
    titles = [each["title"] for each in after["sections"][0]["criteria"][0]["criteria"]]
    assert titles == ["Chấp hành kỷ luật", "Văn hóa công vụ"]
    after["sections"][0]["criteria"][0]["criteria"][1]["title"] = "Văn hóa công sở"
    assert after == before


def test_a_folded_row_is_copied_with_all_that_it_holds(live_browser, people, framework):
    page = open_editor(live_browser, people, framework)
    row(page, "Ý thức").get_by_title("Nhân đôi").first.click()
    page.wait_for_timeout(500)
    save(page)
    first, second, _third = said(framework)["sections"][0]["criteria"]
    assert first == second


def test_a_problem_leads_into_a_row_that_was_never_opened(live_browser, people, framework):
    page = open_editor(live_browser, people, framework)
    toggle(page, "Ý thức")
    toggle(page, "Văn hóa công sở")
    page.locator("#sections-0-value-criteria-0-value-criteria-1-value-max").fill("5")
    page.get_by_role("button", name="Thao tác khác").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Trình").first.click()
    page.locator(".messages a[data-fw-place]", has_text="Ý thức").first.click()
    expect(page.locator("#sections-0-value-criteria-0-value-title")).to_be_visible()
    page.wait_for_function("document.activeElement.name.startsWith('sections-0-value-criteria-0-value-')")


def test_a_criterion_is_moved_to_another_group_by_keyboard_and_keeps_all_it_holds(live_browser, people, framework):
    before = said(framework)["sections"][0]["criteria"]
    page = open_editor(live_browser, people, framework)
    toggle(page, "Ý thức")
    toggle(page, "Chấp hành kỷ luật")
    choice = page.get_by_label("Chuyển sang nhóm")
    choice.focus()
    choice.press("ArrowDown")
    choice.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    save(page)
    first, second = said(framework)["sections"][0]["criteria"]
    assert first["criteria"] == before[0]["criteria"][1:]
    assert second["criteria"] == [*before[1]["criteria"], before[0]["criteria"][0]]


def test_bands_of_days_late_are_asked_for_where_days_are_counted(live_browser, people, framework):
    page = live_browser.page(people["editor"])
    page.goto(f"/admin/frameworks/edit/{framework.pk}/")
    page.get_by_role("tab", name="Quy tắc").click()
    heading = page.get_by_text("Mức trừ theo số ngày chậm", exact=True).first
    counted = page.locator("#rules-0-value-late_counted-value")
    expect(counted).to_be_visible()
    expect(heading).to_be_hidden()
    counted.select_option("days")
    expect(heading).to_be_visible()

    bands = page.locator("[data-contentpath='late_bands']")
    for place, (first, off) in enumerate([("1", "2,5"), ("4", "10")]):
        bands.locator("[data-streamfield-list-add]").last.click()
        page.locator(f"#rules-0-value-late_bands-{place}-value-from_days").fill(first)
        page.locator(f"#rules-0-value-late_bands-{place}-value-points_off").fill(off)
    save(page)
    assert said(framework)["work"]["late_bands"] == [
        {"from_days": "1", "points_off": "2.5"},
        {"from_days": "4", "points_off": "10"},
    ]
    # Bands that are there to take out are never hidden.
    page.get_by_role("tab", name="Quy tắc").click()
    counted.select_option("occurrences")
    expect(heading).to_be_visible()


def settings_of(page, title):
    """Open a row with what stands behind its gear."""
    toggle(page, title)
    row(page, title).locator("[data-streamfield-action='SETTINGS']").first.click()


def test_what_is_asked_where_points_are_cut_is_chosen_at_a_criterion(live_browser, people, framework):
    page = open_editor(live_browser, people, framework)
    toggle(page, "Ý thức")
    settings_of(page, "Chấp hành kỷ luật")
    row(page, "Chấp hành kỷ luật").get_by_label("Khi không cho đủ điểm hoặc trừ điểm, yêu cầu").select_option("both")
    save(page)

    group = said(framework)["sections"][0]["criteria"][0]
    assert group["criteria"][0]["asks_when_cut"] == "both"
    assert "asks_when_cut" not in group["criteria"][1] and "asks_when_cut" not in group


def test_nothing_is_asked_for_a_bonus(live_browser, people, province):
    item = {"code": "B1", "title": "Có sáng kiến", "max": "5"}
    bonus = {"code": "B", "title": "Điểm cộng", "kind": "bonus", "max": "5", "citation": "Kế hoạch", "criteria": [item]}
    sections = write_definition(shipped.load("nd335"))["sections"]
    framework = draft_of(code="khung", sections=[*sections, bonus])
    page = open_editor(live_browser, people, framework)
    settings_of(page, "Có sáng kiến")

    own = row(page, "Có sáng kiến")
    expect(own.locator("[data-contentpath='guidance']")).to_be_visible()
    expect(own.locator("[data-contentpath='asks_when_cut']")).to_be_hidden()
