"""What runs in the marking child: limit itself, mark, answer with a file."""

from __future__ import annotations

import gc
import pathlib
import sys

from importers.reading.contract import Limits
from importers.reading.kind import open_reader
from importers.returned.job import CannotEdit, Job
from importers.returned.rewrite import rewrite
from importers.returned.xlsx import mark_xlsx
from importers.sandbox import limit_process


def main(path: str, name: str, job_path: str, out_path: str) -> None:
    """Write the marked workbook of the file at ``path``, uploaded under ``name``, to ``out_path``."""
    job = Job.load(pathlib.Path(job_path).read_text())
    limits = Limits(**job.limits)
    limit_process(limits.memory_bytes, limits.seconds)
    # Nothing here makes cycles, and looking for them takes time.
    gc.disable()
    mark_here(pathlib.Path(path), name, job, pathlib.Path(out_path))


def mark_here(path: pathlib.Path, name: str, job: Job, out: pathlib.Path) -> None:
    """Mark the file in this process, without any limit on it."""
    if name.lower().endswith(".xlsx"):
        try:
            with out.open("wb") as file:
                mark_xlsx(path, job, file)
            return
        except CannotEdit as reason:
            sys.stderr.write(f"written anew: {reason}\n")
    workbook = open_reader(path, name)(path, Limits(**job.limits))
    with out.open("wb") as file:
        rewrite(workbook, job, file)
