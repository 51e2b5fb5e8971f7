"""Which of an indicator's weights holds for somebody and why, and why one counts nothing, in sentences."""

from __future__ import annotations

from cms.scoring import wording as words
from cms.scoring.arithmetic import number
from cms.scoring.definition.sections import Indicator
from cms.scoring.inputs import Subject
from cms.scoring.weights import weight_for


def weight_rule(indicator: Indicator, subject: Subject) -> str:
    """Say which weight of an indicator holds for a subject, for whom it is, and which one it replaces."""
    own = weight_for(indicator, subject.role, subject.position_group)
    if own is None:
        return words.WEIGHT_OWN.format(weight=number(indicator.weight))
    template = words.WEIGHT_BY[bool(own.position_groups), bool(own.roles)]
    return template.format(
        weight=number(own.weight),
        own=number(indicator.weight),
        group=subject.position_group,
        role=words.role_of(subject.role, subject.category),
    )


def why_weightless(indicator: Indicator, subject: Subject) -> str:
    """Say for whom the indicator weighs nothing."""
    own = weight_for(indicator, subject.role, subject.position_group)
    return words.NO_WEIGHT_BY[bool(own.position_groups), True] if own and own.roles else words.NO_WEIGHT
