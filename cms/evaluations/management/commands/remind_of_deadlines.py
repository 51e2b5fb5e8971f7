"""Remind agencies of the last day of a round, and of the clocks of the year."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.catalogs.actions import remind_of_deadlines
from cms.evaluations.actions import remind_of_clocks


class Command(BaseCommand):
    help = (
        "Remind agencies that have not sent their list, 7, 3 and 1 days before the last day of their round and after "
        "it, and of what the year's calendar asks for. Run it once a day; who was reminded on a day is not again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã nhắc {len(remind_of_deadlines())} cơ quan.")
        self.stdout.write(f"Đã nhắc {remind_of_clocks()} người việc theo lịch năm.")
