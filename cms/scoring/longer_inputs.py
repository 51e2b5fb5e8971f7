"""What longer periods and caps are calculated from, as it travels: parts of a period, and who has which level."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cms.scoring.caps import Classified
from cms.scoring.definition.words import CATEGORIES, LEVELS, ROLES
from cms.scoring.exact import decimals_of, to_text
from cms.scoring.input_shapes import Identifier, Keyed, Named, omissible
from cms.scoring.inputs import SubjectData
from cms.scoring.marks import check_code
from cms.scoring.periods import NEEDS_DECISION, NOT_WORKED, SCORED, PeriodPart
from cms.scoring.problems import Problem
from cms.scoring.shape import Choice, Code, Definitions, Many, Maybe, Number, Part, Shape, Text, declare
from cms.scoring.vocabulary import Vocabulary

_FRACTION = re.compile(r"(-?[0-9]{1,40})/([1-9][0-9]{0,39})", re.ASCII)
_STATUSES = (SCORED, NEEDS_DECISION, NOT_WORKED, "insufficient_data", "blocked")
MOST_PARTS = 60


@dataclass(frozen=True)
class Exact(Shape):
    """A number that is never rounded on the way: a decimal in text, or two whole numbers with a stroke between them."""

    number: Number

    def read(self, data: Any, path: str, problems: list[Problem]) -> Fraction | None:
        found = _FRACTION.fullmatch(data) if isinstance(data, str) else None
        if found is None:
            return self.number.read(data, path, problems)
        value = Fraction(int(found[1]), int(found[2]))
        if not self.number.at_least <= value <= self.number.at_most:
            code, limit = ("too_small", "at_least") if value < self.number.at_least else ("too_large", "at_most")
            problems.append(Problem(path, code, {"limit": getattr(self.number, limit)}))
            return None
        return value

    def write(self, value: Fraction) -> str:
        """Return the shortest text that is exact."""
        places = decimals_of(value)
        return to_text(value) if places is not None and places <= self.number.places else str(value)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return the schema of a decimal or a fraction."""
        bounds = f"{self.number.at_least} … {self.number.at_most}"
        text = {"type": "string", "pattern": r"^-?[0-9]{1,40}(\.[0-9]{1,12}|/[1-9][0-9]{0,39})?$"}
        return {"anyOf": [text, {"type": "integer"}], "description": f"{bounds}; a decimal, or a fraction as 158/3"}


_AMOUNT = Exact(Number(places=12))
_PERCENT = Exact(Number(at_most=100, places=12))


@dataclass(frozen=True)
class RatioData:
    """What stands above and below the line: sums over a longer period are made of these."""

    numerator: Fraction = declare(_AMOUNT)
    denominator: Fraction = declare(_AMOUNT)


@dataclass(frozen=True)
class PeriodPartData:
    """A shorter period of somebody: `part` of a score, or a total alone where the mean is taken."""

    total: Fraction | None = declare(Maybe(Number(at_most=100, places=3)), note="Null where it was not worked")
    label: str = omissible(Text(100), "", note="How the period is called: “Quý I”")
    status: str = omissible(Choice(_STATUSES), SCORED, note="Why there is no total")
    note: str = omissible(Text(500), "", note="Why it was not worked")
    role: str | None = declare(Maybe(Choice(ROLES)), None, note="Without it that of the subject")
    position_group: str | None = declare(Maybe(Code()), None, note="Without it that of the subject")
    common: Fraction | None = declare(
        Maybe(Exact(Number(at_least=-1000, at_most=1000, places=12))), None,
        note="Points of all that is marked; sums need them",
    )  # fmt: skip
    ratios: Any = declare(Maybe(Keyed(Part(lambda: RatioData))), None, note="By indicator of work; sums need them")
    marks: Any = declare(Maybe(Keyed(_PERCENT)), None, note="Percent by indicator that is marked; sums need them")


@dataclass(frozen=True)
class LongerSubject:
    """A person or an organisation, and its shorter periods in their order."""

    role: str = declare(Choice(ROLES))
    parts: tuple[PeriodPartData | None, ...] = declare(Many(Part(lambda: PeriodPartData), MOST_PARTS))
    id: str | int | None = declare(Maybe(Identifier()), None)
    category: str | None = declare(Maybe(Choice(CATEGORIES)), None)
    position_group: str | None = declare(Maybe(Code()), None)
    agency: str | None = declare(Maybe(Text(200)), None)
    metrics: dict[str, Any] | None = declare(Maybe(Named("Figures that conditions of levels ask for")), None)
    flags: Any = declare(SubjectData.__dataclass_fields__["flags"].metadata["shape"], ())


@dataclass(frozen=True)
class ClassifiedData:
    """Somebody with the level that points and conditions give; without a level not decided yet."""

    id: str | int = declare(Identifier())
    level: str | None = declare(Maybe(Choice(LEVELS)))
    total: Fraction | None = declare(Maybe(Number(at_most=100, places=3)), None, note="Needed where there is a level")
    agency: str = omissible(Text(200), "")
    position_group: str = omissible(Text(60), "")
    pool: str = omissible(Text(200), "", note="The groups that a decision puts together")


def read_parts(given: LongerSubject, known: Vocabulary, path: str, problems: list[Problem]) -> tuple[PeriodPart, ...]:
    """Return the periods ready to be put together; codes that the framework does not know are told."""
    parts = []
    for index, each in enumerate(given.parts or ()):
        if each is None:  # which is told already
            continue
        for key in ("ratios", "marks"):
            for code in getattr(each, key) or {}:
                check_code(code, known, f"{path}[{index}].{key}.{code}", problems)
        parts.append(_part(each, given.role, given.position_group or ""))
    return tuple(parts)


def write_part_of(part: PeriodPart) -> dict[str, Any]:
    """Return a period as JSON data that ``PeriodPartData`` reads: no number is rounded."""
    return {
        "total": None if part.total is None else to_text(part.total),
        "status": part.status,
        "role": part.role,
        "position_group": part.position_group or None,
        "common": None if part.common is None else _AMOUNT.write(part.common),
        "ratios": {
            code: {"numerator": _AMOUNT.write(above), "denominator": _AMOUNT.write(below)}
            for code, (above, below) in part.ratios.items()
        },
        "marks": {code: _PERCENT.write(mark) for code, mark in part.marks.items()},
    }


def classified(given: ClassifiedData) -> Classified:
    """Return somebody ready to be ranked."""
    return Classified(
        str(given.id), given.total or Fraction(0), given.level, given.agency, given.position_group, given.pool
    )


def _part(given: PeriodPartData, role: str, group: str) -> PeriodPart:
    ratios = {code: (each.numerator, each.denominator) for code, each in (given.ratios or {}).items() if each}
    return PeriodPart(
        total=given.total,
        common=given.common,
        ratios=ratios,
        marks=given.marks or {},
        role=given.role or role,
        position_group=given.position_group or group,
        label=given.label,
        status=given.status,
        note=given.note,
    )
