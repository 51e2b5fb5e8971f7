"""Count the work proposed to catalogs whose items hold by now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.assignments.actions import count_proposals


class Command(BaseCommand):
    help = "Count proposed work whose item holds on the day on which it was given. Run it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        counted, refused = count_proposals()
        self.stdout.write(f"Đã tính {counted} việc đề xuất; {refused} việc chưa tính được.")
