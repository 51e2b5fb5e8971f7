"""Give the work of the rules of repeated work, a fortnight ahead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.assignments.actions import carry_out_rules


class Command(BaseCommand):
    help = "Give what rules of repeated work ask, a fortnight ahead. Run it every night: nothing is given twice."

    def handle(self, *args: Any, **options: Any) -> None:
        given = sum(carry_out_rules(timezone.localdate()))
        self.stdout.write(f"Đã giao {given} việc lặp lại.")
