"""Values of criteria, indicators, figures and flags, judged by the definition that names them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.exact import to_text
from cms.scoring.input_shapes import Count
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import Choice, Number, YesNo
from cms.scoring.vocabulary import Vocabulary

# Points, a percentage or a figure; a count; the code of a level; yes or no; or that it does not apply.
Mark = Fraction | int | str | bool
NOT_APPLICABLE = "n/a"
WORK_MEASURES = ("work_quantity", "work_quality", "work_progress")
_SOURCE_OF = {**dict.fromkeys(WORK_MEASURES, "work"), "subordinates": "subordinates"}
_PERCENT = Number(at_most=100)

CODES: dict[str, str] = {
    "unknown_criterion": gettext_noop("The framework has no criterion “%(code)s”."),
    "unknown_indicator": gettext_noop("The framework has no indicator “%(code)s”."),
    "unknown_metric": gettext_noop("The framework asks for no figure “%(code)s”."),
    "unknown_flag": gettext_noop("The framework has no flag “%(code)s”."),
    "has_parts": gettext_noop("“%(code)s” is made of its own parts; give those."),
    "given_twice": gettext_noop("“%(other)s” says this as well; give one of the two."),
    "always_applies": gettext_noop("“%(code)s” applies to everybody it is for; n/a is not taken."),
    "over_max": gettext_noop("This must be at most %(limit)s."),
    "off_step": gettext_noop("Marks go in steps of %(step)s."),
    "not_a_step": gettext_noop("This must be one of: %(steps)s."),
    "no_common": gettext_noop("The framework has no section of criteria for this."),
}


def write_mark(mark: Mark) -> str | int | bool:
    """Return a value as JSON data: decimals as text, the rest as it is."""
    return to_text(mark) if isinstance(mark, Fraction) else mark


def read_criteria(
    common: Any, criteria: Mapping[str, Any], known: Vocabulary, path: str, problems: list[Problem]
) -> tuple[Fraction | None, dict[str, Mark]]:
    """Return the one mark of the common section, if that is how it is given, and the marks of criteria by code."""
    if common is not None and known.common is None:
        problems.append(Problem(f"{path}.common", "no_common"))
        return None, {}
    marks: dict[str, Mark] = {}
    in_common = common if isinstance(common, dict) else {}
    for code, value in in_common.items():
        if code in known.common_codes:
            _keep(marks, code, read_criterion(code, value, known, f"{path}.common.{code}", problems))
        else:
            problems.append(Problem(f"{path}.common.{code}", "unknown_criterion", {"code": code}))
    for code, value in criteria.items():
        place = f"{path}.criteria.{code}"
        if code in in_common or (isinstance(common, Fraction) and code in known.common_codes):
            problems.append(Problem(place, "given_twice", {"other": "common"}))
        else:
            _keep(marks, code, read_criterion(code, value, known, place, problems))
    if not isinstance(common, Fraction):
        return None, marks
    if known.common and common > known.common.max:
        problems.append(Problem(f"{path}.common", "over_max", {"limit": to_text(known.common.max)}))
    return common, marks


def read_criterion(code: str, value: Any, known: Vocabulary, path: str, problems: list[Problem]) -> Mark | None:
    """Return the mark of one criterion, read by its kind of marking."""
    criterion = known.criteria.get(code)
    if criterion is None:
        problems.append(Problem(path, "has_parts" if code in known.groups else "unknown_criterion", {"code": code}))
        return None
    if value == NOT_APPLICABLE:
        if criterion.may_not_apply:
            return NOT_APPLICABLE
        problems.append(Problem(path, "always_applies", {"code": code}))
        return None
    return _read_marked(criterion, value, path, problems)


def read_indicators(
    given: Mapping[str, Any], known: Vocabulary, sources: Mapping[str, bool], path: str, problems: list[Problem]
) -> dict[str, Mark]:
    """Return the values of indicators by code; what lines or subordinates already say must not be given again."""
    marks: dict[str, Mark] = {}
    for code, value in given.items():
        place = f"{path}.{code}"
        indicator = check_code(code, known, place, problems)
        if indicator is None:
            continue
        source = _SOURCE_OF.get(indicator.measure, "")
        if sources.get(source):
            problems.append(Problem(place, "given_twice", {"other": source}))
            continue
        _keep(marks, code, NOT_APPLICABLE if value == NOT_APPLICABLE else _figure(indicator, value, place, problems))
    return marks


def check_code(code: str, known: Vocabulary, path: str, problems: list[Problem]) -> Indicator | None:
    """Return the indicator of a code; None where there is none that is measured itself, which is told."""
    indicator = known.indicators.get(code)
    if indicator is None:
        problems.append(Problem(path, "has_parts" if code in known.groups else "unknown_indicator", {"code": code}))
    return indicator


def read_metrics(
    given: Mapping[str, Any], known: Vocabulary, path: str, problems: list[Problem]
) -> dict[str, Fraction]:
    """Return the figures that conditions ask for; yes and no are 1 and 0."""
    figures: dict[str, Fraction] = {}
    for code, value in given.items():
        kind, place = known.metrics.get(code), f"{path}.{code}"
        if kind is None:
            problems.append(Problem(place, "unknown_metric", {"code": code}))
            continue
        if kind == "yes_no" and isinstance(value, bool):
            value = int(value)
        shape = {"percent": _PERCENT, "count": Number(places=0), "yes_no": Number(at_most=1, places=0)}[kind]
        _keep(figures, code, shape.read(value, place, problems))
    return figures


def read_flags(given: Collection[str], known: Vocabulary, path: str, problems: list[Problem]) -> tuple[str, ...]:
    """Return the flags that stand, each once, in one order."""
    for index, code in enumerate(given):
        if code is not None and code not in known.flags:
            problems.append(Problem(f"{path}[{index}]", "unknown_flag", {"code": code}))
    return tuple(sorted({code for code in given if code in known.flags}))


def _read_marked(criterion: Criterion, value: Any, path: str, problems: list[Problem]) -> Mark | None:
    marking = criterion.marking
    if marking.kind == "points":
        return _points(criterion, value, path, problems)
    if marking.kind == "bands":
        return _PERCENT.read(value, path, problems)
    if marking.kind == "levels":
        return Choice(tuple(level.code for level in marking.levels)).read(value, path, problems)
    if marking.kind == "yes_no":
        return YesNo().read(value, path, problems)
    return Count().read(value, path, problems)


def _points(criterion: Criterion, value: Any, path: str, problems: list[Problem]) -> Fraction | None:
    points = Number().read(value, path, problems)
    if points is None:
        return None
    if points > criterion.max:
        problems.append(Problem(path, "over_max", {"limit": to_text(criterion.max)}))
    elif criterion.step and (points / criterion.step).denominator != 1:
        problems.append(Problem(path, "off_step", {"step": to_text(criterion.step)}))
    else:
        return points
    return None


def _figure(indicator: Indicator, value: Any, path: str, problems: list[Problem]) -> Fraction | None:
    """Read a percentage, or a figure of which ``full`` is 100 %."""
    scaled = indicator.measure in ("survey", "outside")
    figure = (Number() if scaled else _PERCENT).read(value, path, problems)
    if figure is None:
        return None
    steps = indicator.steps if indicator.measure in ("mark", "subordinates") else ()
    if scaled and figure > indicator.full:
        problems.append(Problem(path, "over_max", {"limit": to_text(indicator.full)}))
    elif steps and figure not in steps:
        problems.append(Problem(path, "not_a_step", {"steps": ", ".join(to_text(step) for step in steps)}))
    else:
        return figure
    return None


def _keep(values: dict[str, Any], code: str, value: Any) -> None:
    """Keep a value that could be read; a problem has taken the place of any other."""
    if value is not None:
        values[code] = value
