from __future__ import annotations

import datetime
import os
import pathlib
import pickle
import re
import signal

import pytest

from importers import sandbox
from importers.reading import FileRefused, Limits, child, read, wire
from importers.reading.codes import CODES
from importers.reading.contract import Row, Sheet, Special, Workbook
from importers.reading.folded import FoldedBook, FoldedSheet, fold
from tests.unit.importers.reading.building import read_in_child, values, xlsx

SOURCES = pathlib.Path(child.__file__).parent
PLAIN = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refusal_of(folder: pathlib.Path, limits: Limits | None = None) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_in_child(folder, xlsx(PLAIN), limits=limits)
    return [problem.code for problem in refused.value.problems]


def start_with(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    limit = "from importers.reading.contract import Limits; from importers.sandbox import limit_process"
    prepare = f"import sys, json, os, time; sys.path.insert(0, sys.argv[1]); {limit}"
    monkeypatch.setattr(child, "START", f"{prepare}; limit_process(Limits().memory_bytes, 1); {code}")


def test_a_file_is_read_in_a_child(tmp_path: pathlib.Path) -> None:
    assert values(read_in_child(tmp_path, xlsx(PLAIN))) == [[1]]


def test_a_refusal_comes_back_with_its_problems(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileRefused) as refused:
        read_in_child(tmp_path, b"a,b\n1\n2,3\n4,5\n", "a.csv")

    problem = refused.value.problems[0]
    assert (problem.code, problem.row, problem.params["line"]) == ("too_few_fields", 2, 2)


@pytest.mark.parametrize("name", ["a\0.xlsx", "\ud800.xlsx", "-c.xlsx", "a" * 5000 + ".xlsx"])
def test_a_strange_name_does_no_harm(tmp_path: pathlib.Path, name: str) -> None:
    assert values(read_in_child(tmp_path, xlsx(PLAIN), name)) == [[1]]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("os.abort()", "reader_crashed"),
        ("sys.exit(3)", "reader_crashed"),
        ("1 / 0", "reader_crashed"),
        ("print('not an answer')", "reader_crashed"),
        ("pass", "reader_crashed"),
        ("exec('while True: pass')", "reader_too_slow"),
        ("time.sleep(60)", "reader_too_slow"),
        ("bytearray(600 * 1024 * 1024)", "reader_out_of_memory"),
    ],
)
def test_a_reader_that_goes_wrong_costs_that_upload_only(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, code: str, expected: str
) -> None:
    start_with(monkeypatch, code)

    assert refusal_of(tmp_path) == [expected]


def test_a_reader_that_no_limit_stops_is_killed(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "START", "import time; time.sleep(60)")
    monkeypatch.setattr(sandbox, "START_SECONDS", 0)

    assert refusal_of(tmp_path, Limits(seconds=1)) == ["reader_too_slow"]


def test_the_child_gets_no_secrets(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hidden")
    start_with(monkeypatch, "os.abort() if 'SECRET_KEY' in os.environ else sys.exit(7)")
    seen: list[int] = []
    monkeypatch.setattr(child, "_refusal", lambda code, *_: seen.append(code) or FileRefused())

    refusal_of(tmp_path)

    assert seen == [7]


def test_an_answer_that_would_run_code_is_not_taken(tmp_path: pathlib.Path) -> None:
    answer = tmp_path / "answer"
    answer.write_bytes(pickle.dumps({"problems": [os.system]}))

    with answer.open("rb") as file, pytest.raises(pickle.UnpicklingError):
        wire.load(file)


def test_a_workbook_travels_whole(tmp_path: pathlib.Path) -> None:
    day = datetime.date(2026, 6, 5)
    rows = [Row(1, [1]), Row(2, [2, "a", None, day], hidden=True), Row(4, []), Row(9, [None, "a"])]
    specials = {(1, 1): Special("formula", "=B1")}
    book = FoldedBook("xlsx", [FoldedSheet("A", [fold(rows[:2]), fold(rows[2:])], specials, [(1, 1, 2, 2)], {(2, 2)})])

    with (tmp_path / "answer").open("w+b") as file:
        wire.dump(book, file)
        file.seek(0)

        assert wire.load(file) == Workbook("xlsx", [Sheet("A", rows, specials, [(1, 1, 2, 2)], {(2, 2)})])


def test_an_empty_and_a_large_file_start_no_child(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "START", "")
    path = tmp_path / "upload"
    path.write_bytes(b"")
    with pytest.raises(FileRefused, match="empty_file"):
        read(path, name="a.xlsx")

    path.write_bytes(b"aa")
    with pytest.raises(FileRefused, match="file_too_large"):
        read(path, name="a.xlsx", limits=Limits(file_bytes=1))


def test_the_childs_own_alarm_counts_as_too_slow() -> None:
    assert child._refusal(-signal.SIGALRM, b"", "a", Limits()).problems[0].code == "reader_too_slow"


def test_every_code_that_is_used_has_its_sentence() -> None:
    sources = "".join(path.read_text() for path in SOURCES.glob("*.py") if path.name != "codes.py")
    used = set(re.findall(r'(?:error|warning)\(\s*"([a-z_]+)"', sources))

    assert used <= CODES.keys()
    assert {code for code in CODES if f'"{code}"' not in sources} == set()
