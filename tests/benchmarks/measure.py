"""Timing pairs of things in one run, and the table that says how they compare."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

IN_A_ROW = 20


def median_ms(
    *entries: Callable[[], object], rounds: int = 15, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return the median milliseconds of each thing, taken in turn so that a slow moment strikes all alike.

    What computes on one core alone is measured with ``time.process_time``, so that other work does not count.
    """
    taken: list[list[float]] = [[] for _thing in entries]
    for entry in entries:
        entry()
    for _round in range(rounds):
        for number, entry in enumerate(entries):
            start = clock()
            entry()
            taken[number].append((clock() - start) * 1000)
    return [statistics.median(times) for times in taken]


def median_of(times: list[float]) -> float:
    """Return the median of times that were taken by hand, in turn."""
    return statistics.median(times)


@dataclass
class Table:
    """Rows of one comparison, printed as Markdown for docs/benchmarks.md."""

    title: str
    rows: list[tuple[str, float, float, float]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def compare(self, what: str, ours: float, other: float, most: float) -> None:
        """Add a row: ours against the other, and the highest ratio that is good enough."""
        self.rows.append((what, ours, other, most))
        if ours / other > most:
            self.missed.append(f"{what}: {ours / other:.2f} > {most}")

    def show(self) -> None:
        """Print the table."""
        print(f"\n### {self.title}\n\n| what | ours (ms) | beside (ms) | ratio | goal |\n|---|--:|--:|--:|--:|")
        for what, ours, other, most in self.rows:
            print(f"| {what} | {ours:.1f} | {other:.1f} | {ours / other:.2f} | ≤ {most:g} |")


@dataclass
class Rates:
    """Requests a second of ours beside another, taken in turn: medians, and the least ratio of the pairs."""

    title: str
    rows: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def compare(
        self, what: str, ours: Callable[[], object], other: Callable[[], object], least: float, rounds: int = 9
    ) -> None:
        """Time both in pairs of many requests each: after single ones, one collects the other's garbage."""
        ours(), other()
        self.add(what, [(_seconds(ours), _seconds(other)) for _round in range(rounds)], least)

    def add(self, what: str, pairs: list[tuple[float, float]], least: float) -> None:
        """Add a row of pairs of seconds a request, ours and the other's; the median of their ratios is to be enough."""
        ratios = [other / ours for ours, other in pairs]
        ratio = statistics.median(ratios)
        ours, other = (1 / statistics.median(times) for times in zip(*pairs, strict=True))
        self.rows.append(f"| {what} | {ours:,.0f} | {other:,.0f} | {ratio:.2f} | {min(ratios):.2f} | ≥ {least:g} |")
        if ratio < least:
            self.missed.append(f"{what}: {ratio:.2f} < {least:g}")

    def show(self) -> None:
        """Print the table."""
        print(f"\n### {self.title}\n\n| what | ours (requests/s) | beside | ratio | least of the pairs | goal |")
        print("|---|--:|--:|--:|--:|--:|", *self.rows, sep="\n")


def _seconds(entry: Callable[[], object]) -> float:
    """Return the seconds that one call takes, of as many as are made in a row."""
    start = time.perf_counter()
    for _call in range(IN_A_ROW):
        entry()
    return (time.perf_counter() - start) / IN_A_ROW
