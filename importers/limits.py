"""How much of a file is looked at, in figures and in words."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.numbers import format_decimal_vi
from importers.reading import Limits

_MIB = 1024 * 1024


def limits() -> Limits:
    """Return how much of a file is looked at (the setting THUOCDO_IMPORT_LIMITS overrides single figures)."""
    return Limits(**getattr(settings, "THUOCDO_IMPORT_LIMITS", {}))


def limit_lines() -> list[str]:
    """Return the limits of a file in words, for the guide of a template and the upload page."""
    most = limits()
    figures = {"rows": most.rows, "columns": most.columns, "characters": most.cell_characters}
    return [
        _("A file of at most %(size)s MiB: .xlsx, or .csv in UTF-8; .xls and .ods are read too.")
        % {"size": most.file_bytes // _MIB},
        _("At most %(rows)s rows, %(columns)s columns, and %(characters)s characters a cell.")
        % {name: format_decimal_vi(Decimal(number)) for name, number in figures.items()},
        _("No macros, no password, no objects embedded in the workbook."),
    ]
