"""The limits of an agency's own framework: what it may say otherwise than the province's.

The plans ask for a shared frame with the agencies' own indicators in it. Whatever is not named here as the agency's is
held, at every depth: a field that a definition gains later is held until somebody opens it.

Source: plan of Nghệ An, I.2 and III.2.1; plan of Đắk Lắk (the common frame is specialised by agencies).
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from cms.frameworks.kinds import drop_unused
from cms.scoring.asked import asked_in, asked_within, needs_of
from cms.scoring.definition import Definition, write_definition
from cms.scoring.definition.sections import Criterion, Indicator, Section
from cms.scoring.definition.work import OwnWorkRules
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import read_part, write_part
from cms.scoring.vocabulary import every_indicator

CODES = {
    "outside_limits": gettext_noop("The province's framework keeps this as it is; an agency cannot change it."),
    "section_outside_limits": gettext_noop(
        "The province's framework keeps the section “%(code)s” as it is; an agency cannot change it."
    ),
    "wider_than_base": gettext_noop("This must not go beyond what the province's framework says."),
    "asks_less_than_base": gettext_noop(
        "The province asks more of who cuts points here: a comment, evidence or both. Ask at least the same."
    ),
    "before_base": gettext_noop("The province's framework has effect from %(limit)s only; this must not be earlier."),
    "after_base": gettext_noop("The province's framework ends on %(limit)s; this must end by then."),
    "not_a_slug": gettext_noop(
        "The code of a framework is made of plain letters, digits, hyphens and underscores: “%(value)s” is not."
    ),
    "backdated_without_reason": gettext_noop(
        "This day is over. Choose a day to come, or say why the framework is to hold for days that are over."
    ),
    "before_last_version": gettext_noop("The day of effect must not be before that of the last version, %(limit)s."),
}

# What is an agency's own in any case: its names, and the documents it rests on.
_FREE = {"code", "name", "legal_basis"}
# What an agency may have less of than the province, each judged by a rule of its own below.
_JUDGED = {"applies_to", "effective_from", "effective_to", "overridable", "open_to_agencies", "work", "sections"}
_FREE_IN_OPEN_SECTIONS = {"title", "citation", "criteria", "indicators"}
# How much an indicator that does not apply gives, from the least on.
_GIVEN_FOR_NOTHING = ("block", "zero", "leave_out", "full")


def check(own: Definition, base: Definition) -> list[Problem]:
    """Return a problem for each place where the agency's framework goes beyond the limits of its base."""
    mine, shared = write_definition(own), write_definition(base)
    held = (key for key in _keys(mine, shared) if key not in _FREE | _JUDGED and mine.get(key) != shared.get(key))
    return [
        *(Problem(key, "outside_limits") for key in held),
        *_reach(mine, shared),
        *_days(own, base),
        *_work(mine["work"], shared["work"], base.open_to_agencies.settings),
        *_sections(own, base),
    ]


def follow(own: Definition, base: Definition, first: datetime.date) -> dict[str, Any]:
    """Return a definition as data: all as in the base, with what the agency may write itself as it has it now.

    It holds from ``first`` on. What the agency's own indicators say beyond the limits stays, for ``check`` to name.
    """
    mine, shared = write_definition(own), write_definition(base)
    open_sections = {each["code"]: each for each in mine["sections"] if each["code"] in base.open_to_agencies.sections}
    filled = {
        each["code"]: {key: open_sections[each["code"]][key] for key in _FREE_IN_OPEN_SECTIONS}
        for each in shared["sections"]
        if each["code"] in open_sections and open_sections[each["code"]]["kind"] == each["kind"]
    }
    last = min((day for day in (own.effective_to, base.effective_to) if day and day >= first), default=None)
    return (
        shared
        | {key: mine[key] for key in _FREE}
        | {
            "effective_from": first.isoformat(),
            "effective_to": last and last.isoformat(),
            "applies_to": {
                key: _within(mine["applies_to"].get(key, []), shared["applies_to"].get(key, []))
                for key in _keys(mine["applies_to"], shared["applies_to"])
            },
            "overridable": [each for each in mine["overridable"] if each in shared["overridable"]],
            "open_to_agencies": {
                key: [each for each in mine["open_to_agencies"][key] if each in whole]
                for key, whole in shared["open_to_agencies"].items()
            },
            "work": shared["work"] | {key: mine["work"][key] for key in base.open_to_agencies.settings},
            "sections": [each | filled.get(each["code"], {}) for each in shared["sections"]],
        }
    )


def _within(mine: list[str], whole: list[str]) -> list[str]:
    """Return what the agency's is for, of those whom the base is for; empty lists mean all."""
    return [each for each in mine if each in whole] or whole if whole else mine


def _reach(mine: dict[str, Any], shared: dict[str, Any]) -> Iterator[Problem]:
    """Check that the agency's is for nobody else, and leaves nothing more to others than the province does."""
    for key, whole in shared["applies_to"].items():
        own = mine["applies_to"].get(key, [])
        if whole and not (own and set(own) <= set(whole)):
            yield Problem(f"applies_to.{key}", "wider_than_base")
    if not set(mine["overridable"]) <= set(shared["overridable"]):
        yield Problem("overridable", "wider_than_base")
    for key, whole in shared["open_to_agencies"].items():
        if not set(mine["open_to_agencies"][key]) <= set(whole):
            yield Problem(f"open_to_agencies.{key}", "wider_than_base")


def _days(own: Definition, base: Definition) -> Iterator[Problem]:
    first, last = base.effective_from, base.effective_to
    if first and own.effective_from and own.effective_from < first:
        yield Problem("effective_from", "before_base", {"limit": first.isoformat()})
    if last and (own.effective_to is None or own.effective_to > last):
        yield Problem("effective_to", "after_base", {"limit": last.isoformat()})


def _work(mine: dict[str, Any], shared: dict[str, Any], open_settings: tuple[str, ...]) -> Iterator[Problem]:
    for key in _keys(mine, shared):
        if key not in open_settings and mine.get(key) != shared.get(key):
            yield Problem(f"work.{key}", "outside_limits")


def _keys(mine: dict[str, Any], shared: dict[str, Any]) -> list[str]:
    """Return the fields of both, each once: what is left at its default may not be written."""
    return list(dict.fromkeys([*shared, *mine]))


def _sections(own: Definition, base: Definition) -> Iterator[Problem]:
    if [each.code for each in own.sections] != [each.code for each in base.sections]:
        yield Problem("sections", "outside_limits")
        return
    for index, (mine, shared) in enumerate(zip(own.sections, base.sections, strict=True)):
        free = _FREE_IN_OPEN_SECTIONS if shared.code in base.open_to_agencies.sections else set()
        names = [each.name for each in dataclasses.fields(Section) if each.name not in free]
        if not any(_same(mine, theirs, names) for theirs in (shared, _used(shared))):
            yield Problem(f"sections[{index}]", "section_outside_limits", {"code": shared.code})
        elif free:
            yield from _open_section(mine, shared, base, f"sections[{index}]")
            yield from _asked(mine, shared, base, f"sections[{index}]")


def _same(mine: Section, shared: Section | None, names: list[str]) -> bool:
    return all(getattr(mine, name) == getattr(shared, name, None) for name in names)


def _used(section: Section) -> Section | None:
    """Return a section without what its kinds do not use: versions of the base may be of days when they kept it."""
    data = write_part(section)
    drop_unused(data, Section)
    return read_part(Section, data, "", [])


def _open_section(mine: Section, shared: Section, base: Definition, path: str) -> Iterator[Problem]:
    """Check the indicators of an open section, at every depth: their rules of work are the province's all the same."""
    known = {each.code: each for each in every_indicator(shared.indicators)}
    most = max((_GIVEN_FOR_NOTHING.index(each.when_not_applicable) for each in known.values()), default=0)
    for place, each in _placed(mine.indicators, f"{path}.indicators"):
        for key in _rules_outside(each, known.get(each.code), base):
            yield Problem(f"{place}.work.{key}", "outside_limits")
        if _GIVEN_FOR_NOTHING.index(each.when_not_applicable) > max(most, _GIVEN_FOR_NOTHING.index("leave_out")):
            yield Problem(f"{place}.when_not_applicable", "wider_than_base")


def _asked(mine: Section, shared: Section, base: Definition, path: str) -> Iterator[Problem]:
    """Check that where points are cut nothing less is asked than the province asks there.

    A criterion of the agency's own is asked what the province's group around it is, or the section.
    """
    around = asked_in(shared, base)
    known = {each.code: asked for each, asked in asked_within(shared.criteria, around)}
    yield from _asked_less(mine.criteria, known, (around, around), f"{path}.criteria")


def _asked_less(
    criteria: tuple[Criterion, ...], known: Mapping[str, str], around: tuple[str, str], path: str
) -> Iterator[Problem]:
    """Walk criteria; ``around`` is what the agency and the province ask in what they stand in."""
    for index, each in enumerate(criteria):
        own, least = each.asks_when_cut or around[0], known.get(each.code, around[1])
        if each.criteria:
            yield from _asked_less(each.criteria, known, (own, least), f"{path}[{index}].criteria")
        elif not needs_of(least) <= needs_of(own):
            yield Problem(f"{path}[{index}].asks_when_cut", "asks_less_than_base")


def _rules_outside(own: Indicator, base: Indicator | None, province: Definition) -> Iterator[str]:
    """Yield the rules of work that an indicator has otherwise than the province's indicator, or than all its work."""
    for field in dataclasses.fields(OwnWorkRules):
        if field.name in province.open_to_agencies.settings:
            continue
        value, shared = getattr(own.work, field.name), getattr(base.work, field.name) if base else None
        general = getattr(province.work, field.name).value
        if (general if value is None else value) != (general if shared is None else shared):
            yield field.name


def _placed(indicators: tuple[Indicator, ...], path: str) -> Iterator[tuple[str, Indicator]]:
    for index, each in enumerate(indicators):
        yield f"{path}[{index}]", each
        yield from _placed(each.indicators, f"{path}[{index}].indicators")
