"""Look for what is unusual in a month of each agency's work."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.assignments.actions import find_all_signals


class Command(BaseCommand):
    help = "Look for what is unusual in a month of work, for people to look at. Run it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", type=_month, help="2026-11; this month when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        month = options["month"] or timezone.localdate().replace(day=1)
        standing = sum(find_all_signals(month))
        self.stdout.write(f"Tháng {month:%m/%Y}: {standing} dấu hiệu cần xem.")


def _month(text: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{text}-01")
