"""Remove answers that are no longer given again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from api.models import StoredResponse


class Command(BaseCommand):
    help = (
        "Remove the answers of the API that were kept under an Idempotency-Key for more than a day. "
        "Meant to run every night; safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count, _by_model = StoredResponse.objects.outlived().delete()
        self.stdout.write(f"{count} answers removed.")
