"""Past inputs under another framework: what it does not ask for is left out, so both are scored on what they know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.definition.words import KNOWN_METRICS


class Fitting:
    """What one framework asks for, ready to fit many subjects to it."""

    def __init__(self, definition: Definition) -> None:
        rules = definition.classification
        self.indicators = {code for section in definition.sections for code in _codes(section.indicators)}
        self.criteria = {code for section in definition.sections for code in _codes(section.criteria)}
        self.flags = {each.code for each in rules.disqualifiers} | {each.unless for each in rules.disqualifiers}
        self.metrics = set(KNOWN_METRICS) | {each.code for each in rules.metrics}

    def fit(self, subject: dict[str, Any]) -> dict[str, Any]:
        """Return the subject with only what the framework asks for; a missing mark stays missing and is told so."""
        fitted = dict(subject)
        for key, known in (("indicators", self.indicators), ("criteria", self.criteria), ("metrics", self.metrics)):
            if fitted.get(key):
                fitted[key] = {code: value for code, value in fitted[key].items() if code in known}
        fitted["flags"] = [flag for flag in fitted.get("flags", ()) if flag in self.flags]
        return fitted


def _codes(parts: tuple[Criterion, ...] | tuple[Indicator, ...]) -> Iterator[str]:
    for each in parts:
        yield each.code
        yield from _codes(each.criteria if isinstance(each, Criterion) else each.indicators)
