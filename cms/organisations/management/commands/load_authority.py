"""Loads the shipped authority table as a draft."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.organisations.actions import load_shipped_authority


class Command(BaseCommand):
    help = (
        "Load the shipped authority table as a draft of its block, to be checked and issued on its screen. A block "
        "that has a table already keeps it, so the command can be repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        table = load_shipped_authority(by=None)
        self.stdout.write(f"  {table}: đã lập bản nháp" if table else "  Đã có bảng thẩm quyền, giữ nguyên")
