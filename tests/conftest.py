"""Fixtures that every test may use; tests/README.md says which is for what."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connections

from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.users.models import User
from scripts import compile_messages
from tests.browsing import LiveBrowser, require_chromium
from tests.database import asks_for_database, commits, flush_past_the_guards
from tests.factories import catalogs
from tests.factories.agencies import Province, make_province
from tests.factories.people import make_people
from tests.keeping import State, ground, kept, line_of, rank
from tests.migrated import Migrated

pytest_plugins = ["tests.second_database"]

SAMPLES = Path(__file__).parent / "samples"
# No test asserts a time: a machine that is busy must not fail an example for being slow.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Vietnamese catalogue once when a part of it has changed, so that screens are tested as they are."""
    if not hasattr(config, "workerinput") and compile_messages.is_stale():
        compile_messages.compile_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a test that would commit and keep nothing for the next one, and put together what begins alike."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: say serialized_rollback=True beside transaction=True")
    lines = {item: line_of(item) for item in items}
    items.sort(key=lambda item: (_turn(item, lines[item]), rank(lines[item])))


def _turn(item: pytest.Item, line: tuple[State, ...]) -> int:
    """Return when a test has its turn: the long ones of browsers first, those that fill gaps between workers last."""
    if commits(item):
        return 0
    if line:
        return 2
    return 1 if asks_for_database(item) else 3


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file of this run: threads of a live server then have their own connections."""
    database = connections["default"].settings_dict
    if _is_sqlite():
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def _migrated(request: pytest.FixtureRequest) -> Migrated | None:
    """Return the migrated database that is kept between runs; PostgreSQL is migrated each time."""
    return Migrated(request.config.cache.mkdir("database")) if _is_sqlite() else None


@pytest.fixture(scope="session")
def django_db_keepdb(_migrated: Migrated | None, django_db_modify_db_settings: None) -> bool:
    """Begin with a copy of the kept database, where there is one."""
    return _migrated is not None and _migrated.lend(Path(connections["default"].settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any, _migrated: Migrated | None
) -> None:
    """Keep what had to be migrated for the next run."""
    if _migrated is not None and not django_db_keepdb:
        with django_db_blocker.unblock():
            _migrated.keep(connections["default"].connection)


def _is_sqlite() -> bool:
    return connections["default"].settings_dict["ENGINE"] == "cms.core.sqlite3"


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards() -> Iterator[None]:
    """Let tests that commit empty the database again, which the triggers rightly refuse to everybody else."""
    with flush_past_the_guards():
        yield


@pytest.fixture
def _ground(request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    """Have the states in the database that the test begins with."""
    if not asks_for_database(request.node):
        pytest.fail("Ask for the database by a fixture or a marker, not while running (see tests/second_database.py).")
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        if commits(request.node):
            ground.leave_to_a_test_that_commits()
        else:
            ground.lend(line_of(request.node))


@pytest.fixture
def _django_db_helper(_ground: None, _django_db_helper: None) -> None:
    """Let pytest-django begin the transaction of a test when the ground is laid, however the test asks for it."""


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    """Keep what a test stores out of every other test's way."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.THUOCDO_KEPT_DIR, settings.THUOCDO_SLOTS_DIR = tmp_path / "kept", tmp_path / "slots"
    private = django_settings.STORAGES["private"]
    settings.STORAGES = django_settings.STORAGES | {
        "private": private | {"OPTIONS": private["OPTIONS"] | {"location": str(settings.PRIVATE_ROOT)}}
    }


@pytest.fixture
def samples() -> Path:
    """Return the folder of sample workbooks."""
    return SAMPLES


@kept
def province(db: None) -> Province:
    """Return a small province."""
    return make_province()


@kept
def people(province: Province) -> dict[str, User]:
    """Return one person per role, by role (see make_people)."""
    return make_people(province)


@kept
def draft(people: dict[str, User], province: Province) -> CatalogVersion:
    """Return a draft of three items of province.statistics."""
    return catalogs.make_version(people["uploader"], province.statistics)


@kept
def submitted(people: dict[str, User], province: Province) -> CatalogVersion:
    """Return a submitted version of three items of province.statistics."""
    return catalogs.make_submitted(people, province.statistics)


@kept
def approved(people: dict[str, User], province: Province) -> CatalogVersion:
    """Return an approved, public version of three items of province.statistics."""
    return catalogs.make_approved(people, province.statistics)


@pytest.fixture
def make_items() -> Callable[..., list[CatalogItem]]:
    """Return the maker of many items: make_items(version, count)."""
    return catalogs.make_items


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Any]:
    """Start the system's Chromium once for all browser tests."""
    path = require_chromium()
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread. Django takes what runs beside it for asynchronous code, and would
    # open connections of its own for it, so it is handed the ones that the test database was made with.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    made = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        for alias, connection in made.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def live_browser(chromium: Any, django_db_serialized_rollback: None, live_server: Any) -> Iterator[LiveBrowser]:
    """Return a browser on the served platform: live_browser.page(people["editor"]).goto("/admin/")."""
    live = LiveBrowser(chromium, live_server.url)
    yield live
    live.close()
