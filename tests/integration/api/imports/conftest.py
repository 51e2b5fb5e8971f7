"""What the tests of uploads over the API share."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.organisations.models import Agency
from cms.users.models import User
from importers import actions
from importers.models import ImportBatch
from tests.integration.api.conftest import Api
from tests.integration.importers.conftest import GOOD_ROW, workbook

BAD = workbook(
    GOOD_ROW,
    ("TK.102", "Việc", "Báo cáo", "báo cáo", "III", "abc"),
    ("TK.103", "Việc  khác", "Báo cáo", "báo cáo", "IX", 1.234),
)
_keys = count(1)


@dataclass
class Uploads:
    """The way in over the API, as the uploader of the statistics office unless somebody else is named."""

    api: Api
    people: dict[str, User]
    on_commit: Any

    def send(self, content: bytes, by: User | None = None, key: str = "", **fields: Any) -> Any:
        """Send a file, have it checked, and return the answer to the sending."""
        name = fields.pop("name", "danh-muc.xlsx")
        body = {"file": SimpleUploadedFile(name, content), "agency": "thong-ke", **fields}
        return self.post("imports/", body, by, key, as_form=True)

    def post(self, path: str, body: Any, by: User | None = None, key: str = "", as_form: bool = False) -> Any:
        """Return the answer to a POST, under a key of its own unless one is given."""
        with self.on_commit(execute=True):
            return self.api.post(path, body, by or self.people["uploader"], key or f"khoa-{next(_keys)}", as_form)

    def act(self, upload: dict[str, Any], act: str, body: Any = None, by: User | None = None, key: str = "") -> Any:
        """Return the answer to an act on an upload."""
        return self.post(f"{upload['url']}{act}/", {} if body is None else body, by, key)

    def sent(self, content: bytes, by: User | None = None, **fields: Any) -> dict[str, Any]:
        """Send a file and return the upload as it stands when it is checked."""
        answer = self.send(content, by, **fields)
        assert answer.status_code == 202, answer.content
        return self.api.json(answer["Location"], by or self.people["uploader"])

    def read(self, path: str, by: User | None = None, **params: Any) -> Any:
        """Return the body of an answer to a GET."""
        return self.api.json(path, by or self.people["uploader"], **params)

    def every(self, path: str) -> list[dict[str, Any]]:
        """Return the rows of all pages of a list."""
        pages = self.api.pages(path, self.people["uploader"], page_size=1)
        return [row for page in pages for row in page["results"]]


@pytest.fixture
def uploads(api: Api, people: dict[str, User], django_capture_on_commit_callbacks: Any) -> Uploads:
    """Return the way in over the API."""
    return Uploads(api, people, django_capture_on_commit_callbacks)


@pytest.fixture
def good(samples: Path) -> bytes:
    """Return a workbook of eight items without an error."""
    return (samples / "thong-ke.v1.xlsx").read_bytes()


@pytest.fixture
def batch_of() -> Callable[..., ImportBatch]:
    """Return the maker of uploads past the API: batch_of(user, agency, content) is a checked one."""

    def make(by: User, agency: Agency, content: bytes = BAD) -> ImportBatch:
        return actions.upload(by=by, agency=agency, file=ContentFile(content), name="danh-muc.xlsx", wait=True)

    return make
