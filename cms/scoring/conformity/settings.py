"""Articles 14, 15 and 17 and the times of classification: settings of the whole framework, and of single indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.scoring.conformity import words
from cms.scoring.conformity.departure import Departure
from cms.scoring.conformity.formula import leaves
from cms.scoring.definition import Definition
from cms.scoring.definition.words import ORGANISATION, STAFF

_OWN = ("denominator", "points_off", "floor")
_MONITORED = {"month", "quarter"}


def work(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare how lines of work are counted."""
    for name in (*_OWN, "late_counted"):
        yield from _compared(definition, decree, "work", name, words.WORK_ARTICLE)
    actual, meant = definition.work.late_bands, decree.work.late_bands
    if actual != meant:
        decreed, here = words.setting_text("late_bands", meant), words.setting_text("late_bands", actual)
        yield Departure("late_bands", words.WORK_ARTICLE, decreed, here, "work.late_bands")
    if set(definition.roles) - {STAFF}:
        yield from _compared(definition, decree, "work", "leaders_work", words.DIRECTED_ARTICLE)


def own_work_rules(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare what single indicators do otherwise than the framework."""
    counted = {place: each for role in definition.roles for each, place, _share in leaves(definition, role)}
    for place, each in counted.items():
        for name in _OWN:
            actual, meant = getattr(each.work, name), getattr(decree.work, name).value
            if each.measure.startswith("work_") and actual is not None and actual != meant:
                here = words.AT_INDICATOR.format(title=each.title, value=words.setting_text(name, actual))
                yield Departure(name, words.WORK_ARTICLE, words.setting_text(name, meant), here, f"{place}.work.{name}")


def year(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare how the year follows from its periods."""
    meant = next(each.total.value for each in decree.periods.longer if each.period == "year")
    for index, each in enumerate(definition.periods.longer):
        if each.period == "year" and each.total.value != meant:
            decreed, here = (words.setting_text("year_total", one) for one in (meant, each.total.value))
            yield Departure("year_total", words.MEAN_ARTICLE, decreed, here, f"periods.longer[{index}].total")


def procedure(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare what is monitored and classified, and by when."""
    monitored = definition.periods.monitored.value
    if definition.subject != ORGANISATION:
        if not _MONITORED & set(monitored):
            here = words.setting_text("monitored", monitored)
            yield Departure("monitored", words.TIMES_ARTICLE, words.MONTH_OR_QUARTER, here, "periods.monitored")
        yield from _compared(definition, decree, "periods", "absences", words.TIMES_ARTICLE)
        yield from _compared(definition, decree, "procedure", "changed_agency", words.TIMES_ARTICLE)
    yield from _compared(definition, decree, "periods", "classified", words.TIMES_ARTICLE)
    for name in ("classified_before", "special_before"):
        yield from _compared(definition, decree, "procedure", name, words.TIMES_ARTICLE)


def _compared(definition: Definition, decree: Definition, part: str, name: str, article: str) -> Iterator[Departure]:
    actual, meant = _value(definition, part, name), _value(decree, part, name)
    if actual != meant:
        yield Departure(
            name, article, words.setting_text(name, meant), words.setting_text(name, actual), f"{part}.{name}"
        )


def _value(definition: Definition, part: str, name: str) -> Any:
    return getattr(getattr(definition, part), name).value
