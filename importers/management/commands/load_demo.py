"""Load the demo province."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.demo import personal
from importers.demo.load import ACCOUNTS, PASSWORD, load


class Command(BaseCommand):
    help = "Load a fictitious province with catalogs in every state, and one account a role. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="http://localhost:8000", help="where the demo will be served")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's accounts have a known password: it is loaded only where DEBUG is on.")
        for line in load():
            self.stdout.write(f"  {line}")
        self.stdout.write(f"\nĐịa chỉ công khai: {options['address']}/\nTrang quản trị:    {options['address']}/admin/")
        self.stdout.write(f"Tài khoản (mật khẩu chung: {PASSWORD}):")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<14} {account.label}")
        self.stdout.write(f"Công chức, vào {options['address']}/cua-toi/ (cùng mật khẩu):")
        for posting in personal.postings():
            if owner := posting.officer.account:
                self.stdout.write(f"  {owner.username:<14} {posting.position}, {posting.agency}")
        self.stdout.write("Mọi công chức của Sở Tài chính cũng có tài khoản, tên là mã của mình, như cc-0298.")
