"""Opening and saving a framework of 500 criteria in the editor, as its writer waits for it, beside one of 50."""

import pytest

from cms.scoring import shipped
from cms.scoring.definition import write_definition
from tests.factories.frameworks import draft_of

pytestmark = pytest.mark.browser

_ROUNDS = 3


def framework_of(criteria):
    """Return a saved draft: one section of criteria in groups of ten."""
    data = write_definition(shipped.load("nd335"))
    section = next(each for each in data["sections"] if each["kind"] == "criteria")
    share = "0.1"
    section["criteria"] = [
        {
            "code": f"g{group}",
            "title": f"Nhóm tiêu chí thứ {group}",
            "max": "1",
            "criteria": [
                {
                    "code": f"g{group}.{number}",
                    "title": f"Tiêu chí {number} của nhóm {group}: thực hiện nhiệm vụ được giao",
                    "max": share,
                    "marking": {"kind": "points"},
                    "roles": ["head"],
                    "citation": "Kế hoạch, mục II",
                }
                for number in range(10)
            ],
        }
        for group in range(criteria // 10)
    ]
    return draft_of(code=f"khung-{criteria}", sections=data["sections"])


def opened(page, address):
    """Open the editor; return seconds until its last block stands, and the server's part of them."""
    page.goto(address)
    page.wait_for_function("document.querySelector('[data-contentpath=sections] [data-streamfield-child]')")
    return page.evaluate(
        """() => {
            const [it] = performance.getEntriesByType('navigation');
            return [it.domComplete, it.responseEnd - it.requestStart, it.decodedBodySize];
        }"""
    )


def saved(page):
    """Save and return seconds until the editor stands again, and the server's part of them."""
    begun = page.evaluate("Date.now()")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu nháp").click()
    return page.evaluate(
        """(begun) => {
            const [it] = performance.getEntriesByType('navigation');
            return [performance.timeOrigin + it.domComplete - begun, it.responseEnd - it.startTime, it.redirectCount];
        }""",
        begun,
    )


def test_an_editor_of_500_criteria(live_browser, people):
    page = live_browser.page(people["editor"])
    page.set_default_navigation_timeout(90000)
    for criteria in (50, 500):
        framework = framework_of(criteria)
        address = f"/admin/frameworks/edit/{framework.pk}/"
        for _round in range(_ROUNDS):
            print(criteria, "open", opened(page, address), "save", saved(page))
