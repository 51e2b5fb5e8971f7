"""Learns how the rows of one sheet are written, so that one pattern takes a whole row at a time.

Programs write every row of a table alike: the same tags, types and styles, other values. What one row shows becomes
text of the pattern; only the values are looked for. A row of another kind adds what is new in it.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from importers.reading.cellvalues import Form
from importers.reading.references import Columns

_HEAD = r'\s*<row r="([1-9][0-9]{0,6})"([^<>/]*)'
_CELL = re.compile(r'<c r="([A-Z]{1,3})[0-9]{1,7}"((?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?)')
_BLANK = r'(?: s="[0-9]{1,6}")?(?: t="[A-Za-z]{1,9}")?/>'
# Formatted cells after the last value, perhaps as far as column XFD.
_TRAIL = rf'(?:<c r="(?:[A-Z]{{1,2}}|[A-W][A-Z]{{2}}|X[A-E][A-Z]|XF[A-D])\1"{_BLANK})*</row>'

# No table needs more; what goes on being different is read cell by cell.
MAX_LEARNT = 64
MAX_FORMS = 400

# The formula of a cell stands in it, or it is the one that another cell holds under a key.
Formula = Literal["", "own", "shared"]


class _Body(NamedTuple):
    """What may stand after the attributes of a cell: first the formula or its key, then the text of the value."""

    pattern: re.Pattern[str]
    formula: Formula = ""


_BODIES = (
    _Body(re.compile("><v>([^<]*)</v></c>")),
    _Body(re.compile("><is><t>([^<]*)</t></is></c>")),
    _Body(re.compile('><is><t xml:space="preserve">([^<]*)</t></is></c>')),
    _Body(re.compile("><f>([^<]*)</f><v>([^<]*)</v></c>"), "own"),
    _Body(re.compile('><f aca="false">([^<]*)</f><v>([^<]*)</v></c>'), "own"),
    _Body(re.compile('><f t="shared" si="([0-9]{1,9})"/><v>([^<]*)</v></c>'), "shared"),
)


class Captured(NamedTuple):
    """What a row's match holds of a cell: its text, and before that its formula if it has one."""

    form: Form
    formula: Formula


class _Met(NamedTuple):
    """A cell as it was met: the pattern of what follows its reference; nothing is captured where it is blank."""

    column: int
    pattern: str
    captured: Captured | None


class Shapes:
    """The pattern of the rows met so far. A match holds the row's number, the rest of its head, then ``captured``."""

    def __init__(self, columns: Columns) -> None:
        self.captured: list[Captured] = []
        self._columns = columns
        self._learnt = 0
        self._letters: dict[int, str] = {}
        # By column; what was met last comes first, for a header is one row and what follows it many.
        self._met: dict[int, dict[str, _Met]] = {}
        self._optional: set[int] = set()
        self.pattern = self._compile()

    def learn(self, row: str) -> bool:
        """Add what is new in a whole row; False when there is nothing that the pattern could take."""
        if self._learnt >= MAX_LEARNT:
            return False
        cells = self._cells(row)
        fresh = [cell for cell in cells if cell.pattern not in self._met.get(cell.column, {})]
        # Columns that only some rows have. Looking for a cell that may be missing takes longer.
        sometimes = {cell.column for cell in cells} ^ self._met.keys() if cells and self._met else set[int]()
        if not (fresh or sometimes - self._optional):
            return False
        if sum(map(len, self._met.values())) + len(fresh) > MAX_FORMS:
            self._learnt = MAX_LEARNT
            return False
        for cell in fresh:
            self._met[cell.column] = {cell.pattern: cell} | self._met.get(cell.column, {})
        self._optional |= sometimes
        self._learnt += 1
        self.pattern = self._compile()
        return True

    def _cells(self, row: str) -> list[_Met]:
        """The cells of a row up to its last value; none when it is not plainly written."""
        head = re.match(f"{_HEAD}>", row)
        place, found, width = head.end() if head else 0, list[_Met](), 0
        while cell := _CELL.match(row, place):
            column = self._columns[cell[1]]
            if column <= (found[-1].column if found else 0):
                return []
            self._letters[column] = cell[1]
            met, place = self._meet(cell, column)
            if met is None:
                return []
            found.append(met)
            width = len(found) if met.captured else width
        return found[:width] if row.startswith("</row>", place) else []

    def _meet(self, cell: re.Match[str], column: int) -> tuple[_Met | None, int]:
        """What a cell shows, and where it ends."""
        row, place = cell.string, cell.end()
        if row.startswith("/>", place):
            return _Met(column, _BLANK, None), place + 2
        for body in _BODIES:
            if found := body.pattern.match(row, place):
                form = Form(column, kind=cell[4] or "n", style=cell[3] or "")
                pattern = re.escape(cell[2]) + body.pattern.pattern
                return _Met(column, pattern, Captured(form, body.formula)), found.end()
        return None, place

    def _compile(self) -> re.Pattern[str]:
        met = [cell for column in sorted(self._met) for cell in self._met[column].values()]
        self.captured = [cell.captured for cell in met if cell.captured]
        cells = "".join(self._cell(column) for column in sorted(self._met))
        return re.compile(f"{_HEAD}(?:/>|>(?:{cells})?{_TRAIL})")

    def _cell(self, column: int) -> str:
        cell = rf'<c r="{self._letters[column]}\1"(?:{"|".join(self._met[column])})'
        return f"(?:{cell})?" if column in self._optional else cell
