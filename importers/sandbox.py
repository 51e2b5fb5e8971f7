"""Child processes for what is done to other people's files: one that crashes, hangs or eats memory costs itself alone.

A child is a fresh interpreter (not a fork: the parent may hold threads, database handles and secrets) with an empty
environment. It bounds itself (``limit_process``) before it opens the file, and never outlives its parent's wait.
Pure: no Django.
"""

from __future__ import annotations

import pathlib
import resource
import signal
import subprocess  # noqa: S404 - starts our own interpreter with a fixed argument list
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

ROOT = pathlib.Path(__file__).resolve().parents[1]
MIB = 1024 * 1024
# The C library would give memory back and ask for it again with each piece of a file: a tenth of the time.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_TRIM_THRESHOLD_": str(256 * MIB),
    "MALLOC_MMAP_THRESHOLD_": str(32 * MIB),
}
# Starting an interpreter is not the file's fault: it is given this on top of the limit.
START_SECONDS = 5
QUOTED_STDERR = 2000


def program(module: str) -> str:
    """Return the program that runs ``main`` of a module with the arguments of the child."""
    return f"import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main(*sys.argv[2:])"


@contextmanager
def started(
    start: str, *arguments: str, stdin: int = subprocess.DEVNULL, stdout: int | IO[bytes], stderr: IO[bytes],
    pass_fds: Sequence[int] = (),
) -> Iterator[subprocess.Popen[bytes]]:  # fmt: skip
    """Start a child with a program; it does not outlive the block."""
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-X", "utf8", "-c", start, str(ROOT), *arguments],
        stdin=stdin, stdout=stdout, stderr=stderr, env=ENVIRONMENT, pass_fds=pass_fds,
    )  # fmt: skip
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in filter(None, (child.stdin, child.stdout)):
            with suppress(BrokenPipeError):
                pipe.close()


def run(
    start: str, *arguments: str, stdout: int | IO[bytes] = subprocess.DEVNULL, stderr: IO[bytes], seconds: float
) -> int:  # fmt: skip
    """Run a child to its end and return its exit code; one that is stopped for the time it took counts as SIGXCPU."""
    with started(start, *arguments, stdout=stdout, stderr=stderr) as child:
        try:
            return child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return -signal.SIGXCPU


def limit_process(memory_bytes: int, seconds: int) -> None:
    """Bound the memory, the CPU time, the wall time and the answer of this process."""
    memory = memory_bytes + _address_space_in_use()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The parent may be gone: then nobody else stops a child that sleeps.
    signal.alarm(seconds)


def _address_space_in_use() -> int:
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
