"""Figures from outside as the marks of the indicators that ask for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q

from cms.evaluations.models import Evaluation, Figure, Period
from cms.frameworks.models import FrameworkVersion
from cms.organisations.models import Agency
from cms.scoring.definition import Definition
from cms.scoring.exact import read_number, to_text
from cms.scoring.vocabulary import vocabulary_of

_MEASURES = ("survey", "outside")


def asks_figures(definition: Definition) -> bool:
    """Say whether any indicator is measured by a figure from outside."""
    return any(each.measure in _MEASURES for each in vocabulary_of(definition).indicators.values())


def asked_indicators(day: datetime.date) -> dict[str, tuple[str, Decimal]]:
    """Return the indicators for which frameworks that hold on a day ask a figure: code to title and highest 100 %."""
    found: dict[str, tuple[str, Decimal]] = {}
    for version in FrameworkVersion.objects.effective_on(day):
        for code, indicator in vocabulary_of(version.definition).indicators.items():
            if indicator.measure in _MEASURES:
                full = Decimal(indicator.full.numerator) / Decimal(indicator.full.denominator)
                found[code] = (indicator.title, max(full, found[code][1] if code in found else full))
    return found


@dataclass
class Figures:
    """The figures measured in a period, of the subjects of some evaluations and of the agencies that they belong to."""

    period: Period
    evaluations: Mapping[int, Evaluation]
    _own: dict[tuple[str, int], str] = field(init=False, default_factory=dict)
    _of_agencies: dict[tuple[str, str], str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        officers = {each.officer_id for each in self.evaluations.values() if each.officer_id is not None}
        paths = {path for each in self.evaluations.values() for path in _upwards(each.agency.path)}
        mine = Q(officer__in=officers) | Q(agency__path__in=paths)
        found = Figure.objects.measured(self.period.first_day, self.period.last_day).filter(mine)
        rows: Any = found.values_list("code", "officer", "agency__path", "value")
        for code, officer, path, value in rows:
            text = to_text(read_number(value) or Fraction(0))
            if officer is not None:
                self._own[code, officer] = text
            else:
                self._of_agencies[code, path] = text

    def of(self, evaluation: Evaluation, definition: Definition) -> dict[str, str]:
        """Return, by indicator, the latest figure of the subject, otherwise of the nearest agency that has one.

        What is more than the indicator's 100 % cannot be: the indicator then has no figure, and the receipt says so.
        """
        found = {}
        for code, indicator in vocabulary_of(definition).indicators.items():
            if indicator.measure in _MEASURES:
                value = self._find(code, evaluation)
                if value is not None and (read_number(value) or 0) <= indicator.full:
                    found[code] = value
        return found

    def _find(self, code: str, evaluation: Evaluation) -> str | None:
        own = self._own.get((code, evaluation.officer_id or 0))
        nearest = (self._of_agencies.get((code, path)) for path in _upwards(evaluation.agency.path))
        return own or next((each for each in nearest if each is not None), None)


def _upwards(path: str) -> Iterable[str]:
    """Return the paths of an agency and those above it, the nearest first, without the province."""
    return [path[:end] for end in range(len(path), Agency.steplen, -Agency.steplen)]
