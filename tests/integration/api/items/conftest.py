"""What the tests of writing items over the API share."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.users.models import User
from tests.factories import catalogs
from tests.integration.api.conftest import Api

VERSION = "/api/v1/catalogs/thong-ke/versions/1/"
ITEMS = f"{VERSION}items/"
BULK = f"{ITEMS}bulk/"


def body(number: int = 9, **changes: Any) -> dict[str, Any]:
    """Return an item as it may be sent."""
    made = catalogs.item_values(number)
    return made | {"score": str(made["score"]), "coefficient": str(made["coefficient"])} | changes


def add(number: int = 9, **changes: Any) -> dict[str, Any]:
    """Return an operation that adds an item."""
    return {"op": "add", "values": body(number, **changes)}


def change(item: CatalogItem, if_match: str = "", **values: Any) -> dict[str, Any]:
    """Return an operation that changes an item."""
    match = {"if_match": if_match} if if_match else {}
    return {"op": "change", "identity": str(item.identity), "values": values} | match


def remove(item: CatalogItem) -> dict[str, Any]:
    """Return an operation that removes an item."""
    return {"op": "remove", "identity": str(item.identity)}


@dataclass
class Writer:
    """Writes items over the API, as the uploader of the statistics office unless somebody else is named."""

    api: Api
    people: dict[str, User]

    def send(
        self, method: str, address: str, sent: Any = None, by: str = "uploader", match: str = "*", **headers: str
    ) -> Any:
        """Return the answer; without a ``match`` no If-Match is sent."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named |= {"If-Match": match} if match else {}
        content = b"" if sent is None else json.dumps(sent)
        client = self.api.client(self.people[by])
        return client.generic(method, address, content, "application/json", headers=named)

    def add(self, sent: Any, **options: Any) -> Any:
        """Return the answer to adding an item."""
        return self.send("POST", ITEMS, sent, **options)

    def change(self, item: CatalogItem, sent: Any, **options: Any) -> Any:
        """Return the answer to changing an item."""
        return self.send("PATCH", address_of(item), sent, **options)

    def remove(self, item: CatalogItem, query: str = "", **options: Any) -> Any:
        """Return the answer to removing an item."""
        return self.send("DELETE", f"{address_of(item)}{query}", **options)

    def bulk(self, operations: Iterable[Any], mode: str = "each", reason: str = "", **options: Any) -> Any:
        """Return the answer to many operations."""
        sent = {"mode": mode, "operations": list(operations)} | ({"reason": reason} if reason else {})
        return self.send("POST", BULK, sent, **options)

    def etag(self, address: str, by: str = "uploader") -> str:
        """Return the ETag of what is at an address."""
        return str(self.api.get(address, self.people[by])["ETag"])

    def items(self, by: str = "uploader") -> list[dict[str, Any]]:
        """Return the items of the version as the API tells them."""
        return [row for page in self.api.pages(ITEMS, self.people[by], page_size=100) for row in page["results"]]


def address_of(item: CatalogItem) -> str:
    """Return the address of an item of the version."""
    return f"{ITEMS}{item.identity}/"


def errors(answer: Any) -> list[tuple[str, str]]:
    """Return fields and codes of a refusal."""
    assert answer.status_code == 400, (answer.status_code, answer.content)
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


def codes(version: CatalogVersion) -> list[str]:
    """Return the codes of a version's items in order."""
    return list(version.items.in_order().values_list("code", flat=True))


@pytest.fixture
def writer(api: Api, people: dict[str, User]) -> Writer:
    """Return a writer of items."""
    return Writer(api, people)
