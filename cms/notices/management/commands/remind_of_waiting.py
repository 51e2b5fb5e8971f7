"""Tell people on Mondays what waits for them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.notices.actions import remind_of_waiting

_MONDAY = 0


class Command(BaseCommand):
    help = (
        "Tell everybody with a role what waits for them, on Mondays. Run it once a day: on other days it does nothing, "
        "and who was told in a week is not told again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="whatever the day of the week")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["now"] and timezone.localdate().weekday() != _MONDAY:
            self.stdout.write("Không phải thứ Hai: không báo việc chờ.")
            return
        self.stdout.write(f"Đã báo việc đang chờ cho {sum(remind_of_waiting())} người.")
