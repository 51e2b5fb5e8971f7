"""Who reads what of the ledger. The rule needs memberships, which live in a room above this one, so it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from cms.audit.models import AuditEvent, AuditEventQuerySet


class LedgerScope(Protocol):
    """What the room of agencies and people knows about reading the ledger."""

    def readable_by(self, user: Any) -> AuditEventQuerySet:
        """Return the events that a person may read."""

    def reads_content(self, user: Any, event: AuditEvent) -> bool:
        """Return whether the person may also read what was before and after, and why."""

    def agency_codes(self, text: str) -> list[str]:
        """Return the codes of the agencies that a search text finds."""

    def agency_names(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the names of agencies by code."""


class _Nothing:
    def readable_by(self, user: Any) -> AuditEventQuerySet:
        return AuditEvent.objects.none()

    def reads_content(self, user: Any, event: AuditEvent) -> bool:
        return False

    def agency_codes(self, text: str) -> list[str]:
        return []

    def agency_names(self, codes: Iterable[str]) -> dict[str, str]:
        return {}


_scopes: list[LedgerScope] = [_Nothing()]


def use_scope(scope: LedgerScope) -> None:
    """Let the screens ask this scope from now on."""
    _scopes.append(scope)


def current_scope() -> LedgerScope:
    """Return the scope in use; until one is handed in, nobody reads anything."""
    return _scopes[-1]


# Takes out of events, or words otherwise, what a room above knows more about; the events are never saved again.
Veil = Callable[[Any, Sequence[AuditEvent]], None]
_veils: list[Veil] = []


def add_veil(veil: Veil) -> None:
    """Let the screens ask this veil too from now on."""
    _veils.append(veil)


def veiled(user: Any, events: Sequence[AuditEvent]) -> Sequence[AuditEvent]:
    """Return the events without what the person may not read of them."""
    for event in events:
        if not current_scope().reads_content(user, event):
            event.before, event.after, event.reason = {}, {}, ""
    for veil in _veils:
        veil(user, events)
    return events
