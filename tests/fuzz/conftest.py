"""The province of the table of routes, which everything is sent to; and the table of what came of it."""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.authorisation.conftest import _own_files, _package_files, made_world, world
from tests.fuzz.budget import IN_CI

__all__ = ["_own_files", "_package_files", "made_world", "world"]


@pytest.fixture(autouse=True)
def _silent() -> Iterator[None]:
    """Write no line for each refusal: there are a hundred thousand."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what each role was answered, as docs/fuzz.md shows it."""
    reports = [
        json.loads(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        for name, value in getattr(report, "user_properties", ())
        if name == "fuzz" and report.when == "call"
    ]
    if IN_CI or not reports:
        return
    by_role: dict[str, Counter[str]] = {}
    for label, rows in sorted((label, rows) for each in reports for label, rows in each.items()):
        calls, let_in = (sum(row[place] for row in rows.values()) for place in (0, 1))
        most = max(rows, key=lambda role: rows[role][1] / max(1, rows[role][0]))
        best = 100 * rows[most][1] / max(1, rows[most][0])
        terminalreporter.line(f"| {label} | {calls} | {100 * let_in / max(1, calls):.0f} % | {best:.0f} % ({most}) |")
        for role, row in rows.items():
            by_role.setdefault(role, Counter()).update(calls=row[0], let_in=row[1])
    for role, counted in by_role.items():
        share = 100 * counted["let_in"] / max(1, counted["calls"])
        terminalreporter.line(f"| {role} | {counted['calls']} | {share:.0f} % |")
