"""The two databases of a trial: started, restored to the state in which each round begins, killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Protocol

from tests.chaos.processes import children, killed

STAGE, LIVE = "stage", "live"


class Database(Protocol):
    """What a trial does with its database."""

    name: str
    url: str

    def keep(self) -> None:
        """Keep the state as it is now, for every round to begin with."""

    def restore(self) -> None:
        """Bring back the state that was kept."""

    def settle(self) -> None:
        """Wait until nothing of a killed client is at work any more."""

    def stop(self) -> None:
        """End the server, if there is one."""


class Sqlite:
    """A file in WAL mode, as provinces without a database server have it."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{LIVE}.sqlite3"
        self.url = f"sqlite:///{self.path}"

    def keep(self) -> None:
        """Copy the file; its log was written back when the last connection closed."""
        shutil.copyfile(self.path, self.path.with_name(STAGE))

    def restore(self) -> None:
        """Write the copy into the file: web processes keep it open."""
        with (
            closing(sqlite3.connect(self.path.with_name(STAGE))) as kept,
            closing(sqlite3.connect(self.path, timeout=60)) as live,
        ):
            kept.backup(live)

    def settle(self) -> None:
        """Do nothing: who is killed leaves nobody behind."""

    def stop(self) -> None:
        """Do nothing: there is no server."""


class Postgres:
    """A server of its own, which waits for the disk (fsync) as in production, and listens on a socket alone."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "postgres"
        self.folder.mkdir()
        self.programs = Path(max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)).parent
        # PostgreSQL refuses to run as root.
        self.owner = "postgres" if os.geteuid() == 0 else None
        if self.owner:
            os.chown(self.folder, pwd.getpwnam(self.owner).pw_uid, -1)
        self.url = f"postgres://thuocdo@/{LIVE}?host={self.folder}"
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=thuocdo"]
        self._run("initdb", f"--pgdata={self.folder}/data", *options)
        self.start()
        self.ask(f"CREATE DATABASE {LIVE}")

    def start(self) -> None:
        """Start the server as our own child, so that its end is seen, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [
                    self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder,
                    "-c", "listen_addresses=", "-c", "fsync=on", "-c", "synchronous_commit=on",
                ],
                cwd=self.folder, user=self.owner, stdout=log, stderr=log,
            )  # fmt: skip
        for _turn in range(600):
            if self._run("pg_isready", "--host", str(self.folder), check=False) == 0:
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """Kill the server and every process that it started, at once."""
        processes = [self.server.pid, *children(self.server.pid)]
        killed(*processes)
        self.server.wait()

    def keep(self) -> None:
        """Make a template of the database."""
        self._drop(STAGE)
        self.ask(f"CREATE DATABASE {STAGE} TEMPLATE {LIVE}")

    def restore(self) -> None:
        """Make the database anew from the template."""
        self._drop(LIVE)
        self.ask(f"CREATE DATABASE {LIVE} TEMPLATE {STAGE}")
        # A copied sequence believes its next values to be in the log already, where they are not: killed before the
        # next checkpoint, the server would give out the same keys again.
        self.ask("CHECKPOINT")

    def settle(self) -> None:
        """Wait until no other client's process is left: one whose client died may still be in its COMMIT."""
        asked = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{LIVE}' AND state <> 'idle'"
        while int(self.ask(asked)):
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server without ado."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(30)

    def ask(self, statement: str) -> str:
        """Run a statement beside Django, and return what it gives."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user="thuocdo", dbname="postgres", autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            row = cursor.fetchone() if cursor.description else None
            return str(row[0]) if row else ""

    def _drop(self, name: str) -> None:
        self.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, user=self.owner, capture_output=True, check=check)
        return done.returncode


def _version(path: Path) -> float:
    return float(path.parts[-3])
