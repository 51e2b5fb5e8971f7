"""Opening, saving and unfolding a framework of 500 criteria in the editor, as its writer waits, beside one of 50."""

import pytest

from cms.scoring import shipped
from cms.scoring.definition import write_definition
from tests.benchmarks.measure import Table, median_of
from tests.factories.frameworks import draft_of

pytestmark = pytest.mark.browser

_ROUNDS = 5
_GROUP = 10
_MOST = 3


def framework_of(criteria):
    """Return a saved draft: one section of criteria in groups of ten."""
    data = write_definition(shipped.load("nd335"))
    section = next(each for each in data["sections"] if each["kind"] == "criteria")
    leaves = [
        {
            "code": f"tc{number}",
            "title": f"Tiêu chí {number}: thực hiện nhiệm vụ được giao",
            "max": "0.1",
            "marking": {"kind": "points"},
            "roles": ["head"],
            "citation": "Kế hoạch, mục II",
        }
        for number in range(criteria)
    ]
    section["criteria"] = [
        {"code": f"n{begin}", "title": f"Nhóm từ {begin}", "max": "1", "criteria": leaves[begin : begin + _GROUP]}
        for begin in range(0, criteria, _GROUP)
    ]
    return draft_of(code=f"khung-{criteria}", sections=data["sections"])


def opened(page, framework):
    """Open the editor; return the milliseconds until its last block stands."""
    page.goto(f"/admin/frameworks/edit/{framework.pk}/")
    return page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")


def saved(page):
    """Save; return the milliseconds from the click until the editor stands again."""
    begun = page.evaluate("Date.now()")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu nháp").click()
    return page.evaluate(
        "(begun) => performance.timeOrigin + performance.getEntriesByType('navigation')[0].domComplete - begun", begun
    )


def unfolded(page):
    """Fold everything and unfold it again; return the milliseconds until the screen is drawn."""
    page.get_by_role("tab", name="Các phần").click()
    page.get_by_role("button", name="Thu gọn tất cả").first.click()
    # Wagtail compares the form twice a second.
    page.wait_for_timeout(1000)
    return page.get_by_role("button", name="Mở rộng tất cả").first.evaluate(
        "async (button) => { const begun = performance.now(); button.click();"
        " await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))));"
        " return performance.now() - begun; }"
    )


def test_500_criteria_beside_50(live_browser, people):
    page = live_browser.page(people["editor"])
    frameworks = [framework_of(criteria) for criteria in (500, 50)]
    opening, saving, unfolding = ([], []), ([], []), ([], [])
    for _round in range(_ROUNDS):
        for framework, open_times, save_times, unfold_times in zip(frameworks, opening, saving, unfolding, strict=True):
            open_times.append(opened(page, framework))
            save_times.append(saved(page))
            unfold_times.append(unfolded(page))
    table = Table("The editor with 500 criteria beside 50")
    table.compare("open", *map(median_of, opening), _MOST)
    table.compare("save", *map(median_of, saving), _MOST)
    table.compare("expand all", *map(median_of, unfolding), _MOST)
    table.show()
    assert not table.missed
