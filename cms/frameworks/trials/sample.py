"""Sample inputs for a framework: numbered persons (or agencies) of a made-up province, the same on every machine.

For provinces that have no past period yet. Nobody in it exists; names are numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from cms.frameworks.trials.coverage import groups_named
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.definition.words import DEPUTY, FIGURES_OF_WORK, HEAD, ORGANISATION, STAFF
from cms.scoring.exact import to_text
from cms.scoring.lateness import DAYS

AGENCIES = 20
PER_AGENCY = 30
ORGANISATIONS = 60
# Made up like the people: position groups by code, for frameworks that name none of their own.
POSITION_GROUPS = {
    "tham-muu-tong-hop": "Tham mưu, tổng hợp",
    "chuyen-mon-nghiep-vu": "Chuyên môn, nghiệp vụ",
    "ho-tro-phuc-vu": "Hỗ trợ, phục vụ",
}
_COEFFICIENTS = ("0.8", "0.9", "1.0", "1.0", "1.1", "1.3", "1.6", "1.9", "2.0")
_MEASURED_WORK = ("work_quantity", "work_quality", "work_progress")
# How many in ten do how well, and how far they lie from it: thousandths.
_KINDS = ((980, 20),) * 2 + ((830, 60),) * 5 + ((640, 80),) * 2 + ((400, 150),)


def sample_subjects(definition: Definition, seed: int = 335) -> list[dict[str, Any]]:
    """Return made-up subjects, as JSON data, that fill everything the framework asks for.

    Officers: 20 agencies of 30, each with a head and two deputies, in three groups of positions; more agencies where
    the framework names more groups, so that every role is there in every group. Most do well, some do not, a few have
    nothing assigned, so that every level is met with, and several statuses.
    """
    draw = Random(seed)  # noqa: S311 (made-up numbers that must be the same everywhere)
    groups = _Groups(_groups(definition))
    if definition.subject == "organisation":
        numbers = range(1, max(ORGANISATIONS, len(groups.names)) + 1)
        return [_organisation(definition, draw, number, groups) for number in numbers]
    return [
        _officer(definition, draw, f"Cơ quan {agency:02}", role, (agency - 1) * PER_AGENCY + index + 1, groups)
        for agency in range(1, max(AGENCIES, len(groups.names)) + 1)
        for index, role in enumerate(_roles(definition))
    ]


class _Groups:
    """Gives those of each role the position groups in turn, so that nobody's role decides the group."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.given: Counter[str] = Counter()

    def next(self, role: str) -> str:
        """Return the group of the next of this role; nothing where there are no groups."""
        self.given[role] += 1
        return self.names[(self.given[role] - 1) % len(self.names)] if self.names else ""

    def is_first_round(self, role: str) -> bool:
        """Return whether nobody of this role had the group before that was given last."""
        return self.given[role] <= max(1, len(self.names))


def _groups(definition: Definition) -> Sequence[str]:
    made_up = () if definition.subject == "organisation" else tuple(POSITION_GROUPS)
    return groups_named(definition) or made_up


def _roles(definition: Definition) -> Iterator[str]:
    staffing = [HEAD, DEPUTY, DEPUTY] + [STAFF] * (PER_AGENCY - 3)
    return (role for role in staffing if role in definition.roles)


def _officer(
    definition: Definition, draw: Random, agency: str, role: str, number: int, groups: _Groups
) -> dict[str, Any]:
    ability = _ability(draw)
    group = groups.next(role)
    # Whoever stands for a set of weights has something to be weighed by.
    has_work = not _happens(draw, 10) or groups.is_first_round(role)
    return {
        "id": f"Công chức {number:04}",
        "role": role,
        "agency": agency,
        "position_group": group,
        "work": [_line(definition, draw, ability, no) for no in range(1, draw.randint(4, 12) + 1)] if has_work else [],
        "indicators": _indicators(definition, draw, role, ability),
        "criteria": _criteria(definition, draw, role, ability),
        "metrics": {
            code: value for code, value in _metrics(definition, draw, ability).items() if code not in FIGURES_OF_WORK
        },
        "flags": ["disciplined"] if _happens(draw, 10) and _knows(definition, "disciplined") else [],
    }


def _organisation(definition: Definition, draw: Random, number: int, groups: _Groups) -> dict[str, Any]:
    ability = _ability(draw)
    group = groups.next(ORGANISATION)
    return {
        "id": f"Cơ quan {number:03}",
        "role": ORGANISATION,
        **({"position_group": group} if group else {}),
        "agency": f"Cơ quan {number:03}",
        "indicators": _indicators(definition, draw, ORGANISATION, ability),
        "criteria": _criteria(definition, draw, ORGANISATION, ability),
        "metrics": _metrics(definition, draw, ability),
        "flags": [],
    }


def _ability(draw: Random) -> int:
    """Return how well somebody does, in thousandths: many well, some excellently, some not well. Whole numbers only."""
    middle, spread = draw.choice(_KINDS)
    return _near(draw, middle, spread)


def _near(draw: Random, middle: int, spread: int) -> int:
    return min(1000, max(0, middle + sum(draw.randint(-spread, spread) for _ in range(3)) // 2))


def _happens(draw: Random, thousandths: int) -> bool:
    return draw.randrange(1000) < thousandths


def _line(definition: Definition, draw: Random, ability: int, no: int) -> dict[str, Any]:
    """Return one line of work: who does well finishes whole lines, now and then more than was assigned."""
    assigned = draw.randint(1, 20)
    whole = _happens(draw, 850 + (ability - 800) * 3 // 4 if ability > 800 else (ability - 350) * 17 // 9)
    beyond = draw.randint(1, 3) if ability > 930 and _happens(draw, 400) else 0
    failing = (900 - ability) // 2
    late = sum(_happens(draw, failing) for _ in range(2))
    line = {
        "title": f"Công việc giả định {no}",
        "assigned": str(assigned),
        "completed": str(assigned + beyond if whole else assigned * _near(draw, ability // 2, 150) // 1000),
        "coefficient": draw.choice(_COEFFICIENTS),
        "quality_failures": sum(_happens(draw, failing) for _ in range(2)),
        "late_occurrences": late,
        "late_exempt": late > 0 and _happens(draw, 200),
    }
    return line | {"days_late": _days(definition, draw) if late else 0} if _counts_days(definition) else line


def _counts_days(definition: Definition) -> bool:
    return definition.work.late_counted.value == DAYS


def _days(definition: Definition, draw: Random) -> int:
    """Return how many days late, so that every band is met with."""
    begins = [int(band.from_days) for band in definition.work.late_bands] or [1]
    return draw.choice(begins) + draw.randint(0, 2)


def _indicators(definition: Definition, draw: Random, role: str, ability: int) -> dict[str, str]:
    asked = (each for section in definition.sections for each in _leaves(section.indicators) if _is_for(each, role))
    with_work = role != ORGANISATION
    return {
        each.code: _measured(each, draw, ability)
        for each in asked
        if not (with_work and each.measure in _MEASURED_WORK)
    }


def _leaves(indicators: tuple[Indicator, ...]) -> Iterator[Indicator]:
    for each in indicators:
        if each.indicators:
            yield from _leaves(each.indicators)
        else:
            yield each


def _measured(indicator: Indicator, draw: Random, ability: int) -> str:
    if indicator.steps:
        best, worst = max(indicator.steps), min(indicator.steps)
        return to_text(best if _happens(draw, ability) else worst)
    return to_text(Fraction(_near(draw, ability, 40), 1000) * indicator.full)


def _criteria(definition: Definition, draw: Random, role: str, ability: int) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    for section in definition.sections:
        extra = section.kind in ("bonus", "deduction")
        for each in _leaf_criteria(section.criteria, role):
            if not extra:
                marks[each.code] = _mark(each, draw, ability)
            elif _happens(draw, 100):
                marks[each.code] = _mark(each, draw, 400)
    return marks


def _leaf_criteria(criteria: tuple[Criterion, ...], role: str) -> Iterator[Criterion]:
    for each in criteria:
        if each.roles and role not in each.roles:
            continue
        if each.criteria:
            yield from _leaf_criteria(each.criteria, role)
        else:
            yield each


def _mark(criterion: Criterion, draw: Random, ability: int) -> Any:
    share = _near(draw, ability - 30, 60)
    kind = criterion.marking.kind
    if kind == "levels":
        levels = criterion.marking.levels
        return levels[min(len(levels) - 1, (1000 - share) * len(levels) // 1000)].code
    if kind == "bands":
        return str(share // 10)
    if kind in ("points_off", "points_each"):
        return sum(_happens(draw, 1000 - ability) for _ in range(2))
    if kind == "yes_no":
        return _happens(draw, ability)
    steps = int(criterion.max / criterion.step) if criterion.step else 0
    return to_text(criterion.step * (share * steps // 1000))


def _metrics(definition: Definition, draw: Random, ability: int) -> dict[str, Any]:
    late = 0 if _happens(draw, ability) else draw.randint(1, 30)
    done = 100 if _happens(draw, ability + 50) else draw.randint(60, 99)
    known: dict[str, Any] = {
        "tasks_done_pct": done,
        "on_time_pct": min(done, 100 - late),
        "late_pct": late,
        "quality_pct": done,
        "exceeded_pct": draw.randint(0, 45),
        "subordinate_not_completed": int(_happens(draw, 100)),
        "members_disciplined": int(_happens(draw, 50)),
        "not_completed_quarters": 0,
        "shortcomings_remedied": _happens(draw, 950),
    }
    return known | {each.code: _figure(each.kind, draw, ability) for each in definition.classification.metrics}


def _figure(kind: str, draw: Random, ability: int) -> int:
    if kind == "percent":
        return 100 if _happens(draw, ability) else draw.randint(60, 99)
    return draw.randint(0, 1) if kind == "yes_no" else 0


def _is_for(indicator: Indicator, role: str) -> bool:
    return not indicator.roles or role in indicator.roles


def _knows(definition: Definition, flag: str) -> bool:
    return any(each.code == flag for each in definition.classification.disqualifiers)
