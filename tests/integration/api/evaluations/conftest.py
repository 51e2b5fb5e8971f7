"""A department whose month is decided and locked, and a program of its own and of another agency."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.evaluations.models import Period
from tests.integration.api.conftest import Api
from tests.integration.evaluations.conftest import House, house, second_head

__all__ = ["house", "second_head"]


@dataclass
class Program:
    """Asks with a token."""

    token: str

    def get(self, path: str, **params: Any) -> Any:
        address = path if path.startswith("http") else f"/api/v1/{path}"
        return Client().get(address, params or None, headers={"Authorization": f"Bearer {self.token}"})

    def json(self, path: str, **params: Any) -> Any:
        answer = self.get(path, **params)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)


def program_of(agency, *scopes: str) -> Program:
    _client, token = add_client(
        by=None, name="Phần mềm tiền lương", agency=agency, scopes=scopes or Scope.values,
        last_day=timezone.localdate(),
    )  # fmt: skip
    return Program(token)


@pytest.fixture
def program(house: House) -> Program:
    return program_of(house.agency)


@pytest.fixture
def stranger(province, house: House) -> Program:
    return program_of(province.office)


@pytest.fixture
def decided(house: House) -> Period:
    """Return a month in which everybody is decided about."""
    house.done("an")
    house.done("binh", completed=3)
    house.done("division")
    house.done("chief")
    period = house.open()
    house.finish_everybody()
    return period


@pytest.fixture
def reader(db: None) -> Api:
    return Api()
