"""Rules of marking that hold for the whole framework."""

from __future__ import annotations

from dataclasses import dataclass

from cms.scoring.definition.words import ASKED
from cms.scoring.shape import Choice, Setting, Sourced, cited, declare


@dataclass(frozen=True)
class MarkRules:
    """What a mark needs beside itself.

    ``asks_when_cut`` is asked of who gives less than the maximum of a criterion, or takes points off in a section of
    deductions; a section, a group and a criterion may each say otherwise, and the innermost that speaks holds.
    """

    asks_when_cut: Setting[str] = declare(
        Sourced(Choice(ASKED)),
        cited("nothing", "Nghị định không nêu; do địa phương quy định"),
        note="A comment, evidence or both, where points are cut",
    )
