"""Loads the shipped definitions as drafts of the province."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.frameworks import actions
from cms.scoring import shipped


class Command(BaseCommand):
    help = (
        "Load shipped definitions as drafts of the province: those of CODE, all without one. A framework that is there "
        "already stays as it is, so the command can be repeated."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", metavar="CODE", nargs="*", help="codes of shipped definitions")

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = set(options["codes"]) - set(shipped.codes())
        if unknown:
            raise CommandError(f"Không có: {', '.join(sorted(unknown))}. Có sẵn: {', '.join(shipped.codes())}.")
        for code in options["codes"] or shipped.codes():
            made = actions.load_shipped(by=None, code=code)
            self.stdout.write(f"  {code}: {'đã lập bản nháp' if made else 'đã có, giữ nguyên'}")
