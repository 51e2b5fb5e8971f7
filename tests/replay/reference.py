"""What a file of the replay must come to, computed from articles 14 to 17 and 20 alone, apart from the engine.

Nothing of the platform is imported: exact fractions, rounded half up to two places at the end of each figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

_OFF = Fraction(1, 4)
_GOOD = ("excellent", "good")


def expected(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``people`` and ``caps`` of a file, in the shape of its ``expect``."""
    people, settings = data["people"], data.get("settings", {})
    numbers = sorted({month["month"] for person in people for month in person["months"]})
    said = {person["code"]: {"months": [], "quarter": {}} for person in people}
    kept: dict[str, list[dict[str, Any]]] = {person["code"]: [] for person in people}
    for number in numbers:
        for code, month in _month(people, number, settings).items():
            said[code]["months"].append(month["said"])
            if month["said"].get("status") != "absent":
                kept[code].append(month)
    flagged = {person["code"]: bool(person.get("flags")) for person in people}
    for code, months in kept.items():
        # A month that was worked and has no total leaves the quarter without one.
        if months and all("exact" in month for month in months):
            said[code]["quarter"] = {"mean": _mean(months, flagged[code]), "cumulative": _summed(months, flagged[code])}
    return {"people": said, "caps": _caps(people, said)}


def _month(people: list[dict[str, Any]], number: int, settings: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return the months of everybody; those who are led come before those who lead."""
    found: dict[str, dict[str, Any]] = {}
    for person in sorted(people, key=_height):
        month = next((each for each in person["months"] if each["month"] == number), None)
        if month is None:
            continue
        if month.get("absent"):
            found[person["code"]] = {"said": {"month": number, "status": "absent"}}
            continue
        led = [found[each["code"]] for each in people if _leads(person, each) and _is_there(found, each)]
        found[person["code"]] = _unscored(person, month, led) or _one(person, month, led, settings)
    return found


def _is_there(found: dict[str, Any], person: dict[str, Any]) -> bool:
    said = found.get(person["code"], {}).get("said")
    return said is not None and said.get("status") != "absent"


def _unscored(person: dict[str, Any], month: dict[str, Any], led: list[Any]) -> dict[str, Any] | None:
    """Return why there is no total: nobody led, somebody led without a total, or nothing assigned."""
    if person["role"] != "staff" and (not led or any("exact" not in each for each in led)):
        return {"said": {"month": month["month"], "status": "blocked"}}
    if not month.get("lines"):
        return {"said": {"month": month["month"], "status": "insufficient_data"}}
    return None


def _height(person: dict[str, Any]) -> int:
    if person.get("division"):
        return 1 if person["role"] == "head" else 0
    return {"staff": 0, "deputy": 2, "head": 3}[person["role"]]


def _leads(leader: dict[str, Any], other: dict[str, Any]) -> bool:
    if leader["code"] == other["code"] or leader["role"] == "staff":
        return False
    if leader["role"] == "deputy":
        return other.get("division") in (leader.get("in_charge") or ())
    return not leader.get("division") or other.get("division") == leader["division"]


def _one(person: dict[str, Any], month: dict[str, Any], led: list[Any], settings: dict[str, str]) -> dict[str, Any]:
    ratios = _ratios(month.get("lines", ()), settings)
    marks = {}
    if person["role"] != "staff":
        failed = any(each["said"]["level"] == "not_completed" or Fraction(each["said"]["total"]) < 50 for each in led)
        marks = {"d": Fraction(50 if failed else 100), "đ": Fraction(str(month["đ"])), "e": Fraction(str(month["e"]))}
    common = Fraction(month["common"])
    flagged = any(flag["month"] == month["month"] for flag in person.get("flags", ()))
    return {
        "exact": (common, ratios, marks),
        "said": {"month": month["month"]} | _figures(common, ratios, marks, flagged),
    }


def _ratios(lines: Iterable[dict[str, Any]], settings: dict[str, str]) -> dict[str, tuple[Fraction, Fraction]]:
    """Return numerators and denominators of a, b and c (article 14)."""
    aggregate = settings.get("over_100") == "aggregate"
    assigned = counted = quality = progress = Fraction(0)
    for line in lines:
        weight, given, done = (Fraction(line[key]) for key in ("coefficient", "assigned", "completed"))
        own = done if aggregate else min(given, done)
        # What nobody finished was neither bad nor late.
        faults = [
            0 if line.get(exempt) or not done else line.get(key, 0)
            for key, exempt in (("quality_failures", "quality_exempt"), ("late_occurrences", "late_exempt"))
        ]
        assigned += weight * given
        counted += weight * own
        quality += weight * _left(own, faults[0], settings)
        progress += weight * _left(own, faults[1], settings)
    below = counted if settings.get("denominator") == "completed" else assigned
    return {"a": (counted, assigned), "b": (quality, below), "c": (progress, below)}


def _left(own: Fraction, failures: int, settings: dict[str, str]) -> Fraction:
    if settings.get("failure_scope") == "line":
        return max(Fraction(0), own * (1 - failures * _OFF))
    return max(Fraction(0), own - failures * _OFF)


def _figures(
    common: Fraction, ratios: dict[str, tuple[Fraction, Fraction]], marks: dict[str, Fraction], flagged: bool
) -> dict[str, Any]:  # fmt: skip
    parts = {code: _percent(*ratio) for code, ratio in ratios.items()} | marks
    result = 70 * sum(parts.values(), Fraction(0)) / len(parts) / 100
    total = _rounded(common + result)
    return {
        "components": {code: _rounded(value) for code, value in parts.items()}, "result": _rounded(result),
        "total": total, "level": _level(total, flagged),
    }  # fmt: skip


def _percent(above: Fraction, below: Fraction) -> Fraction:
    return min(Fraction(100), 100 * above / below) if below else Fraction(0)


def _mean(months: list[dict[str, Any]], flagged: bool) -> dict[str, Any]:
    total = _rounded(sum(Fraction(each["said"]["total"]) for each in months) / len(months))
    return {"total": total, "level": _level(total, flagged)}


def _summed(months: list[dict[str, Any]], flagged: bool) -> dict[str, Any]:
    """Add numerators and denominators up; of what is marked once a month the least counts, of the common the mean."""
    exact = [each["exact"] for each in months]
    common = sum((each[0] for each in exact), Fraction(0)) / len(exact)
    ratios = {
        code: (sum(each[1][code][0] for each in exact), sum(each[1][code][1] for each in exact))
        for code in ("a", "b", "c")
    }
    marks = {code: min(each[2][code] for each in exact) for code in exact[0][2]}
    said = _figures(common, ratios, marks, flagged)
    return {key: said[key] for key in ("total", "level", "components")}


def _level(total: str, flagged: bool) -> str:
    if flagged:
        return "not_completed"
    points = Fraction(total)
    steps = ((90, "excellent"), (70, "good"), (50, "completed"), (0, "not_completed"))
    return next(level for least, level in steps if points >= least)


def _rounded(value: Fraction) -> str:
    hundredths = int(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _caps(people: list[dict[str, Any]], said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for group in sorted({person["group"] for person in people}):
        found[group] = {}
        for way in ("mean", "cumulative"):
            quarters = [said[each["code"]]["quarter"].get(way) for each in people if each["group"] == group]
            levels = [each["level"] for each in quarters if each]
            good, best = sum(level in _GOOD for level in levels), levels.count("excellent")
            found[group][way] = {
                "good_or_better": good, "excellent_by_points": best, "most_excellent_strict_20": good // 6,
                "most_excellent_inclusive_20": good // 5, "over_strict": max(0, best - good // 6),
            }  # fmt: skip
    return found
