"""Tell each officer of what is late or soon due: in the application, and by one digest a day."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.assignments.actions import make_all_notices, send_reminders
from cms.assignments.working_days import read_calendar


class Command(BaseCommand):
    help = "Send today's digests of work that were not sent yet. Run it every hour: who has theirs gets no second one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="whatever the hour and the day of the week")

    def handle(self, *args: Any, **options: Any) -> None:
        now, (first, last) = timezone.localtime(), settings.THUOCDO_REMIND_HOURS
        made = sum(make_all_notices(now.date()))
        self.stdout.write(f"Đã tạo {made} thông báo trong ứng dụng.")
        is_working = read_calendar(now.date(), now.date()).is_working(now.date())
        if not options["now"] and not (is_working and first <= now.hour < last):
            self.stdout.write("Ngoài giờ nhắc việc: không gửi.")
            return
        sent = sum(send_reminders(now.date(), None if options["now"] else now.hour))
        self.stdout.write(f"Đã gửi {sent} thư nhắc việc.")
