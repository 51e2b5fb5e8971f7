"""One province for the whole package: making it takes seconds, every request is rolled back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.authorisation.world import World, make_world
from tests.keeping import ground


@pytest.fixture(scope="package")
def _package_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the files of this package together: the uploads of the province outlive a single test."""
    folder = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=folder / "media"):
        yield folder


@pytest.fixture(autouse=True)
def _own_files(_package_files: Path) -> None:
    """Take the place of the fixture that gives each test a folder of its own."""


@pytest.fixture(scope="package")
def made_world(django_db_setup: None, django_db_blocker: Any, _package_files: Path) -> Iterator[World]:
    """Make the province once, in a transaction that ends with the package."""
    with django_db_blocker.unblock(), ground.taken():
        yield make_world()


@pytest.fixture
def world(made_world: World, db: None) -> World:
    """Return the province as it was made; what a test changes in it is rolled back."""
    return made_world
