"""Comparing what was decided and published with what the ledger says of it.

A hash in the row itself proves nothing against somebody who can change the row. The ledger's copy is held by its chain,
and the chain by the head outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.audit.actions import plain_values
from cms.audit.models import AuditEvent

REASONS = {
    "changed": _("is not what the ledger holds"),
    "column_differs": _("does not fit the hash that stands beside it"),
    "gone": _("stands in the ledger, but is gone"),
    "unknown": _("is not in the ledger: nobody decided or published it"),
    "decided_twice": _("stands in the ledger twice, with different contents"),
    "not_in_ledger": _("was decided or published before the ledger held this"),
}
# Said, but no alarm: the first events of a province that began with an earlier edition of the platform hold less.
NOTES = frozenset({"not_in_ledger"})


@dataclass(frozen=True)
class StoredRecord:
    """One thing as the database holds it now: what was computed of it, and the hash that its own row says."""

    key: str
    name: str
    facts: dict[str, Any]
    hash: str
    hash_in_row: str


@dataclass(frozen=True)
class Sealed:
    """A kind of things that never change: the action that sealed each, its key in such an event, and all there are."""

    name: Any
    action: str
    key: Callable[[AuditEvent], str]
    stored: Callable[[], Iterable[StoredRecord]]


@dataclass(frozen=True)
class SealDifference:
    """Something that is not as the ledger says; ``fact`` names what, where it is one of several."""

    kind: str
    name: str
    reason: str
    fact: str = ""

    @property
    def is_alarm(self) -> bool:
        """Return whether something was done to it, and not only that the ledger cannot tell."""
        return self.reason not in NOTES

    def __str__(self) -> str:
        fact = f" ({self.fact})" if self.fact else ""
        return f"{self.kind} {self.name}: {REASONS[self.reason]}{fact}"


_kinds: list[Sealed] = []


def add_kind(kind: Sealed) -> None:
    """Have things of this kind compared with the ledger from now on."""
    _kinds.append(kind)


def find_differences() -> Iterator[SealDifference]:
    """Compare all of every kind, one after the other; what is in memory does not grow with the contents."""
    for kind in _kinds:
        yield from _compare(kind)


def _compare(kind: Sealed) -> Iterator[SealDifference]:
    word = str(kind.name)
    sealed: dict[str, tuple[str, dict[str, Any]]] = {}
    events = AuditEvent.objects.done(kind.action).order_by("sequence").defer("before", "reason")
    for event in events.iterator(chunk_size=500):
        # What was decided first counts: an event that is added later does not make a change good.
        label, after = sealed.setdefault(kind.key(event), (event.subject_label, event.after))
        if after != event.after:
            yield SealDifference(word, label, "decided_twice")
    for stored in kind.stored():
        label_and_facts = sealed.pop(stored.key, None)
        if stored.hash != stored.hash_in_row:
            yield SealDifference(word, stored.name, "column_differs")
        if label_and_facts is None:
            yield SealDifference(word, stored.name, "unknown")
            continue
        for fact, value in plain_values(stored.facts).items():
            if fact not in label_and_facts[1]:
                yield SealDifference(word, stored.name, "not_in_ledger", fact)
            elif label_and_facts[1][fact] != value:
                yield SealDifference(word, stored.name, "changed", fact)
    for label, _after in sealed.values():
        yield SealDifference(word, label, "gone")
