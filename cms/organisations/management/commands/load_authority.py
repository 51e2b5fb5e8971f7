"""Loads the shipped authority tables as drafts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from cms.organisations.actions import load_shipped_authority
from cms.organisations.enums import Block


class Command(BaseCommand):
    help = (
        "Load the shipped authority table of each block as its draft, to be checked and issued on its screen by the "
        "block's own body. A block that has a table already keeps it, so the command can be repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            for block in Block:
                table = load_shipped_authority(by=None, block=block)
                unchanged = f"Khối {block.label}: đã có bảng thẩm quyền, giữ nguyên"
                self.stdout.write(f"  {table}: đã lập bản nháp" if table else f"  {unchanged}")
