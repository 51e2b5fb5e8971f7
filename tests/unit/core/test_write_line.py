"""Those who write to SQLite wait in line: nobody is passed over, and who dies or gives up holds nobody back."""

import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from django.db import OperationalError, connections

from cms.core.sqlite3.base import DatabaseWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("SQLite's own line")]

TURNS = 30

HOLDER = """
import sys, time
from cms.core.sqlite3.write_queue import WriteQueue
assert WriteQueue(sys.argv[1]).enter(5)
print("in", flush=True)
time.sleep(60)
"""


def connected(path, timeout=30.0) -> DatabaseWrapper:
    settings = connections["default"].settings_dict | {
        "NAME": str(path), "ENGINE": "cms.core.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout, "init_command": "PRAGMA journal_mode=WAL"},
    }  # fmt: skip
    return DatabaseWrapper(settings, "other")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "line.sqlite3"
    connection = connected(path)
    ask(connection, "CREATE TABLE t (x)")
    connection.close()
    return path


def ask(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection):
    connection.commit()
    connection.set_autocommit(True)


@pytest.mark.parametrize("alone", [False, True], ids=["in transactions", "single statements"])
def test_nobody_is_passed_over(path, alone):
    written: list[int] = []

    def write(number):
        connection = connected(path)
        for _turn in range(TURNS):
            if alone and number == 0:
                ask(connection, "INSERT INTO t VALUES (0)")
                written.append(number)
                time.sleep(0.02)
                continue
            begin(connection)
            written.append(number)
            ask(connection, "INSERT INTO t VALUES (1)")
            time.sleep(0.02)
            end(connection)
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 5 * TURNS
    # The quickest is not done before everybody has had half of the turns; without the line, some have had none.
    done = min(len(written) - written[::-1].index(number) for number in range(5))
    assert min(Counter(written[:done])[number] for number in range(5)) * 2 >= TURNS


def test_who_waits_too_long_is_told_and_holds_nobody_back(path):
    first, second, third = connected(path), connected(path, timeout=0.1), connected(path)
    begin(first)
    with pytest.raises(OperationalError, match="locked"):
        begin(second)
    with pytest.raises(OperationalError, match="locked"):
        ask(second, "INSERT INTO t VALUES (2)")
    end(first)
    begin(third)
    end(third)
    ask(second, "INSERT INTO t VALUES (2)")
    for connection in (first, second, third):
        connection.close()


@pytest.mark.parametrize("how", ["rollback", "close"])
def test_whatever_ends_a_transaction_lets_the_next_one_go_on(path, how):
    first, second = connected(path), connected(path, timeout=0.5)
    begin(first)
    ask(first, "INSERT INTO t VALUES (1)")
    getattr(first, how)()
    ask(second, "INSERT INTO t VALUES (2)")
    for connection in (first, second):
        connection.close()


def test_a_killed_process_leaves_the_line(path):
    command = [sys.executable, "-c", HOLDER, f"{path}-line"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"in\n"
        with pytest.raises(OperationalError):
            begin(connected(path, timeout=0.1))
        holder.kill()
    connection = connected(path, timeout=2)
    begin(connection)
    end(connection)
    connection.close()


def test_reading_waits_for_nobody(path):
    first, second = connected(path), connected(path, timeout=0.1)
    begin(first)
    ask(first, "INSERT INTO t VALUES (1)")
    ask(second, "SELECT count(*) FROM t")
    end(first)
    for connection in (first, second):
        connection.close()
