"""From the code of a problem to the sentence that a person reads, and from its path to the place on the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from cms.frameworks import applies_to, calculation, calculation_longer, limits
from cms.frameworks.blocks.words import LEVELS, PERIODS
from cms.frameworks.enums import ScoredRole
from cms.scoring import engine, inputs, problems, provenance, validation
from cms.scoring.exact import read_number, to_vietnamese
from cms.scoring.problems import Problem
from cms.scoring.shape import shortened

# The scoring room is pure and keeps its sentences as plain msgids; here they become translatable.
MESSAGES: dict[str, Promise | str] = {
    code: gettext_lazy(sentence)
    for room in (problems, inputs, engine, validation, provenance, limits, applies_to, calculation, calculation_longer)
    for code, sentence in room.CODES.items()
}
# Parts of a path as editors know them from the tabs and menus.
_PLACES = {
    "sections": pgettext_lazy("framework", "Section"),
    "criteria": gettext_lazy("Criterion"),
    "indicators": gettext_lazy("Indicator"),
    "bands": gettext_lazy("Band"),
    "levels": gettext_lazy("Level"),
    "conditions": gettext_lazy("Condition"),
    "disqualifiers": gettext_lazy("Disqualifier"),
    "metrics": gettext_lazy("Metric"),
    "caps": gettext_lazy("Cap"),
    "longer": gettext_lazy("Longer period"),
    "legal_basis": gettext_lazy("Legal basis"),
    "work": gettext_lazy("Rules of work"),
    "periods": gettext_lazy("Periods"),
    "rounding": gettext_lazy("Rounding"),
    "marks": gettext_lazy("Rules of marking"),
    "procedure": gettext_lazy("Procedure"),
    "classification": gettext_lazy("Classification"),
    "effective_from": gettext_lazy("Effective from"),
    "effective_to": gettext_lazy("Effective to"),
    "applies_to": gettext_lazy("For whom"),
    "open_to_agencies": gettext_lazy("Limits for agencies"),
}
_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")


# Params that are numbers; codes and words that look like numbers stay as they are.
_NUMBERS = {"limit", "step", "steps", "sum", "max", "above", "rate"}
# Words of definitions that stand in sentences as people know them.
_WORDS: dict[str, Any] = {**dict(ScoredRole.choices), **LEVELS, **PERIODS}


class _Params(dict[str, Any]):
    """A place that nothing fills is left empty: a sentence with a gap is better than no sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def render(problem: Problem, *, words: bool = True) -> str:
    """Return the sentence for a problem, in the language of whoever reads it; plain text, to be escaped where shown.

    Without ``words`` the machine words of definitions stay: for callers who have to send them.
    """
    shown = {name: _shown(name, value, words) for name, value in problem.params.items()}
    return str(MESSAGES.get(problem.code, problem.code)) % _Params(shown)


def place(path: str, data: Any) -> str:
    """Return where the problem is, as an editor finds it: "Section 2 (Results) › Indicator 1 (Quantity)".

    ``data`` is the definition as JSON data; what stands at the path gives its title. A path into nothing keeps its
    last known part.
    """
    shown: list[str] = []
    for name, index in _STEP.findall(path):
        data = _into(data, name, index)
        label = _PLACES.get(name)
        if label is None:
            continue
        number = f" {int(index) + 1}" if index else ""
        title = _title(data)
        shown.append(f"{label}{number}" + (f" ({title})" if title else ""))
    return " › ".join(shown) or _("The framework as a whole")


def described(found: Sequence[Problem], data: Any) -> list[dict[str, str]]:
    """Return the problems ready to show: path, code, place and sentence."""
    return [
        {"path": each.path, "code": each.code, "place": place(each.path, data), "message": render(each)}
        for each in found
    ]


def _shown(name: str, value: Any, words: bool) -> Any:
    if name in _NUMBERS:
        return _numbers(str(value))
    if words and isinstance(value, str):
        return ", ".join(str(_WORDS.get(word, word)) for word in value.split(", "))
    return value


def _numbers(text: str) -> str:
    """Write numbers as people write them in the language of the sentence."""
    numbers = [read_number(each) for each in text.split(", ")]
    if None in numbers or not (get_language() or "").startswith("vi"):
        return text
    return "; ".join(to_vietnamese(each) for each in numbers if each is not None)


def _title(data: Any) -> str:
    """Return what a part is called, as far as it can be shown: what was sent may be of any kind and length."""
    title = data.get("title") or data.get("code") if isinstance(data, dict) else ""
    return shortened(title) if isinstance(title, str) else ""


def _into(data: Any, name: str, index: str) -> Any:
    data = data.get(name) if isinstance(data, dict) else None
    if index and isinstance(data, list):
        return data[int(index)] if int(index) < len(data) else None
    return data
