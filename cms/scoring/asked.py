"""What a framework asks of who cuts the points of a criterion; the innermost part that speaks holds (ADR 0043)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Section
from cms.scoring.once import once_per_definition

COMMENT, EVIDENCE, NOTHING = "comment", "evidence", "nothing"
_NEEDS: dict[str, frozenset[str]] = {
    NOTHING: frozenset(),
    COMMENT: frozenset({COMMENT}),
    EVIDENCE: frozenset({EVIDENCE}),
    "both": frozenset({COMMENT, EVIDENCE}),
}
# Sections in which points can be cut: those of a bonus are only added.
_CUT = ("criteria", "deduction")


@once_per_definition
def asked_by_code(definition: Definition) -> Mapping[str, frozenset[str]]:
    """Return what is asked where points are cut (COMMENT, EVIDENCE), by code; those that ask nothing are not there."""
    return {
        criterion.code: needs_of(asked)
        for section in definition.sections
        if section.kind in _CUT
        for criterion, asked in asked_within(section.criteria, asked_in(section, definition))
        if not criterion.criteria and asked != NOTHING
    }


def asked_in(section: Section, definition: Definition) -> str:
    """Return what is asked at the criteria of a section that say nothing themselves."""
    return section.asks_when_cut or definition.marks.asks_when_cut.value


def asked_within(criteria: Iterable[Criterion], around: str) -> Iterator[tuple[Criterion, str]]:
    """Walk criteria, groups before what is in them, each with what is asked at it."""
    for each in criteria:
        own = each.asks_when_cut or around
        yield each, own
        yield from asked_within(each.criteria, own)


def needs_of(asked: str) -> frozenset[str]:
    """Return what a word of a definition asks for."""
    return _NEEDS[asked]


def is_asked_in(section: Section) -> bool:
    """Say whether points can be cut in a section, so that something may be asked there."""
    return section.kind in _CUT
