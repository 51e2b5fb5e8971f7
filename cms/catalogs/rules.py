"""Checks on a whole version: each rule a small class with a code, a severity and a docstring that says it.

Pure over plain rows, so that an import preview, a draft and a published version are judged alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import Severity
from cms.catalogs.item_fields import Terms, agree, refusals
from cms.core.numbers import format_decimal_vi
from cms.core.text import code_key, fold, name_key

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What a rule needs to know of the version: its standard unit, divisor and frames of the groups.

    ``required``: headings, by key, of added columns that must be filled in.
    """

    standard_unit: str
    divisor: Decimal
    frames: Mapping[int, Decimal]
    required: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found: ``codes`` of the items concerned (empty: the version as a whole)."""

    rule: str
    severity: Severity
    message: Promise | str
    codes: tuple[str, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)

    @property
    def blocks(self) -> bool:
        """Return whether the version cannot be submitted while this stands."""
        return self.severity == Severity.BLOCKS


class Rule:
    """A named check. ``code`` is stable; ``message`` is the sentence a person reads, with the params of a finding."""

    code: ClassVar[str]
    severity: ClassVar[Severity]
    message: ClassVar[Promise | str]

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        raise AssertionError("every rule says how it finds")

    def finding(self, *codes: str, **params: Any) -> Finding:
        """Return a finding of this rule about items with these codes."""
        return Finding(self.code, self.severity, self.message, codes, params)


class NoItems(Rule):
    """A version without items cannot be submitted."""

    code, severity = "no_items", Severity.BLOCKS
    message = _("The version has no items. Upload the agency's list first.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding when there is nothing."""
        if not rows:
            yield self.finding()


class NoStandardUnit(Rule):
    """Every coefficient is relative to a standard unit, so the version must name it (article 26.1)."""

    code, severity = "no_standard_unit", Severity.BLOCKS
    message = _("The version names no standard unit. Enter it with its score in the version's details.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding when the standard unit or the divisor is missing."""
        if not facts.standard_unit.strip() or facts.divisor <= 0:
            yield self.finding()


class SameCodeTwice(Rule):
    """Codes equal without case, spaces and kinds of hyphen are one code."""

    code, severity = "same_code_twice", Severity.BLOCKS
    message = _("Code %(value)s stands on %(count)s items. Give each its own.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each code that stands more than once."""
        for codes in _repeated(rows, lambda row: code_key(row["code"])):
            yield self.finding(*codes, value=codes[0], count=len(codes))


class SameNameTwice(Rule):
    """The same product or work listed twice counts twice."""

    code, severity = "same_name_twice", Severity.ADVISES
    message = _("“%(value)s” stands on %(count)s items. Merge them, or say in the names how they differ.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each name that stands more than once under the same task."""
        names = {row["code"]: row["name"] for row in rows}
        for codes in _repeated(rows, lambda row: (name_key(row["task"]), name_key(row["name"]))):
            yield self.finding(*codes, value=names[codes[0]], count=len(codes))


class CoefficientNotScore(Rule):
    """A coefficient is the score divided by the version's divisor, within 0,05."""

    code, severity = "coefficient_not_score", Severity.BLOCKS
    message = _("Item %(value)s: score %(score)s ÷ %(divisor)s is not the coefficient %(coefficient)s.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each item whose score and coefficient do not agree."""
        if facts.divisor <= 0:
            return
        for row in rows:
            score, coefficient = row.get("score"), row["coefficient"]
            if score is not None and not agree(score, coefficient, facts.divisor):
                yield self.finding(
                    row["code"],
                    value=row["code"],
                    score=format_decimal_vi(score),
                    divisor=format_decimal_vi(facts.divisor),
                    coefficient=format_decimal_vi(coefficient),
                )


class ScoreOverFrame(Rule):
    """Each complexity group has a frame, the highest score its items can have."""

    code, severity = "score_over_frame", Severity.BLOCKS
    message = _("Item %(value)s: score %(score)s is over the frame of group %(group)s, %(frame)s.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each item scored over its group's frame."""
        for row in rows:
            score, frame = row.get("score"), facts.frames.get(row["group"])
            if score is not None and frame is not None and score > frame:
                yield self.finding(
                    row["code"],
                    value=row["code"],
                    score=format_decimal_vi(score),
                    group=row["group"],
                    frame=format_decimal_vi(frame),
                )


class UnknownGroup(Rule):
    """A version has at most five complexity groups, each with a frame (Gia Lai plan, catalog)."""

    code, severity = "unknown_group", Severity.BLOCKS
    message = _("Item %(value)s: the version has no complexity group %(group)s.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each item in a group without a frame."""
        for row in rows:
            if facts.frames and row["group"] not in facts.frames:
                yield self.finding(row["code"], value=row["code"], group=row["group"])


class ItemUnsound(Rule):
    """What no form, program or file may write is not submitted either, however it came into the version."""

    code, severity = "item_unsound", Severity.BLOCKS
    message = _("Item %(value)s: %(sentence)s")
    # Rules of their own say these, and said them first.
    elsewhere = frozenset({"coefficient_mismatch", "group_out_of_range"})

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each thing that is wrong with an item."""
        terms = Terms(facts.divisor, frames=facts.frames)
        for row in rows:
            for problem in refusals(row, terms):
                if problem.code not in self.elsewhere:
                    yield self.finding(row["code"], value=row["code"], sentence=problem.sentence(gettext))


class RequiredColumnEmpty(Rule):
    """A column that the province added and requires is filled in on every item."""

    code, severity = "required_column_empty", Severity.BLOCKS
    message = _("“%(column)s” is empty on %(count)s items, the first being %(value)s. Fill it in.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each required column with empty cells."""
        for key, name in facts.required.items():
            if codes := tuple(row["code"] for row in rows if not (row.get("extra") or {}).get(key)):
                yield self.finding(*codes, column=name, count=len(codes), value=codes[0])


# Outputs that say nothing about what is handed over.
_UNCLEAR = frozenset({"", "san pham", "cong viec", "ket qua", "khac", "cac loai", "nhieu loai", "theo quy dinh"})


class UnclearOutput(Rule):
    """An output must be something that can be counted (plans of Đắk Lắk and Lào Cai: unclear outputs are removed)."""

    code, severity = "unclear_output", Severity.ADVISES
    message = _("Item %(value)s: “%(output)s” does not say what is handed over. Name the document, record or case.")

    def find(self, rows: Sequence[Row], facts: Facts) -> Iterator[Finding]:
        """Yield one finding for each output that is only a number or a word that fits everything."""
        for row in rows:
            words = fold(row["output"])
            if words in _UNCLEAR or words.replace(" ", "").isdigit():
                yield self.finding(row["code"], value=row["code"], output=row["output"])


RULES: tuple[Rule, ...] = (
    NoItems(), NoStandardUnit(), SameCodeTwice(), CoefficientNotScore(), ScoreOverFrame(), UnknownGroup(),
    ItemUnsound(), RequiredColumnEmpty(), SameNameTwice(), UnclearOutput(),
)  # fmt: skip


def find_all(rows: Sequence[Row], facts: Facts) -> list[Finding]:
    """Return the findings of every rule, those that block first."""
    findings = [finding for rule in RULES for finding in rule.find(rows, facts)]
    return sorted(findings, key=lambda finding: not finding.blocks)


def _repeated(rows: Iterable[Row], key: Any) -> list[tuple[str, ...]]:
    seen: dict[Any, list[str]] = {}
    for row in rows:
        seen.setdefault(key(row), []).append(row["code"])
    return [tuple(codes) for codes in seen.values() if len(codes) > 1]
