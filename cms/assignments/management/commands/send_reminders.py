"""Send each officer one digest of what is late or soon due."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.assignments.actions import send_reminders


class Command(BaseCommand):
    help = "Send today's digests of work that were not sent yet. Run it every hour: who has theirs gets no second one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="whatever the hour and the day of the week")

    def handle(self, *args: Any, **options: Any) -> None:
        now, (first, last) = timezone.localtime(), settings.THUOCDO_REMIND_HOURS
        if not options["now"] and (now.weekday() > 4 or not first <= now.hour < last):
            self.stdout.write("Ngoài giờ nhắc việc: không gửi.")
            return
        sent = sum(send_reminders(now.date()))
        self.stdout.write(f"Đã gửi {sent} thư nhắc việc.")
