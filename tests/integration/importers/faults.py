"""A database that fails at its n-th statement, and what it holds before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import IntegrityError, OperationalError, connection

from cms.audit.chain import Break, find_breaks
from cms.audit.models import AuditEvent, AuditHead
from importers.models import ImportBatch

# What goes wrong: the database, a rule of it, the memory, and whoever stops the process.
KINDS = (OperationalError, IntegrityError, MemoryError, KeyboardInterrupt)
MADE = "made to fail"


class Fault:
    """A failure at the n-th statement (a COMMIT is one), or from it on; counts what was asked for."""

    def __init__(self, at: int, kind: type[BaseException], *, lasts: bool) -> None:
        self.at, self.kind, self.lasts, self.asked = at, kind, lasts, 0

    @property
    def struck(self) -> bool:
        """Return whether there were as many statements as that."""
        return self.asked >= self.at

    def count(self) -> None:
        """Count a statement, and fail if it is the one."""
        self.asked += 1
        if self.asked == self.at or (self.lasts and self.struck):
            raise self.kind(MADE)

    def __call__(self, execute: Any, *statement: Any) -> Any:
        """Stand between Django and the database."""
        self.count()
        return execute(*statement)


@contextmanager
def failing_at(number: int, *, lasts: bool = False) -> Iterator[Fault]:
    """Have the database fail at its n-th statement from now on; what comes out is caught.

    It fails once, each time in another way; or ``lasts``: it stays away.
    """
    fault = Fault(number, OperationalError if lasts else KINDS[number % len(KINDS)], lasts=lasts)
    commit = connection._commit

    def counted() -> None:
        fault.count()
        commit()

    with mock.patch.object(connection, "_commit", counted), connection.execute_wrapper(fault):
        try:
            yield fault
        except BaseException as failure:
            if not _is_made(failure):
                raise
    # What Django does between two requests: a connection that was left in the middle is given up.
    connection.close_if_unusable_or_obsolete()


def _is_made(failure: BaseException | None) -> bool:
    """Return whether it is our failure, or one that it led to."""
    return failure is not None and (MADE in str(failure) or _is_made(failure.__context__))


def at_every_statement(act: Callable[[], Any], is_whole: Callable[[], bool], *, lasts: bool = False) -> int:
    """Do it again and again, each time with a failure one statement later, until it goes through.

    Whenever it failed, every table and every file must be as before; only who is interrupted in the middle of COMMIT
    may find it done, and then whole. Returns how many statements it took.
    """
    before = everything()
    for number in count(1):
        with failing_at(number, lasts=lasts) as fault:
            act()
        assert breaks_of_the_ledger() == []
        if changed := different(before, everything()):
            assert is_whole(), f"half written at statement {number}: {changed}"
            assert not fault.struck or number == fault.asked
            return number
        assert fault.struck, "went through and changed nothing"
    raise AssertionError


def everything() -> dict[str, list[str]]:
    """Return every row of every table, and every file of the private storage with what is in it."""
    with connection.cursor() as cursor:
        return {name: _rows(cursor, name) for name in connection.introspection.table_names(cursor)} | {"": files()}


def _rows(cursor: Any, table: str) -> list[str]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return sorted(repr(row) for row in cursor.fetchall())


def files() -> list[str]:
    """Return the files of the private storage, each with its sum."""
    storage = ImportBatch._meta.get_field("original").storage  # type: ignore[union-attr]
    folder = Path(storage.location)
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(f"{path.relative_to(folder)} {sha256(path.read_bytes()).hexdigest()}" for path in found)


def different(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    """Return the names of the tables that differ, and "" for files."""
    return [name for name in before if before[name] != after[name]]


def breaks_of_the_ledger() -> list[Break]:
    """Return where the ledger's chain does not hold."""
    head = AuditHead.objects.filter(pk=1).values_list("sequence", "hash").first()
    return find_breaks(AuditEvent.objects.order_by("sequence"), head=head)
