"""Text that a spreadsheet program would run, made harmless: one rule for every export, ours and Wagtail's.

Csv has no types, so such a text gets an apostrophe before it; in a workbook it is a text cell, marked as quoted, so
that it stays one when somebody edits the cell. Numbers are never touched, nor is a text that is a negative number.
Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cms.core.text import guard_inside, starts_formula

_NEGATIVE_NUMBER = re.compile(r"-[0-9]+(?:[.,][0-9]+)*")


def harmless(text: str) -> str:
    """Return a text as csv may hold it.

    Text with apostrophes of its own before a formula gets one more: an upload takes off just the one that is ours.
    Formulas inside a text count too: where lists are parted by semicolons, Excel opens ``x,a;=1+1`` as two cells.
    """
    bare, guarded = text.lstrip("'"), guard_inside(text)
    if not starts_formula(bare) and not bare.startswith("\n"):
        return guarded
    return text if _NEGATIVE_NUMBER.fullmatch(text) else f"'{guarded}"


def guard_wagtail_exports() -> None:
    """Put the rule where Wagtail writes the headings and cells of every list and report that it exports.

    All of them write through one mixin: csv through ``preprocess_field_value``, workbooks through
    ``generate_xlsx_row``, headings of both through ``get_heading``. Calling this twice changes nothing more.
    """
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    if not hasattr(SpreadsheetExportMixin, "is_guarded"):
        _guard(SpreadsheetExportMixin)


def _guard(mixin: Any) -> None:
    preprocess, generate, heading = mixin.preprocess_field_value, mixin.generate_xlsx_row, mixin.get_heading

    def preprocess_field_value(view: Any, field: str, value: Any, export_format: str) -> Any:
        processed = preprocess(view, field, value, export_format)
        return harmless(processed) if isinstance(processed, str) and export_format == view.FORMAT_CSV else processed

    def generate_xlsx_row(view: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        for cell in generate(view, *args, **kwargs):
            if isinstance(cell.value, str) and starts_formula(cell.value):
                cell.data_type, cell.quotePrefix = "s", True
            yield cell

    def get_heading(view: Any, *args: Any, **kwargs: Any) -> str:
        return harmless(heading(view, *args, **kwargs))

    mixin.preprocess_field_value = preprocess_field_value
    mixin.generate_xlsx_row = generate_xlsx_row
    mixin.get_heading = get_heading
    mixin.is_guarded = True
