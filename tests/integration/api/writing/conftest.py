"""What the tests of writing over the API share."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from cms.catalogs.models import CatalogVersion
from cms.users.models import User
from tests.integration.api.conftest import Api


def path_of(version: CatalogVersion, act: str = "") -> str:
    """Return the address of a version, or of an act on it, below /api/v1/."""
    path = f"catalogs/{version.catalog.agency.code}/versions/{version.number}/{act}"
    return path if path.endswith("/") or "?" in path else f"{path}/"


@dataclass
class Writing:
    """Writes to versions over the API, as they are now unless another state is named."""

    api: Api
    people: dict[str, User]

    def do(
        self, version: CatalogVersion, act: str = "", body: Any = None, by: str = "uploader", method: str = "POST",
        match: str | None = None, key: str = "",
    ) -> Any:  # fmt: skip
        """Return the answer to an act."""
        state = self.etag(version, by) if match is None else match
        return self.api.send(method, path_of(version, act), body or {}, self.people[by], key, state)

    def patch(self, version: CatalogVersion, body: Any, by: str = "uploader", **given: Any) -> Any:
        """Return the answer to a change of details."""
        return self.do(version, "", body, by, "PATCH", **given)

    def etag(self, version: CatalogVersion, by: str = "uploader") -> str:
        """Return the ETag with which a person reads the version, or nothing."""
        return str(self.api.get(path_of(version), self.people[by]).headers.get("ETag", ""))

    def reported(self, version: CatalogVersion, by: str = "uploader") -> Any:
        """Return the version as a person reads it."""
        return self.api.json(path_of(version), self.people[by])


@pytest.fixture
def writing(api: Api, people: dict[str, User]) -> Writing:
    """Return who writes over the API."""
    return Writing(api, people)


def ask_with_token(secret: str, method: str, path: str, body: Any = None) -> Any:
    """Return the answer to a program that writes whatever the version is now."""
    headers = {"Authorization": f"Bearer {secret}", "If-Match": "*"}
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    return client.generic(method, f"/api/v1/{path}", *([body, "application/json"] if body else []), headers=headers)


def code(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status_code, answer.json()["code"]
