"""Which agency and which position a row names: by code, else by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from cms.core.text import code_key, name_key
from importers.checking.cells import CellReader
from importers.kinds.officers.check.context import Context, KnownAgency, KnownPosition

# So many codes are named when a name stands for several things.
_MOST_NAMED = 5


class _Named(Protocol):
    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)


class _Index(Generic[_Entry]):
    """Things by code and by name."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._by_code: dict[str, _Entry] = {}
        self._by_name: dict[str, list[_Entry]] = defaultdict(list)
        for entry in entries:
            self._by_code[code_key(entry.code)] = entry
            self._by_name[name_key(entry.name)].append(entry)

    def find(self, text: str) -> list[_Entry]:
        by_code = self._by_code.get(code_key(text))
        return [by_code] if by_code else self._by_name.get(name_key(text), [])


class Lookup:
    """Finds what rows name, and puts down at the cell what cannot be found."""

    def __init__(self, context: Context) -> None:
        self._own = context.agencies[0]
        self._agencies: _Index[KnownAgency] = _Index(context.agencies)
        self._positions: _Index[KnownPosition] = _Index(context.positions)

    def agency(self, cells: CellReader, values: dict[str, str | None]) -> KnownAgency | None:
        """Return the agency of the present row; the one that the file is for when it has no column for it."""
        key, text = _named(cells, values, "agency", "agency_name")
        if text is None:
            if cells.number_of("agency") or cells.number_of("agency_name"):
                _require(cells, key)
                return None
            return self._own
        found = self._agencies.find(text)
        if not found:
            cells.fail("agency_not_found", text, key=key, agency=self._own.name)
        elif len(found) > 1:
            cells.fail("agency_ambiguous", text, key=key, codes=_codes(found))
        if len(found) != 1:
            return None
        beside = values.get("agency_name")
        if key == "agency" and beside and found[0] not in self._agencies.find(beside):
            cells.warn("agency_differs", beside, key="agency_name", agency=found[0].name)
        return found[0]

    def position(self, cells: CellReader, values: dict[str, str | None]) -> KnownPosition | None:
        """Return the position of the present row."""
        key, text = _named(cells, values, "position", "position_name")
        if text is None:
            _require(cells, key)
            return None
        group = values.get("group")
        found = self._positions.find(text)
        fitting = [one for one in found if group is None or _in_group(one, group)]
        if not found:
            cells.fail("position_not_found", text, key=key)
        elif not fitting:
            cells.fail("group_differs", group, key="group", position=found[0].name, group=found[0].group_name)
        elif len(fitting) > 1:
            cells.fail("position_ambiguous", text, key=key, codes=_codes(fitting))
        if len(fitting) != 1:
            return None
        beside = values.get("position_name")
        if key == "position" and beside and fitting[0] not in self._positions.find(beside):
            cells.warn("position_differs", beside, key="position_name", position=fitting[0].name)
        return fitting[0]


def _named(cells: CellReader, values: dict[str, str | None], code: str, name: str) -> tuple[str, str | None]:
    """Return the key of the column that says it, and what it says: the code, else the name."""
    key = code if values.get(code) or code in cells.bad or not cells.number_of(name) else name
    return key, values.get(key)


def _require(cells: CellReader, key: str) -> None:
    if key not in cells.bad:
        cells.fail("required", key=key)


def _in_group(position: KnownPosition, group: str) -> bool:
    same_code = code_key(position.group_code) == code_key(group)
    return same_code or name_key(position.group_name) == name_key(group)


def _codes(found: Iterable[_Named]) -> str:
    codes = [entry.code for entry in found]
    return ", ".join(codes[:_MOST_NAMED]) + (", …" if len(codes) > _MOST_NAMED else "")
