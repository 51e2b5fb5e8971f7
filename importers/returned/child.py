"""Marking in a child process (``importers.sandbox``), as reading is done."""

from __future__ import annotations

import logging
import pathlib
import tempfile
from typing import IO

from importers import sandbox
from importers.returned.job import Job, NotMarked

logger = logging.getLogger(__name__)

START = sandbox.program("importers.returned.worker")


def mark(path: pathlib.Path, name: str, job: Job, *, seconds: int) -> IO[bytes]:
    """Return the marked workbook of the file at ``path``, uploaded under ``name``. Raises NotMarked."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as complaints:
        job_path, out_path = pathlib.Path(folder, "job.json"), pathlib.Path(folder, "marked.xlsx")
        job_path.write_text(job.dump())
        files = (str(path.resolve()), name, str(job_path), str(out_path))
        code = sandbox.run(START, *files, stderr=complaints, seconds=seconds + sandbox.START_SECONDS)
        if code != 0:
            complaints.seek(0)
            logger.warning("marking %r ended with %s: %r", name, code, complaints.read()[-sandbox.QUOTED_STDERR :])
            raise NotMarked(str(code))
        # An open file outlives its name: the folder is gone before the last byte is sent.
        return out_path.open("rb")
