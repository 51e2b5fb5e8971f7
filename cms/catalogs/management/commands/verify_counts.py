"""Count the items of every version anew and compare with the totals that it keeps."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.catalogs.actions import recounted, refresh_summary
from cms.catalogs.models import CatalogVersion


class Command(BaseCommand):
    help = "Check that the totals kept with every version (items, fields of work, groups, added columns) are right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="write the right totals of versions not decided yet")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = CatalogVersion.objects.order_by("pk").values_list("pk", flat=True)
        wrong = sum(not self._holds(pk, options["mend"]) for pk in list(keys))
        if wrong:
            raise CommandError(f"the totals of {wrong} version(s) are wrong")
        self.stdout.write("OK")

    @transaction.atomic
    def _holds(self, pk: int, mend: bool) -> bool:
        """Return whether a version's totals are right now; nobody writes to it meanwhile."""
        locked = CatalogVersion.objects.select_for_update(of=("self",)).select_related("catalog__agency")
        version = locked.filter(pk=pk).first()
        if version is None or version.summary == (right := recounted(version)):
            return True
        agency = version.catalog.agency.code
        self.stderr.write(f"{agency} {version.number}: {version.summary} instead of {right}")
        if mend and not version.is_frozen:
            refresh_summary(version)
            return True
        return False
