"""Where webhooks go, what is on its way there, and what came of each try."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from api.clients.models import ApiClient
from api.webhooks.addresses import LONGEST
from cms.organisations.permissions import can_administer

# For so long deliveries that are over, with the log of their tries, are kept.
RETENTION = datetime.timedelta(days=90)
# How long a claimed delivery is left to whoever claimed it; a try is over long before.
LEASE = datetime.timedelta(minutes=1)


class EndpointState(models.TextChoices):
    """Whether events are sent."""

    ON = "on", _("Switched on")
    OFF = "off", _("Switched off")


class OffReason(models.TextChoices):
    """Why an endpoint was switched off."""

    BY_HAND = "by_hand", _("by an administrator")
    GONE = "gone", _("the receiver said that it is gone for good (410)")
    FAILING = "failing", _("nothing has arrived for five days")


class DeliveryState(models.TextChoices):
    """Where one event stands on its way to one endpoint."""

    PENDING = "pending", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    DEAD = "dead", _("Given up")


class DeliveryError(models.TextChoices):
    """What went wrong where there is no status."""

    ADDRESS_REFUSED = "address_refused", _("the address is not allowed")
    UNKNOWN_NAME = "unknown_name", _("no machine has this name")
    NO_CONNECTION = "no_connection", _("no connection")
    TLS = "tls", _("no certificate that holds")
    TIMEOUT = "timeout", _("no answer in time")
    BROKEN_OFF = "broken_off", _("the connection broke off")
    NOT_MADE = "not_made", _("the event could not be put together")
    NOT_READABLE = "not_heard", _("no longer for this program to read")


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    """Reads over endpoints."""

    def sending(self) -> WebhookEndpointQuerySet:
        """Return endpoints that are on, of programs that are not revoked, with the account that each acts by."""
        return self.filter(state=EndpointState.ON, client__revoked_at__isnull=True).select_related("client__user")

    def followed_by(self, user: Any) -> WebhookEndpointQuerySet:
        """Return endpoints whose log somebody reads: a program its own, technical administrators every one."""
        return self if can_administer(user) else self.filter(client__user_id=user.pk)


class WebhookEndpoint(models.Model):
    """An address of a program, and which events it wants."""

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="webhooks", verbose_name=_("API client"))
    url = models.CharField(_("address"), max_length=LONGEST)
    # Types of events; all that the program may read when empty.
    types = models.JSONField(_("types of events"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=3, choices=EndpointState.choices, default=EndpointState.ON)
    off_reason = models.CharField(max_length=8, choices=OffReason.choices, blank=True)
    # The number in the ledger after which events are sent.
    since = models.PositiveBigIntegerField(default=0)
    # Encrypted (``api.webhooks.secrets``); the one before signs too until its time is over.
    secret = models.TextField()
    previous_secret = models.TextField(blank=True)
    previous_until = models.DateTimeField(null=True)
    # Since when nothing has arrived; empty while all is well.
    failing_since = models.DateTimeField(null=True)
    last_delivered_at = models.DateTimeField(_("last delivered"), null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def sealed_secrets(self) -> list[str]:
        """Return the secrets that sign now, the newest first, as they are kept."""
        is_rotating = self.previous_until is not None and self.previous_until > timezone.now()
        return [self.secret, self.previous_secret] if is_rotating else [self.secret]


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Reads over deliveries."""

    def due(self) -> WebhookDeliveryQuerySet:
        """Return those whose time to be tried has come."""
        return self.filter(state=DeliveryState.PENDING, next_try_at__lte=timezone.now())

    def at_rest(self) -> WebhookDeliveryQuerySet:
        """Return those that nobody is trying now: over, or waiting for a later try than a lease may last."""
        return self.exclude(state=DeliveryState.PENDING, next_try_at__lte=timezone.now() + LEASE)

    def outlived(self) -> WebhookDeliveryQuerySet:
        """Return those that are over and were made longer ago than they are kept."""
        return self.exclude(state=DeliveryState.PENDING).filter(made_at__lt=timezone.now() - RETENTION)


class WebhookDelivery(models.Model):
    """One event on its way to one endpoint."""

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    # The event's number in the ledger; 0 is a trial, which has no content.
    sequence = models.PositiveBigIntegerField()
    type = models.CharField(_("type of event"), max_length=64)
    state = models.CharField(_("state"), max_length=9, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    # Of one that is being tried: when it is given to another process, should this one have died.
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    last_status = models.PositiveSmallIntegerField(_("last answer"), null=True)
    last_error = models.CharField(max_length=16, choices=DeliveryError.choices, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "sequence"], condition=~Q(sequence=0), name="delivery_once")
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="pending"), name="delivery_due"),
            models.Index(fields=["endpoint", "state", "-id"], name="delivery_log"),
            models.Index(fields=["made_at"], name="delivery_age"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def is_at_rest(self) -> bool:
        """Return whether nobody is trying it now, as ``at_rest`` has it."""
        return self.state != DeliveryState.PENDING or self.next_try_at > timezone.now() + LEASE

    @property
    def message_id(self) -> str:
        """Return what the receiver knows it by, the same at every try."""
        return f"evt_{self.sequence}" if self.sequence else f"test_{self.pk}"


class DeliveryAttempt(models.Model):
    """What came of one try."""

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="log")
    at = models.DateTimeField(_("time"), default=timezone.now)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    answer = models.TextField(_("beginning of the answer"), blank=True)
    error = models.CharField(max_length=16, choices=DeliveryError.choices, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.status or self.error}"


class WebhookCursor(models.Model):
    """The single row that says up to which event of the ledger deliveries were made."""

    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.sequence)
