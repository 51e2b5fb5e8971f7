"""Remove old messages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.notices.models import RETENTION, Message

_STEP = 1000


class Command(BaseCommand):
    help = (
        f"Remove messages after {RETENTION.days} days, but for those whose e-mail is still on its way. "
        "Meant to run every night; safe to repeat. What happened stays in the ledger."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        removed = 0
        while keys := list(Message.objects.outlived().values_list("pk", flat=True)[:_STEP]):
            Message.objects.filter(pk__in=keys).delete()
            removed += len(keys)
        self.stdout.write(f"Đã xóa {removed} tin thông báo.")
