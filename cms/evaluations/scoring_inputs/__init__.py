"""Where rows become numbers, and nowhere else: subjects for the scoring engine out of work, plan tasks, marks, facts.

Everything is read as columns, one query a table, for the evaluations of one period.
"""

from cms.evaluations.scoring_inputs.leading import Leading
from cms.evaluations.scoring_inputs.longer import longer_subjects
from cms.evaluations.scoring_inputs.officers import (
    Found,
    PeriodInputs,
    found_of,
    lines_of,
    marks_of,
    read_marks,
)
from cms.evaluations.scoring_inputs.organisations import OrganisationInputs, Tree, inputs_of, leading_of

__all__ = [
    "Found",
    "Leading",
    "OrganisationInputs",
    "PeriodInputs",
    "Tree",
    "found_of",
    "inputs_of",
    "leading_of",
    "lines_of",
    "longer_subjects",
    "marks_of",
    "read_marks",
]
