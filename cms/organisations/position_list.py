"""The list of positions as a workbook, out and in; ``actions.write_position_rows`` writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.dates import format_date_vi
from cms.organisations.actions import PositionRow, check_position_row
from cms.organisations.enums import PositionKind
from cms.organisations.errors import InvalidPosition
from cms.organisations.models import Agency, Position, PositionGroup, PositionVersion
from cms.organisations.resources import AgencyChange, ImportPlan, ListError
from cms.organisations.widgets import ChoiceWidget, DayWidget, TextWidget
from cms.organisations.workbooks import SheetRow, UnreadableList, clean_lines, read_rows, write_rows

MAX_POSITIONS = 1_000
# Column names are part of the file's format: they do not follow the language of anybody's screen.
CODE, NAME, KIND, GROUP, SCOPE, DESCRIPTION, COMPETENCY, NUMBER, APPROVED_ON, EFFECTIVE_FROM = COLUMNS = (
    "Mã vị trí",
    "Tên vị trí",
    "Loại",
    "Mã nhóm",
    "Mã cơ quan (phạm vi)",
    "Mô tả công việc",
    "Khung năng lực",
    "Số phê duyệt",
    "Ngày phê duyệt",
    "Có hiệu lực từ",
)
_APPROVAL = (NUMBER, APPROVED_ON, EFFECTIVE_FROM)
_FIELDS = dict(zip(COLUMNS, ("code", "name", "kind", "group", "agency", "description", "competency"), strict=False))


def export_positions() -> bytes:
    """Return all positions, each as its last version says, which plan_positions takes back without a change."""
    choices = {KIND: ChoiceWidget(PositionKind).labels(), GROUP: list(_groups())}
    rows = (list(_cells(position).values()) for position in _positions().values())
    return write_rows("Vị trí việc làm", COLUMNS, rows, choices)


def plan_positions(content: bytes) -> ImportPlan:
    """Check a whole workbook and say what it would change; raises ``UnreadableList`` when it is no such list."""
    rows = read_rows(content, COLUMNS, multiline=(DESCRIPTION, COMPETENCY))
    if len(rows) > MAX_POSITIONS:
        raise UnreadableList(_("The list has more than %(count)d rows.") % {"count": MAX_POSITIONS})
    positions, readers = _positions(), _readers()
    codes = Counter(row.values[CODE] for row in rows)
    names = Counter((row.values[GROUP], row.values[NAME]) for row in rows)
    plan = ImportPlan([], [], 0, [])
    for row in rows:
        position = positions.get(row.values[CODE])
        before = _cells(position) if position else dict.fromkeys(COLUMNS, "")
        values, errors = _read(row, readers, before)
        if codes[row.values[CODE]] > 1:
            errors.append((CODE, _("The code stands in more than one row.")))
        if names[row.values[GROUP], row.values[NAME]] > 1:
            errors.append((NAME, _("The name stands in more than one row of this group.")))
        differing = [] if errors else _differing(before, values)
        if differing:
            errors = _refusals(values, position)
            plan.rows.append(_row(values))
            plan.changes.append(
                AgencyChange(row.number, position is None, row.values[CODE], row.values[NAME], differing)
            )
        plan.errors.extend(ListError(row.number, column, sentence) for column, sentence in errors)
    return replace(plan, same=len(rows) - len(plan.changes))


def _read(
    row: SheetRow, readers: Mapping[str, Callable[[Any], Any]], before: Mapping[str, Any]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the values by column and (column, sentence) for what cannot be read; no approval leaves the one there."""
    cells, values, errors = dict(row.values), {}, []
    filled = [column for column in _APPROVAL if cells[column] != ""]
    if not filled:
        cells |= {column: before[column] for column in _APPROVAL}
    elif len(filled) < len(_APPROVAL):
        sentence = _("An approval has its number, its day and the day from which it holds.")
        errors += [(column, sentence) for column in _APPROVAL if column not in filled]
    for column, read in readers.items():
        try:
            values[column] = read(cells[column])
        except ValueError as error:
            errors.append((column, str(error)))
    return values, errors


def _readers() -> dict[str, Callable[[Any], Any]]:
    text, blank, day = TextWidget().clean, TextWidget(blank=True).clean, DayWidget().clean
    groups, agencies = _groups(), {agency.code: agency for agency in Agency.objects.all()}
    group = partial(_find, groups, gettext_lazy("No position group has the code %(code)s."))
    scope = partial(_find, agencies, gettext_lazy("No agency has the code %(code)s."))
    kind = ChoiceWidget(PositionKind).clean
    readers = (text, text, kind, group, lambda cell: scope(cell) if cell else None, blank, blank, blank, day, day)
    return dict(zip(COLUMNS, readers, strict=True))


def _find(known: Mapping[str, Any], sentence: Any, cell: Any) -> Any:
    if cell not in known:
        raise ValueError(sentence % {"code": cell or "–"})
    return known[cell]


def _differing(before: Mapping[str, Any], values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    after = _rendered(values)
    return [
        (column, _shown(before[column]), _shown(after[column])) for column in COLUMNS if before[column] != after[column]
    ]


def _shown(cell: Any) -> str:
    return cell if isinstance(cell, str) else format_date_vi(cell)


def _refusals(values: Mapping[str, Any], position: Position | None) -> list[tuple[str, str]]:
    try:
        check_position_row(_row(values), position)
    except InvalidPosition as refusal:
        return [("", str(refusal))]
    return []


def _row(values: Mapping[str, Any]) -> PositionRow:
    fields = {field: values[column] for column, field in _FIELDS.items() if field != "code"}
    return PositionRow(values[CODE], fields, *(values[column] for column in _APPROVAL))


def _positions() -> dict[str, Position]:
    found = Position.objects.select_related("group", "agency").prefetch_related("versions__group")
    return {position.code: position for position in found}


def _groups() -> dict[str, PositionGroup]:
    return {group.code: group for group in PositionGroup.objects.all()}


def _cells(position: Position) -> dict[str, Any]:
    """Return the cells of a position as its last version says."""
    versions = list(position.versions.all())
    version = versions[0] if versions else PositionVersion(name=position.name, group=position.group)
    last = (version.approval_number, version.approved_on, version.effective_from)
    own = (position.code, version.name, position.kind, version.group, position.agency)
    return _rendered(dict(zip(COLUMNS, (*own, version.description, version.competency, *last), strict=True)))


def _rendered(values: Mapping[str, Any]) -> dict[str, Any]:
    group, scope = values[GROUP], values[SCOPE]
    return {
        column: clean_lines(value) if isinstance(value, str) else value or "" for column, value in values.items()
    } | {
        KIND: ChoiceWidget(PositionKind).render(values[KIND]),
        GROUP: group.code,
        SCOPE: scope.code if scope else "",
    }
