"""Sections of results: indicators that are measured, their groups and weights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup

from cms.frameworks.blocks.declared import FlatBlock, declared
from cms.frameworks.blocks.position_groups import PositionGroupsBlock
from cms.frameworks.blocks.prefill import PrefilledBlock
from cms.frameworks.blocks.sections import CITATION, CODE, EVERY_ROLE, FOR_ROLES, MAX, TITLE, BandBlock
from cms.scoring.definition.sections import Indicator, Section, WeightFor
from cms.scoring.definition.work import OwnWorkRules


class WeightForBlock(blocks.StructBlock):
    """Another weight for some position groups, roles, or roles within groups."""

    position_groups = PositionGroupsBlock(default=[], label=_("Position groups"))
    roles = declared(WeightFor, "roles", FOR_ROLES)
    weight = declared(WeightFor, "weight", _("Weight"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Weight for position groups or roles")
        help_text = _(
            "Choose groups, roles or both; what is left empty does not matter. A weight for role and group stands "
            "before one for the group, that before one for the role."
        )
        label_format = "{weight}"
        icon = "group"


class OwnWorkBlock(FlatBlock):
    """What this indicator does otherwise than the framework's rules of work."""

    denominator = declared(OwnWorkRules, "denominator", _("Divided by"))
    failure_scope = declared(OwnWorkRules, "failure_scope", _("A failure takes points off"))
    points_off = declared(OwnWorkRules, "points_off", _("Percent off for each failure"))
    floor = declared(OwnWorkRules, "floor", _("Never below (%)"))
    over_100 = declared(OwnWorkRules, "over_100", _("More than assigned stops counting"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Rules of work of this indicator alone")
        help_text = _("Rules of work of this indicator alone; left blank: as the framework's rules say.")


class _MeasuredBlock(blocks.StructBlock):
    """What every indicator says, alone or with others under it."""

    code = declared(Indicator, "code", CODE)
    title = declared(Indicator, "title", TITLE)
    measure = declared(Indicator, "measure", _("Where the percentage comes from"))
    weight = declared(Indicator, "weight", _("Weight"))
    max = declared(Indicator, "max", _("Points at 100 %"))
    steps = declared(Indicator, "steps", _("Steps (%), such as 100; 50"))
    threshold = declared(Indicator, "threshold", _("Every subordinate reaches (points)"))
    heads_from = declared(Indicator, "heads_from", _("For a head it follows from"))
    full = declared(Indicator, "full", _("The figure that is 100 %"))
    bands = blocks.ListBlock(BandBlock(), default=[], label=_("Bands"), collapsed=True)
    work = OwnWorkBlock()
    weights = blocks.ListBlock(WeightForBlock(), default=[], label=_("Other weights"), collapsed=True)
    roles = declared(Indicator, "roles", FOR_ROLES, help_text=EVERY_ROLE)
    when_not_applicable = declared(Indicator, "when_not_applicable", _("When it does not apply"))
    guidance = declared(Indicator, "guidance", _("Guidance for the evaluator"))
    citation = declared(Indicator, "citation", CITATION)


_MAIN = ["code", "title", "measure", "weight", "max", "steps", "threshold", "heads_from", "full"]
_SETTINGS = ["roles", "when_not_applicable", "bands", "weights", "work", "guidance", "citation"]


class IndicatorBlock(_MeasuredBlock):
    """An indicator that is measured by itself."""

    class Meta:
        form_classname = "struct-block fw-indicator"
        form_layout = BlockGroup(children=_MAIN, settings=_SETTINGS)
        label = _("Indicator")
        label_format = "{code} · {title}"
        icon = "decimal"


class _Indicators(blocks.StreamBlock):
    """Indicators without groups, the lowest level."""

    indicator = IndicatorBlock()


class IndicatorSubgroupBlock(_MeasuredBlock):
    """A group inside a group."""

    indicators = _Indicators(required=False, label=_("Indicators of the group"), collapsed=True)

    class Meta:
        form_classname = "struct-block fw-indicator fw-group"
        form_layout = BlockGroup(children=[*_MAIN, "indicators"], settings=_SETTINGS)
        label = _("Group of indicators")
        label_format = "{code} · {title}"
        icon = "list-ul"


class _IndicatorsAndSubgroups(blocks.StreamBlock):
    """Indicators, alone or in groups."""

    indicator = IndicatorBlock()
    group = IndicatorSubgroupBlock()


class IndicatorGroupBlock(_MeasuredBlock):
    """A group of indicators with weights among themselves."""

    indicators = _IndicatorsAndSubgroups(required=False, label=_("Indicators of the group"), collapsed=True)

    class Meta:
        form_classname = "struct-block fw-indicator fw-group"
        form_layout = BlockGroup(children=[*_MAIN, "indicators"], settings=_SETTINGS)
        label = _("Group of indicators")
        label_format = "{code} · {title}"
        icon = "list-ul"


class IndicatorTree(blocks.StreamBlock):
    """The indicators of a section: alone, in groups, in groups of groups."""

    indicator = IndicatorBlock()
    group = IndicatorGroupBlock()


class IndicatorSectionBlock(PrefilledBlock):
    """A section whose points follow from measured results."""

    code = declared(Section, "code", CODE)
    title = declared(Section, "title", TITLE)
    max = declared(Section, "max", MAX)
    combine = declared(Section, "combine", _("How the indicators become points"))
    indicators = IndicatorTree(required=False, label=_("Indicators"), collapsed=True)
    not_applicable = declared(Section, "not_applicable", _("When an indicator does not apply"))
    citation = declared(Section, "citation", CITATION)

    class Meta:
        form_classname = "struct-block fw-section"
        form_layout = BlockGroup(
            children=["code", "title", "max", "combine", "indicators"], settings=["not_applicable", "citation"]
        )
        label_format = "{title} · {max}"
