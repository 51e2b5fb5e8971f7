"""What of a page's scripts is the platform's own, so that a test can say that there is no other."""

import re

_OWN = re.compile(r'<script (?:src="/static/catalog_pages/theme\.js"|type="application/ld\+json")>')


def without_own_scripts(html: str) -> str:
    """Return the page without the beginnings of the script of its colours and of its structured data."""
    return _OWN.sub("", html)
