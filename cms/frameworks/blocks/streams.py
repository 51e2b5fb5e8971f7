"""The four streams of a framework: legal basis, sections, rules, classification."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue

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
from cms.frameworks.kinds import unused
from cms.scoring.definition.classification import Disqualifier, LevelRule
from cms.scoring.definition.periods import LongerPeriod
from cms.scoring.definition.sections import Section
from cms.scoring.definition.whole import LegalBasis

_OUT_OF_100 = _("Points out of 100")
_BESIDE = _("Beside the 100 points")
_LEVELS = _("Levels")
_LIMITS = _("Limits")


class KindsStream(blocks.StreamBlock):
    """A stream whose fields follow the kinds that are chosen: no fault is found with what the screen does not show.

    ``Meta.parts`` names the part of a definition for which each kind of block stands.
    """

    class Meta:
        parts: ClassVar[dict[str, type]] = {}

    def clean(self, value: Any) -> Any:
        """Check the blocks; what their kinds do not use is kept for whoever changes back, unless it is at fault."""
        for child in value:
            part = self.meta.parts.get(child.block_type)
            for _part, holder, name in list(unused(part, child.value)) if part else ():
                _mend(holder, name)
        return super().clean(value)


def _mend(holder: StructValue, name: str) -> None:
    block = holder.block.child_blocks.get(name)
    if block is not None:
        try:
            block.clean(holder[name])
        except ValidationError:
            holder[name] = block.get_default()


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


class SectionsStream(KindsStream):
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

    class Meta:
        parts: ClassVar = dict.fromkeys(("criteria", "indicators", "bonus", "deduction"), Section)


class RulesStream(KindsStream):
    """Rules of work, periods, rounding and procedure; what is left out is as the decree says."""

    work = WorkBlock()
    periods = PeriodsBlock()
    longer = LongerPeriodBlock()
    rounding = RoundingBlock()
    procedure = ProcedureBlock()
    marks = MarksBlock()

    class Meta:
        parts: ClassVar = {"longer": LongerPeriod}
        block_counts: ClassVar = {
            name: {"max_num": 1} for name in ("work", "periods", "rounding", "procedure", "marks")
        }


class ClassificationStream(KindsStream):
    """Levels from the highest down, conditions, what holds a level down, caps."""

    level = LevelBlock(group=_LEVELS)
    when_conditions_fail = WhenConditionsFailBlock(group=_LEVELS)
    disqualifier = DisqualifierBlock(group=_LIMITS)
    cap = CapBlock(group=_LIMITS)
    metric = MetricBlock(group=_LIMITS)

    class Meta:
        parts: ClassVar = {"level": LevelRule, "disqualifier": Disqualifier}
        collapsed = True
        block_counts: ClassVar = {"level": {"max_num": 4}, "when_conditions_fail": {"max_num": 1}}
