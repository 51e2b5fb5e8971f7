"""What the formulas of a .xls reach for, token by token. Source: [MS-XLS] 2.5.198 (Rgce), 2.4.105 and 2.4.271."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.reading.contract import SpecialKind

SUPBOOK, EXTERNSHEET = 0x1AE, 0x17
# A SupBook that is this workbook itself, or the functions of an add-in.
_INSIDE = (0x0401, 0x3A01)

_TEXT, _ATTRIBUTES, _FUNCTION = 0x17, 0x19, 0x22
_CHOOSE = 0x04
# How many bytes follow a token; the three classes of a token from 0x20 on are told apart by bits of no interest here.
_SIZES = (
    {0x01: 4, 0x02: 4, 0x1C: 1, 0x1D: 1, 0x1E: 2, 0x1F: 8}
    | dict.fromkeys(range(0x03, 0x17), 0)
    | {0x20: 7, 0x21: 2, 0x22: 3, 0x23: 4, 0x24: 4, 0x25: 8, 0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2, 0x2A: 4, 0x2B: 8}
    | {0x2C: 4, 0x2D: 8, 0x39: 6, 0x3A: 6, 0x3B: 10, 0x3C: 6, 0x3D: 10}
)
_LINKED = range(0x39, 0x3E)
# HYPERLINK, CALL, REGISTER.ID, RTD
_PROGRAMS = (359, 150, 267, 379)


@dataclass(slots=True)
class Links:
    """The books that formulas speak of: whether each is another one, and to which each sheet reference leads."""

    outside: list[bool] = field(default_factory=list)
    books: list[int] = field(default_factory=list)

    def add(self, kind: int, record: bytes) -> None:
        """Take in a record of the workbook's globals."""
        if kind == SUPBOOK:
            self.outside.append(len(record) < 4 or struct.unpack_from("<H", record, 2)[0] not in _INSIDE)
        elif kind == EXTERNSHEET:
            self.books += [struct.unpack_from("<H", record, at)[0] for at in range(2, len(record) - 5, 6)]

    def reach_of(self, record: bytes) -> SpecialKind:
        """What the formula of a Formula record reaches for."""
        size = struct.unpack_from("<H", record, 20)[0]
        for token, data in _tokens(record[22 : 22 + size]):
            if token == _FUNCTION and struct.unpack_from("<H", data, 1)[0] in _PROGRAMS:
                return "formula_program"
            if token in _LINKED and self._leads_outside(struct.unpack_from("<H", data)[0]):
                return "formula_external"
        return "formula"

    def _leads_outside(self, reference: int) -> bool:
        book = self.books[reference] if reference < len(self.books) else -1
        return 0 <= book < len(self.outside) and self.outside[book]


def _tokens(formula: bytes) -> Iterator[tuple[int, bytes]]:
    """The tokens of a formula with what follows each, up to the first that is not known."""
    place = 0
    while place < len(formula):
        token = formula[place]
        token = token if token < 0x20 or token > 0x7F else token & 0x1F | 0x20
        size = _size(token, formula[place + 1 : place + 4])
        data = formula[place + 1 : place + 1 + size]
        if size < 0 or len(data) < size:
            return
        yield token, data
        place += 1 + size


def _size(token: int, head: bytes) -> int:
    """How many bytes follow a token; -1 where nobody knows."""
    if token == _TEXT and len(head) >= 2:
        return 2 + head[0] * (2 if head[1] & 1 else 1)
    if token == _ATTRIBUTES and len(head) == 3:
        return 3 + (2 * (struct.unpack_from("<H", head, 1)[0] + 1) if head[0] & _CHOOSE else 0)
    return _SIZES.get(token, -1)
