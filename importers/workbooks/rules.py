"""What a spreadsheet program lets people type into a column, as xlsxwriter takes it.

Only closed lists are strict. Everything else may be overruled: a check of the file knows more ways of writing than a
spreadsheet does, and names what it cannot read.
"""

from __future__ import annotations

import datetime
from typing import Any

from importers.workbooks.tables import Choices, Column

# What Excel shows of a title and of a message.
_TITLE, _MESSAGE = 32, 255
_FIRST_DAY, _LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)


def rule_for(column: Column, source: str | list[str]) -> dict[str, Any] | None:
    """Return the rule of a column, or None where anything goes; ``source`` is where the words of its list stand."""
    rule = _choices(column.choices, source) if column.choices else _by_kind(column)
    if rule is None and not column.hint:
        return None
    rule = rule or {"validate": "any"}
    if column.hint:
        rule |= {"input_title": _cut(column.heading, _TITLE), "input_message": _cut(column.hint, _MESSAGE)}
    return rule


def _choices(choices: Choices, source: str | list[str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": "list", "source": source}
    if not choices.strict:
        return rule | {"show_error": False}
    offered = "; ".join(choices.words)
    return rule | {
        "error_title": "Giá trị không có trong danh sách",
        "error_message": _cut(f"Hãy chọn một trong các giá trị: {offered}.", _MESSAGE),
    }


def _by_kind(column: Column) -> dict[str, Any] | None:
    rule = {"error_type": "warning", "error_title": _cut(column.heading, _TITLE)}
    if column.kind == "number" and column.maximum:
        numbers = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": column.maximum}
        return rule | numbers | {"error_message": "Cột này ghi con số, ví dụ 1,5. Không ghi đơn vị hay dấu phần trăm."}
    if column.kind == "day":
        days = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        return rule | days | {"error_message": "Cột này ghi ngày, tháng, năm, ví dụ 05/06/2026."}
    return None


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
