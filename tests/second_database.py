"""What a run on PostgreSQL leaves out. It is the second run: what no database can change was tested on SQLite.

Left out are tests that reach no database, which is known by their fixtures and markers and not by their names, and
those that are marked one_database and say why. conftest.py fails a test that gets to the database without having asked
for it beforehand, so that none is left out unnoticed. The summary of the run says how many there were.
"""

from collections import Counter
from typing import Any

import pytest
from django.conf import settings

from tests.database import asks_for_database

NO_DATABASE = "reach no database"
_LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the run on SQLite has tested for both."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    reasons = {item: why_once(item) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if reasons[item]])
    items[:] = [item for item in items if not reasons[item]]
    config.stash[_LEFT_OUT] = Counter(filter(None, reasons.values()))
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = dict(config.stash[_LEFT_OUT])


def why_once(item: pytest.Item) -> str:
    """Return why one database is enough for a test, or nothing."""
    if marker := item.get_closest_marker("one_database"):
        return str(marker.args[0])
    return "" if asks_for_database(item) else NO_DATABASE


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Remember what a worker left out; every worker says the same."""
    node.config.stash[_LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", {})


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out, and why."""
    left_out = config.stash.get(_LEFT_OUT, {})
    if left_out:
        terminalreporter.section("Tested on SQLite alone")
        for reason, count in sorted(left_out.items()):
            terminalreporter.line(f"{count:6} {reason}")
