"""What may be kept and for whom, asked of the middleware alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from cms.core import public_cache
from cms.core.public_cache import PublicCacheMiddleware, allow_public_cache

PUBLIC = {"Cache-Control": "public, max-age=60", "ETag": '"a"', "Vary": "Cookie, Accept-Language"}


@pytest.fixture(autouse=True)
def _switched_on(settings: Any) -> Iterator[None]:
    settings.THUOCDO_PUBLIC_CACHE_SECONDS = 60
    yield
    caches["public"].clear()
    caches["progress"].clear()


@dataclass
class Site:
    """The middleware over a view that counts how often it is asked."""

    headers: dict[str, str] = field(default_factory=lambda: dict(PUBLIC))
    marked: bool = True
    answers: int = 0

    def view(self, request: Any) -> Any:
        self.answers += 1
        response = HttpResponse(f"{self.answers}", headers=self.headers)
        if self.marked:
            allow_public_cache(response)
        return response

    def get(self, path: str = "/", method: str = "GET", **more: Any) -> Any:
        return PublicCacheMiddleware(self.view)(RequestFactory().generic(method, path, **more))

    def is_kept(self, path: str = "/", **more: Any) -> bool:
        """Return whether a second visitor gets what was made for the first."""
        self.get(path, **more)
        before = self.answers
        return bool(self.get(path, **more).headers.get("Cache-Status")) and self.answers == before


def test_a_second_visitor_gets_what_was_made_for_the_first():
    site = Site()

    assert [site.get().content, site.get().content] == [b"1", b"1"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private, max-age=60"},
        {"Cache-Control": "public, no-store"},
        {"Cache-Control": "public, no-cache"},
        {"Cache-Control": "max-age=60"},
        {"Vary": "Cookie, Authorization"},
        {"Vary": "*"},
        {"Vary": "Accept"},
        {"Set-Cookie": "a=b"},
        {"RateLimit-Remaining": "7"},
        {"X-Somebody": "7"},
        {"Content-Security-Policy": "script-src 'nonce-abc'"},
    ],
    ids=str,
)
def test_answers_that_say_otherwise_are_not_kept(headers):
    assert not Site(PUBLIC | headers).is_kept()


def test_answers_of_views_that_do_not_say_so_are_not_kept():
    assert not Site(marked=False).is_kept()


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("x", status=404, headers=PUBLIC),
        HttpResponse("x" * (public_cache.MOST_BYTES + 1), headers=PUBLIC),
        StreamingHttpResponse(iter(["x"]), headers=PUBLIC),
    ],
    ids=["not found", "too long", "streamed"],
)
def test_refusals_long_and_streamed_answers_are_not_kept(response):
    allow_public_cache(response)
    PublicCacheMiddleware(lambda request: response)(RequestFactory().get("/"))

    assert PublicCacheMiddleware(lambda request: HttpResponse("new"))(RequestFactory().get("/")).content == b"new"


def test_an_answer_that_sets_a_cookie_is_not_kept():
    def view(request):
        response = HttpResponse("first", headers=PUBLIC)
        response.set_cookie("sessionid", "of somebody")
        allow_public_cache(response)
        return response

    PublicCacheMiddleware(view)(RequestFactory().get("/"))

    assert Site().get().content == b"1"


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "csrftoken=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"HTTP_IF_MATCH": '"a"'},
        {"method": "POST"},
        {"method": "OPTIONS"},
    ],
    ids=str,
)
def test_who_may_be_somebody_is_answered_anew_and_leaves_nothing_behind(more):
    site = Site()
    site.get()

    assert site.get(**more).content == b"2"
    caches["public"].clear()
    site.get(**more)
    assert site.get().content == b"4"


def test_previews_of_drafts_are_answered_anew_at_the_address_of_the_public_page():
    site = Site()
    site.get()
    preview = RequestFactory().get("/")
    preview.is_dummy = True

    assert PublicCacheMiddleware(site.view)(preview).content == b"2"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"path": "/a/"}, {"path": "/b/"}),
        ({"path": "/?q=a"}, {"path": "/?q=b"}),
        ({"path": "/?q=a&q=b"}, {"path": "/?q=b&q=a"}),
        ({"path": "/?q="}, {"path": "/"}),
        ({"path": "/"}, {"path": "/", "HTTP_HOST": "localhost"}),
        ({"path": "/"}, {"path": "/", "secure": True}),
        ({"path": "/api/v1/"}, {"path": "/api/v1/", "HTTP_ACCEPT": "application/json; indent=4"}),
    ],
    ids=str,
)
def test_another_address_is_another_answer(first, second):
    site = Site()

    assert [site.get(**first).content, site.get(**second).content] == [b"1", b"2"]


def test_another_language_is_another_answer():
    site = Site()
    site.get()

    with override("en"):
        assert site.get().content == b"2"


def test_the_order_of_parameters_and_other_cookies_make_no_other_answer():
    site = Site()

    first, second = site.get("/?q=a&nhom=1"), site.get("/?nhom=1&q=a", HTTP_COOKIE="_ga=1")

    assert first.content == second.content == b"1"


def test_head_is_answered_from_what_get_left_and_leaves_nothing():
    site = Site()

    assert [site.get(method="HEAD").content, site.get().content, site.get(method="HEAD").content] == [b"1", b"2", b"2"]


def test_a_visitor_who_holds_the_answer_is_told_so():
    site = Site()
    site.get()

    answer = site.get(HTTP_IF_NONE_MATCH='"a"')

    assert (answer.status_code, answer.content, answer["ETag"], site.answers) == (304, b"", '"a"', 1)
    assert site.get(HTTP_IF_NONE_MATCH='"b"').status_code == 200


def test_what_is_made_while_the_public_side_changes_is_not_kept():
    site = Site()

    def view(request):
        public_cache._start_generation()
        return site.view(request)

    PublicCacheMiddleware(view)(RequestFactory().get("/"))

    assert site.get().content == b"2"


def test_a_shared_cache_that_fails_costs_the_memory_and_no_answer(monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionError("no cache")

    monkeypatch.setattr(caches["progress"].__class__, "get", fail)
    logged = []
    monkeypatch.setattr(public_cache.logger, "exception", logged.append)
    site = Site()

    assert [site.get().content, site.get().content] == [b"1", b"2"]
    assert len(logged) == 2


def test_nothing_is_kept_where_it_is_switched_off(settings):
    settings.THUOCDO_PUBLIC_CACHE_SECONDS = 0

    assert not Site().is_kept()


def test_what_many_ask_for_stays_when_somebody_asks_for_everything(monkeypatch):
    monkeypatch.setattr(caches["public"], "_max_entries", 10)
    site = Site()
    for number in range(100):
        site.get("/")
        site.get(f"/?q={number}")

    assert site.answers == 101
    assert len(caches["public"]._cache) <= 10
