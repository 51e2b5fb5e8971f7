"""Levels, conditions, what holds a level down, and how many may hold one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup

from cms.frameworks.blocks.declared import declared
from cms.frameworks.blocks.prefill import PrefilledBlock
from cms.frameworks.blocks.sections import CITATION, CODE, EVERY_ROLE, FOR_ROLES, TITLE
from cms.frameworks.blocks.words import METRICS
from cms.scoring.definition.classification import (
    Cap,
    Classification,
    Comparison,
    Condition,
    Disqualifier,
    LevelRule,
    Metric,
)
from cms.scoring.definition.scores import ScoreComparison


class ComparisonBlock(blocks.StructBlock):
    """A metric from the menu, or one of the framework's own, compared with a value."""

    metric = blocks.ChoiceBlock(
        choices=[("", _("(another, by its code)")), *METRICS.items()], required=False, label=_("Metric")
    )
    own_metric = declared(Comparison, "metric", _("Code of the metric"))
    operator = declared(Comparison, "operator", _("Operator"))
    value = declared(Comparison, "value", _("Value"))

    class Meta:
        form_classname = "struct-block fw-row fw-comparison"
        label = _("Comparison")
        label_format = "{metric}{own_metric} {operator} {value}"
        icon = "order"


class ScoreComparisonBlock(blocks.StructBlock):
    """What a section or a criterion scored, compared with a value."""

    of = declared(ScoreComparison, "of", _("Score of"))
    code = declared(ScoreComparison, "code", _("Code of the section or criterion"))
    operator = declared(ScoreComparison, "operator", _("Operator"))
    value = declared(ScoreComparison, "value", _("Value"))
    unit = declared(ScoreComparison, "unit", _("Counted in"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Comparison of a score")
        label_format = "{code} {operator} {value}"
        icon = "order"


class ConditionBlock(blocks.StructBlock):
    """A condition: it holds when any of its comparisons holds."""

    title = declared(Condition, "title", _("The condition in words"))
    any = blocks.ListBlock(
        ComparisonBlock(),
        default=[],
        label=_("Holds when any of these holds"),
        help_text=_("One line is enough; several lines are joined by “or”. Several conditions are joined by “and”."),
        collapsed=True,
    )
    scores = blocks.ListBlock(
        ScoreComparisonBlock(),
        default=[],
        label=_("Or the score of a section or criterion"),
        help_text=_(
            "Such as 25 points or more for the common criteria. In a deduction section it is what was deducted: "
            "nothing deducted is exactly 0."
        ),
        collapsed=True,
    )
    roles = declared(Condition, "roles", FOR_ROLES, help_text=EVERY_ROLE)
    citation = declared(Condition, "citation", CITATION)

    class Meta:
        form_classname = "struct-block fw-condition"
        form_layout = BlockGroup(children=["title", "any", "scores"], settings=["roles", "citation"])
        label = _("Condition")
        label_format = "{title}"
        icon = "check"


class LevelBlock(PrefilledBlock):
    """A level: from how many points, and with which conditions."""

    level = declared(LevelRule, "level", _("Level"))
    title = declared(LevelRule, "title", _("As it is written"))
    from_ = declared(LevelRule, "from_", _("From (points)"))
    conditions = blocks.ListBlock(ConditionBlock(), default=[], label=_("Conditions, all of them"), collapsed=True)
    citation = declared(LevelRule, "citation", CITATION)

    class Meta:
        form_classname = "struct-block fw-level"
        label = _("Level")
        label_format = "{title} · ≥ {from_}"
        icon = "order"
        from_decree = staticmethod(lambda definition: definition.classification.levels[0])


class DisqualifierBlock(blocks.StructBlock):
    """What holds a level down whatever the score."""

    code = declared(Disqualifier, "code", CODE)
    title = declared(Disqualifier, "title", TITLE)
    level = declared(Disqualifier, "level", _("The highest level that is left"))
    document = declared(Disqualifier, "document", _("The document that establishes it"))
    when = blocks.ListBlock(
        ConditionBlock(),
        default=[],
        label=_("It is there when all of these hold"),
        help_text=_("Leave empty when a person ticks it."),
        collapsed=True,
    )
    unless = declared(
        Disqualifier,
        "unless",
        _("Unless this ground is ticked"),
        help_text=_("Its code; then the authority decides. force_majeure stands for force majeure."),
    )
    roles = declared(Disqualifier, "roles", FOR_ROLES, help_text=EVERY_ROLE)
    citation = declared(Disqualifier, "citation", CITATION)

    class Meta:
        form_classname = "struct-block fw-disqualifier"
        form_layout = BlockGroup(
            children=["code", "title", "level", "document"], settings=["roles", "when", "unless", "citation"]
        )
        label = _("What holds a level down")
        label_format = "{title}"
        icon = "warning"


class MetricBlock(blocks.StructBlock):
    """A figure of the framework's own that conditions may ask for."""

    code = declared(Metric, "code", CODE)
    title = declared(Metric, "title", TITLE)
    kind = declared(Metric, "kind", _("Kind"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Metric of its own")
        label_format = "{title}"
        icon = "decimal"


class CapBlock(blocks.StructBlock):
    """How many may hold a level: computed, ranked and shown; a person decides."""

    level = declared(Cap, "level", _("Level"))
    rate = declared(Cap, "rate", _("At most (%)"))
    base = declared(Cap, "base", _("Of whom"))
    groups = declared(Cap, "groups", _("Counted"))
    exception_rate = declared(Cap, "exception_rate", _("With outstanding achievements at most (%)"))
    exception_needs = declared(Cap, "exception_needs", _("What the exception needs"))
    small_groups = declared(Cap, "small_groups", _("Small groups"))

    class Meta:
        form_classname = "struct-block fw-settings"
        label = _("Cap on a level")
        label_format = "{level}"
        icon = "lock"


class WhenConditionsFailBlock(blocks.StructBlock):
    """What happens to points of a level without its conditions."""

    when_conditions_fail = declared(
        Classification, "when_conditions_fail", _("Points of a level, but its conditions fail")
    )

    class Meta:
        form_classname = "struct-block fw-settings"
        label = _("When conditions fail")
        label_format = ""
        icon = "help"
