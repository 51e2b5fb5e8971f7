"""Long runs over a whole province, killed again and again: scoring a month, and reminding 12,000 people."""

from __future__ import annotations

import datetime
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from cms.assignments.models import Reminder, WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.evaluations.models import Evaluation, PeriodScoring, Result
from cms.organisations.models import Agency, Officer, Posting
from cms.users.models import User
from tests.chaos import province
from tests.chaos.database import Database
from tests.chaos.mailbox import Mailbox
from tests.chaos.processes import ROOT, killed
from tests.factories.agencies import Province, make_agency
from tests.factories.catalogs import make_approved
from tests.factories.evaluations import open_marked, staff_with_work
from tests.factories.frameworks import published
from tests.factories.officers import make_position
from tests.factories.people import make_people

AGENCIES, OFFICERS, LINES = 12, 40, 11
PEOPLE = 12_000
WORKERS = 2


@dataclass
class Run:
    """How the runs of one kind went: what share was done when somebody was killed, and what must not be."""

    victim: str
    database: str
    seconds: float = 0
    kills: int = 0
    shares: list[float] = field(default_factory=list)
    repeated: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        share = f"{100 * sum(self.shares) / max(len(self.shares), 1):.0f} %"
        reported = [
            self.victim,
            self.database,
            f"{self.seconds:.1f} s",
            self.kills,
            share,
            self.repeated,
            len(self.faults),
        ]
        return f"| {' | '.join(str(each) for each in reported)} |"

    def require(self, holds: bool, what: str) -> None:
        """Keep what must not be."""
        if not holds:
            self.faults.append(f"after {self.kills} kills: {what}")


def scorings(database: Database, rounds: int) -> Iterator[Run]:
    """Let workers share the scoring of a month of all agencies, kill one or all, and let others go on."""
    province.leave()
    database.restore()
    _open_a_month()
    province.leave()
    database.keep()
    run = Run(f"{WORKERS} workers that score {AGENCIES} agencies of {OFFICERS}", database.name)
    began = time.monotonic()
    _wait([_started("score_periods")])
    run.seconds = time.monotonic() - began
    expected = _hashes()
    run.require(len(expected) == AGENCIES * OFFICERS, f"undisturbed, {len(expected)} results are there")
    for number in range(rounds):
        province.leave()
        database.restore()
        workers = [_started("score_periods")]
        _until(PeriodScoring.objects.exists, workers)
        workers += [_started("score_periods", "--continue") for _more in range(WORKERS - 1)]
        few = random.randrange(AGENCIES)
        _until(lambda few=few: PeriodScoring.objects.filter(done_at__isnull=False).count() >= few, workers)
        # Somewhere within the next agency.
        time.sleep(random.random() * run.seconds / AGENCIES)
        killed(*[worker.pid for worker in (workers if number % 2 else workers[:1])])
        run.kills += 1
        run.shares.append(len(_hashes()) / len(expected))
        _wait(workers)
        database.settle()
        run.require(not _half_scored(), f"these agencies are half done: {_half_scored()}")
        _wait([_started("score_periods", "--continue") for _worker in range(WORKERS)])
        run.require(_hashes() == expected, "results are lost or others than those of an undisturbed run")
        run.require(Result.objects.count() == len(expected), f"{Result.objects.count()} results")
        run.require(not PeriodScoring.objects.waiting().exists(), "something still waits")
        run.require(province.ledger_holds(), "the ledger's chain is broken")
        yield run


def reminders(database: Database, kills: int) -> Iterator[Run]:
    """Remind 12,000 people in one run that is killed so often, and count what comes to whom."""
    province.leave()
    database.restore()
    _make_everybody_late()
    run, mailbox = Run(f"run that reminds {PEOPLE:,} people", database.name), Mailbox()
    command = ("send_reminders", "--now")
    environment = {"EMAIL_URL": mailbox.url}
    try:
        began = time.monotonic()
        ended = False
        while not ended:
            worker = _started(*command, **environment)
            if run.kills < kills:
                _until_more(mailbox, worker, random.randint(200, 2 * PEOPLE // (kills + 1)))
                killed(worker.pid)
            ended = worker.wait() == 0
            if not ended:
                run.kills += 1
                run.shares.append(len(mailbox.taken) / PEOPLE)
                yield run
        run.seconds = time.monotonic() - began
        readers = {reader for reader, _message in mailbox.taken}
        run.repeated = sum(mailbox.taken.values()) - len(mailbox.taken)
        run.require(len(readers) == PEOPLE, f"{len(readers)} people were reminded")
        run.require(len(mailbox.taken) == PEOPLE, f"{len(mailbox.taken)} messages of different names came")
        run.require(run.repeated <= run.kills, f"{run.repeated} messages came twice")
        run.require(Reminder.objects.exclude(sent_at=None).count() == PEOPLE, "not every reminder is marked as sent")
        yield run
    finally:
        mailbox.stop()


def _until(holds: Callable[[], bool], workers: list[subprocess.Popen[bytes]]) -> None:
    while not holds() and any(worker.poll() is None for worker in workers):
        time.sleep(0.02)


def _until_more(mailbox: Mailbox, worker: subprocess.Popen[bytes], more: int) -> None:
    before = len(mailbox.taken)
    while len(mailbox.taken) < before + more and worker.poll() is None:
        time.sleep(0.005)


def _started(*command: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=os.environ | environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _wait(workers: list[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.wait()


def _hashes() -> dict[int, str]:
    return dict(Result.objects.values_list("evaluation", "content_hash"))


def _half_scored() -> list[int]:
    """Return the periods of which some evaluations have a result and others none."""
    some = set(Evaluation.objects.filter(results__isnull=False).values_list("period", flat=True))
    none = set(Evaluation.objects.filter(results__isnull=True).values_list("period", flat=True))
    return sorted(some & none)


def _known_province() -> Province:
    """Return the province that was founded, by the codes of its agencies."""
    codes = {
        "root": "tinh", "home_affairs": "so-noi-vu", "statistics": "thong-ke", "office": "van-phong",
        "division": "phong-tong-hop", "commune": "xa-vinh-hoa",
    }  # fmt: skip
    return Province(**{name: Agency.objects.get(code=code) for name, code in codes.items()})


def _open_a_month() -> None:
    place = _known_province()
    people = make_people(place)
    item = make_approved(people, place.statistics).items.in_order()[0]
    published()
    for _number in range(AGENCIES):
        agency = make_agency(place.root)
        staff_with_work(agency, OFFICERS, item, people["agency_head"], LINES)
        open_marked(agency, people["agency_head"])


def _make_everybody_late() -> None:
    """Give everybody an account with an address and one piece of work that is late since yesterday."""
    place = _known_province()
    given = CatalogItem.objects.filter(version__state="approved").first()
    chosen = given or make_approved(make_people(place), place.statistics).items.in_order()[0]
    yesterday, position = timezone.localdate() - datetime.timedelta(days=1), make_position()
    named = [f"cc-{number:05}" for number in range(PEOPLE)]
    accounts = User.objects.bulk_create(
        [User(username=name, email=f"{name}@example.vn", password="!") for name in named], batch_size=2_000
    )
    officers = Officer.objects.bulk_create(
        [Officer(code=each.username.upper(), name=each.username, account=each) for each in accounts], batch_size=2_000
    )
    postings = Posting.objects.bulk_create(
        [
            Posting(officer=each, agency=place.office, position=position, valid_from=datetime.date(2025, 1, 1))
            for each in officers
        ],
        batch_size=2_000,
    )  # fmt: skip
    WorkAssignment.objects.bulk_create(
        [
            WorkAssignment(
                officer=each.officer, posting=each, agency=place.office, item=chosen, item_identity=chosen.identity,
                code=chosen.code, name=chosen.name, coefficient=chosen.coefficient, assigned=1, given_on=yesterday,
                due_on=yesterday, month=yesterday.replace(day=1),
            )
            for each in postings
        ],
        batch_size=2_000,
    )  # fmt: skip
