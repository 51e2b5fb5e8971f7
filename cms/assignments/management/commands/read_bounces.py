"""Read reports of mail that could not be delivered."""

from __future__ import annotations

import email
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.assignments.actions import bounces_in, note_bounces, read_mailbox

_MOST_BYTES = 10 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Note which reminders and set-up links came back: from a mailbox file (mbox), or one message from standard "
        "input as a mail server hands it over. Other messages are passed over; reading the same twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mailbox", nargs="?", default="-", help="an mbox file; without it, standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        messages = reports = known = 0
        for message in self._messages(options["mailbox"]):
            messages += 1
            bounces = bounces_in(message)
            reports += bool(bounces)
            known += note_bounces(bounces)
        self.stdout.write(f"Đã đọc {messages} thư, {reports} thư báo không gửi được; ghi nhận {known} địa chỉ.")

    def _messages(self, name: str) -> Any:
        if name == "-":
            content = sys.stdin.buffer.read(_MOST_BYTES + 1)
            if len(content) > _MOST_BYTES:
                raise CommandError("Thư lớn hơn 10 MiB; không đọc.")
            return [email.message_from_bytes(content)] if content.strip() else []
        if not Path(name).is_file():
            raise CommandError(f"Không có tệp {name}.")
        return read_mailbox(Path(name))
