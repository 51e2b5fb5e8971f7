"""What a framework states and no program carries out yet: never shown as if it were in force.

Who writes the reader of a setting takes it off this list; a test compares the list with the readers that there are.
"""

from __future__ import annotations

from cms.scoring.definition.periods import Procedure

_SETTINGS: dict[type, frozenset[str]] = {
    Procedure: frozenset(
        {
            # The exchange with the national database reads these.
            "sync_days", "sync_counts",
        }
    ),
}  # fmt: skip


def is_carried_out(part: type, name: str) -> bool:
    """Say whether a program does what this field of a declared part states."""
    return name not in _SETTINGS.get(part, frozenset())
