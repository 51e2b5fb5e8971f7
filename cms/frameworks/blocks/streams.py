"""The four streams of a framework: legal basis, sections, rules, classification."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.frameworks.blocks.classification import (
    CapBlock,
    DisqualifierBlock,
    LevelBlock,
    MetricBlock,
    WhenConditionsFailBlock,
)
from cms.frameworks.blocks.declared import declared
from cms.frameworks.blocks.indicators import IndicatorSectionBlock
from cms.frameworks.blocks.prefill import section_of
from cms.frameworks.blocks.rules import (
    LongerPeriodBlock,
    MarksBlock,
    PeriodsBlock,
    ProcedureBlock,
    RoundingBlock,
    WorkBlock,
)
from cms.frameworks.blocks.sections import CriteriaSectionBlock
from cms.scoring.definition.whole import LegalBasis

_OUT_OF_100 = _("Points out of 100")
_BESIDE = _("Beside the 100 points")
_LEVELS = _("Levels")
_LIMITS = _("Limits")


class DocumentBlock(blocks.StructBlock):
    """A document, and the place in it."""

    document = declared(LegalBasis, "document", _("Document"))
    place = declared(LegalBasis, "place", _("Place in it"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Document")
        label_format = "{document} · {place}"
        icon = "doc-full"


class BasisStream(blocks.StreamBlock):
    """The documents on which the framework rests."""

    document = DocumentBlock()


class SectionsStream(blocks.StreamBlock):
    """The sections of the form; the name of a block is the section's kind."""

    criteria = CriteriaSectionBlock(
        label=_("Section of criteria"),
        icon="list-ul",
        group=_OUT_OF_100,
        from_decree=section_of("criteria"),
    )
    indicators = IndicatorSectionBlock(
        label=_("Section of results (indicators)"),
        icon="decimal",
        group=_OUT_OF_100,
        from_decree=section_of("indicators"),
    )
    bonus = CriteriaSectionBlock(
        label=_("Bonus section"), icon="plus-inverse", group=_BESIDE, form_classname="struct-block fw-section fw-bonus"
    )
    deduction = CriteriaSectionBlock(label=_("Deduction section"), icon="minus", group=_BESIDE)


class RulesStream(blocks.StreamBlock):
    """Rules of work, periods, rounding and procedure; what is left out is as the decree says."""

    work = WorkBlock()
    periods = PeriodsBlock()
    longer = LongerPeriodBlock()
    rounding = RoundingBlock()
    procedure = ProcedureBlock()
    marks = MarksBlock()

    class Meta:
        block_counts: ClassVar = {
            name: {"max_num": 1} for name in ("work", "periods", "rounding", "procedure", "marks")
        }


class ClassificationStream(blocks.StreamBlock):
    """Levels from the highest down, conditions, what holds a level down, caps."""

    level = LevelBlock(group=_LEVELS)
    when_conditions_fail = WhenConditionsFailBlock(group=_LEVELS)
    disqualifier = DisqualifierBlock(group=_LIMITS)
    cap = CapBlock(group=_LIMITS)
    metric = MetricBlock(group=_LIMITS)

    class Meta:
        collapsed = True
        block_counts: ClassVar = {"level": {"max_num": 4}, "when_conditions_fail": {"max_num": 1}}
