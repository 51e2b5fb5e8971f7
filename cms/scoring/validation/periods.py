"""Longer periods follow from shorter ones, and what is classified follows from what is monitored."""

from __future__ import annotations

from collections.abc import Iterator

from cms.scoring.definition.periods import Periods
from cms.scoring.definition.words import PERIODS
from cms.scoring.problems import Problem


def check_periods(own: Periods) -> Iterator[Problem]:
    """Check the chain of periods: each rule leads from a shorter to a longer one, so there can be no circle."""
    if not own.monitored.value:
        yield Problem("periods.monitored.value", "nothing_monitored")
    known = {*own.monitored.value, *(rule.period for rule in own.longer)}
    seen: set[str] = set()
    for index, rule in enumerate(own.longer):
        path = f"periods.longer[{index}]"
        if rule.period in seen:
            yield Problem(f"{path}.period", "period_twice", {"period": rule.period})
        seen.add(rule.period)
        if PERIODS.index(rule.period) <= PERIODS.index(rule.made_of):
            yield Problem(f"{path}.made_of", "not_longer", {"period": rule.period, "made_of": rule.made_of})
        if rule.made_of not in known:
            yield Problem(f"{path}.made_of", "period_has_no_source", {"period": rule.made_of})
    if own.classified.value not in known:
        yield Problem("periods.classified.value", "period_has_no_source", {"period": own.classified.value})
