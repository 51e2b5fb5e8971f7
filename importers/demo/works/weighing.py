"""How an agency weighs a work: most as the others do, some a little higher or lower, a few by mistake. No floats."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from importers.demo.works.chance import drawn

# By which all others are weighed.
STANDARD_WORK = "Soạn thảo văn bản hành chính"
# Points that a group may reach at most, of the highest of its number.
_FRAME = 100
_STANDARD_SCORE = 5
# Of so many works one has a point put in the wrong place, a group too high, hours that belong to another unit.
_SLIPS, _GROUPS, _HOURS = 150, 60, 45
# By draw of twenty: what a score is taken times, in percent.
_LEANINGS = {0: 150, 1: 120, 2: 120, 3: 80}
# Whose whole list is heavier, in percent; of communes every so many.
_HEAVY = {"so-cong-thuong": 125, "so-dttg": 120}
_HEAVY_COMMUNES, _HEAVY_BY = 17, 130
# Hours of work that a point of the scale stands for, in hundredths, and quarters of an hour that are written.
_HOURS_A_POINT, _QUARTER = Decimal("0.16"), Decimal("0.25")


def weigh(agency: str, name: str, group: int, score: int) -> tuple[int, int]:
    """Return the group and the score that an agency gives a work, at most the group's frame."""
    group = _group_of(agency, name, group)
    return group, int(_weighed(agency, name, Decimal(score), Decimal(1), group * _FRAME))


def weigh_commune(agency: str, name: str, group: int, coefficient: str) -> tuple[int, str]:
    """Return the group and the coefficient that a commune gives a work, with a decimal comma."""
    group, usual = _group_of(agency, name, group), Decimal(coefficient.replace(",", "."))
    frame = group * _FRAME // _STANDARD_SCORE
    weighed = _weighed(agency, name, usual, Decimal("0.05"), frame)
    return group, f"{weighed.normalize():f}".replace(".", ",")


def hours_of(agency: str, name: str, score: Decimal) -> Decimal:
    """Return the standard hours that an agency writes beside a score of the handbook's scale."""
    hours = score * _HOURS_A_POINT * (80 + drawn("hours", agency, name) % 41) / 100
    if drawn("hours of another unit", agency, name) % _HOURS == 0:
        hours *= 8
    return max(_QUARTER, (hours / _QUARTER).to_integral_value(ROUND_HALF_UP) * _QUARTER)


def _group_of(agency: str, name: str, group: int) -> int:
    if name == STANDARD_WORK:
        return group
    return min(5, group + (drawn("group", agency, name) % _GROUPS == 0))


def _weighed(agency: str, name: str, usual: Decimal, step: Decimal, frame: int) -> Decimal:
    if name == STANDARD_WORK:
        return usual
    percent = _LEANINGS.get(drawn("weight", agency, name) % 20, 100) * _heaviness(agency) / Decimal(100)
    if drawn("wrong place", agency, name) % _SLIPS == 0:
        percent *= 10
    weighed = (usual * percent / 100 / step).to_integral_value(ROUND_HALF_UP) * step
    return min(Decimal(frame), max(step, weighed))


def _heaviness(agency: str) -> int:
    if agency.startswith("xa-"):
        return _HEAVY_BY if int(agency[-3:]) % _HEAVY_COMMUNES == 0 else 100
    return _HEAVY.get(agency, 100)
