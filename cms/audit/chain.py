"""Walking the ledger and finding what was done to it behind our back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.audit.models import GENESIS, AuditEvent
from cms.audit.outside_head import Head


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: at event ``sequence``, because of ``reason``."""

    sequence: int
    reason: str  # changed | removed_or_inserted | relinked | cut_off | head_differs | head_missing


def find_breaks(events: Iterable[AuditEvent], *, head: Head | None, outside_heads: Sequence[Head] = ()) -> list[Break]:
    """Check every event in order of sequence and return all breaks.

    ``head`` is the database's own record of the end, ``outside_heads`` are heads written down elsewhere earlier.
    Changed content shows in the row's own hash, a removed, inserted or swapped row in the numbering or the links, a
    cut-off end in any head; events without the database's own head are a break as well.
    """
    breaks: list[Break] = []
    expected, previous, hashes = 1, GENESIS, {0: GENESIS}
    asked = {sequence for sequence, _hash in outside_heads}
    for event in events:
        if event.sequence != expected:
            breaks.append(Break(event.sequence, "removed_or_inserted"))
        if event.previous_hash != previous:
            breaks.append(Break(event.sequence, "relinked"))
        if event.compute_hash() != event.hash:
            breaks.append(Break(event.sequence, "changed"))
        expected, previous = event.sequence + 1, event.hash
        if event.sequence in asked:
            hashes[event.sequence] = event.hash
    last = expected - 1
    return breaks + _compare_heads(
        (last, previous), head, [each for each in outside_heads if hashes.get(each[0]) != each[1]]
    )


def _compare_heads(end: Head, head: Head | None, lost: Sequence[Head]) -> list[Break]:
    last = end[0]
    breaks = [Break(last, "cut_off" if sequence > last else "head_differs") for sequence, _hash in lost]
    if head is None and last:
        breaks.append(Break(last, "head_missing"))
    if head is not None and head != end:
        breaks.append(Break(last, "head_differs"))
    return breaks
