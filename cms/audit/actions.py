"""Writing to the ledger. Every action of the project calls record() inside its own transaction."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from cms.audit import acts
from cms.audit.models import AuditEvent, AuditHead
from cms.core.middleware import current_request_id

# What the ledger calls an act that no person did: a scheduled publication, a command.
SYSTEM_NAME = "Hệ thống"


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
    act = acts.require(action)
    head, _created = AuditHead.objects.select_for_update().get_or_create(pk=1)
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=timezone.now().astimezone(UTC),
        actor_id=by.pk if by is not None else None,
        actor_name=(str(by) if by is not None else SYSTEM_NAME)[:150],
        action=act.code,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=(label or str(subject))[:300],
        agency_code=agency_code,
        before=plain_values(before or {}),
        after=plain_values(after or {}),
        reason=reason,
        request_id=current_request_id(),
        previous_hash=head.hash,
    )
    event.hash = event.compute_hash()
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event


class _LedgerEncoder(DjangoJSONEncoder):
    """Writes what a value points to by its name: the ledger holds no keys of other tables."""

    def default(self, o: Any) -> Any:
        return str(o) if isinstance(o, models.Model) else super().default(o)


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as JSON will give them back, so that the hash is the same before and after storage."""
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=_LedgerEncoder))
    return plain
