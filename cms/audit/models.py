"""The ledger of acts: append-only, each row sealed by the hash of the one before it."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.audit import acts
from cms.core.triggers import Trigger, key_taken

# What the first row's hash is chained to.
GENESIS = "0" * 64


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reads over the ledger."""

    def without_content(self) -> AuditEventQuerySet:
        """Return the events for a list: what was before and after, which may be a thousand items, stays where it is."""
        return self.defer("before", "after")

    def by_people(self, accounts: models.QuerySet[Any]) -> AuditEventQuerySet:
        """Return what the owners of some accounts did."""
        return self.filter(actor_id__in=accounts.values("pk"))

    def about(self, model: type[models.Model]) -> AuditEventQuerySet:
        """Return what was done to things of one kind."""
        return self.filter(subject_type=model._meta.label_lower)

    def done(self, *codes: str) -> AuditEventQuerySet:
        """Return events of these acts, also those that hold a former code; raises InvalidAct for an unknown act."""
        return self.filter(action__in=[known for code in codes for known in acts.require(code).codes])

    def between(self, first: datetime.date | None, last: datetime.date | None) -> AuditEventQuerySet:
        """Return what happened from a day to a day, in the province's time zone."""
        found = self
        if first:
            found = found.filter(at__gte=_midnight(first))
        if last:
            found = found.filter(at__lt=_midnight(last + datetime.timedelta(days=1)))
        return found


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


class AuditEvent(models.Model):
    """One act of one person. No foreign keys: the ledger outlives what it speaks of, and never gets in its way."""

    sequence = models.PositiveBigIntegerField(_("number"), unique=True, editable=False)
    at = models.DateTimeField(_("time"), editable=False)
    actor_id = models.BigIntegerField(null=True, editable=False)
    actor_name = models.CharField(_("who"), max_length=150, editable=False)
    action = models.CharField(_("action"), max_length=64, editable=False)
    subject_type = models.CharField(max_length=64, editable=False)
    subject_id = models.CharField(max_length=64, editable=False)
    subject_label = models.CharField(_("on what"), max_length=300, editable=False)
    agency_code = models.CharField(_("agency"), max_length=64, blank=True, editable=False)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder, editable=False)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    request_id = models.CharField(max_length=32, blank=True, editable=False)
    previous_hash = models.CharField(max_length=64, editable=False)
    hash = models.CharField(_("seal"), max_length=64, unique=True, editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-sequence"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["agency_code", "-sequence"], name="audit_agency"),
            models.Index(fields=["action", "sequence"], name="audit_action"),
            models.Index(fields=["actor_id", "action"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject_label}"

    @property
    def holds_content(self) -> bool:
        """Return whether what was before and after has been read, too."""
        return not {"before", "after"} & self.get_deferred_fields()

    def sealed_content(self) -> dict[str, Any]:
        """Return everything that the hash covers, in plain values."""
        return {
            "sequence": self.sequence,
            "at": self.at.isoformat(timespec="microseconds"),
            "actor_id": self.actor_id,
            "actor_name": self.actor_name,
            "action": self.action,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "subject_label": self.subject_label,
            "agency_code": self.agency_code,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "request_id": self.request_id,
            "previous_hash": self.previous_hash,
        }

    def compute_hash(self) -> str:
        """Return the SHA-256 of the row's content and the hash before it, as 64 hex digits."""
        content = json.dumps(self.sealed_content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


class AuditHead(models.Model):
    """The single row that says where the chain ends; locking it puts writers in a line."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


_TABLE = "audit_auditevent"
_HEAD = "audit_audithead"
_HEAD_MESSAGE = "the head of the ledger only moves on to the next event"
# A head is written where there is none, at the end of what there is: at the beginning, or by who repairs the ledger.
_END = f"(SELECT COALESCE(MAX(sequence), 0) FROM {_TABLE})"  # noqa: S608
_HEAD_BEGINS = f"EXISTS (SELECT 1 FROM {_HEAD}) OR NEW.sequence <> {_END}"  # noqa: S608
_KNOWN = f"EXISTS (SELECT 1 FROM {_TABLE} WHERE sequence = NEW.sequence AND hash = NEW.hash)"  # noqa: S608
_HEAD_LEAVES = f"NEW.id <> OLD.id OR NEW.sequence <> OLD.sequence + 1 OR NOT {_KNOWN}"
_TAKEN = key_taken(_TABLE, "id", "sequence", "hash")
AUDIT_TRIGGERS = [
    Trigger("audit_event_no_update", _TABLE, "UPDATE", "TRUE", "audit events never change"),
    Trigger("audit_event_no_delete", _TABLE, "DELETE", "TRUE", "audit events are never deleted"),
    Trigger("audit_event_no_replace", _TABLE, "INSERT", _TAKEN, "audit events are never replaced"),
    Trigger("audit_head_no_delete", _HEAD, "DELETE", "TRUE", "the head of the ledger is never deleted"),
    Trigger("audit_head_begins", _HEAD, "INSERT", _HEAD_BEGINS, _HEAD_MESSAGE),
    Trigger("audit_head_moves_on", _HEAD, "UPDATE", _HEAD_LEAVES, _HEAD_MESSAGE),
]
