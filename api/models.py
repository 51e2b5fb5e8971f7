"""Answers given under an Idempotency-Key, so that what is sent twice happens once; API clients; and webhooks."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from api.clients.models import ApiClient as ApiClient
from api.clients.models import ApiSecret as ApiSecret
from api.clients.models import ApiToken as ApiToken
from api.webhooks.models import DeliveryAttempt as DeliveryAttempt
from api.webhooks.models import WebhookCursor as WebhookCursor
from api.webhooks.models import WebhookDelivery as WebhookDelivery
from api.webhooks.models import WebhookEndpoint as WebhookEndpoint

# For so long an answer is given again.
RETENTION = datetime.timedelta(hours=24)
# An act is over long before this; one that is not has lost its process.
PATIENCE = datetime.timedelta(minutes=5)


class StoredResponseQuerySet(models.QuerySet["StoredResponse"]):
    """Answers, and claims on keys whose act is under way."""

    def outlived(self) -> StoredResponseQuerySet:
        """Return those whose time is over."""
        return self.filter(began_at__lt=timezone.now() - RETENTION)


class StoredResponse(models.Model):
    """What one person was answered under one key at one address; without a status while the act is under way."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    # SHA-256 of what was sent: another content under the same key is a mistake of the caller.
    content = models.CharField(max_length=64)
    # Which process carries the act out; one that was given up by others finds another one here.
    claim = models.UUIDField(default=uuid.uuid4)
    began_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    # As it was written: a JSON column may reorder keys, and the same answer is the same bytes.
    body = models.BinaryField(default=b"")

    objects = StoredResponseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "address", "key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["began_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return f"{self.address} {self.key}"

    @property
    def is_over(self) -> bool:
        """Return whether the key may be used for something else: its answer is old, or its process died."""
        age = timezone.now() - self.began_at
        return age > RETENTION or (self.status is None and age > PATIENCE)
