"""What a file of the corpus is, and what is expected of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ACCEPT, WARN, REJECT = "accept", "accept_with_warning", "reject"
SHEET = "DanhMuc"


@dataclass(frozen=True)
class Said:
    """A problem by its code and place; ``row`` 0 is the sheet or the file, ``column`` the header or a letter."""

    code: str
    row: int = 0
    column: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.sheet, str(self.row or ""), self.column) if part)
        return f"{self.code} ({place})" if place else self.code


@dataclass(frozen=True)
class WrongFile:
    """A kind of wrong or odd file, and the verdict that the import contract gives it.

    ``kept`` are values that the rows of an accepted file must hold, by the number of the row in the sheet; ``limits``
    replaces single limits where a file at the real one would only take longer.
    """

    id: str
    what: str
    make: Callable[[], bytes]
    verdict: str
    said: tuple[Said, ...] = ()
    name: str = "danh-muc.xlsx"
    kind: str = "catalog"
    kept: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    rows: int | None = None
    limits: Mapping[str, int] = field(default_factory=dict)


def at(code: str, row: int = 0, column: str = "", sheet: str = SHEET) -> Said:
    """A problem in the sheet that most files of the corpus have."""
    return Said(code, row, column, sheet)


def rejected(id: str, what: str, make: Callable[[], bytes], *said: Said | str, **more: Any) -> WrongFile:
    """A file that is refused; a bare code stands for a problem of the whole file."""
    return WrongFile(id, what, make, REJECT, _placed(said), **more)


def accepted(id: str, what: str, make: Callable[[], bytes], *said: Said | str, **more: Any) -> WrongFile:
    """A file that is taken, with these warnings."""
    return WrongFile(id, what, make, WARN if said else ACCEPT, _placed(said), **more)


def _placed(said: tuple[Said | str, ...]) -> tuple[Said, ...]:
    return tuple(Said(one) if isinstance(one, str) else one for one in said)
