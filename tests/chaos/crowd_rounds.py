"""Rounds in which somebody is killed while 50 read and 5 write, and what all were told is looked for afterwards."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.chaos import crowd, province
from tests.chaos.database import Database, Postgres
from tests.chaos.processes import WORKER, Service, Web, killed
from tests.chaos.receiver import Receiver

SECONDS = 8.0
REDIRECT = 302


@dataclass
class Storm:
    """How the rounds with one victim ended."""

    victim: str
    database: str
    rounds: int = 0
    reported: crowd.Reported = field(default_factory=crowd.Reported)
    made: int = 0
    events: int = 0
    doubles: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        answered, doubtful = len(self.reported.answered), len(self.reported.doubtful)
        reported = [
            self.victim,
            self.database,
            self.rounds,
            self.reported.reads,
            answered,
            doubtful,
            self.made,
            self.events,
        ]
        return f"| {' | '.join(str(one) for one in [*reported, self.doubles, len(self.faults)])} |"


class Platform:
    """All processes of a province's platform, and a program that is told of events."""

    def __init__(self, environment: dict[str, str], database: Database) -> None:
        self.receiver = Receiver()
        self.place, self.receiver.secret = crowd.found(self.receiver.url)
        self.database = database
        self.web = Web(environment, workers=2, threads=8)
        self.worker = Service(environment, *WORKER)
        self.sender = Service(environment, "deliver_webhooks")
        # The first requests of a process load what the others find loaded.
        while not crowd.gather(self.web.port, self.place, 2).answered:
            pass

    def victims(self) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
        """Return who can be killed: how, and how they come back."""
        victims: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
            "one of two web processes": (lambda: killed(random.choice(self.web.workers())), lambda: None),
            "master of the web processes": (self.web.kill_master, self.web.start_again),
            "task worker": (self.worker.kill, self.worker.start),
            "webhook sender": (self.sender.kill, self.sender.start),
        }
        if isinstance(self.database, Postgres):
            victims["PostgreSQL server"] = (self.database.kill, self.database.start)
        return victims

    def mend(self) -> None:
        """Start what ended because the database was gone, as a service manager does."""
        self.worker.start_if_over()
        self.sender.start_if_over()

    def stop(self) -> None:
        """End all."""
        self.web.stop()
        self.worker.kill()
        self.sender.kill()
        self.receiver.stop()


def storms(platform: Platform, at: province.Addresses, rounds: int) -> Iterator[Storm]:
    """Kill each victim in turn; yield how it stands after each round."""
    for victim, (kill, revive) in platform.victims().items():
        storm = Storm(victim, platform.database.name)
        for _round in range(rounds):
            _one_round(storm, platform, at, kill, revive)
            yield storm


def _one_round(
    storm: Storm, platform: Platform, at: province.Addresses, kill: Callable[[], None], revive: Callable[[], None]
) -> None:
    seen, doubles = set(platform.receiver.counted), platform.receiver.doubles
    with ThreadPoolExecutor(2) as others:
        gathered = others.submit(crowd.gather, platform.web.port, platform.place, SECONDS)
        sent = others.submit(platform.web.upload, at.upload, at.session, "nho.xlsx", province.list_of(3))
        time.sleep(random.uniform(0.2, 0.6) * SECONDS)
        kill()
        revive()
        reported, uploaded = gathered.result(), sent.result()
    province.leave()
    platform.database.settle()
    platform.mend()
    faults = [*crowd.faults_after(reported), *crowd.faults_of_checks()]
    faults += crowd.faults_of_webhooks(platform.receiver.counted)
    after = crowd.gather(platform.web.port, platform.place, 2)
    if not (after.reads and after.answered) or after.unanswered or after.doubtful:
        failed = (after.reads, len(after.answered), dict(after.unanswered), len(after.doubtful))
        faults.append(f"not all is well afterwards: {failed}")
    if uploaded not in (None, REDIRECT) or platform.receiver.refused:
        faults.append(f"an upload was answered {uploaded}, {platform.receiver.refused} events were refused")
    storm.rounds += 1
    storm.faults += [f"round {storm.rounds}: {fault}" for fault in faults]
    storm.reported.reads += reported.reads
    storm.reported.answered += reported.answered
    storm.reported.doubtful += reported.doubtful
    storm.made += crowd.doubtful_but_made(reported)
    storm.events += len(platform.receiver.counted - seen)
    storm.doubles += platform.receiver.doubles - doubles
    province.leave()
