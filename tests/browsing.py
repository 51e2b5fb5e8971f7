"""A real browser on a served platform: the system's Chromium, driven by Playwright, as a person in Vietnam has it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

    from cms.users.models import User

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def require_chromium() -> str:
    """Return Chromium's path; without one skip the test, or fail it where CI=true says that browser tests must run."""
    path = find_chromium()
    if path:
        return path
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail("CI must run the browser tests, and there is no Chromium on this machine.")
    pytest.skip("There is no Chromium on this machine: browser tests did NOT run.")


class LiveBrowser:
    """Pages of one test. ``outside`` collects every address that a page asked for and that is not the platform's."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.outside: list[str] = []
        self._browser = browser
        self._contexts: list[Any] = []

    def page(self, user: User | None = None, *, size: dict[str, int] = DESKTOP, **options: Any) -> Page:
        """Open a page in a context of its own, signed in as ``user`` if one is given.

        ``options`` go to Playwright's new_context, for example java_script_enabled=False.
        """
        context = self._browser.new_context(
            base_url=self.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=size, **options
        )
        context.on("request", self._note)
        self._contexts.append(context)
        if user is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(user), "url": self.url}])
        return context.new_page()

    def close(self) -> None:
        """Close every page, so that nothing asks the server for anything any more."""
        for context in self._contexts:
            context.close()

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != urlsplit(self.url).netloc:
            self.outside.append(request.url)


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe-core finds on the page as it stands: a line with rule, impact and element for each fault."""
    from axe_playwright_python.sync_playwright import Axe

    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]}"
        for violation in violations
        for node in violation["nodes"]
    ]
