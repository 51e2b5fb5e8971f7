"""One subject as two frameworks score it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cms.frameworks.trials.causes import Cause
from cms.scoring.definition.words import LEVELS
from cms.scoring.problems import Problem


@dataclass(frozen=True, slots=True)
class Scored:
    """What one framework says of one subject; ``problem`` where it could not read the inputs."""

    total: Fraction | None
    level: str | None
    status: str
    why: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One subject under both frameworks; ``place`` is its number in the set of inputs, from 1.

    ``lent``: one framework took the points of the common criteria over from the other.
    """

    place: int
    id: str
    agency: str
    position_group: str
    before: Scored
    after: Scored
    lent: bool = False
    role: str = ""
    category: str = ""
    # Why the level is another one (``causes``); nothing where it stays.
    cause: Cause | None = None

    @property
    def move(self) -> Fraction:
        """Return how far the total moves; 0 where one of the two has none."""
        if self.before.total is None or self.after.total is None:
            return Fraction(0)
        return self.after.total - self.before.total

    @property
    def direction(self) -> str:
        """Return whether the level goes up, down, stays, or comes or goes with the score."""
        if self.before.level == self.after.level:
            return "same"
        if self.before.level is None or self.after.level is None:
            return "other"
        return "up" if LEVELS.index(self.after.level) < LEVELS.index(self.before.level) else "down"
