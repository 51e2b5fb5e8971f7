"""What the tests of the API share: a reader of addresses, and versions of several agencies in several states."""

import datetime
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cms.catalogs.models import CatalogVersion
from cms.users.models import User
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.keeping import kept

# Words that stand only in what nobody outside may read.
CANARY = "chimhoangyen"


class Api:
    """Reads addresses below /api/v1/, as a person or as nobody."""

    def __init__(self) -> None:
        self._clients: dict[int, Client] = {}

    def client(self, by: User | None = None) -> Client:
        """Return the client of a person; a second call answers without signing in again."""
        key = by.pk if by else 0
        if key not in self._clients:
            client = self._clients[key] = Client(raise_request_exception=False)
            if by:
                client.force_login(by, backend="cms.organisations.backends.MembershipBackend")
        return self._clients[key]

    def get(self, path: str, by: User | None = None, headers: dict[str, str] | None = None, **params: Any) -> Any:
        """Return the answer to a GET."""
        address = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        return self.client(by).get(address, params or None, headers=headers)

    def send(
        self, method: str, path: str, body: Any = None, by: User | None = None, key: str = "", match: str = "",
        headers: dict[str, str] | None = None,
    ) -> Any:  # fmt: skip
        """Return the answer to a request that writes: JSON, under a key, on the state that ``match`` names."""
        address = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        named = {"Idempotency-Key": key, "If-Match": match} | (headers or {})
        sent = {name: value for name, value in named.items() if value}
        content = "" if body is None else json.dumps(body)
        return self.client(by).generic(method, address, content, "application/json", headers=sent)

    def post(self, path: str, body: Any = None, by: User | None = None, key: str = "", as_form: bool = False) -> Any:
        """Return the answer to a POST of JSON, or of a form."""
        address = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        headers = {"Idempotency-Key": key} if key else {}
        if as_form:
            return self.client(by).post(address, body, headers=headers)
        return self.client(by).generic("POST", address, json.dumps(body), "application/json", headers=headers)

    def json(self, path: str, by: User | None = None, **params: Any) -> Any:
        """Return the body of an answer that must be 200."""
        response = self.get(path, by, **params)
        assert response.status_code == 200, response.content
        return response.json()

    def results(self, path: str, by: User | None = None, **params: Any) -> list[dict[str, Any]]:
        """Return the rows of one page."""
        return self.json(path, by, **params)["results"]

    def pages(self, path: str, by: User | None = None, link: str = "next", **params: Any) -> Iterator[dict[str, Any]]:
        """Walk the pages by their links."""
        page = self.json(path, by, **params)
        yield page
        while page[link]:
            page = self.json(page[link], by)
            yield page

    def problem(self, path: str, status: int, by: User | None = None, **params: Any) -> dict[str, Any]:
        """Return the problem that the answer must be."""
        response = self.get(path, by, **params)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        return response.json()


@pytest.fixture
def api(db: None) -> Api:
    """Return a reader of the API."""
    return Api()


@dataclass(frozen=True)
class World:
    """Statistics has a version that ended, one that holds and a draft; the office has one that holds."""

    first: CatalogVersion
    second: CatalogVersion
    draft: CatalogVersion
    office: CatalogVersion


@kept
def world(people: dict[str, User], province: Province) -> World:
    """Return versions of two agencies; the draft says CANARY in all that it holds beyond the version before."""
    first = catalogs.make_approved(people, province.statistics, 3, datetime.date(2026, 1, 1))
    second = _second_version(people, first)
    draft = catalogs.make_version(people["uploader"], province.statistics)
    catalogs.make_items(draft, 1, 90, name=CANARY, field=CANARY, task=CANARY, note=CANARY, code=f"{CANARY}-1")
    office = catalogs.make_approved(people, province.office, 2, datetime.date(2026, 3, 1))
    for version in (first, second, draft, office):
        version.refresh_from_db()
    return World(first, second, draft, office)


def _second_version(people: dict[str, User], first: CatalogVersion) -> CatalogVersion:
    """Make the next version: one item new, one changed, one removed, one as it was."""
    from cms.catalogs import actions

    writer = people["uploader"]
    version = actions.start_version(by=writer, catalog=first.catalog)
    same, changed, removed = version.items.in_order()
    values = {"name": "Báo cáo đất đai", "coefficient": changed.coefficient + 1, "score": (changed.coefficient + 1) * 5}
    actions.edit_items(by=writer, version=version, items=[changed], changes=values)
    actions.remove_items(by=writer, version=version, items=[removed])
    catalogs.make_items(version, 1, 50)
    catalogs.submit(version, writer)
    catalogs.accept(version, people["editor"])
    return catalogs.decide(version, people["provincial_approver"], datetime.date(2026, 6, 1))


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the acts in threads that start together, and return what each came to."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[number] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
