"""Walking the ledger and finding what was done to it behind our back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cms.audit.models import GENESIS, AuditEvent


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: at event ``sequence``, because of ``reason``."""

    sequence: int
    reason: str  # changed | removed_or_inserted | relinked | cut_off | head_differs


def find_breaks(
    events: Iterable[AuditEvent], *, head: tuple[int, str] | None, kept: tuple[int, str] | None = None
) -> list[Break]:
    """Check every event in order of sequence and return all breaks.

    ``head`` is the database's own record of the end, ``kept`` a (sequence, hash) written down elsewhere earlier.
    Changed content shows in the row's own hash, a removed, inserted or swapped row in the numbering or the links, a
    cut-off end in either head.
    """
    breaks: list[Break] = []
    expected, previous, hashes = 1, GENESIS, {0: GENESIS}
    for event in events:
        if event.sequence != expected:
            breaks.append(Break(event.sequence, "removed_or_inserted"))
        if event.previous_hash != previous:
            breaks.append(Break(event.sequence, "relinked"))
        if event.compute_hash() != event.hash:
            breaks.append(Break(event.sequence, "changed"))
        expected, previous = event.sequence + 1, event.hash
        if kept and event.sequence == kept[0]:
            hashes[kept[0]] = event.hash
    last = expected - 1
    if head and head != (last, previous):
        breaks.append(Break(last, "head_differs"))
    if kept and hashes.get(kept[0]) != kept[1]:
        breaks.append(Break(last, "cut_off" if kept[0] > last else "head_differs"))
    return breaks
