"""Which criteria, indicators, figures and flags a definition knows: what inputs may name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Indicator, Section
from cms.scoring.definition.words import KNOWN_METRICS
from cms.scoring.once import once_per_definition

COMMON = "common"


@dataclass(frozen=True)
class Vocabulary:
    """The names of a definition and what they stand for; groups are apart, since only their parts are marked."""

    common: Section | None
    common_codes: frozenset[str]
    criteria: dict[str, Criterion]
    indicators: dict[str, Indicator]
    groups: frozenset[str]
    metrics: dict[str, str]
    flags: frozenset[str]
    # Those by which indicators weigh differently; nothing is known of others there.
    weighed_groups: tuple[str, ...]


@once_per_definition
def vocabulary_of(definition: Definition) -> Vocabulary:
    """Return the vocabulary of a definition."""
    criteria = [each for section in definition.sections for each in every_criterion(section.criteria)]
    indicators = [each for section in definition.sections for each in every_indicator(section.indicators)]
    common = common_section(definition)
    own = definition.classification
    metrics = {**KNOWN_METRICS, **{each.code: each.kind for each in own.metrics}}
    del metrics["total"]  # it is what is computed
    return Vocabulary(
        common=common,
        common_codes=frozenset(each.code for each in every_criterion(common.criteria)) if common else frozenset(),
        criteria={each.code: each for each in criteria if not each.criteria},
        indicators={each.code: each for each in indicators if each.measure != "group"},
        groups=frozenset(each.code for each in criteria if each.criteria)
        | frozenset(each.code for each in indicators if each.measure == "group"),
        metrics=metrics,
        weighed_groups=tuple(
            dict.fromkeys(code for each in indicators for own in each.weights for code in own.position_groups)
        ),
        flags=frozenset(code for rule in own.disqualifiers for code in (rule.code, rule.unless) if code),
    )


def common_section(definition: Definition) -> Section | None:
    """Return the section of the common criteria: the one so called, otherwise the first that is marked."""
    marked = [section for section in definition.sections if section.kind == "criteria"]
    return next((section for section in marked if section.code == COMMON), marked[0] if marked else None)


@once_per_definition
def heads_from_organisation(definition: Definition) -> bool:
    """Say whether what is asked of people led is asked, of a head, of the organisation headed."""
    return any(each.heads_from == "organisation" for each in vocabulary_of(definition).indicators.values())


def every_criterion(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    """Walk criteria and those inside them, in the order of the form."""
    for each in criteria:
        yield each
        yield from every_criterion(each.criteria)


def every_indicator(indicators: tuple[Indicator, ...]) -> Iterator[Indicator]:
    """Walk indicators and those inside them, in the order of the form."""
    for each in indicators:
        yield each
        yield from every_indicator(each.indicators)
