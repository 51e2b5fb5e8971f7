"""A definition as a person reads it: plain rows with their words, for the pages of a version inside and outside."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.frameworks.block_labels import kind_of, label_of
from cms.frameworks.blocks.words import WORK_SETTINGS
from cms.frameworks.models import FrameworkVersion
from cms.frameworks.reading import DefinitionReader, LabelledText
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Condition, Disqualifier, LevelRule
from cms.scoring.definition.marks import MarkRules
from cms.scoring.definition.periods import LongerPeriod, Periods, Procedure, Rounding
from cms.scoring.definition.sections import Band, Criterion, Indicator, Section
from cms.scoring.definition.whole import AppliesTo, LegalBasis, OpenToAgencies
from cms.scoring.definition.work import WorkRules
from cms.scoring.exact import to_vietnamese
from cms.scoring.lateness import spans

_DEEPEST_SHOWN = 3
# Of those whom a framework is for, said even where it is for all.
_ALWAYS_SHOWN = ("categories", "roles", "position_groups")


@dataclass(frozen=True)
class PartRow:
    """A criterion or indicator, or a group of them (``depth`` 0 is the outermost); empty where nothing is said."""

    depth: int
    is_group: bool
    code: str
    title: str
    points: str
    weight: str
    how: tuple[str, ...]
    roles: str
    guidance: str
    citation: str


@dataclass(frozen=True)
class ShownSection:
    """A section with its tree laid out in rows."""

    title: str
    kind: str
    points: str
    measured: bool
    citation: str
    settings: tuple[LabelledText, ...]
    rows: tuple[PartRow, ...]

    @property
    def with_points(self) -> bool:
        """Return whether any row has points of its own."""
        return any(row.points for row in self.rows)

    @property
    def with_weights(self) -> bool:
        """Return whether rows weigh differently."""
        return len({row.weight for row in self.rows}) > 1


@dataclass(frozen=True)
class ShownCondition:
    """A condition in words, and exactly: comparisons of which any must hold."""

    title: str
    exactly: str
    roles: str
    citation: str


@dataclass(frozen=True)
class ShownLevel:
    """A level: from how many points, with which conditions."""

    title: str
    points: str
    conditions: tuple[ShownCondition, ...]
    citation: str


@dataclass(frozen=True)
class ShownDisqualifier:
    """What holds a level down, to which level, and by which document it is established."""

    title: str
    level: str
    lines: tuple[LabelledText, ...]
    when: tuple[ShownCondition, ...]
    roles: str
    citation: str


@dataclass(frozen=True)
class Rules:
    """Settings that belong together, each with its source."""

    title: str
    lines: tuple[LabelledText, ...]


@dataclass(frozen=True)
class Description:
    """A whole definition, in the order in which it is read."""

    about: tuple[LabelledText, ...]
    basis: tuple[LegalBasis, ...]
    sections: tuple[ShownSection, ...]
    levels: tuple[ShownLevel, ...]
    when_conditions_fail: LabelledText
    disqualifiers: tuple[ShownDisqualifier, ...]
    metrics: tuple[LabelledText, ...]
    caps: tuple[Rules, ...]
    rules: tuple[Rules, ...]


def public_address(version: FrameworkVersion) -> str:
    """Return the version's address on the public site; it is permanent."""
    return f"/khung-tieu-chi/{version.framework.code}/{version.number}/"


def opened(version: FrameworkVersion) -> dict[str, list[str]]:
    """Return what a version opens to agencies, by name: ``{"sections": […], "settings": […]}``."""
    definition = version.definition
    limits = definition.open_to_agencies
    titles = {each.code: each.title for each in definition.sections}
    return {
        "sections": [titles.get(code, code) for code in limits.sections],
        "settings": [str(WORK_SETTINGS[code]) for code in limits.settings],
    }


def describe(
    definition: Definition, *, groups: Mapping[str, str], agencies: Mapping[str, str] | None = None
) -> Description:
    """Return the definition ready to show; names by code are those of ``applies_to.names_in``."""
    reader = DefinitionReader.of(definition, groups=groups, agencies=agencies)
    found = definition.classification
    return Description(
        about=tuple(_about(definition, reader)),
        basis=definition.legal_basis,
        sections=tuple(_section(each, reader) for each in definition.sections),
        levels=tuple(_level(each, reader) for each in found.levels),
        when_conditions_fail=reader.line(found, "when_conditions_fail"),
        disqualifiers=tuple(_disqualifier(each, definition, reader) for each in found.disqualifiers),
        metrics=tuple(LabelledText(each.title, reader.text(each, "kind"), each.code) for each in found.metrics),
        caps=tuple(_cap(each, definition, reader) for each in found.caps),
        rules=tuple(_rules(definition, reader)),
    )


def _about(definition: Definition, reader: DefinitionReader) -> Iterator[LabelledText]:
    applies, everybody = definition.applies_to, _("all that the framework judges")
    yield reader.line(definition, "subject")
    for name in (each.name for each in dataclasses.fields(AppliesTo)):
        if getattr(applies, name) or (name in _ALWAYS_SHOWN and (name != "roles" or definition.subject == "officer")):
            text = reader.text(applies, name) if getattr(applies, name) else everybody
            yield LabelledText(str(label_of(AppliesTo, name)), text)


def _section(section: Section, reader: DefinitionReader) -> ShownSection:
    measured = section.kind == "indicators"
    rows = _indicator_rows(section.indicators, reader) if measured else _criterion_rows(section.criteria, reader)
    return ShownSection(
        title=section.title,
        kind=reader.text(section, "kind"),
        points=reader.text(section, "max"),
        measured=measured,
        citation=section.citation,
        settings=(*reader.settings(section, but=() if measured else ("combine",)), *_asked(section, reader)),
        rows=tuple(rows),
    )


def _criterion_rows(criteria: tuple[Criterion, ...], reader: DefinitionReader, depth: int = 0) -> Iterator[PartRow]:
    for each in criteria:
        yield PartRow(
            depth=min(depth, _DEEPEST_SHOWN), is_group=bool(each.criteria), code=each.code, title=each.title,
            points=reader.text(each, "max"), weight="", how=tuple(_marking(each, reader)),
            roles=_roles(each, reader), guidance=each.guidance, citation=each.citation,
        )  # fmt: skip
        yield from _criterion_rows(each.criteria, reader, depth + 1)


def _marking(criterion: Criterion, reader: DefinitionReader) -> Iterator[str]:
    marking = criterion.marking
    if not criterion.criteria:
        kind = reader.text(marking, "kind")
        yield f"{kind}: {reader.text(criterion, 'step')}" if marking.kind == "points" else kind
        yield from (_labelled(each) for each in reader.lines(marking, but=("kind",)))
        yield from (f"{each.label}: {reader.text(each, 'percent')} %" for each in marking.levels)
        yield from _bands(marking.bands, reader)
    if criterion.may_not_apply:
        yield str(label_of(Criterion, "may_not_apply"))
    yield from (_labelled(each) for each in _asked(criterion, reader))


def _asked(part: Criterion | Section, reader: DefinitionReader) -> Iterator[LabelledText]:
    """Yield what is asked where points are cut, where the part itself says so."""
    if part.asks_when_cut is not None:
        yield reader.line(part, "asks_when_cut")


def _indicator_rows(indicators: tuple[Indicator, ...], reader: DefinitionReader, depth: int = 0) -> Iterator[PartRow]:
    for each in indicators:
        yield PartRow(
            depth=min(depth, _DEEPEST_SHOWN), is_group=bool(each.indicators), code=each.code, title=each.title,
            points="" if each.max is None else reader.text(each, "max"), weight=reader.text(each, "weight"),
            how=tuple(_measuring(each, reader)), roles=_roles(each, reader),
            guidance=each.guidance, citation=each.citation,
        )  # fmt: skip
        yield from _indicator_rows(each.indicators, reader, depth + 1)


def _measuring(indicator: Indicator, reader: DefinitionReader) -> Iterator[str]:
    yield reader.text(indicator, "measure")
    for name in ("steps", "threshold", "full"):
        if getattr(indicator, name) not in ((), None, 100):
            yield _labelled(reader.line(indicator, name))
    if indicator.heads_from != "people":
        yield _labelled(reader.line(indicator, "heads_from"))
    yield from _bands(indicator.bands, reader)
    for each in indicator.weights:
        yield _("Weight for %(groups)s: %(weight)s") % {
            "groups": reader.weighed(each), "weight": reader.text(each, "weight"),
        }  # fmt: skip
    yield from (_labelled(each) for each in reader.lines(indicator.work))
    yield _labelled(reader.line(indicator, "when_not_applicable"))


def _bands(bands: tuple[Band, ...], reader: DefinitionReader) -> Iterator[str]:
    for each in bands:
        yield _("from %(from)s %%: %(points)s") % {
            "from": reader.text(each, "from_"), "points": reader.text(each, "points"),
        }  # fmt: skip


def _level(level: LevelRule, reader: DefinitionReader) -> ShownLevel:
    conditions = tuple(_condition(each, reader) for each in level.conditions)
    return ShownLevel(level.title, reader.text(level, "from_"), conditions, level.citation)


def _condition(condition: Condition, reader: DefinitionReader) -> ShownCondition:
    exactly = f" {_('or')} ".join(reader.comparison(each) for each in condition.comparisons)
    return ShownCondition(condition.title, exactly, _roles(condition, reader), condition.citation)


def _disqualifier(found: Disqualifier, definition: Definition, reader: DefinitionReader) -> ShownDisqualifier:
    return ShownDisqualifier(
        title=found.title,
        level=_level_title(found.level, definition),
        lines=tuple(reader.line(found, name) for name in ("document", "unless") if getattr(found, name)),
        when=tuple(_condition(each, reader) for each in found.when),
        roles=_roles(found, reader),
        citation=found.citation,
    )


def _cap(cap: Any, definition: Definition, reader: DefinitionReader) -> Rules:
    lines = [*reader.settings(cap), reader.line(cap, "exception_needs")]
    return Rules(_level_title(cap.level, definition), tuple(lines))


def _rules(definition: Definition, reader: DefinitionReader) -> Iterator[Rules]:
    longer = [line for each in definition.periods.longer for line in _longer(each, reader)]
    yield Rules(str(kind_of(WorkRules)), tuple(_work(definition.work, reader)))
    yield Rules(str(kind_of(Periods)), (*reader.settings(definition.periods), *longer))
    yield Rules(str(kind_of(Rounding)), tuple(reader.settings(definition.rounding)))
    yield Rules(str(kind_of(Procedure)), tuple(reader.settings(definition.procedure)))
    if definition.marks != MarkRules():
        yield Rules(str(kind_of(MarkRules)), tuple(reader.settings(definition.marks)))
    yield Rules(_("What others may choose"), tuple(_open(definition, reader)))


def _work(work: WorkRules, reader: DefinitionReader) -> Iterator[LabelledText]:
    """Yield the settings of work, bands of days late after how lateness is counted."""
    for line in reader.settings(work):
        yield line
        if line.label == str(label_of(WorkRules, "late_counted")):
            yield from _late_bands(work)


def _late_bands(work: WorkRules) -> Iterator[LabelledText]:
    """Yield the table of what days late take off, where there is one."""
    bands = []
    for first, last, off in spans(work.late_bands):
        days = f"{first}–{last}" if last and last > first else str(first) if last else f"≥ {first}"
        bands.append(_("%(days)s days: %(off)s %% off") % {"days": days, "off": to_vietnamese(off)})
    if bands:
        yield LabelledText(str(label_of(WorkRules, "late_bands")), "; ".join(bands), work.late_counted.citation)


def _longer(longer: LongerPeriod, reader: DefinitionReader) -> Iterator[LabelledText]:
    """Yield how a longer period follows from shorter ones."""
    made = {"period": reader.text(longer, "period"), "parts": reader.text(longer, "made_of")}
    yield LabelledText(_("%(period)s, made of: %(parts)s") % made, reader.text(longer, "total"), longer.total.citation)
    yield reader.line(longer, "marks")


def _open(definition: Definition, reader: DefinitionReader) -> Iterator[LabelledText]:
    opened, nothing = definition.open_to_agencies, _("none")
    titles = {each.code: each.title for each in definition.sections}
    sections = ", ".join(titles.get(code, code) for code in opened.sections)
    settings = reader.text(opened, "settings") if opened.settings else nothing
    yield LabelledText(str(label_of(OpenToAgencies, "sections")), sections or nothing)
    yield LabelledText(str(label_of(OpenToAgencies, "settings")), settings)
    overridable = reader.text(definition, "overridable") if definition.overridable else nothing
    yield LabelledText(str(label_of(Definition, "overridable")), overridable)


def _level_title(level: str, definition: Definition) -> str:
    return next((each.title for each in definition.classification.levels if each.level == level), level)


def _roles(part: Any, reader: DefinitionReader) -> str:
    return reader.text(part, "roles") if part.roles else ""


def _labelled(line: LabelledText) -> str:
    return f"{line.label}: {line.text}"
