"""Levels, the conditions that come with them, what holds a level down, and how many may hold one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cms.scoring.definition.scores import ScoreComparison
from cms.scoring.definition.words import LEVELS, METRIC_KINDS, OPERATORS, ROLES
from cms.scoring.shape import Choice, Code, Many, Number, Part, Setting, Sourced, Text, cited, declare

_ROLES = Many(Choice(ROLES))
_CITATION = Text(500)


@dataclass(frozen=True)
class Metric:
    """A figure that conditions may ask for, beside those that every framework knows."""

    code: str = declare(Code())
    title: str = declare(Text(300, blank=False))
    kind: str = declare(Choice(METRIC_KINDS))


@dataclass(frozen=True)
class Comparison:
    """A metric compared with a value: a number, or 1 and 0 for yes and no."""

    metric: str = declare(Code())
    operator: str = declare(Choice(OPERATORS))
    value: Fraction = declare(Number(at_least=-1_000_000, places=4))


@dataclass(frozen=True)
class Condition:
    """A condition holds when any of its comparisons holds; several conditions must all hold."""

    title: str = declare(Text(500, blank=False))
    any: tuple[Comparison, ...] = declare(Many(Part(lambda: Comparison), 10))
    roles: tuple[str, ...] = declare(_ROLES, ())
    citation: str = declare(_CITATION, "")
    scores: tuple[ScoreComparison, ...] = declare(Many(Part(lambda: ScoreComparison), 10), (), omit_default=True)

    @property
    def comparisons(self) -> tuple[Comparison | ScoreComparison, ...]:
        """Return everything that is compared: figures, then points of sections and criteria."""
        return (*self.any, *self.scores)


@dataclass(frozen=True)
class LevelRule:
    """A level: the total from which it begins and the conditions that must hold as well."""

    level: str = declare(Choice(LEVELS))
    title: str = declare(Text(200, blank=False))
    from_: Fraction = declare(Number(at_most=100, places=2))
    conditions: tuple[Condition, ...] = declare(Many(Part(lambda: Condition), 20), ())
    citation: str = declare(_CITATION, "")


@dataclass(frozen=True)
class Disqualifier:
    """What holds a level down whatever the score; the score itself stays (article 20 of the decree).

    It is there when the inputs carry its code as a flag, or when all its conditions hold. ``level`` is the highest
    level that is left. With the flag ``unless`` (for example force majeure) the authority decides.
    """

    code: str = declare(Code())
    title: str = declare(Text(1000, blank=False))
    level: str = declare(Choice(LEVELS), "not_completed")
    when: tuple[Condition, ...] = declare(Many(Part(lambda: Condition), 10), ())
    unless: str = declare(Text(60), "")
    document: str = declare(Text(300), "", note="The document that establishes it")
    roles: tuple[str, ...] = declare(_ROLES, ())
    citation: str = declare(_CITATION, "")


@dataclass(frozen=True)
class Cap:
    """How many may hold a level: computed, ranked and shown; a person decides (article 20 of the decree)."""

    level: str = declare(Choice(LEVELS), "excellent")
    rate: Setting[Fraction] = declare(
        Sourced(Number(at_most=100)), cited(Fraction(20), "Nghị định 335/2025/NĐ-CP, Điều 20")
    )
    base: Setting[str] = declare(
        Sourced(Choice(("good_only", "good_or_better"))),
        cited("good_only", "Nghị định 335/2025/NĐ-CP, Điều 20 (hiểu theo câu chữ)"),
    )
    groups: Setting[tuple[str, ...]] = declare(
        Sourced(Many(Choice(("agency", "position_group")), 2)),
        cited(("agency", "position_group"), "Nghị định 335/2025/NĐ-CP, Điều 20"),
    )
    exception_rate: Setting[Fraction] = declare(
        Sourced(Number(at_most=100)), cited(Fraction(25), "Nghị định 335/2025/NĐ-CP, Điều 20")
    )
    exception_needs: str = declare(Text(300), "Quyết định công nhận thành tích nổi trội của tập thể")
    small_groups: Setting[str] = declare(
        Sourced(Choice(("as_computed", "pooled_by_decision"))),
        cited("as_computed", "Nghị định không nêu cách tính cho nhóm nhỏ"),
    )


@dataclass(frozen=True)
class Classification:
    """Levels from the highest down, what holds a level down, and how many may hold one."""

    levels: tuple[LevelRule, ...] = declare(Many(Part(lambda: LevelRule), 4))
    disqualifiers: tuple[Disqualifier, ...] = declare(Many(Part(lambda: Disqualifier), 30), ())
    metrics: tuple[Metric, ...] = declare(Many(Part(lambda: Metric), 30), ())
    when_conditions_fail: Setting[str] = declare(
        Sourced(Choice(("lower_level", "needs_decision"))),
        cited(
            "lower_level",
            "Nghị định không nêu; đề xuất mức thấp hơn đủ điều kiện, không có thì chờ quyết định",
        ),
    )
    caps: tuple[Cap, ...] = declare(Many(Part(lambda: Cap), 4), ())
