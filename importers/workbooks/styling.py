"""How a template looks: the fonts of official papers, and which cells may be typed into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = {"font_name": "Times New Roman", "font_size": 12}
DAY = "dd/mm/yyyy"

# Colour is never the only sign: the guide says in words which columns must be filled in.
_MUST, _MAY, _SECTION = "#FFF2CC", "#EDEDED", "#F7F7F7"
_TOP = {"valign": "top", "text_wrap": True}
_OPEN = {"locked": False}


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of a workbook. Those of data are open; everything else is locked once its sheet is."""

    must: Any
    may: Any
    text: Any
    quoted: Any
    number: Any
    day: Any
    section: Any
    title: Any
    heading: Any
    label: Any
    line: Any
    cell: Any
    cell_head: Any


def make_formats(book: Any) -> Formats:
    """Add the formats to a workbook of xlsxwriter."""

    def add(**look: Any) -> Any:
        return book.add_format(FONT | look)

    head = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    # Excel turns a code such as 1-2 into a date unless the cell is text.
    text = _TOP | _OPEN | {"num_format": "@"}
    return Formats(
        must=add(**head, bg_color=_MUST), may=add(**head, bg_color=_MAY),
        text=add(**text), quoted=add(**text, quote_prefix=True), number=add(**_TOP, **_OPEN),
        day=add(**_TOP, **_OPEN, num_format=DAY), section=add(**_OPEN, num_format="@", bold=True, bg_color=_SECTION),
        title=add(bold=True, align="center", valign="vcenter", text_wrap=True, font_size=16),
        heading=add(bold=True, valign="vcenter", font_size=13), label=add(**_TOP, bold=True), line=add(**_TOP),
        cell=add(**_TOP, border=1), cell_head=add(**head, bg_color=_MAY),
    )  # fmt: skip
