"""Make the partitions of work by month ahead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from cms.assignments.partitions import make_work_partitions


class Command(BaseCommand):
    help = (
        "Make the partitions of work for the year ahead (PostgreSQL). Run it daily as the owner of the tables; until "
        "then work of a month without one lies in the default partition, and nothing is lost."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            self.stdout.write("SQLite không chia bảng nhiệm vụ theo tháng; không có gì phải làm.")
            return
        made = make_work_partitions(timezone.localdate())
        self.stdout.write(f"Đã tạo {len(made)} phân vùng nhiệm vụ theo tháng.")
