import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cms.core.counters import SharedFileCache

ROOT = Path(__file__).resolve().parents[3]
_COUNTING = """
import sys
from cms.core.counters import SharedFileCache
counters = SharedFileCache(sys.argv[1], {})
for _ in range(500):
    with counters.atomic():
        counters.set("list", [*counters.get("list", []), 1], 60)
    counters.incr("count")
"""


@pytest.fixture
def place(tmp_path):
    return tmp_path / "var" / "counters.sqlite3"


@pytest.fixture
def counters(place):
    return SharedFileCache(str(place), {})


def test_what_is_kept_is_found_until_its_end(counters):
    counters.set("a", [1.5, 2], 60)
    counters.set("soon", 1, 0.05)
    counters.set("never", 1, 0)
    counters.set("always", None, None)
    time.sleep(0.06)

    assert counters.get("a") == [1.5, 2]
    assert (counters.get("soon"), counters.get("never", "gone"), counters.get("other")) == (None, "gone", None)
    assert "always" in counters


def test_who_adds_first_has_it_until_it_ends_or_is_given_back(counters):
    assert counters.add("lock", 1, 0.05)
    assert not counters.add("lock", 1, 60)
    time.sleep(0.06)
    assert counters.add("lock", 2, 60)
    assert counters.delete("lock")
    assert not counters.delete("lock")
    assert counters.add("lock", 3, None)
    assert not counters.add("lock", 4, None)


def test_a_number_grows_and_keeps_its_end(counters):
    counters.set("n", 1, 0.2)
    assert counters.incr("n", 4) == 5
    assert counters.decr("n") == 4
    with pytest.raises(ValueError, match="not found"):
        counters.incr("other")
    time.sleep(0.21)
    assert counters.get("n") is None
    assert not counters.touch("n")


def test_everything_is_forgotten_at_once(counters):
    counters.set_many({"a": 1, "b": 2})
    counters.clear()

    assert counters.get_many(["a", "b"]) == {}


def test_what_has_ended_makes_room(counters, place, monkeypatch):
    monkeypatch.setattr("cms.core.counters._WRITES_BETWEEN_SWEEPS", 10)
    for number in range(9):
        counters.set(f"old-{number}", 1, -1)
    counters.set("new", 1, 60)

    assert counters._run("SELECT COUNT(*) FROM kept") == (1,)


def test_processes_lose_no_count_of_each_other(counters, place):
    counters.set("count", 0, 60)
    command = [sys.executable, "-c", _COUNTING, str(place)]

    processes = [subprocess.Popen(command, cwd=ROOT) for _process in range(2)]

    assert [process.wait(60) for process in processes] == [0, 0]
    assert (counters.get("count"), len(counters.get("list"))) == (1_000, 1_000)


def test_threads_lose_no_count_of_each_other(counters):
    counters.set("count", 0, 60)

    def count():
        for _time in range(100):
            counters.incr("count")

    threads = [threading.Thread(target=count) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counters.get("count") == 400


def test_a_file_that_cannot_be_used_stops_nobody(tmp_path, caplog):
    (tmp_path / "counters.sqlite3").write_bytes(b"no database at all" * 100)
    broken = SharedFileCache(str(tmp_path / "counters.sqlite3"), {})

    with broken.atomic():
        broken.set("a", 1, 60)
        assert broken.get("a", "unknown") == "unknown"
    assert broken.add("lock", 1, 60)
    assert "counters" in caplog.text
