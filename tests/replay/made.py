"""Files of the replay's shape, made up: other settings, agencies and odd quarters than the worked one has."""

from __future__ import annotations

import random
from typing import Any

_COEFFICIENTS = ("0.125", "0.8", "1", "1.25", "1.9", "2.5", "6", "10")
_WHOLE, _PARTS = ("1", "2", "3", "5", "20"), ("0.5", "1.25", "2.75", "3.3333", "7.5")


def made_quarter(seed: int) -> dict[str, Any]:
    """Return a file without ``expect``; the same seed gives the same one."""
    chance = random.Random(seed)  # noqa: S311
    settings = {
        "denominator": chance.choice(("assigned", "completed")),
        "failure_scope": chance.choice(("unit", "line")),
        "over_100": chance.choice(("line", "aggregate")),
    }
    first = chance.choice((1, 4, 7, 10))
    people = [_person(chance, *each, first) for each in _staff(chance)]
    return {"settings": settings, "people": people}


def _staff(chance: random.Random) -> list[tuple[str, str, str | None, list[str]]]:
    """Return code, role, division and divisions in charge of a head, perhaps deputies, and one division or more."""
    divisions = [f"P{number}" for number in range(1, chance.randint(1, 3) + 1)]
    posts: list[tuple[str, str | None, list[str]]] = [("head", None, divisions)]
    posts += [("deputy", None, chance.sample(divisions, chance.randint(1, len(divisions))))] * chance.randint(0, 1)
    for division in divisions:
        posts += [("head", division, [])] * chance.choice((1, 1, 0))
        posts += [("staff", division, [])] * chance.randint(1, 3)
    return [(f"CC{number:02}", *post) for number, post in enumerate(posts, 1)]


def _person(
    chance: random.Random, code: str, role: str, division: str | None, in_charge: list[str], first: int
) -> dict[str, Any]:  # fmt: skip
    months = [_month(chance, role, number) for number in range(first, first + 3)]
    group = "chuyen-vien" if role == "staff" else "truong-phong" if division else "lanh-dao"
    flags = []
    worked = [month["month"] for month in months if "absent" not in month]
    kinds = ["disciplined", "degradation"] + (["unit_corruption"] if role != "staff" else [])
    if worked and chance.random() < 0.2:
        flags = [
            {"kind": kind, "month": chance.choice(worked), "document": f"QĐ {number}/QĐ-SNV"}
            for number, kind in enumerate(chance.sample(kinds, chance.randint(1, 2)), 1)
        ]
    person = {"code": code, "role": role, "division": division, "group": group, "flags": flags, "months": months}
    return person | ({"in_charge": in_charge} if role != "staff" else {})


def _month(chance: random.Random, role: str, number: int) -> dict[str, Any]:
    if chance.random() < 0.1:
        return {"month": number, "absent": "nghỉ cả tháng"}
    common = chance.choice(("30", "28.5", "24", "22.75", "15.25", "7.5"))
    # Now and then nothing was assigned.
    count = chance.choice((0, *[1, 2, 3, 4] * 8))
    month: dict[str, Any] = {"month": number, "common": common, "lines": [_line(chance) for _ in range(count)]}
    return month | ({} if role == "staff" else {"đ": chance.choice((50, 100)), "e": chance.choice((50, 100))})


def _line(chance: random.Random) -> dict[str, Any]:
    assigned = chance.choice(_WHOLE + _PARTS)
    completed = chance.choice((assigned, assigned, "0", chance.choice(_WHOLE + _PARTS), "21"))
    line: dict[str, Any] = {
        "item": f"M{chance.randint(1, 9):02}", "coefficient": chance.choice(_COEFFICIENTS), "assigned": assigned,
        "completed": completed,
    }  # fmt: skip
    for fault, exempt in (("quality_failures", "quality_exempt"), ("late_occurrences", "late_exempt")):
        if completed != "0" and chance.random() < 0.4:
            line[fault] = chance.randint(1, 5)
            line[exempt] = chance.random() < 0.3
    return line
