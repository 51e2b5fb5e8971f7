"""Score every open period of the province."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.core.mail import in_the_platforms_language
from cms.evaluations.actions import ask_for_scoring_of_all, score_waiting
from cms.evaluations.models import PeriodScoring


class Command(BaseCommand):
    help = (
        "Calculate the results of every open period anew, agency by agency. Several may run at once and share the "
        "work; one that was killed is followed by --continue, which asks for nothing new."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--continue", action="store_true", dest="goes_on", help="score what still waits, and nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["goes_on"]:
            self.stdout.write(f"Cần tính: {ask_for_scoring_of_all()} kỳ đánh giá.")
        with in_the_platforms_language():
            for scoring in score_waiting():
                left = PeriodScoring.objects.waiting().count()
                what = scoring.failure or "đã tính"
                self.stdout.write(f"{scoring.period.agency} – {scoring.period}: {what}; còn {left} kỳ.")
