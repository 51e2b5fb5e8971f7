"""What must hold of the settings of open data, as a system check."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from catalog_pages.open_data.licences import LICENCES


def check_licence(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a licence of which neither name nor address is known: a typing mistake would give data away under none."""
    if settings.THUOCDO_OPEN_DATA_LICENCE in LICENCES:
        return []
    hint = f"Known ones: {', '.join(LICENCES)}."
    return [Error("THUOCDO_OPEN_DATA_LICENCE is not a licence that is known here.", hint=hint, id="open_data.E001")]
