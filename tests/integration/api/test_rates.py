"""How often the API may be asked: told on every answer, and to nobody on behalf of somebody else."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from api.throttling import AnonymousRateThrottle
from api.v1.examples import examples_of
from cms.core.counters import SharedFileCache


@pytest.fixture
def rates(monkeypatch):
    """Let rates hold, which tests otherwise do without."""
    cache.clear()
    held = {"anon": "3/min", "user": "5/hour", "scores": "2/min", "uploads": "1/day"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", held)
    yield held
    cache.clear()


def _reported(answer):
    return answer.get("RateLimit-Policy"), answer.get("RateLimit")


def test_a_person_is_told_the_rate_and_what_is_left(api, rates, world, people):
    reported = [_reported(api.get("items/", people["uploader"])) for _ in range(6)]

    assert {policy for policy, _left in reported} == {'"user";q=5;w=3600'}
    counts = [left.partition(";t=") for _policy, left in reported]
    assert [count[0] for count in counts] == [f'"user";r={left}' for left in (4, 3, 2, 1, 0, 0)]
    assert all(3590 < int(count[2]) <= 3600 for count in counts)


def test_who_asks_too_often_is_told_the_same_as_in_retry_after(api, rates, world):
    for _ in range(3):
        assert api.get("items/").status_code == 200
    answer = api.get("items/")

    assert answer.status_code == 429
    assert answer["RateLimit"] == f'"anon";r=0;t={answer["Retry-After"]}'


def test_what_a_shared_cache_repeats_tells_the_rate_but_nobodys_count(api, rates, world):
    for path in ("items/", "catalogs/thong-ke/versions/2/", "/api/pages/"):
        answer = api.get(path)
        assert (answer["Cache-Control"], _reported(answer)) == ("public, max-age=60", ('"anon";q=3;w=60', None)), path


def test_what_nobody_keeps_tells_the_count_to_anybody(api, rates, world):
    assert _reported(api.get("items/", nope=1))[1].startswith('"anon";r=2;t=')
    assert _reported(api.get("nope/"))[1].startswith('"anon";r=1;t=')
    subjects = examples_of("scores_preview")["one officer"]["body"]
    scored = api.client().post("/api/v1/scores/preview/", subjects, content_type="application/json")
    assert scored["RateLimit-Policy"] == '"scores";q=2;w=60'
    assert scored["RateLimit"].startswith('"scores";r=1;t=')


def test_several_rates_are_told_together(api, rates, people):
    answer = api.post("imports/", {}, people["uploader"], as_form=True)

    assert answer["RateLimit-Policy"] == '"user";q=5;w=3600, "uploads";q=1;w=86400'
    assert [reported.partition(";r=")[0] for reported in answer["RateLimit"].split(", ")] == ['"user"', '"uploads"']


def test_telling_asks_the_cache_for_nothing_more(api, rates, world, monkeypatch):
    asked = []
    for name in ("get", "set"):
        act = getattr(cache, name)
        monkeypatch.setattr(
            SimpleRateThrottle.cache, name, lambda *args, _act=act, **kw: (asked.append(args[0]), _act(*args, **kw))[1]
        )
    with CaptureQueriesContext(connection):
        api.get("items/")

    assert len(asked) == 2


def test_without_a_rate_nothing_is_told(api, world):
    assert _reported(api.get("items/")) == (None, None)


def test_processes_count_the_same_caller_together(rates, world, tmp_path, monkeypatch, rf):
    """Each stands for a process: what one has counted, the other knows (tests/unit/core/test_counters.py runs two)."""
    place = str(tmp_path / "counters.sqlite3")
    asked = []
    for _time in range(6):
        monkeypatch.setattr(AnonymousRateThrottle, "cache", SharedFileCache(place, {}))
        request = APIView().initialize_request(rf.get("/", REMOTE_ADDR="203.0.113.7"))
        asked.append(AnonymousRateThrottle().allow_request(request, SimpleNamespace(headers={})))

    assert asked == [True] * 3 + [False] * 3
