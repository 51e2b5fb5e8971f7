"""Send the e-mails that could not be sent before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.notices.actions import send_due
from cms.notices.models import Message


class Command(BaseCommand):
    help = (
        "Send the e-mails of messages that wait or failed and are due. Run it every five minutes: safe to repeat, and "
        "while another run is at work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = sum(send_due())
        self.stdout.write(f"Đã gửi {sent} thư; {Message.objects.overdue().count()} thư chờ quá một ngày.")
