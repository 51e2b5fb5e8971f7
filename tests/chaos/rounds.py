"""One round after the other: begin a piece of work, kill somebody at a random moment, look at what is left."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median

from tests.chaos import province
from tests.chaos.database import Database
from tests.chaos.processes import Web, Worker

REDIRECT = 302
SMALL = 3


@dataclass
class Trial:
    """How the rounds with one victim ended."""

    victim: str
    database: str
    work: str
    seconds: float = 0
    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        ends = (self.ends[end] for end in ("answered", "not answered, all", "not answered, nothing"))
        reported = [
            self.victim,
            self.database,
            self.work,
            f"{self.seconds:.1f} s",
            self.rounds,
            *ends,
            len(self.faults),
        ]
        return f"| {' | '.join(str(one) for one in reported)} |"

    @property
    def rounds(self) -> int:
        """Return how many there were."""
        return self.ends.total()

    def note(self, left: str, *, answered: bool) -> None:
        """Count the end of a round, and keep what must not be."""
        self.ends["answered" if answered else f"not answered, {left}"] += 1
        if left.startswith("HALF") or (answered and left != "all"):
            self.faults.append(f"round {self.rounds}: answered={answered}, {left}")

    def require(self, holds: bool, what: str) -> None:
        """Keep what does not hold after a round."""
        if not holds:
            self.faults.append(f"round {self.rounds}: {what}")


def moments(rounds: int, seconds: float) -> list[float]:
    """Return random moments, spread over the work and a little beyond its end, in no order."""
    spread = [(number + random.random()) / rounds * seconds * 1.1 for number in range(rounds)]
    return random.sample(spread, rounds)


def commits(trial: Trial, rounds: int, database: Database, web: Web, at: province.Addresses,
            kill: Callable[[], None], revive: Callable[[], None]) -> Iterator[Trial]:  # fmt: skip
    """Confirm the 5,000 items and kill meanwhile; the work that was lost and a new upload must then go through."""
    trial.seconds = median(_undisturbed(database, web, at) for _turn in range(3))
    for moment in moments(rounds, trial.seconds):
        _begin(database)
        with ThreadPoolExecutor(1) as client:
            answer = client.submit(web.post, at.commit, at.session)
            time.sleep(moment)
            kill()
        revive()
        database.settle()
        left = province.what_a_commit_left()
        trial.note(left, answered=answer.result() == REDIRECT)
        trial.require(province.ledger_holds(), "the ledger's chain is broken")
        if left == "nothing":
            again = (_patiently(web.post, at.commit, at.session), province.what_a_commit_left())
            trial.require(again == (REDIRECT, "all"), f"confirming again came to {again}")
        small = province.list_of(SMALL)
        sent = _patiently(web.upload, at.upload, at.session, "nho.xlsx", small)
        after = (sent, str(province.newest().state), province.newest().row_count)
        trial.require(after == (REDIRECT, "previewed", SMALL), f"a new upload came to {after}")
        trial.require(province.ledger_holds(), "the ledger's chain is broken after new work")
        yield trial


def _begin(database: Database) -> None:
    province.leave()
    database.restore()


def _undisturbed(database: Database, web: Web, at: province.Addresses) -> float:
    _begin(database)
    # The first request of a process loads what the others find loaded.
    _patiently(web.post, at.commit + "x", at.session)
    start = time.monotonic()
    if (status := web.post(at.commit, at.session)) != REDIRECT or province.what_a_commit_left() != "all":
        raise RuntimeError(f"nobody was killed, and the answer is {status}: {province.what_a_commit_left()}")
    return time.monotonic() - start


def _patiently(send: Callable[..., int | None], *what: object) -> int | None:
    """Send until somebody answers: a new process takes a moment to start."""
    for _turn in range(100):
        if (status := send(*what)) is not None:
            return status
        time.sleep(0.1)
    return None


def checks(trial: Trial, rounds: int, environment: dict[str, str]) -> Iterator[Trial]:
    """Upload the 5,000 items and kill the worker that checks them; the check must then go through when asked again."""
    clerk, agency = province.clerk(), province.newest().agency
    workers = [_ready(environment)]
    try:
        trial.seconds = median(_checked(province.upload_for(clerk, agency).pk) for _turn in range(3))
        for moment in moments(rounds, trial.seconds):
            batch = province.upload_for(clerk, agency)
            time.sleep(moment)
            workers[-1].kill()
            batch.refresh_from_db()
            left = province.what_a_check_left(batch)
            trial.note(left, answered=False)
            trial.require(province.ledger_holds(), "the ledger's chain is broken")
            workers.append(_ready(environment))
            if left == "nothing":
                province.check_again(batch)
                _checked(batch.pk)
                batch.refresh_from_db()
                again = province.what_a_check_left(batch)
                trial.require(again == "all", f"checking again came to {again}")
            yield trial
    finally:
        workers[-1].kill()


def _ready(environment: dict[str, str]) -> Worker:
    worker = Worker(environment)
    worker.wait_until_ready()
    return worker


def _checked(pk: object) -> float:
    start = time.monotonic()
    while province.ImportBatch.objects.get(pk=pk).state == province.BatchState.CHECKING:
        if time.monotonic() - start > 600:
            raise RuntimeError("the worker does not check")
        time.sleep(0.05)
    return time.monotonic() - start
