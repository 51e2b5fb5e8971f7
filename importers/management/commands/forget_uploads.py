"""Remove what uploads held once its time is over."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from importers import actions
from importers.models import ImportBatch


class Command(BaseCommand):
    help = (
        "Remove the original files and the parsed rows of uploads older than THUOCDO_IMPORT_KEEP_DAYS. Verdicts, "
        "counts and the ledger stay. Files that a killed process left behind go too. Meant to run every night; safe to "
        "repeat and to interrupt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count them and remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        day = timezone.localdate() - datetime.timedelta(days=settings.THUOCDO_IMPORT_KEEP_DAYS)
        chosen = list(ImportBatch.objects.to_forget(day).values_list("pk", flat=True))
        if not options["dry_run"]:
            for pk in chosen:
                actions.forget(ImportBatch(pk=pk))
        done = "would be forgotten" if options["dry_run"] else "forgotten"
        strays = actions.remove_strays(dry_run=options["dry_run"])
        self.stdout.write(f"{len(chosen)} uploads from before {day:%d/%m/%Y} {done}.")
        if strays:
            self.stdout.write(f"{strays} files that no upload points to {done}.")
