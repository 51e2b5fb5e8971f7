"""The two pages that show the document: served from here, under the site's content policy."""

import pytest


def _policy(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


def test_swagger_needs_nothing_beyond_the_sites_content_policy(api):
    assert _policy(api.get("docs/")) == _policy(api.get(""))


def test_redoc_relaxes_the_content_policy_by_styles_alone(api):
    loosened, strict = _policy(api.get("redoc/")), _policy(api.get(""))

    assert loosened.pop("style-src") - strict.pop("style-src") == {"'unsafe-inline'"}
    assert loosened == strict


def test_redocs_program_calls_nobody(api):
    program = api.get("redoc/bundle.js")

    assert program["Content-Type"].startswith("text/javascript")
    assert b"cdn.redoc.ly" not in program.content


@pytest.mark.parametrize("path", ["docs/", "redoc/", "redoc/bundle.js"])
def test_the_pages_are_only_read(api, path):
    assert api.client().post(f"/api/v1/{path}").status_code == 405


@pytest.mark.browser
@pytest.mark.parametrize(("path", "sign"), [("docs/", ".opblock-summary-path"), ("redoc/", "[data-section-id]")])
def test_the_pages_show_every_operation_and_ask_nothing_from_outside(live_browser, path, sign):
    page = live_browser.page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"/api/v1/{path}")
    page.wait_for_selector(sign)
    page.get_by_text("difference").first.wait_for(state="attached")
    page.locator(sign).first.click()
    page.wait_for_load_state("networkidle")

    assert complaints == []
    assert live_browser.outside == []
