"""A trial on a desk and on a phone: no column is cut, and receipts leave their tables of work the room they need."""

import os
from pathlib import Path

import pytest

from cms.frameworks.actions import trying
from tests.factories.frameworks import draft_of

pytestmark = [pytest.mark.browser, pytest.mark.one_database("look at how screens are built")]

SIZES = {1280: {"width": 1280, "height": 900}, 390: {"width": 390, "height": 800}}
# How far the page itself can be moved sideways, and which boxes hold more than they show.
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.getAttribute('aria-label'))"


@pytest.fixture
def trial(people):
    draft = draft_of("truong-hoc")
    inputs = trying.add_sample_inputs(by=people["editor"], framework=draft)
    return trying.run_trial(
        trying.start_trial(by=people["editor"], framework=draft, inputs_=inputs, beside="nd335-qd366")
    )


def keep(page, name):
    """Keep a picture where somebody who looks at the screens asks for it."""
    if folder := os.environ.get("THUOCDO_LOOK_AT"):
        height = page.evaluate("Math.max(...['html', 'main'].map(box => document.querySelector(box).scrollHeight))")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": min(height, 6000)})
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize("width", SIZES)
def test_a_trial_and_its_receipts_cut_nothing(live_browser, people, trial, width):
    page = live_browser.page(people["editor"], size=SIZES[width])
    page.goto(f"/admin/frameworks/{trial.framework_id}/trials/{trial.pk}/")
    assert page.evaluate(_SIDEWAYS) <= 0
    if width == 1280:
        assert page.eval_on_selector_all(".fw-levels .td-scroll, .td-scroll:has(.fw-changed)", _CUT) == []
    else:
        assert page.locator(".fw-sideways").first.is_visible()
    keep(page, f"trial-{width}")

    page.goto(f"/admin/frameworks/{trial.framework_id}/trials/{trial.pk}/subjects/30/")
    assert page.evaluate(_SIDEWAYS) <= 0
    if width == 1280:
        assert page.eval_on_selector_all(".receipt__scroll", _CUT) == []
    else:
        assert page.locator(".fw-sideways").first.is_visible()
    keep(page, f"subject-{width}")
