"""Take over the address that the settings name."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog_pages.site_address import set_site_address


class Command(BaseCommand):
    help = "Have links of pages and redirects begin with THUOCDO_BASE_URL. Run it when that address changes."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(set_site_address().root_url)
