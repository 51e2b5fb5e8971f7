"""``python -m tests.chaos sqlite|postgresql``: kill, look, and print a table (``--help`` lists the options)."""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tests.chaos.database import Database, Postgres, Sqlite
from tests.chaos.processes import HOST, Web

if TYPE_CHECKING:
    from tests.chaos.crowd_rounds import Storm
    from tests.chaos.long_runs import Run
    from tests.chaos.province import Addresses
    from tests.chaos.rounds import Trial

Round = TypeVar("Round")

HEAD = (
    "| killed with -9 | database | in the middle of | takes | rounds | answered, all is there | no answer, all is there"
    " | no answer, nothing is there | half done, lost or stuck |\n|---|---|---|--:|--:|--:|--:|--:|--:|"
)

CROWD_HEAD = (
    "\n| killed with -9 | database | rounds | reads answered | changes answered, all there once | changes not answered"
    " | of these made, whole | events told | told twice, counted once | lost, half done, broken or stuck |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


RUNS_HEAD = (
    "\n| killed with -9 | database | takes | kills | done at the kill, on average | messages that came twice, known by"
    " their Message-ID | lost, doubled, half done or other |\n|---|---|--:|--:|--:|--:|--:|"
)


def main() -> int:
    """Run the trials on one database; return 1 where anything was lost, half done or stuck."""
    asked = argparse.ArgumentParser(prog="python -m tests.chaos")
    asked.add_argument("database", choices=("sqlite", "postgresql"))
    asked.add_argument("--rounds", type=int, default=24, help="commits, for each victim")
    asked.add_argument("--checks", type=int, default=14, help="checks by a worker")
    asked.add_argument("--storms", type=int, default=4, help="rounds with 50 who read and 5 who write, for each victim")
    asked.add_argument("--runs", type=int, default=8, help="long runs that are killed: scoring, reminders")
    asked.add_argument(
        "--only", choices=("web", "server", "worker", "crowd", "runs", "scoring"), help="kill nobody else"
    )
    asked.add_argument("--seed", type=int, default=335)
    chosen = asked.parse_args()
    random.seed(chosen.seed)
    with tempfile.TemporaryDirectory(prefix="thuocdo-chaos.", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        database: Database = Sqlite(folder) if chosen.database == "sqlite" else Postgres(folder)
        try:
            trials = _run(folder, database, chosen)
        finally:
            database.stop()
    faults = [f"{trial.victim}, {fault}" for trial in trials for fault in trial.faults]
    print("\n".join(faults))
    return int(bool(faults))


def _run(folder: Path, database: Database, chosen: argparse.Namespace) -> list[Trial | Storm | Run]:
    """Set up the settings of a real province, found one, and kill."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.chaos.settings", "THUOCDO_SECRET_KEY": secrets.token_urlsafe(64),
        "THUOCDO_ALLOWED_HOSTS": HOST, "THUOCDO_VAR_DIR": str(folder), "DATABASE_URL": database.url,
        "THUOCDO_TASK_BACKEND": "django_tasks_db.DatabaseBackend", "THUOCDO_LOG_LEVEL": "ERROR",
        # Every file is checked by a worker, however small.
        "THUOCDO_IMPORT_AT_ONCE_KIB": "0",
        "THUOCDO_WEBHOOK_HOSTS": "localhost", "THUOCDO_WEBHOOK_PRIVATE_NETWORKS": "127.0.0.0/8,::1/128",
        # Each of the crowd has an address of its own behind the proxy.
        "THUOCDO_PROXY_COUNT": "1", "THUOCDO_MFA_ROLES": "",
    }  # fmt: skip
    import django

    django.setup()
    from tests.chaos import province

    at = province.found()
    province.leave()
    database.keep()
    trials: list[Trial | Storm | Run] = []
    if chosen.only not in ("worker", "crowd", "runs", "scoring"):
        # The web server checks files itself, so that a new upload is known to work as soon as it answers.
        web = Web(os.environ | {"THUOCDO_TASK_BACKEND": "django_tasks.backends.immediate.ImmediateBackend"})
        try:
            trials += [_to_the_end(trial) for trial in _commits(database, web, at, chosen)]
        finally:
            web.stop()
        province.leave()
        database.restore()
    if chosen.only in (None, "worker"):
        trials.append(_to_the_end(_checks(database, chosen.checks)))
        province.leave()
        database.restore()
    _show(HEAD, trials)
    if chosen.only in (None, "crowd"):
        storms = _storms(database, at, chosen.storms)
        _show(CROWD_HEAD, storms)
        trials += storms
    if chosen.only in (None, "runs", "scoring"):
        runs = _runs(database, chosen.runs, with_reminders=chosen.only != "scoring")
        _show(RUNS_HEAD, runs)
        trials += runs
    return trials


def _show(head: str, trials: Sequence[Trial | Storm | Run]) -> None:
    if trials:
        print("\n".join([head, *map(str, trials)]))


def _storms(database: Database, at: Addresses, rounds: int) -> list[Storm]:
    from tests.chaos.crowd_rounds import Platform, storms

    platform = Platform(dict(os.environ), database)
    ended: dict[str, Storm] = {}
    try:
        with suppress(KeyboardInterrupt):
            for storm in storms(platform, at, rounds):
                ended[storm.victim] = storm
                sys.stderr.write(f"{storm}\n" + "".join(f"  {fault}\n" for fault in storm.faults))
    finally:
        platform.stop()
    return list(ended.values())


def _runs(database: Database, kills: int, *, with_reminders: bool) -> list[Run]:
    from tests.chaos.long_runs import reminders, scorings

    killed = [scorings, *([reminders] if with_reminders else [])]
    return [_to_the_end(each(database, kills)) for each in killed]


def _commits(database: Database, web: Web, at: Addresses, chosen: argparse.Namespace) -> Iterator[Iterator[Trial]]:
    from tests.chaos.rounds import Trial, commits

    if chosen.only != "server":
        trial = Trial("web process", database.name, "commit of 5,000 rows")
        yield commits(trial, chosen.rounds, database, web, at, web.kill, lambda: None)
    if chosen.only != "web" and isinstance(database, Postgres):
        trial = Trial("PostgreSQL server", database.name, "commit of 5,000 rows")
        yield commits(trial, chosen.rounds, database, web, at, database.kill, database.start)


def _checks(database: Database, rounds: int) -> Iterator[Trial]:
    from tests.chaos.rounds import Trial, checks

    return checks(Trial("worker", database.name, "check of 5,000 rows"), rounds, dict(os.environ))


def _to_the_end(trial: Iterator[Round]) -> Round:
    """Run all the rounds and show how they go; Ctrl+C ends them early."""
    with suppress(KeyboardInterrupt):
        for state in trial:
            sys.stderr.write(f"{state}\n")
    return state


if __name__ == "__main__":
    sys.exit(main())
