"""Article 20: four levels by points, what holds a level down, and how many may be rated excellent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.scoring.conformity import words
from cms.scoring.conformity.departure import Departure, listed, number
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Cap, Condition, Disqualifier, LevelRule
from cms.scoring.definition.words import ORGANISATION

_CAP_SETTINGS = ("rate", "base", "groups", "exception_rate")


def levels(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare which levels there are, what they are called, from where they begin and on which conditions."""
    article = _article(definition)
    found = {each.level: (index, each) for index, each in enumerate(definition.classification.levels)}
    for meant in decree.classification.levels:
        if meant.level not in found:
            expected = words.HAS_LEVEL.format(title=meant.title)
            yield Departure("level_missing", article, expected, words.NO_LEVEL, "classification.levels")
            continue
        index, actual = found[meant.level]
        place = f"classification.levels[{index}]"
        if actual.from_ != meant.from_:
            decreed, here = (
                words.FROM.format(title=meant.title, points=number(each.from_)) for each in (meant, actual)
            )
            yield Departure("level_from", article, decreed, here, f"{place}.from")
        if _same(actual.title) != _same(meant.title):
            decreed, here = (words.CALLED.format(title=each.title) for each in (meant, actual))
            yield Departure("level_title", article, decreed, here, f"{place}.title")
        yield from _conditions(actual, meant, article, place)


def disqualifiers(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare what leads to the lowest level whatever the points."""
    article = _article(definition)
    found = {each.code: (index, each) for index, each in enumerate(definition.classification.disqualifiers)}
    meant = {each.code: each for each in decree.classification.disqualifiers}
    for code, rule in meant.items():
        decreed = words.disqualifier(rule)
        if code not in found:
            yield Departure(
                "disqualifier_missing", article, decreed, words.NO_SUCH_CASE, "classification.disqualifiers"
            )
        elif _rule(found[code][1]) != _rule(rule):
            index, actual = found[code]
            place = f"classification.disqualifiers[{index}]"
            yield Departure("disqualifier", article, decreed, words.disqualifier(actual), place)
    for code, (index, actual) in found.items():
        if code not in meant:
            place = f"classification.disqualifiers[{index}]"
            here = words.ADDED_CASE.format(case=words.disqualifier(actual))
            yield Departure("disqualifier_added", article, words.NOT_NAMED, here, place)


def caps(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare how many may hold a level."""
    article = _article(definition)
    found = {each.level: (index, each) for index, each in enumerate(definition.classification.caps)}
    meant = {each.level: each for each in decree.classification.caps}
    for level, cap in meant.items():
        if level not in found:
            expected = words.setting_text("rate", cap.rate.value)
            yield Departure("cap_missing", article, expected, words.NO_CAP, "classification.caps")
            continue
        index, actual = found[level]
        for name in _CAP_SETTINGS:
            yield from _cap_setting(actual, cap, name, article, f"classification.caps[{index}].{name}")
    for level, (index, actual) in found.items():
        if level not in meant:
            here = words.ADDED_CAP.format(level=words.LEVEL_TITLES[level], rate=number(actual.rate.value))
            yield Departure("cap_added", article, words.ONLY_EXCELLENT, here, f"classification.caps[{index}]")


def _cap_setting(actual: Cap, meant: Cap, name: str, article: str, path: str) -> Iterator[Departure]:
    here, decreed = _plain(getattr(actual, name).value), _plain(getattr(meant, name).value)
    if here != decreed:
        yield Departure(f"cap_{name}", article, words.setting_text(name, decreed), words.setting_text(name, here), path)


def _conditions(actual: LevelRule, meant: LevelRule, article: str, place: str) -> Iterator[Departure]:
    """Tell the conditions of a level that the decree has not, and those that only the decree has."""
    mine, theirs = ({_asked(each): each for each in rule.conditions} for rule in (actual, meant))
    added = [mine[key].title for key in mine if key not in theirs]
    missing = [theirs[key].title for key in theirs if key not in mine]
    if added or missing:
        here = [words.ADDED_CONDITIONS.format(titles=listed(added))] if added else []
        here += [words.MISSING_CONDITIONS.format(titles=listed(missing))] if missing else []
        decreed = words.CONDITIONS if meant.conditions else words.POINTS_ALONE
        expected = decreed.format(title=meant.title, count=len(meant.conditions))
        yield Departure(
            "level_conditions", article, expected, f"“{actual.title}” {listed(here)}", f"{place}.conditions"
        )


def _asked(condition: Condition) -> tuple[Any, ...]:
    compared = frozenset((each.metric, each.operator, each.value) for each in condition.comparisons)
    return compared, frozenset(condition.roles)


def _rule(found: Disqualifier) -> tuple[Any, ...]:
    when = frozenset(_asked(each) for each in found.when)
    return _same(found.title), found.level, found.unless, frozenset(found.roles), when


def _plain(value: Any) -> Any:
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def _same(title: str) -> str:
    return " ".join(title.casefold().split())


def _article(definition: Definition) -> str:
    return words.AGENCIES_ARTICLE if definition.subject == ORGANISATION else words.LEVELS_ARTICLE
