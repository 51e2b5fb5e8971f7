"""Remind agencies of the last day of a round."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.catalogs.actions import remind_of_deadlines


class Command(BaseCommand):
    help = (
        "Remind agencies that have not sent their list, 7, 3 and 1 days before the last day of their round and after "
        "it. Run it once a day; who was reminded on a day is not again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã nhắc {len(remind_of_deadlines())} cơ quan.")
