"""Publish what is due: catalog versions by their days of effect, and whatever Wagtail has scheduled."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from catalog_pages import publishing
from catalog_pages.change_sets import releasing
from catalog_pages.models import AgencyCatalogPage
from cms.catalogs.models import CatalogVersion

logger = logging.getLogger(__name__)


class Command(WagtailCommand):
    """Wagtail's command, which stands below ours in INSTALLED_APPS, with the catalogs before it."""

    help = "Publish catalog versions whose day of effect has come, and what else is scheduled."

    def handle(self, *args: Any, **options: Any) -> None:
        """Release change sets, then publish each catalog by itself: one that cannot be keeps nothing else back."""
        failed = [] if options["dryrun"] else releasing.release_due()
        for page in due_pages():
            if options["dryrun"]:
                self.stdout.write(f"Catalog with versions that are due: {page.slug}")
                continue
            try:
                publishing.publish_due(page=page)
            except Exception:
                logger.exception("the catalog of page %s was not published on its day", page.pk)
                failed.append(page.slug)
        super().handle(*args, **options)
        if failed:
            raise CommandError(f"Not published: {', '.join(failed)}. The log says why.")


def due_pages() -> QuerySet[AgencyCatalogPage]:
    """Return the pages with versions whose day has come, or whose time is over, and that have not been recorded yet."""
    catalogs = CatalogVersion.objects.due().order_by().values("catalog")
    return AgencyCatalogPage.objects.filter(catalog__in=catalogs).select_related("catalog").order_by("pk")
