"""Find the works of all catalogs that are alike."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.curation import actions
from cms.curation.models import Cluster


class Command(BaseCommand):
    """Reads the catalogs whose versions moved on, or all of them, and finds what is alike among their works."""

    help = "Find the works of all catalogs that are alike, for the editors' queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which catalogs are read, and whether all works are compared anew."""
        parser.add_argument("--all", action="store_true", help="read every catalog, not only those that changed")
        parser.add_argument("--anew", action="store_true", help="compare all works anew, as after a new release")

    def handle(self, **options: Any) -> None:
        """Read and compare, and print what waits."""
        if options["all"]:
            actions.ask_for_reading_of_all()
        read = sum(1 for _catalog in actions.read_waiting())
        if options["anew"]:
            actions.compare_all_anew()
        waiting = Cluster.objects.filter(open_pairs__gt=0).count()
        self.stdout.write(f"{read} catalogs read, {waiting} clusters wait for a judgement.")
