"""Shapes of inputs beside those of definitions: scaled quantities, counts, and what only a definition can judge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cms.scoring.exact import read_number
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import Definitions, Number, Shape, Text, declare, shortened

CODES: dict[str, str] = {
    "not_above_zero": gettext_noop("This must be more than 0."),
    "not_a_count": gettext_noop("A whole number, 0 or more, is expected here."),
    "too_many_problems": gettext_noop("More is wrong than can be told in one answer; mend what is told here first."),
    "not_an_id": gettext_noop("An identifier is text that is not blank, or a whole number."),
}
_COUNTED_MOST = 100_000
_QUICK_DIGITS = 6
# Every reader of JSON keeps whole numbers up to here.
_LARGEST_ID = 2**53
_CACHED = 10_000
_MOST_NAMED = 1_000


@dataclass(frozen=True)
class Scaled(Shape):
    """A number of at most ``places`` decimals, kept as a whole number of its smallest unit: 1.5 is 15000 at 4 places.

    Thousands of lines are read, so plain digits take a short way; all else goes the way of ``Number``.
    """

    places: int
    above_zero: bool = False

    def read(self, data: Any, path: str, problems: list[Problem]) -> int | None:
        """Return the scaled whole number."""
        scaled = self._quickly(data)
        if scaled is None:
            number = Number(places=self.places).read(data, path, problems)
            if number is None:
                return None
            scaled = number.numerator * (10**self.places // number.denominator)
        if self.above_zero and not scaled:
            problems.append(Problem(path, "not_above_zero"))
            return None
        return scaled

    def _quickly(self, data: Any) -> int | None:
        if type(data) is int or type(data) is Decimal:
            data = str(data)
        if type(data) is not str or not data.isascii():
            return None
        whole, point, decimals = data.partition(".")
        if not whole.isdigit() or len(whole) > _QUICK_DIGITS or len(decimals) > self.places:
            return None
        if point and not decimals.isdigit():
            return None
        return int(whole + decimals.ljust(self.places, "0"))

    def write(self, value: int) -> str:
        """Return the shortest decimal text."""
        return scaled_text(value, self.places)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return the schema of the number as it travels."""
        return Number(places=self.places).schema(definitions)


@lru_cache(_CACHED)
def scaled_text(value: int, places: int) -> str:
    """Write a scaled whole number as the shortest decimal text; the few that lines are made of come again and again."""
    whole, decimals = divmod(value, 10**places)
    tail = f"{decimals:0{places}d}".rstrip("0")
    return f"{whole}.{tail}" if tail else str(whole)


class Count(Shape):
    """How many times something happened: a whole number, or the same in text."""

    def read(self, data: Any, path: str, problems: list[Problem]) -> int | None:
        if type(data) is int and 0 <= data <= _COUNTED_MOST:
            return data
        number = read_number(data)
        if number is None or number.denominator != 1 or number < 0:
            problems.append(Problem(path, "not_a_count"))
        elif number > _COUNTED_MOST:
            problems.append(Problem(path, "too_large", {"limit": _COUNTED_MOST}))
        else:
            return number.numerator
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        whole = {"type": "integer", "minimum": 0, "maximum": _COUNTED_MOST}
        return {"anyOf": [whole, {"type": "string", "pattern": r"^[0-9]{1,6}(\.0{1,12})?$"}]}


@dataclass(frozen=True)
class Omissible(Shape):
    """A value with a default; null says no more than leaving it out."""

    of: Shape
    default: Any

    def read(self, data: Any, path: str, problems: list[Problem]) -> Any:
        """Return the value, the default for null."""
        return self.default if data is None else self.of.read(data, path, problems)

    def write(self, value: Any) -> Any:
        return self.of.write(value)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return the schema of the value, or null."""
        return {"anyOf": [self.of.schema(definitions), {"type": "null"}]}


def omissible(of: Shape, default: Any, *, note: str = "") -> Any:
    """Declare a field that may be left out or null."""
    return declare(Omissible(of, default), default, note=note)


class Identifier(Shape):
    """What the caller calls somebody or something: text or a whole number, given back as it came."""

    def read(self, data: Any, path: str, problems: list[Problem]) -> str | int | None:
        if type(data) is int and abs(data) <= _LARGEST_ID:
            return data
        if not isinstance(data, str):
            problems.append(Problem(path, "not_an_id"))
            return None
        return Text(200, blank=False).read(data, path, problems)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "maxLength": 200}, {"type": "integer", "maximum": _LARGEST_ID}]}


@dataclass(frozen=True)
class Named(Shape):
    """An object whose keys are codes of the definition; which they may be and what they may say it alone knows."""

    note: str

    def read(self, data: Any, path: str, problems: list[Problem]) -> dict[str, Any] | None:
        """Return what was given, null left out."""
        if not isinstance(data, dict):
            problems.append(Problem(path, "not_an_object"))
        elif len(data) > _MOST_NAMED:
            problems.append(Problem(path, "too_many", {"limit": _MOST_NAMED}))
        else:
            return {shortened(str(key)): value for key, value in data.items() if value is not None}
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return the schema of an object of any codes."""
        values = {"type": ["string", "integer", "boolean", "null"]}
        return {"type": "object", "additionalProperties": values, "description": self.note}


@dataclass(frozen=True)
class Keyed(Shape):
    """An object of values by code."""

    of: Shape

    def read(self, data: Any, path: str, problems: list[Problem]) -> dict[str, Any] | None:
        """Return the values by their codes."""
        if not isinstance(data, dict):
            problems.append(Problem(path, "not_an_object"))
        elif len(data) > _MOST_NAMED:
            problems.append(Problem(path, "too_many", {"limit": _MOST_NAMED}))
        else:
            given = {shortened(str(code)): value for code, value in data.items()}
            return {code: self.of.read(value, f"{path}.{code}", problems) for code, value in given.items()}
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.of.schema(definitions)}


@dataclass(frozen=True)
class OneOrNamed(Shape):
    """One number for the whole, or an object of codes."""

    number: Number
    named: Named

    def read(self, data: Any, path: str, problems: list[Problem]) -> Any:
        """Return the number as a fraction or the object."""
        return (self.named if isinstance(data, dict) else self.number).read(data, path, problems)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"anyOf": [self.number.schema(definitions), self.named.schema(definitions)]}
