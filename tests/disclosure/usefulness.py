"""What rules leave to be read of a province as large as a real one: made up, the same at every run.

``python -m tests.disclosure.usefulness`` prints it for the rule and for the one before it, as ADR 29 tells.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from catalog_pages.transparency.publication_rules import choose_disclosures, unit_rows
from tests.disclosure import former_rule

CLASSES = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành")
AGENCIES, SMALLEST, LARGEST = 121, 5, 300
# Of a hundred people: few excellent, for the decree caps them, most good, and hardly anybody who failed.
_WEIGHTS = (14, 62, 22, 2)
WHOLE = "Toàn tỉnh"
Shown = Mapping[str, Mapping[str, int | None]]


@dataclass(frozen=True)
class Usefulness:
    """Shares in percent: of people whose agency has a row, of counts that are told, and how far off shares are.

    ``off`` is the mean, over told counts of agencies, of how many points a share read from the row is off from the true
    one; ``off_province`` the same for the province; ``told_province`` how many of its counts are told.
    """

    people: float
    counts: float
    off: float
    told_province: int
    off_province: float


def province() -> dict[str, dict[str, str]]:
    """Return agencies and their people: many small ones, few large ones."""
    chance = random.Random(335)
    found = {}
    for place in range(AGENCIES):
        size = min(LARGEST, max(SMALLEST, round(chance.lognormvariate(3.6, 0.8))))
        bent = [weight * chance.lognormvariate(0, 0.4) for weight in _WEIGHTS]
        found[f"A{place}"] = {f"{place}-{one}": name for one, name in enumerate(chance.choices(CLASSES, bent, k=size))}
    return found


def measured(shown: Shown, agencies: Mapping[str, Mapping[str, str]]) -> Usefulness:
    """Return how useful what is shown is, ``WHOLE`` being the province."""
    everybody = sum(len(people) for people in agencies.values())
    reported = [unit for unit in agencies if any(count is not None for count in shown[unit].values())]
    having = {unit: Counter(people.values()) for unit, people in agencies.items()}
    whole = Counter(name for people in agencies.values() for name in people.values())
    offs = [off for unit in reported for off in _offs(shown[unit], having[unit])]
    offs_whole = _offs(shown[WHOLE], whole)
    return Usefulness(
        people=100 * sum(len(agencies[unit]) for unit in reported) / everybody,
        counts=100 * len(offs) / (len(CLASSES) * len(agencies)), off=sum(offs) / len(offs),
        told_province=len(offs_whole), off_province=sum(offs_whole) / len(offs_whole),
    )  # fmt: skip


def _offs(shown: Mapping[str, int | None], having: Mapping[str, int]) -> list[float]:
    # Where all is told, a reader divides by what is told; else by how many people the unit has.
    counts = [count for count in shown.values() if count is not None]
    people = sum(having.values())
    whole = sum(counts) if len(counts) == len(CLASSES) else people
    return [
        abs(100 * count / whole - 100 * having[name] / people) for name, count in shown.items() if count is not None
    ]


def by_the_rule(agencies: Mapping[str, Mapping[str, str]]) -> Shown:
    """Return what is told now."""
    units, parents = _with_whole(agencies)
    reported = choose_disclosures(units, period="I", parents=parents, before={})
    return {
        row.unit: row.counts or dict.fromkeys(CLASSES)
        for row in unit_rows(units, CLASSES, parents=parents, disclosures=reported)
    }


def by_the_former_rule(agencies: Mapping[str, Mapping[str, str]]) -> Shown:
    """Return what was told before ADR 29."""
    units, parents = _with_whole(agencies)
    return {row.unit: row.counts for row in former_rule.publishable(units, CLASSES, parents=parents)}


def _with_whole(agencies: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, Mapping[str, str]], dict[str, str]]:
    whole = {key: name for people in agencies.values() for key, name in people.items()}
    return {WHOLE: whole, **agencies}, dict.fromkeys(agencies, WHOLE)


def print_comparison() -> None:
    """Print what each rule leaves."""
    made = province()
    small = sum(len(people) < 10 for people in made.values())
    sys.stdout.write(f"{sum(map(len, made.values()))} people, {small} of {AGENCIES} agencies under ten\n")
    sys.stdout.write(f"{Counter(name for people in made.values() for name in people.values())}\n")
    for called, rule in (("now", by_the_rule), ("formerly", by_the_former_rule)):
        seen = rule(made)
        sys.stdout.write(f"{called}: {seen[WHOLE]}\n{measured(seen, made)}\n")


if __name__ == "__main__":
    print_comparison()
