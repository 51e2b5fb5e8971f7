"""Conditions on what a section or a criterion scored."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cms.scoring.definition.words import OPERATORS
from cms.scoring.shape import Choice, Code, Number, declare

SECTION, CRITERION = "section", "criterion"
POINTS, PERCENT = "points", "percent"


@dataclass(frozen=True)
class ScoreComparison:
    """The score of a section or a criterion (or group of criteria) compared with a value.

    It is the score before the total is rounded. In a deduction section it is what was deducted: 0 is nothing.
    """

    of: str = declare(Choice((SECTION, CRITERION)))
    code: str = declare(Code())
    operator: str = declare(Choice(OPERATORS))
    value: Fraction = declare(Number(places=4))
    unit: str = declare(Choice((POINTS, PERCENT)), POINTS, note="Points, or percent of the maximum")

    @property
    def metric(self) -> str:
        """Return the name of the figure that is compared; a colon stands in no code of a metric."""
        return f"{self.of}:{self.code}:{self.unit}"
