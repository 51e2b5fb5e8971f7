"""Does a definition that can be read also make sense? Publishing refuses everything that is found here.

``check`` goes once through the definition; every problem has the path to its field, a code and what fills its sentence.
"""

from __future__ import annotations

from cms.scoring.definition import Definition
from cms.scoring.problems import Problem
from cms.scoring.validation.codes import CODES
from cms.scoring.validation.lateness import check_lateness
from cms.scoring.validation.levels import check_classification
from cms.scoring.validation.periods import check_periods
from cms.scoring.validation.scores import check_scores
from cms.scoring.validation.sections import check_sections
from cms.scoring.validation.whole import check_whole

__all__ = ["CODES", "check"]


def check(definition: Definition) -> list[Problem]:
    """Return everything for which the definition cannot be published, in the order of its parts."""
    return [
        *check_whole(definition),
        *check_sections(definition),
        *check_classification(definition.classification, definition.roles),
        *check_scores(definition),
        *check_lateness(definition.work),
        *check_periods(definition.periods),
    ]
