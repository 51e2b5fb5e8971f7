"""What runs in the judging process: have the file read, prepare its check meanwhile, check, answer."""

from __future__ import annotations

import gc
import json
import os
import pathlib
import pickle  # noqa: S403 - the order comes from our own parent
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

from importers.problems import FileRefused
from importers.reading import Limits, Workbook, read


def main(task: str) -> None:
    """Judge the file that ``task`` (JSON: path, name, limits, answer, seconds) names by the order on standard input.

    The findings go to the open file ``answer``; standard output hears how far the check has come.
    """
    gc.disable()
    job = json.loads(task)
    signal.alarm(job["seconds"])
    limits = Limits(**job["limits"])
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(read, pathlib.Path(job["path"]), name=job["name"], limits=limits)
        # What the check needs is fetched while the file is being read.
        from importers.checking.judge import judge
        from importers.sandbox import limit_process

        order = pickle.load(sys.stdin.buffer)  # noqa: S301
        try:
            outcome: Workbook | FileRefused = reading.result()
        except FileRefused as refusal:
            outcome = refusal
    limit_process(2 * limits.memory_bytes, limits.seconds)
    findings = judge(outcome, order, _report)
    with os.fdopen(job["answer"], "wb") as answer:
        pickle.dump(findings.flat(), answer, protocol=5)
    # An orderly end would take every row apart again.
    os._exit(0)


def _report(step: str, done: int = 0, total: int = 0) -> None:
    print(step, done, total, flush=True)
