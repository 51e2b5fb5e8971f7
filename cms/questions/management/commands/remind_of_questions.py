"""Remind those who answer of questions that are due or late."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.questions.actions import remind_of_questions


class Command(BaseCommand):
    help = (
        "Remind those who answer of questions 3 days and 1 day before their last day, and 1, 3 and 7 days after it. "
        "Run it once a day; what was reminded of on a day is not again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã nhắc {len(remind_of_questions())} câu hỏi.")
