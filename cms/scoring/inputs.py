"""What is scored: one person or organisation in one period, read from JSON data with every problem of it at once.

Quantities are kept in ten-thousandths and coefficients in millionths (``QUANTITY``, ``COEFFICIENT``), so that lines of
work are added up as whole numbers. ``write_subject`` gives back what was read: a receipt's inputs can be sent again.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cms.scoring.definition import Definition
from cms.scoring.definition.words import CATEGORIES, LEVELS, ORGANISATION, ROLES
from cms.scoring.input_shapes import CODES as SHAPE_CODES
from cms.scoring.input_shapes import Count, Identifier, Keyed, Named, OneOrNamed, Scaled, omissible, scaled_text
from cms.scoring.justification import CODES as JUSTIFICATION_CODES
from cms.scoring.justification import COMMENT_SHAPE, EVIDENCE_SHAPE, read_beside_marks
from cms.scoring.lateness import CODES as LATE_CODES
from cms.scoring.lateness import check_lines
from cms.scoring.marks import CODES as MARK_CODES
from cms.scoring.marks import Mark, read_criteria, read_flags, read_indicators, read_metrics, write_mark
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import (
    Choice,
    Code,
    Day,
    Many,
    Maybe,
    Number,
    Part,
    Text,
    YesNo,
    declare,
    part_schema,
    read_part,
    write_part,
)  # fmt: skip
from cms.scoring.vocabulary import vocabulary_of

QUANTITY_PLACES, COEFFICIENT_PLACES = 4, 6
QUANTITY, COEFFICIENT = 10**QUANTITY_PLACES, 10**COEFFICIENT_PLACES
CODES: dict[str, str] = {
    **SHAPE_CODES,
    **MARK_CODES,
    **LATE_CODES,
    **JUSTIFICATION_CODES,
    "not_covered": gettext_noop("The framework is not for “%(value)s”."),
    "unknown_position_group": gettext_noop(
        "The framework weighs indicators by position group and knows no “%(value)s”; it knows %(groups)s."
    ),
    "period_reversed": gettext_noop("The last day is before the first."),
    "repeated_id": gettext_noop("“%(id)s” is there more than once."),
}
MOST_PROBLEMS = 100_000
_TROUBLES = ("quality_failures", "late_occurrences", "quality_exempt", "late_exempt", "exemption")
SUBORDINATES_FIGURE = "subordinate_not_completed"
_BESIDE = "{}, by criterion; by `common` where all of it has one mark"
_FIELDS = Many(Text(200, blank=False), 100)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One product or task: assigned and completed in ten-thousandths, its coefficient in millionths."""

    assigned: int = declare(Scaled(QUANTITY_PLACES))
    completed: int = declare(Scaled(QUANTITY_PLACES))
    coefficient: int = declare(Scaled(COEFFICIENT_PLACES, above_zero=True))
    quality_failures: int = omissible(Count(), 0)
    late_occurrences: int = omissible(Count(), 0)
    quality_exempt: bool = omissible(YesNo(), False, note="An objective cause, confirmed by the competent authority")
    late_exempt: bool = omissible(YesNo(), False, note="An objective cause, confirmed by the competent authority")
    id: str | int | None = declare(Maybe(Identifier()), None)
    title: str = omissible(Text(1000), "")
    exemption: str = omissible(Text(1000), "", note="What confirms the objective cause")
    days_late: int | None = declare(
        Maybe(Count()),
        None,
        note="Needed of late work where the framework takes points off by days; null: not known",
    )

    @property
    def is_late(self) -> bool:
        """Say whether the line was late, excused or not."""
        return self.late_occurrences > 0 or bool(self.days_late)


@dataclass(frozen=True)
class Subordinate:
    """Somebody led: the total that stands, null while there is none, the level if there is one, the fields of work.

    The level says what the total does not: who was disciplined keeps the points and has not completed the duties.
    """

    id: str | int = declare(Identifier())
    total: Fraction | None = declare(Maybe(Number(at_most=100, places=3)), None)
    level: str | None = declare(Maybe(Choice(LEVELS)), None, note="Null while only points are monitored")
    fields: tuple[str, ...] = omissible(_FIELDS, ())


@dataclass(frozen=True)
class Period:
    """The days that are judged, first and last."""

    from_: datetime.date = declare(Day())
    to: datetime.date = declare(Day())


@dataclass(frozen=True)
class SubjectData:
    """A subject as it travels; what depends on the framework is not yet checked."""

    role: str = declare(Choice(ROLES))
    id: str | int | None = declare(Maybe(Identifier()), None)
    category: str | None = declare(Maybe(Choice(CATEGORIES)), None)
    position_group: str | None = declare(Maybe(Code()), None)
    agency: str | None = declare(Maybe(Text(200)), None)
    period: Period | None = declare(Maybe(Part(lambda: Period)), None, note="What the receipt says was judged")
    common: Any = declare(
        Maybe(OneOrNamed(Number(at_most=100), Named("Criteria of the common section and their marks"))), None
    )
    criteria: dict[str, Any] | None = declare(Maybe(Named("Criteria of any section and their marks")), None)
    work: tuple[WorkLine, ...] | None = declare(Maybe(Many(Part(lambda: WorkLine), 5000)), None)
    indicators: dict[str, Any] | None = declare(
        Maybe(Named("Indicators: a percentage or figure in text, or n/a")), None
    )
    subordinates: tuple[Subordinate, ...] | None = declare(Maybe(Many(Part(lambda: Subordinate), 5000)), None)
    fields: tuple[str, ...] = omissible(_FIELDS, (), note="Fields of work led: of a deputy")
    metrics: dict[str, Any] | None = declare(Maybe(Named("Figures that conditions of levels ask for")), None)
    flags: tuple[str, ...] = omissible(Many(Text(100, blank=False), 100), ())
    comments: dict[str, Any] | None = declare(
        Maybe(Keyed(COMMENT_SHAPE)), None, note=_BESIDE.format("Why points are cut")
    )
    evidence: dict[str, Any] | None = declare(
        Maybe(Keyed(EVIDENCE_SHAPE)), None, note=_BESIDE.format("Documents, files or addresses that show it")
    )


@dataclass(frozen=True)
class Subject:
    """A person or organisation, ready to be scored: every value known to the framework and within its limits."""

    role: str
    id: str | int | None = None
    category: str = ""
    position_group: str = ""
    agency: str = ""
    period: Period | None = None
    common: Fraction | None = None
    criteria: Mapping[str, Mark] = dataclasses.field(default_factory=dict)
    work: tuple[WorkLine, ...] | None = None
    indicators: Mapping[str, Mark] = dataclasses.field(default_factory=dict)
    subordinates: tuple[Subordinate, ...] | None = None
    fields: tuple[str, ...] = ()
    metrics: Mapping[str, Fraction] = dataclasses.field(default_factory=dict)
    flags: tuple[str, ...] = ()
    comments: Mapping[str, str] = dataclasses.field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    @property
    def subordinates_not_completed(self) -> Fraction | None:
        """Return how many of an organisation's own parts are at the lowest level; None while not all have a level."""
        levels = [each.level for each in self.subordinates or ()]
        if self.role != ORGANISATION or not levels or None in levels:
            return None
        return Fraction(levels.count(LEVELS[-1]))


def read_subjects(data: Any, definition: Definition, path: str = "subjects") -> tuple[list[Subject], list[Problem]]:
    """Return the subjects in their order, and every problem of every one; a subject with a problem is not among them.

    Paths are written as in ``subjects[3].work[0].assigned``. Reading ends when more is wrong than anybody
    mends at once.
    """
    if not isinstance(data, list | tuple):
        return [], [Problem(path, "not_a_list")]
    subjects: list[Subject] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, each in enumerate(data):
        own: list[Problem] = []
        place = f"{path}[{index}]"
        subject = _read_subject(each, definition, place, own)
        if subject and subject.id is not None:
            if str(subject.id) in seen:
                own.append(Problem(f"{place}.id", "repeated_id", {"id": subject.id}))
            seen.add(str(subject.id))
        if subject and not own:
            subjects.append(subject)
        problems += own
        if len(problems) > MOST_PROBLEMS:
            return subjects, [*problems, Problem(path, "too_many_problems")]
    return subjects, problems


def read_shapes(data: list[Any], path: str = "subjects") -> list[Problem]:
    """Return what is wrong with subjects whatever the framework: all that can be said where there is none."""
    problems: list[Problem] = []
    for index, each in enumerate(data):
        read_part(SubjectData, each, f"{path}[{index}]", problems)
        if len(problems) > MOST_PROBLEMS:
            return [*problems, Problem(path, "too_many_problems")]
    return problems


def write_subject(subject: Subject) -> dict[str, Any]:
    """Return the subject as JSON data in one way only: what was not given is not there, flags and codes in order."""
    written: dict[str, Any] = {
        "role": subject.role,
        "id": subject.id,
        "category": subject.category,
        "position_group": subject.position_group,
        "agency": subject.agency,
        "period": subject.period and write_part(subject.period),
        "common": None if subject.common is None else write_mark(subject.common),
        "criteria": {code: write_mark(subject.criteria[code]) for code in sorted(subject.criteria)},
        "work": None if subject.work is None else [_write_line(line) for line in subject.work],
        "indicators": {code: write_mark(subject.indicators[code]) for code in sorted(subject.indicators)},
        "subordinates": None if subject.subordinates is None else _write_subordinates(subject.subordinates),
        "fields": list(subject.fields),
        "metrics": {code: write_mark(subject.metrics[code]) for code in sorted(subject.metrics)},
        "flags": list(subject.flags),
        "comments": {code: subject.comments[code] for code in sorted(subject.comments)},
        "evidence": {code: list(subject.evidence[code]) for code in sorted(subject.evidence)},
    }
    required = ("role", "work", "subordinates")
    return {
        key: value for key, value in written.items() if value or (key in required and value is not None) or value == 0
    }


def subject_schema(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a subject as it travels."""
    return part_schema(SubjectData, definitions)


def _read_subject(data: Any, definition: Definition, path: str, problems: list[Problem]) -> Subject | None:
    """Read the shape first; what depends on the framework is asked of the parts that could be read."""
    given = read_part(SubjectData, data, path, problems)
    if given is None:
        return None
    known, categories = vocabulary_of(definition), definition.applies_to.categories
    _check_covered(given, definition, path, problems)
    _check_period(given.period, f"{path}.period", problems)
    common, criteria = read_criteria(given.common, given.criteria or {}, known, path, problems)
    check_lines(given.work or (), data["work"] if given.work else (), definition.work, f"{path}.work", problems)
    # An empty list, as many tools send it for nothing at all, says nothing that could be said twice.
    sources = {"work": bool(given.work), "subordinates": bool(given.subordinates)}
    subject = Subject(
        role=given.role,
        id=given.id,
        # Whom a framework for one category only scores is of that category, said or not.
        category=given.category or (categories[0] if len(categories) == 1 else ""),
        position_group=given.position_group or "",
        agency=given.agency or "",
        period=given.period,
        common=common,
        criteria=criteria,
        work=given.work,
        indicators=read_indicators(given.indicators or {}, known, sources, f"{path}.indicators", problems),
        subordinates=given.subordinates,
        # What is no text was told as a problem; it stands among the others as None, which has no order.
        fields=tuple(sorted({code for code in given.fields or () if code is not None})),
        metrics=read_metrics(given.metrics or {}, known, f"{path}.metrics", problems),
        flags=read_flags(given.flags or (), known, f"{path}.flags", problems),
        comments=read_beside_marks(given.comments, common, known, f"{path}.comments", problems),
        evidence=read_beside_marks(given.evidence, common, known, f"{path}.evidence", problems),
    )
    if SUBORDINATES_FIGURE in subject.metrics and subject.subordinates_not_completed is not None:
        problems.append(Problem(f"{path}.metrics.{SUBORDINATES_FIGURE}", "given_twice", {"other": "subordinates"}))
    return subject


def _check_covered(given: SubjectData, definition: Definition, path: str, problems: list[Problem]) -> None:
    applies = definition.applies_to
    for key, value, covered in (
        ("role", given.role, definition.roles),
        ("category", given.category, applies.categories),
        ("position_group", given.position_group, applies.position_groups),
    ):
        if value and (covered or key == "role") and value not in covered:
            problems.append(Problem(f"{path}.{key}", "not_covered", {"value": value}))
    weighed, group = vocabulary_of(definition).weighed_groups, given.position_group
    if group and weighed and not applies.position_groups and group not in weighed:
        params = {"value": group, "groups": ", ".join(weighed)}
        problems.append(Problem(f"{path}.position_group", "unknown_position_group", params))


def _check_period(period: Period | None, path: str, problems: list[Problem]) -> None:
    if period and period.from_ and period.to and period.to < period.from_:
        problems.append(Problem(f"{path}.to", "period_reversed"))


def _write_line(line: WorkLine) -> dict[str, Any]:
    """Write a line without the fields that say nothing."""
    written: dict[str, Any] = {
        "assigned": scaled_text(line.assigned, QUANTITY_PLACES),
        "completed": scaled_text(line.completed, QUANTITY_PLACES),
        "coefficient": scaled_text(line.coefficient, COEFFICIENT_PLACES),
    }
    if line.title:
        written["title"] = line.title
    if line.quality_failures or line.is_late or line.exemption:
        troubles = {key: getattr(line, key) for key in _TROUBLES}
        written |= {key: value for key, value in troubles.items() if value}
    if line.days_late is not None:
        written["days_late"] = line.days_late
    if line.id is not None:
        written["id"] = line.id
    return written


def _write_subordinates(subordinates: tuple[Subordinate, ...]) -> list[dict[str, Any]]:
    """Write the people led in the order of their identifiers, so that theirs does not matter."""
    written = [
        {"id": each.id, "total": None if each.total is None else write_mark(each.total)}
        | ({"level": each.level} if each.level else {})
        | {"fields": list(each.fields)}
        for each in subordinates
    ]
    return sorted(written, key=lambda each: str(each["id"]))
