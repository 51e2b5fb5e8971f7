"""What a row makes of the work on record, or of nothing: its values and state, the changes, and what forbids them."""

from __future__ import annotations

from typing import Any

from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from importers.checking.verdict import CheckedRow
from importers.kinds.results.check.context import ROW_FIELDS, BaseWork, Context
from importers.kinds.results.check.reading import ReadResult
from importers.problems import Problem, error, warning

GIVEN, IN_PROGRESS, DONE, RETURNED, CONFIRMED = "given", "in_progress", "done", "returned", "confirmed"
# What new work has where the row says nothing.
_USUAL: dict[str, Any] = {
    "completed": 0, "done_on": None, "quality_failures": 0, "late_occurrences": 0, "is_planned": True, "is_key": False,
    "instruction": "", "result": "", "documents": [],
}  # fmt: skip
_FAULTS = ("quality_failures", "late_occurrences")


def outcome_of(row: ReadResult, context: Context) -> tuple[CheckedRow, list[Problem]]:
    """Return the row as it would be stored, and what is wrong with that."""
    base = row.base
    values = _about(row) | (_merged(row, base) if base else _filled(row))
    values["state"] = _state(values, base)
    checked = CheckedRow(row.sheet, row.row, values)
    if base:
        before = base.values()
        checked.identity = base.identity
        checked.changes = {
            name: [before[name], values[name]] for name in ROW_FIELDS if before[name] != values[name]
        }  # fmt: skip
        checked.change = "changed" if checked.changes else "same"
    return checked, [*_refusals(row, checked, context), *_doubts(row, checked)] if checked.change != "same" else []


def _about(row: ReadResult) -> dict[str, Any]:
    """Whose work it is and of what, as people and the store know it."""
    if row.base:
        base = row.base
        return {
            "code": base.code, "name": base.name, "agency": base.agency, "agency_name": base.agency_name,
            "item": base.item, "item_name": base.item_name, "unit": base.unit,
        }  # fmt: skip
    assert row.posting is not None and row.item is not None  # noqa: S101 - a row without both is in error
    return {
        "code": row.posting.code, "name": "", "agency": row.posting.agency, "agency_name": row.posting.agency_name,
        "item": row.item.code, "item_name": row.item.name, "unit": row.item.unit,
        "posting": row.posting.identity, "item_key": row.item.pk,
    }  # fmt: skip


def _filled(row: ReadResult) -> dict[str, Any]:
    filled = {name: value for name, value in row.values.items() if value is not None and name not in ("code", "item")}
    return _USUAL | filled


def _merged(row: ReadResult, base: BaseWork) -> dict[str, Any]:
    """What the row does not say stays; documents come beside those that are there."""
    merged = base.values()
    filled = {name: row.values[name] for name in ROW_FIELDS if name != "state" and row.values[name] is not None}
    numbers = [*base.documents, *(one for one in filled.get("documents", ()) if one not in base.documents)]
    return {name: merged[name] for name in ROW_FIELDS} | filled | {"documents": numbers}


def _state(values: dict[str, Any], base: BaseWork | None) -> str:
    if base and base.state == CONFIRMED:
        return CONFIRMED
    if values["done_on"]:
        return DONE
    if base and values["completed"] == base.completed:
        return base.state
    return IN_PROGRESS if values["completed"] else GIVEN


def _refusals(row: ReadResult, checked: CheckedRow, context: Context) -> list[Problem]:
    values = checked.values
    if row.base and row.base.state == CONFIRMED:
        return [
            error("work_confirmed", **row.place(name), value=_shown(now), before=_shown(was))
            for name, (was, now) in checked.changes.items()
        ]
    problems = []
    months = {values["due_on"].replace(day=1)} | ({row.base.due_on.replace(day=1)} if row.base else set())
    for month in sorted(months):
        if (values["code"], month) in context.locked:
            named = {"month": f"{month:%m/%Y}", "officer": values["code"]}
            problems.append(error("month_locked", **row.place("due_on"), value=_shown(values["due_on"]), **named))
    if values["done_on"] and not values["completed"]:
        problems.append(error("nothing_completed", **row.place("completed"), value=_shown(values["completed"])))
    if not values["done_on"]:
        problems += [
            error("faults_without_done", **row.place(name), value=values[name]) for name in _FAULTS if values[name]
        ]
    return problems


def _doubts(row: ReadResult, checked: CheckedRow) -> list[Problem]:
    values, doubts = checked.values, []
    if values["completed"] > values["assigned"]:
        shown = {name: format_decimal_vi(values[name]) for name in ("completed", "assigned")}
        doubts.append(warning("more_than_assigned", **row.place("completed"), value=shown["completed"], **shown))
    if row.base and row.base.state == RETURNED and values["state"] == DONE:
        doubts.append(warning("was_returned", **row.place("done_on"), reason=row.base.reason))
    return doubts


def _shown(value: Any) -> str:
    if hasattr(value, "year"):
        return format_date_vi(value)
    if isinstance(value, list):
        return "; ".join(value)
    return format_decimal_vi(value) if hasattr(value, "as_tuple") else "–" if value in (None, "") else str(value)
