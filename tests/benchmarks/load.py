"""Many people and programs at once: each asks, waits for the answer, and asks the next, for as long as it is told to.

The client shares the cores with the server, so it does little: plain sockets in one event loop, no parsing of bodies
but where a program has to know what it read.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

PATIENCE = 120
OK, CONFLICT, FAILED_PRECONDITION = 200, 409, 412


@dataclass
class Answer:
    """What came back, and the seconds until its last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass
class Seen:
    """What was asked in the measured time: seconds of good answers by what they were, conflicts and errors."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    conflicts: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, answer: Answer) -> None:
        """Count an answer; what is no success is an error."""
        if answer.status == OK:
            self.seconds.setdefault(what, []).append(answer.seconds)
        else:
            self.errors[f"{what}: {answer.status} {answer.body[:200]!r}"] += 1

    def of(self, *kinds: str) -> list[float]:
        """Return the seconds of some kinds of requests, sorted."""
        return sorted(one for kind in kinds for one in self.seconds.get(kind, []))


class Somebody:
    """One person or program, with an address of its own behind the proxy, and a connection for each request."""

    def __init__(self, port: int, number: int, **headers: str) -> None:
        self._port = port
        reported = {
            "Host": f"127.0.0.1:{port}", "Accept": "*/*", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}", "Connection": "close",
        } | headers  # fmt: skip
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in reported.items())

    async def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """Ask once; whatever keeps an answer from coming is an answer of status 0."""
        start = time.perf_counter()
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        asked = f"{method} {path} HTTP/1.1\r\n{self._headers}{more}{length}\r\n".encode() + body
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                writer.write(asked)
                raw = await reader.read()
                writer.close()
        except (OSError, TimeoutError) as error:
            return Answer(0, {}, repr(error).encode(), time.perf_counter() - start)
        head, _end, content = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1]) if len(lines[0].split()) > 1 else 0
        answered = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        return Answer(status, answered, content, time.perf_counter() - start)


@dataclass(frozen=True)
class Reading:
    """Addresses of one kind, and how often one of them is asked among all."""

    what: str
    weight: int
    paths: tuple[str, ...]


async def read(who: Somebody, mix: Iterable[Reading], until: float, seen: Seen, chance: random.Random) -> None:
    """Ask for one address after the other."""
    mix = list(mix)
    weights = [reading.weight for reading in mix]
    while time.perf_counter() < until:
        reading = chance.choices(mix, weights)[0]
        seen.note(reading.what, await who.ask(chance.choice(reading.paths)))


async def write(who: Somebody, items: tuple[str, ...], until: float, seen: Seen, chance: random.Random) -> int:
    """Read an item and change it as it was read, one after the other; return how many changes were answered.

    Somebody else's change in between is no error: the item is read again.
    """
    written = 0
    while time.perf_counter() < until:
        path = chance.choice(items)
        found = await who.ask(path)
        seen.note("an item, before it is changed", found)
        if found.status != OK:
            continue
        body = json.dumps({"note": f"lần {written} {chance.random()}", "group": chance.randint(1, 5)}).encode()
        changed = await who.ask(path, "PATCH", body, Content_Type="application/json", If_Match=found.headers["etag"])
        if changed.status in (CONFLICT, FAILED_PRECONDITION):
            seen.conflicts += 1
            continue
        seen.note("change", changed)
        written += changed.status == OK
    return written


def at(share: float, seconds: list[float]) -> float:
    """Return the milliseconds that this share of sorted times does not exceed."""
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))] * 1000 if seconds else 0.0
