"""Sections of criteria that are marked: the criteria, their groups, and how each is marked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup

from cms.frameworks.blocks.declared import FlatBlock, declared
from cms.frameworks.blocks.deferred import DeferredBlock
from cms.frameworks.blocks.prefill import PrefilledBlock
from cms.scoring.definition.sections import Band, Criterion, Marking, MarkLevel, Section

CODE = _("Code")
TITLE = _("Title")
MAX = _("Maximum points")
CITATION = _("Legal source")
FOR_ROLES = _("For")
EVERY_ROLE = _("None ticked: for every role of the framework.")
ASKS = _("Where points are cut, ask for")
ASKS_AS_AROUND = _("Left blank: as the group, the section or the whole framework asks. Full points are asked nothing.")


class BandBlock(blocks.StructBlock):
    """One band: from a measured percentage on, so many points."""

    from_ = declared(Band, "from_", _("From (%)"))
    points = declared(Band, "points", _("Points"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Band")
        label_format = "≥ {from_} % → {points}"
        icon = "order"


class MarkLevelBlock(blocks.StructBlock):
    """One level that a marker may choose."""

    code = declared(MarkLevel, "code", CODE)
    label = declared(MarkLevel, "label", _("What the marker reads"))
    percent = declared(MarkLevel, "percent", _("Percent of the maximum"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Level of a mark")
        label_format = "{label} → {percent} %"
        icon = "order"


class MarkingBlock(FlatBlock):
    """How a criterion is marked; only what the chosen kind needs is shown."""

    kind = declared(Marking, "kind", _("How it is marked"))
    each = declared(Marking, "each", _("Points for one occurrence"))
    levels = blocks.ListBlock(MarkLevelBlock(), default=[], label=_("Levels of the mark"), collapsed=True)
    bands = blocks.ListBlock(BandBlock(), default=[], label=_("Bands"), collapsed=True)

    class Meta:
        form_classname = "struct-block fw-marking"
        label = _("Marking")


class CriterionBlock(DeferredBlock):
    """A criterion that is marked by itself."""

    code = declared(Criterion, "code", CODE)
    title = declared(Criterion, "title", TITLE)
    max = declared(Criterion, "max", MAX)
    step = declared(Criterion, "step", _("Step of marks"))
    marking = MarkingBlock()
    roles = declared(Criterion, "roles", FOR_ROLES, help_text=EVERY_ROLE)
    may_not_apply = declared(Criterion, "may_not_apply", _("May be marked “does not apply”"))
    guidance = declared(Criterion, "guidance", _("Guidance for the marker"))
    asks_when_cut = declared(Criterion, "asks_when_cut", ASKS, help_text=ASKS_AS_AROUND)
    citation = declared(Criterion, "citation", CITATION)

    class Meta:
        form_classname = "struct-block fw-criterion"
        form_layout = BlockGroup(
            children=["code", "title", "max", "step", "marking"],
            settings=["roles", "may_not_apply", "guidance", "asks_when_cut", "citation"],
        )
        label = _("Criterion")
        label_format = "{code} · {title} · {max}"
        icon = "check"


class _GroupBlock(DeferredBlock):
    """What every group of criteria says: its maximum is the sum of theirs, for every role."""

    code = declared(Criterion, "code", CODE)
    title = declared(Criterion, "title", TITLE)
    max = declared(Criterion, "max", MAX)
    roles = declared(Criterion, "roles", FOR_ROLES, help_text=EVERY_ROLE)
    may_not_apply = declared(Criterion, "may_not_apply", _("May be marked “does not apply”"))
    guidance = declared(Criterion, "guidance", _("Guidance for the marker"))
    asks_when_cut = declared(Criterion, "asks_when_cut", ASKS, help_text=ASKS_AS_AROUND)
    citation = declared(Criterion, "citation", CITATION)


def _layout() -> BlockGroup:
    return BlockGroup(
        children=["code", "title", "max", "criteria"],
        settings=["roles", "may_not_apply", "guidance", "asks_when_cut", "citation"],
    )


class _Criteria(blocks.StreamBlock):
    """Criteria without groups, the lowest level of the tree."""

    criterion = CriterionBlock()


class SubgroupBlock(_GroupBlock):
    """A group inside a group."""

    criteria = _Criteria(required=False, label=_("Criteria of the group"), collapsed=True)

    class Meta:
        form_classname = "struct-block fw-group"
        form_layout = _layout()
        label = _("Group of criteria")
        label_format = "{code} · {title} · {max}"
        icon = "list-ul"


class _CriteriaAndSubgroups(blocks.StreamBlock):
    """Criteria, alone or in groups."""

    criterion = CriterionBlock()
    group = SubgroupBlock()


class GroupBlock(_GroupBlock):
    """A group of criteria, perhaps with groups inside."""

    criteria = _CriteriaAndSubgroups(required=False, label=_("Criteria of the group"), collapsed=True)

    class Meta:
        form_classname = "struct-block fw-group"
        form_layout = _layout()
        label = _("Group of criteria")
        label_format = "{code} · {title} · {max}"
        icon = "list-ul"


class CriteriaTree(blocks.StreamBlock):
    """The criteria of a section: alone, in groups, in groups of groups."""

    criterion = CriterionBlock()
    group = GroupBlock()


class CriteriaSectionBlock(PrefilledBlock):
    """A section whose points are those of its criteria."""

    code = declared(Section, "code", CODE)
    title = declared(Section, "title", TITLE)
    max = declared(Section, "max", MAX)
    # Points of criteria are always added up; the setting is kept, unseen, for the source that it carries.
    combine = declared(Section, "combine", _("How the criteria become points"))
    criteria = CriteriaTree(required=False, label=_("Criteria"), collapsed=True)
    not_applicable = declared(Section, "not_applicable", _("When a criterion does not apply"))
    asks_when_cut = declared(Section, "asks_when_cut", ASKS, help_text=ASKS_AS_AROUND)
    citation = declared(Section, "citation", CITATION)

    class Meta:
        form_classname = "struct-block fw-section"
        form_layout = BlockGroup(
            children=["code", "title", "max", "criteria"],
            settings=["not_applicable", "asks_when_cut", "combine", "citation"],
        )
        label_format = "{title} · {max}"
