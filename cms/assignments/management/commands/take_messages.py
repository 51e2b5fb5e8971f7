"""Takes over the messages that an external system wrote into a folder as CSV."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.assignments.models import ExternalSystem
from cms.assignments.outside.folders import FolderBusy, take_folder
from cms.core.errors import DomainError


class Command(BaseCommand):
    help = "Takes over the messages that an external system wrote into a folder as CSV, and moves the files away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("system", help="code of the external system")
        parser.add_argument("folder", type=Path, help="the folder; files go on to done/ or failed/ in it")

    def handle(self, *args: Any, **options: Any) -> None:
        system = ExternalSystem.objects.filter(code=options["system"]).first()
        folder: Path = options["folder"]
        if system is None:
            raise CommandError(f"No external system has the code {options['system']}.")
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        account = system.accounts.filter(is_active=True).order_by("pk").first()
        if account is None:
            raise CommandError("No API client speaks for this system; its account would have to act.")
        failed = 0
        try:
            for taken in take_folder(by=account, system=system, folder=folder):
                failed += not taken.is_whole
                counts = ", ".join(f"{status} {count}" for status, count in sorted(taken.counts.items()))
                self.stdout.write(f"{taken.name}: {counts or 'nothing'}; wrong lines {len(taken.faults)}")
        except FolderBusy:
            raise CommandError("Another run takes the files of this folder.") from None
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if failed:
            raise CommandError(f"{failed} files have wrong lines; see failed/.")
