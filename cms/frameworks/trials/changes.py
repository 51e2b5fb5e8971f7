"""Everybody whose level a trial changes, as a reader wants them: rows for the screen, and tables for files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cms.core.numbers import format_decimal_vi
from cms.core.workbooks import ExportTable
from cms.frameworks.models import TrialChange
from cms.frameworks.trials.cause_words import cause_text, role_name
from cms.frameworks.trials.shown import GroupRow, Shown, level_name, signed
from cms.organisations.enums import StaffCategory


@dataclass(frozen=True)
class ChangeRow:
    """Somebody who changes level; totals None where there is none."""

    place: int
    id: str
    agency: str
    role: str
    category: str
    group: str
    before_level: str
    before: Decimal | None
    after_level: str
    after: Decimal | None
    cause: str

    @property
    def move(self) -> Decimal | None:
        """Return how far the total moves."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def totals(self) -> tuple[str, str, str]:
        """Return the totals before and after and the difference, as people write them."""
        before, after, move = ("–" if each is None else _vi(each) for each in (self.before, self.after, self.move))
        return before, after, signed(move)


def change_rows(changes: Iterable[TrialChange], names: Mapping[str, str]) -> Iterator[ChangeRow]:
    """Walk the changes; ``names`` are those of position groups."""
    categories = dict(StaffCategory.choices)
    for each in changes:
        yield ChangeRow(
            place=each.place, id=each.subject_id, agency=each.agency, role=role_name(each.role),
            category=str(categories.get(each.category, each.category)),
            group=names.get(each.position_group, each.position_group),
            before_level=level_name(each.before_level), before=each.before_total,
            after_level=level_name(each.after_level), after=each.after_total, cause=cause_text(each.cause),
        )  # fmt: skip


def tables(shown: Shown, rows: Iterable[ChangeRow], about: Iterable[tuple[str, str]]) -> list[ExportTable]:
    """Return the sheets of a file: everybody who changes, the sums of them, and what was compared.

    Totals stay exact decimals; the rows are read while they are written.
    """
    return [_changes(rows), _matrix(shown), _groups(shown), ExportTable("ThongTin", ("", ""), (30, 80), about)]


def _changes(rows: Iterable[ChangeRow]) -> ExportTable:
    headings = (
        _("Number in the inputs"), _("Who"), _("Agency"), _("Role"), _("Staff category"), _("Position group"),
        _("Level before"), _("Total before"), _("Level after"), _("Total after"), _("Difference"), _("Cause"),
    )  # fmt: skip
    cells = (
        (row.place, row.id, row.agency, row.role, row.category, row.group, row.before_level, row.before,
         row.after_level, row.after, row.move, row.cause)
        for row in rows
    )  # fmt: skip
    return ExportTable("DoiMuc", headings, (8, 22, 30, 18, 18, 26, 26, 10, 26, 10, 10, 70), cells)


def _matrix(shown: Shown) -> ExportTable:
    headings = (_("From which level (rows) to which (columns)"), *shown.level_names)
    rows = ((name, *(cell.count for cell in cells)) for name, cells in shown.matrix)
    return ExportTable("MucSangMuc", headings, (34, *[20] * len(shown.level_names)), rows)


def _groups(shown: Shown) -> ExportTable:
    sides = [f"{name}: {side}" for name in shown.level_names for side in (_("Before"), _("After"))]
    headings = (
        _("Role and position group"),
        _("How many"),
        _("Change"),
        _("Up"),
        _("Down"),
        _("One side only"),
        *sides,
    )
    rows = (_group(row) for row in (*shown.roles, *shown.cells))
    return ExportTable("VaiTroNhom", headings, (44, *[12] * (len(headings) - 1)), rows)


def _group(row: GroupRow) -> tuple[str | int, ...]:
    levels = (count for level in row.levels for count in (level.before, level.after))
    return row.name, row.size, row.changed, row.up, row.down, row.other, *levels


def _vi(number: Decimal) -> str:
    """Write a total with at least the two decimals of a receipt."""
    return f"{number:.4f}"[:-2].replace(".", ",") if number == round(number, 2) else format_decimal_vi(number)
