"""Whoever asks before, everybody gets from every public address what is theirs (T13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

import pytest
from django.core.cache import caches

from tests.authorisation.addresses import address
from tests.authorisation.asking import ask
from tests.authorisation.table import all_cases
from tests.authorisation.world import World

PUBLIC = ("api_v1:*", "api_pages:*", "page.*", "open_data:*", "wagtail_serve", "wagtaildocs_serve")
# What is another in every answer.
_PER_ANSWER = re.compile(rb"csrf[\w\s\"'=:-]*[\w-]{64}|nonce-[\w=+/-]+|\"request_id\":\"\w+\"")


@pytest.fixture
def _empty() -> Iterator[None]:
    for name in ("public", "progress"):
        caches[name].clear()
    yield
    for name in ("public", "progress"):
        caches[name].clear()


def test_people_who_alternate_never_get_each_others_answers(world: World, settings: Any, _empty: None) -> None:
    settings.THUOCDO_PUBLIC_CACHE_SECONDS = 60
    addresses = {
        address(case.route, case.relation, world)
        for case in all_cases()
        if case.method == "GET"
        and any(fnmatchcase(case.route.name, name) for name in PUBLIC)
        and "ok" in case.line.answers
    }
    kept = 0
    for where in sorted(addresses):
        caches["public"].clear()
        own = {role: _look(world, role, where) for role in ("uploader", "editor")}
        assert not caches["public"]._cache, f"{where} is kept for somebody"
        own["anonymous"] = _look(world, "anonymous", where)
        if not caches["public"]._cache:
            continue
        kept += 1
        for role in ("uploader", "anonymous", "editor", "anonymous"):
            seen = _look(world, role, where)
            assert seen[:2] == own[role][:2], f"{where} as {role}"
            assert seen.was_kept == (role == "anonymous"), f"{where} as {role}"

    assert kept > 30


class Look(NamedTuple):
    """What somebody sees, and whether it was made before."""

    status: int
    body: bytes
    was_kept: bool


def _look(world: World, role: str, where: str) -> Look:
    answer = ask(world.clients[role], "GET", where)
    was_kept = "Cache-Status" in answer.response.headers
    return Look(answer.response.status_code, _PER_ANSWER.sub(b"", answer.body), was_kept)
