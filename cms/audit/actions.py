"""Writing to the ledger. Every action of the project calls record() inside its own transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal
from typing import Any

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, router, transaction
from django.utils import timezone

from cms.audit import acts
from cms.audit.models import AuditEvent, AuditHead
from cms.core.bulk import insert_rows
from cms.core.middleware import current_request_id

# What the ledger calls an act that no person did: a scheduled publication, a command.
SYSTEM_NAME = "Hệ thống"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One act that is to be recorded: as ``record`` takes it."""

    action: str
    subject: models.Model
    label: str = ""
    agency_code: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


@transaction.atomic
def record(
    *,
    by: Any,
    action: str,
    subject: models.Model,
    label: str = "",
    agency_code: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Append one event to the chain.

    ``action`` is the code of a registered act ("catalog_version.submit"); any other raises InvalidAct. ``before`` and
    ``after`` hold plain values only; Decimals and dates are written as text. The head row is locked, so events of
    parallel transactions get consecutive numbers.
    """
    entry = Entry(
        action=action, subject=subject, label=label, agency_code=agency_code, before=before or {}, after=after or {},
        reason=reason,
    )  # fmt: skip
    head = _locked_head()
    event = _event(head, by, entry)
    event.save(force_insert=True)
    head.save(update_fields=["sequence", "hash"])
    return event


@transaction.atomic
def record_many(*, by: Any, entries: Sequence[Entry]) -> None:
    """Append many events by one person, in their order, in a few statements; each is as ``record`` would write it."""
    if not entries:
        return
    head = _locked_head()
    events = [_event(head, by, entry) for entry in entries]
    insert_rows(AuditEvent, _COLUMNS, ([getattr(event, name) for name in _COLUMNS] for event in events))
    # The database lets the head move on by one event at a time, and only to one that is there.
    with connections[router.db_for_write(AuditHead)].cursor() as cursor:
        cursor.executemany(_MOVE_ON, [(event.sequence, event.hash, head.pk) for event in events])


def _locked_head() -> AuditHead:
    return AuditHead.objects.select_for_update().get_or_create(pk=1)[0]


def _event(head: AuditHead, by: Any, entry: Entry) -> AuditEvent:
    """Return the next event, and move ``head`` on to it."""
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=timezone.now().astimezone(UTC),
        actor_id=by.pk if by is not None else None,
        actor_name=(str(by) if by is not None else SYSTEM_NAME)[:150],
        action=acts.require(entry.action).code,
        subject_type=entry.subject._meta.label_lower,
        subject_id=str(entry.subject.pk),
        subject_label=(entry.label or str(entry.subject))[:300],
        agency_code=entry.agency_code,
        before=plain_values(entry.before),
        after=plain_values(entry.after),
        reason=entry.reason,
        request_id=current_request_id(),
        previous_hash=head.hash,
    )
    event.hash = event.compute_hash()
    head.sequence, head.hash = event.sequence, event.hash
    return event


_COLUMNS = [one.name for one in AuditEvent._meta.concrete_fields if not one.primary_key]
_MOVE_ON = f"UPDATE {AuditHead._meta.db_table} SET sequence = %s, hash = %s WHERE id = %s"  # noqa: S608 - our names


class _LedgerEncoder(DjangoJSONEncoder):
    """Writes what a value points to by its name: the ledger holds no keys of other tables."""

    def default(self, o: Any) -> Any:
        return str(o) if isinstance(o, models.Model) else super().default(o)


_ENCODER = _LedgerEncoder()


def _as_text(value: Any) -> Any:
    """Return what JSON does not know as the encoder would; numbers and days, of which there are most, at once."""
    kind = type(value)
    if kind is Decimal:
        return str(value)
    return value.isoformat() if kind is date else _ENCODER.default(value)


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as JSON will give them back, so that the hash is the same before and after storage."""
    try:
        written: bytes | str = orjson.dumps(values, _as_text, orjson.OPT_PASSTHROUGH_DATETIME)
    except orjson.JSONEncodeError:
        # What only the slower way can write: numbers of more than 64 bits, halves of characters, keys that are no text.
        written = json.dumps(values, cls=_LedgerEncoder)
    plain: dict[str, Any] = json.loads(written)
    return plain
