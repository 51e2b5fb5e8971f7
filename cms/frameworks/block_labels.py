"""What each declared field of a definition is called: the label of its block in the editor, for all screens."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock

from cms.frameworks.blocks import classification, indicators, rules, sections, streams
from cms.frameworks.models import CriteriaFramework
from cms.scoring.definition.classification import (
    Cap,
    Classification,
    Comparison,
    Condition,
    Disqualifier,
    LevelRule,
    Metric,
)
from cms.scoring.definition.marks import MarkRules
from cms.scoring.definition.periods import LongerPeriod, Periods, Procedure, Rounding
from cms.scoring.definition.scores import ScoreComparison
from cms.scoring.definition.sections import Band, Criterion, Indicator, Marking, MarkLevel, Section, WeightFor
from cms.scoring.definition.whole import AppliesTo, Definition, LegalBasis, OpenToAgencies
from cms.scoring.definition.work import LateBand, OwnWorkRules, WorkRules

_BLOCKS: dict[type, tuple[type[StructBlock], ...]] = {
    Band: (sections.BandBlock,),
    Cap: (classification.CapBlock,),
    Classification: (classification.WhenConditionsFailBlock,),
    Comparison: (classification.ComparisonBlock,),
    Condition: (classification.ConditionBlock,),
    Criterion: (sections.CriterionBlock, sections.GroupBlock),
    Disqualifier: (classification.DisqualifierBlock,),
    Indicator: (indicators.IndicatorBlock, indicators.IndicatorGroupBlock),
    LateBand: (rules.LateBandBlock,),
    LegalBasis: (streams.DocumentBlock,),
    LevelRule: (classification.LevelBlock,),
    LongerPeriod: (rules.LongerPeriodBlock,),
    MarkLevel: (sections.MarkLevelBlock,),
    MarkRules: (rules.MarksBlock,),
    Marking: (sections.MarkingBlock,),
    Metric: (classification.MetricBlock,),
    OwnWorkRules: (indicators.OwnWorkBlock,),
    Periods: (rules.PeriodsBlock,),
    Procedure: (rules.ProcedureBlock,),
    Rounding: (rules.RoundingBlock,),
    ScoreComparison: (classification.ScoreComparisonBlock,),
    Section: (indicators.IndicatorSectionBlock, sections.CriteriaSectionBlock),
    WeightFor: (indicators.WeightForBlock,),
    WorkRules: (rules.WorkBlock,),
}
# Declared fields that are columns of the framework, and what the column is called where it is called otherwise.
_COLUMNS: dict[type, dict[str, str]] = {
    Definition: {"legal_basis": "basis"},
    AppliesTo: {},
    OpenToAgencies: {"sections": "open_sections", "settings": "open_settings"},
}
# The editor shows it as the kind of block that is chosen.
_CHOSEN: dict[tuple[type, str], Promise | str] = {(Section, "kind"): _("Kind")}


def label_of(part: type, name: str) -> Promise | str:
    """Return the label of a declared field. Raises KeyError for a field that the editor does not show."""
    if part in _COLUMNS:
        column = CriteriaFramework._meta.get_field(_COLUMNS[part].get(name, name))
        return capfirst(column.verbose_name)  # type: ignore[union-attr]
    if (part, name) in _CHOSEN:
        return _CHOSEN[part, name]
    block = next((each for each in _BLOCKS[part] if name in each.base_blocks), None)
    if block is None:
        raise KeyError(f"{part.__name__}.{name} has no block")
    label: Promise | str = block.base_blocks[name].meta.label
    return label


def kind_of(part: type) -> Promise | str:
    """Return what such a part is called: "Criterion", "Level" …"""
    label: Promise | str = _BLOCKS[part][0]._meta_class.label
    return label
