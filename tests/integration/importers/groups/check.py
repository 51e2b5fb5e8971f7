"""Checks a list of position groups, in a process without Django as every check."""

import uuid
from dataclasses import dataclass
from typing import Any

from importers.checking.cells import CellReader
from importers.checking.columns import Column, Layout
from importers.checking.reader import RowReader, count_rows
from importers.checking.tables import find_tables, in_order_of
from importers.checking.verdict import CheckedRow, Verdict
from importers.reading import Limits

CODE = Column("code", "Mã nhóm", kind="code", required=True, filled=True, max_length=60)
NAME = Column("name", "Tên nhóm", required=True, filled=True, max_length=255)
# Fewer than three columns are taken for no table.
NO = Column("no", "STT", kind="ignored")
LAYOUTS = (Layout("groups", "Position groups", (NO, CODE, NAME)),)
CODES = {"name_is_code": "The name “%(value)s” says no more than the code. Write what the group is."}


def identity_of(code: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, code)


@dataclass(frozen=True)
class Group:
    code: str
    name: str

    @property
    def identity(self) -> uuid.UUID:
        return identity_of(self.code)

    def values(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name}


@dataclass(frozen=True)
class Context:
    known: dict[str, Group]
    layouts: tuple[Layout, ...]
    limits: Limits


class GroupReader(RowReader[CheckedRow | None]):
    def complete(self, values):
        if values["name"] and values["name"] == values["code"]:
            self.cells.fail("name_is_code", values["name"], key="name")
        return {"code": values["code"], "name": values["name"]}

    def make(self, row, fields, inherited, ok):
        return CheckedRow(self._sheet.name, row.number, fields, identity=identity_of(fields["code"])) if ok else None


def check(workbook, context: Context, report) -> Verdict:
    verdict = Verdict(problems=list(workbook.problems))
    rows: list[CheckedRow | None] = []
    for sheet, header in find_tables(workbook, context.layouts, verdict):
        verdict.problems += header.problems
        if not header.refused:
            rows += GroupReader(sheet, header, CellReader(sheet, header, context.limits)).read_all(verdict, report)
    if verdict.sheets:
        count_rows(rows, context.limits, verdict)
    verdict.items = [row for row in rows if row]
    missing = dict(context.known)
    for row in verdict.items:
        if before := missing.pop(row.values["code"], None):
            row.changes = {"name": [before.name, row.values["name"]]} if before.name != row.values["name"] else {}
            row.change = "changed" if row.changes else "same"
    verdict.missing = [*missing.values()]
    in_order_of(workbook, verdict.problems)
    return verdict
