"""Past inputs under another framework: what it does not ask for is left out, so both are scored on what they know."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cms.scoring.definition import Definition
from cms.scoring.marks import WORK_MEASURES
from cms.scoring.vocabulary import COMMON, vocabulary_of


class Fitting:
    """What one framework asks for, ready to fit many subjects to it."""

    def __init__(self, definition: Definition) -> None:
        known = vocabulary_of(definition)
        self.common_codes = known.common_codes & known.criteria.keys()
        self.known: dict[str, Collection[str]] = {
            "criteria": known.criteria,
            "indicators": known.indicators,
            "metrics": known.metrics,
        }
        self.flags = known.flags
        self.of_work = {code for code, each in known.indicators.items() if each.measure in WORK_MEASURES}
        applies = definition.applies_to
        self.covered = {"category": applies.categories, "position_group": applies.position_groups}

    def fit(self, subject: dict[str, Any], common: str | None = None) -> dict[str, Any]:
        """Return the subject with only what the framework asks for; a missing mark stays missing and is told so.

        ``common`` are the points of the common criteria where they come from elsewhere.
        """
        fitted = dict(subject)
        for key, known in self.known.items():
            if fitted.get(key):
                fitted[key] = {code: value for code, value in fitted[key].items() if code in known}
        if fitted.get("work") is not None and fitted.get("indicators"):
            fitted["indicators"] = {
                code: value for code, value in fitted["indicators"].items() if code not in self.of_work
            }
        fitted["flags"] = [flag for flag in fitted.get("flags", ()) if flag in self.flags]
        for key, covered in self.covered.items():
            if covered and fitted.get(key) not in covered:
                fitted.pop(key, None)
        return self._with_texts(fitted if common is None else self._with_common(fitted, common))

    def lacks_common(self, subject: dict[str, Any]) -> bool:
        """Return whether the framework has common criteria and the subject a mark for none of them."""
        if not self.common_codes or subject.get("common") is not None:
            return False
        return not self.common_codes & (subject.get("criteria") or {}).keys()

    def _with_common(self, fitted: dict[str, Any], common: str) -> dict[str, Any]:
        others = {code: mark for code, mark in (fitted.get("criteria") or {}).items() if code not in self.common_codes}
        return fitted | {"criteria": others, "common": common}

    def _with_texts(self, fitted: dict[str, Any]) -> dict[str, Any]:
        """Return the subject with what was said of marks that this framework has as they are given here."""
        known = set(self.known["criteria"])
        if self.common_codes and not isinstance(fitted.get("common"), dict | None):
            known = known - self.common_codes | {COMMON}
        texts = {key: fitted[key] for key in ("comments", "evidence") if fitted.get(key)}
        return fitted | {
            key: {code: value for code, value in given.items() if code in known} for key, given in texts.items()
        }
