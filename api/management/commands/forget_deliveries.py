"""Remove old deliveries of webhooks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from api.webhooks.models import RETENTION, WebhookDelivery

_STEP = 1000


class Command(BaseCommand):
    help = (
        f"Remove deliveries of webhooks that are over, with their tries, after {RETENTION.days} days. "
        "Meant to run every night; safe to repeat. What happened stays in the ledger, and can be sent again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        removed = 0
        while keys := list(WebhookDelivery.objects.outlived().values_list("pk", flat=True)[:_STEP]):
            WebhookDelivery.objects.filter(pk__in=keys).delete()
            removed += len(keys)
        self.stdout.write(f"{removed} deliveries removed.")
