"""The judging process: it answers, it tells how far it is, and when it breaks nothing hangs."""

import os
import pathlib
from decimal import Decimal

import pytest

from importers import sandbox
from importers.checking import process as child
from importers.checking.contract import Order
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.context import Context
from importers.reading.contract import Limits

SAMPLES = pathlib.Path(__file__).parents[3] / "samples"
SAMPLE = SAMPLES / "thong-ke.v1.xlsx"


def order() -> Order:
    return Order("catalog", "thong-ke", check, Context(standard_score=Decimal(5), prefix="TK"), {})


def judged(path: pathlib.Path = SAMPLE, **more):
    return child.judge_in_child(path, name="a.xlsx", limits=Limits(), order=order, **more)


def test_a_file_is_read_and_checked():
    reported = []

    found = judged(report=lambda *step: reported.append(step))

    assert found.verdict.startswith("accept")
    assert found.rows == found.counts["new"] == sum(chunk.last - chunk.first + 1 for chunk in found.chunks)
    assert [step for step, *_ in reported] == ["rows", "comparing"]


def test_a_refused_file_is_a_verdict(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"rubbish")

    found = judged(path)

    assert (found.verdict, found.rows, found.chunks) == ("reject", 0, [])
    assert [problem.severity for problem in found.problems] == ["error"]


@pytest.mark.parametrize("code", ["import sys; sys.exit(3)", "import os; os.abort()", "1 / 0"])
def test_a_judge_that_breaks_says_so(code, monkeypatch):
    monkeypatch.setattr(child, "START", code)
    with pytest.raises(child.JudgingBroke):
        judged()


def test_an_order_that_fails_leaves_no_child(monkeypatch):
    started = []
    really = sandbox.subprocess.Popen

    def popen(*args, **more):
        started.append(really(*args, **more))
        return started[0]

    def failing():
        raise RuntimeError("no database")

    monkeypatch.setattr(sandbox.subprocess, "Popen", popen)
    with pytest.raises(RuntimeError):
        child.judge_in_child(SAMPLE, name="a.xlsx", limits=Limits(), order=failing)
    assert started[0].returncode is not None


def test_the_judge_gets_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    monkeypatch.setattr(child, "START", "import os, sys; sys.exit(9 if 'SECRET_KEY' in os.environ else 7)")
    with pytest.raises(child.JudgingBroke, match="7"):
        judged()
    assert "SECRET_KEY" in os.environ
