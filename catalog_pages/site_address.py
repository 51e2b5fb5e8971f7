"""The address that Wagtail's Site holds: links of pages and redirects begin with it, so it is the platform's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import connections
from wagtail.models import Site

_PORTS = {"http": 80, "https": 443}


def configured() -> tuple[str, int]:
    """Return host name and port of THUOCDO_BASE_URL, as a Site holds them."""
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return parts.hostname or "localhost", parts.port or _PORTS.get(parts.scheme, 80)


def set_site_address() -> Site:
    """Give the default Site the address of the settings, and return it."""
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = configured()
    site.save(update_fields=["hostname", "port"])
    return site


def check_site_address(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Say when pages would link to another host than the one that the settings name."""
    if not databases or Site._meta.db_table not in connections["default"].introspection.table_names():
        return []
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or (site.hostname, site.port) == configured():
        return []
    stored, expected = f"{site.hostname}:{site.port}", ":".join(map(str, configured()))
    hint = "Run manage.py set_site_address, or mend THUOCDO_BASE_URL."
    return [
        Warning(f"Links to pages begin with {stored}; the settings say {expected}.", hint=hint, id="catalog_pages.W001")
    ]
