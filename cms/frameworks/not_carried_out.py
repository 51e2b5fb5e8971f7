"""What a framework states and no program carries out yet: never shown as if it were in force.

Who writes the reader of a setting takes it off this list; a test compares the list with the readers that there are.
"""

from __future__ import annotations

from cms.scoring.definition.periods import Periods, Procedure
from cms.scoring.definition.work import WorkRules

_SETTINGS: dict[type, frozenset[str]] = {
    Periods: frozenset({"marks_given"}),
    Procedure: frozenset(
        {
            "classified_before", "special_before", "petition_days", "sync_days", "sync_counts", "changed_agency",
            "several_posts", "seconded",
        }
    ),
    WorkRules: frozenset({"unplanned", "leaders_work"}),
}  # fmt: skip


def is_carried_out(part: type, name: str) -> bool:
    """Say whether a program does what this field of a declared part states."""
    return name not in _SETTINGS.get(part, frozenset())
