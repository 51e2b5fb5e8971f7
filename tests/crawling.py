"""Walking the platform as a person does: from a first page along every link that leads further."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver

# Addresses of one kind say the same; a few of them show its variants.
OF_A_KIND = 3
_LEAVING = ("/accounts/logout/", "/admin/logout/")
# Pages in English have a test of their own (tests/integration/public/test_english.py).
_ELSEWHERE = ("/static/", "/media/", "/en/")
_FOLLOWED = {"a": "href", "form": "action", "iframe": "src"}
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+(\.\.\.\d+)?")
_ANY_PAGE = re.compile(r"^/danh-muc/(?!tim-kiem)[^/]+/")
# Wagtail's menu is data that a script makes into links.
_IN_DATA = re.compile(r'"url": ?"(/[^"]*)"')


@dataclass
class Form:
    """A form that writes: where it is sent, what a person fills in, and what the page itself has filled in."""

    action: str
    asked: set[str] = field(default_factory=set)
    given: dict[str, str] = field(default_factory=dict)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the element leads; forms that write are not sent."""
        given = dict(attrs)
        self._in_data = tag == "script" and (given.get("type") or "").startswith("application/json")
        if tag == "form":
            writes = (given.get("method") or "get").lower() != "get"
            self._form = Form(given.get("action") or "") if writes else None
            if self._form:
                self.forms.append(self._form)
                return
        if self._form and given.get("name") and tag in ("input", "select", "textarea"):
            if given.get("type") == "hidden":
                self._form.given[str(given["name"])] = given.get("value") or ""
            elif given.get("type") != "file":
                self._form.asked.add(str(given["name"]))
        target = given.get(_FOLLOWED.get(tag, ""))
        if target:
            self.found.append(target)

    def handle_endtag(self, tag: str) -> None:
        """Leave a form."""
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        """Note where data of a script leads."""
        if self._in_data:
            self.found += _IN_DATA.findall(data)


@lru_cache(maxsize=1)
def _read(html: str) -> _Links:
    """Read a page once for both its links and its forms."""
    parser = _Links()
    parser.feed(html)
    return parser


def links_of(html: str) -> list[str]:
    """Return the addresses that a page leads to, as they are written."""
    return _read(html).found


def forms_of(html: str) -> list[Form]:
    """Return the forms of a page that write."""
    return _read(html).forms


def html_of(response: HttpResponse) -> str:
    """Return the page of an answer; of one for a dialog, the page inside it; of a file, nothing."""
    kind = response.headers.get("Content-Type", "")
    if getattr(response, "streaming", False):
        return ""
    if kind.startswith("text/html"):
        return response.content.decode()
    if kind.startswith("application/json") or kind.startswith("text/javascript"):
        try:
            answer = json.loads(response.content)
        except ValueError:
            return ""
        return str(answer.get("html", "")) if isinstance(answer, dict) else ""
    return ""


def walk(client: Client, start: Iterable[str], limit: int = 150) -> Iterator[tuple[str, HttpResponse]]:
    """Yield each address with its answer, breadth first, at most ``limit`` of them; files and other sites excepted."""
    waiting = deque(start)
    known, of_kind = set(waiting), Counter[str]()
    while waiting and limit:
        address = waiting.popleft()
        response = client.get(address)
        limit -= 1
        yield address, response
        for target in _targets(response):
            further = _inside(urljoin(address, target))
            if further and further not in known and _is_of_use(further, of_kind):
                waiting.append(further)
            known.add(further)


def _targets(response: HttpResponse) -> list[str]:
    location = response.headers.get("Location")
    return [location] if location else links_of(html_of(response))


def addresses_without_arguments(patterns: Iterable[object], before: str = "/") -> Iterator[str]:
    """Yield every address below ``patterns`` that names no object, so that dialogs which scripts open are met too."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if route.startswith("^") or "<" in route or "(" in route:
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses_without_arguments(pattern.url_patterns, before + route)
        elif not (before + route).startswith(_LEAVING):
            yield before + route


def _inside(address: str) -> str:
    """Return the address without its host and fragment, or an empty string when it leads away."""
    parts = urlsplit(address)
    if parts.scheme not in ("", "http", "https") or parts.hostname not in (None, "testserver", "localhost"):
        return ""
    if parts.path.startswith(_ELSEWHERE) or parts.path in _LEAVING:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def kind_of(address: str) -> str:
    """Return the address without what tells one object from another."""
    parts = urlsplit(address)
    path = _KEY.sub("*", _ANY_PAGE.sub("/danh-muc/*/", parts.path))
    names = sorted({name for name, _value in parse_qsl(parts.query)} - {"next"})
    return "&".join([path, *names])


def _is_of_use(address: str, of_kind: Counter[str]) -> bool:
    """Return whether the address shows something that enough addresses before it have not."""
    of_kind[kind_of(address)] += 1
    return of_kind[kind_of(address)] <= OF_A_KIND
