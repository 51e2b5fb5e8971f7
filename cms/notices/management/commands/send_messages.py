"""Send the e-mails that could not be sent before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.notices.actions import make_digests, send_due
from cms.notices.models import Message


class Command(BaseCommand):
    help = (
        "Send the e-mails of messages that wait or failed and are due, and once a day what people chose to hear once a "
        "day. Run it every five minutes: safe to repeat, and while another run is at work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        gathered = sum(make_digests())
        sent = sum(send_due())
        self.stdout.write(f"Đã gom {gathered} thư trong ngày.")
        self.stdout.write(f"Đã gửi {sent} thư; {Message.objects.overdue().count()} thư chờ quá một ngày.")
