"""Shows who manages, evaluates and classifies whom, and where nobody can be named."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from cms.core.dates import DateError, parse_date
from cms.organisations.authority import Line, lines_at
from cms.organisations.models import Agency


class Command(BaseCommand):
    help = "Compute the table of authority for CODE and what is below it, for every agency without one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", metavar="CODE", nargs="*", help="codes of agencies")
        parser.add_argument("--day", default="", help="dd/mm/yyyy; today when left out")
        parser.add_argument("--gaps", action="store_true", help="show only where nobody can be named")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = parse_date(options["day"]) if options["day"] else timezone.localdate()
        except DateError as mistake:
            raise CommandError(str(mistake)) from mistake
        agencies = list(Agency.objects.filter(code__in=options["codes"]) if options["codes"] else Agency.objects.all())
        if missing := set(options["codes"]) - {agency.code for agency in agencies}:
            raise CommandError(f"Không có cơ quan: {', '.join(sorted(missing))}")
        with translation.override("vi"):
            lines = lines_at(agencies, day or timezone.localdate())
            for line in lines:
                if line.answer.is_gap or not options["gaps"]:
                    self.stdout.write(_in_words(line))
        gaps = sum(line.answer.is_gap for line in lines)
        units = len({line.agency.pk for line in lines})
        self.stdout.write(f"{units} cơ quan, đơn vị; {len(lines)} câu trả lời; {gaps} chỗ trống")


def _in_words(line: Line) -> str:
    who = f"{line.posting.officer} – {line.posting.position}" if line.posting else "(tổ chức)"
    act = line.act.label if line.act else "Quản lý trực tiếp"
    return f"{line.agency} | {who} | {act}: {line.answer.officer or '–'} | {line.answer.reason}"
