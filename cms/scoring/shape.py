"""Declared shapes: from one declaration come the reading of JSON data, its writing, and its JSON Schema.

A part is a frozen dataclass whose fields are made by ``declare``. Reading collects every problem with its path and
never stops at the first. A field named like a Python keyword carries a trailing underscore that its key has not.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Generic, TypeVar

from cms.scoring.exact import decimals_of, read_number, to_text
from cms.scoring.problems import Problem

T = TypeVar("T")
_CODE = re.compile(r"[\w.\-]+")
# The same for readers whose \w knows no Vietnamese letters: no space, and no ASCII sign but point, hyphen, underscore.
_CODE_PATTERN = r"^[^\s!-,/:-@\[-^`{-~]+$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Half characters and NUL can be sent as JSON, but neither hashed nor stored.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_DEEPEST, _SHOWN = 20, 60
# Far more names than anything here knows; an object of a million of them is not told one by one.
MOST_UNKNOWN = 100
_MISSING: Any = dataclasses.MISSING
# The same definition is referred to from many places of a JSON Schema.
Definitions = dict[str, Any]


class Shape:
    """How one value is read from JSON data, written back and described."""

    def read(self, data: Any, path: str, problems: list[Problem]) -> Any:
        """Return the value, or None after adding what is wrong with it to the problems."""
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        """Return the value as JSON data; the same value is always written the same."""
        return value

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return the JSON Schema of the value; parts add themselves to the definitions."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Shape):
    """A text of at most so many characters; ``blank`` says whether it may be empty."""

    limit: int = 500
    blank: bool = True

    def read(self, data: Any, path: str, problems: list[Problem]) -> str | None:
        """Return the text as it stands."""
        if not isinstance(data, str):
            problems.append(Problem(path, "not_text"))
        elif len(data) > self.limit:
            problems.append(Problem(path, "too_long", {"limit": self.limit}))
        elif _UNKEEPABLE.search(data):
            problems.append(Problem(path, "not_characters"))
        elif not self.blank and not data.strip():
            problems.append(Problem(path, "blank"))
        else:
            return data
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.limit} | ({} if self.blank else {"pattern": r"\S"})


@dataclass(frozen=True)
class Code(Shape):
    """A short name that rules and inputs refer to."""

    limit: int = 60

    def read(self, data: Any, path: str, problems: list[Problem]) -> str | None:
        """Return the code as it stands."""
        text: str | None = Text(self.limit, blank=False).read(data, path, problems)
        if text is not None and not _CODE.fullmatch(text):
            problems.append(Problem(path, "not_a_code", {"value": text}))
            return None
        return text

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.limit, "pattern": _CODE_PATTERN}


@dataclass(frozen=True)
class Number(Shape):
    """A decimal in text (an int is taken too), kept as an exact fraction."""

    at_least: int = 0
    at_most: int = 1_000_000
    places: int = 4

    def read(self, data: Any, path: str, problems: list[Problem]) -> Fraction | None:
        value = read_number(data)
        if value is None:
            problems.append(Problem(path, "not_a_number"))
        elif (decimals_of(value) or 0) > self.places:
            problems.append(Problem(path, "too_many_decimals", {"limit": self.places}))
        elif value < self.at_least:
            problems.append(Problem(path, "too_small", {"limit": self.at_least}))
        elif value > self.at_most:
            problems.append(Problem(path, "too_large", {"limit": self.at_most}))
        else:
            return value
        return None

    def write(self, value: Fraction) -> str:
        """Return the shortest exact decimal text."""
        return to_text(value)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return the schema of the number: its bounds are told in words, since it travels as text."""
        text = {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,12})?$"}
        bounds = f"{self.at_least} … {self.at_most}; ≤ {self.places} decimals"
        return {"anyOf": [text, {"type": "integer"}], "description": bounds}


@dataclass(frozen=True)
class Choice(Shape):
    """One of a list of words."""

    values: tuple[str, ...]

    def read(self, data: Any, path: str, problems: list[Problem]) -> str | None:
        if isinstance(data, str) and data in self.values:
            return data
        shown = shortened(str(data)) if isinstance(data, str | int | Decimal) else type(data).__name__
        problems.append(Problem(path, "not_a_choice", {"value": shown, "choices": ", ".join(self.values)}))
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.values)}


class YesNo(Shape):
    """True or false."""

    def read(self, data: Any, path: str, problems: list[Problem]) -> bool | None:
        if isinstance(data, bool):
            return data
        problems.append(Problem(path, "not_yes_no"))
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "boolean"}


class Day(Shape):
    """A date as YYYY-MM-DD."""

    def read(self, data: Any, path: str, problems: list[Problem]) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(data if isinstance(data, str) and _DAY.fullmatch(data) else "")
        except ValueError:
            problems.append(Problem(path, "not_a_day"))
            return None

    def write(self, value: datetime.date) -> str:
        """Return the date as ISO text."""
        return value.isoformat()

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Maybe(Shape):
    """A value or null."""

    of: Shape

    def read(self, data: Any, path: str, problems: list[Problem]) -> Any:
        """Return the value, None for null."""
        return None if data is None else self.of.read(data, path, problems)

    def write(self, value: Any) -> Any:
        """Return the written value or None."""
        return None if value is None else self.of.write(value)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return the schema of the value, or null."""
        return {"anyOf": [self.of.schema(definitions), {"type": "null"}]}


@dataclass(frozen=True)
class Later(Shape):
    """What is described here and read later, by who knows what is needed for it: given back as it came."""

    of: Callable[[], Shape]

    def read(self, data: Any, path: str, problems: list[Problem]) -> Any:
        return data

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return self.of().schema(definitions)


@dataclass(frozen=True)
class Many(Shape):
    """A list, kept as a tuple."""

    of: Shape
    limit: int = 200

    def read(self, data: Any, path: str, problems: list[Problem]) -> tuple[Any, ...] | None:
        """Return the values in their order."""
        if not isinstance(data, list | tuple):
            problems.append(Problem(path, "not_a_list"))
            return None
        if len(data) > self.limit:
            problems.append(Problem(path, "too_many", {"limit": self.limit}))
            return None
        return tuple(self.of.read(each, f"{path}[{index}]", problems) for index, each in enumerate(data))

    def write(self, value: tuple[Any, ...]) -> list[Any]:
        return [self.of.write(each) for each in value]

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "array", "maxItems": self.limit, "items": self.of.schema(definitions)}


@dataclass(frozen=True)
class Part(Shape):
    """A nested part; given as a function where the class refers to itself or to a later one."""

    of: Callable[[], type]

    def read(self, data: Any, path: str, problems: list[Problem]) -> Any:
        """Return the part with every field read; a field at fault is None in it."""
        if path.count(".") > _DEEPEST:
            problems.append(Problem(path, "too_deep", {"limit": _DEEPEST}))
            return None
        return read_part(self.of(), data, path, problems)

    def write(self, value: Any) -> dict[str, Any]:
        """Return every field, defaults included: what is written stands by itself."""
        return write_part(value)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Return a reference to the part among the definitions."""
        part = self.of()
        if part.__name__ not in definitions:
            definitions[part.__name__] = {}
            definitions[part.__name__] = part_schema(part, definitions)
        return {"$ref": f"#/$defs/{part.__name__}"}


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A chosen value and the source on which the choice rests (article of the decree, line of a plan)."""

    value: T
    citation: str = ""


@dataclass(frozen=True)
class Sourced(Shape):
    """A setting: ``{"value": …, "citation": "…"}``."""

    of: Shape

    def read(self, data: Any, path: str, problems: list[Problem]) -> Setting[Any] | None:
        """Return the value with its citation."""
        if not isinstance(data, dict):
            problems.append(Problem(path, "not_an_object"))
            return None
        problems += unknown_keys(data, {"value", "citation"}, path)
        if "value" not in data:
            problems.append(Problem(f"{path}.value", "missing"))
            return None
        value = self.of.read(data["value"], f"{path}.value", problems)
        citation = Text(500).read(data.get("citation", ""), f"{path}.citation", problems)
        return Setting(value, citation or "")

    def write(self, value: Setting[Any]) -> dict[str, Any]:
        """Return the value and its citation."""
        return {"value": self.of.write(value.value), "citation": value.citation}

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {"value": self.of.schema(definitions), "citation": Text(500).schema(definitions)},
            "required": ["value"],
            "additionalProperties": False,
        }


def declare(shape: Shape, default: Any = _MISSING, *, note: str = "", omit_default: bool = False) -> Any:
    """Declare a field of a part; without a default its key is required. The note is shown in the schema.

    ``omit_default`` is for fields that came later: unset they are not written, so that what was frozen keeps its bytes.
    """
    metadata = {"shape": shape, "note": note, "omit_default": omit_default}
    if default is _MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def cited(value: Any, citation: str = "") -> Any:
    """Return a setting as a default."""
    return Setting(value, citation)


def shortened(text: str) -> str:
    """Return what was sent as far as it can be shown again: its beginning, and no half characters."""
    whole = _UNKEEPABLE.sub("\ufffd", text)
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN]}…"


def key_of(field: dataclasses.Field[Any]) -> str:
    """Return the JSON key of a field."""
    return field.name.rstrip("_")


@cache
def _fields_of(part: type) -> dict[str, dataclasses.Field[Any]]:
    """Return the fields of a part by their keys; thousands of lines are read by the same ones."""
    return {key_of(field): field for field in dataclasses.fields(part)}


def unknown_keys(data: dict[str, Any], known: Set[str], path: str) -> list[Problem]:
    """Return a problem at each key that is not known, or one at the object where they are too many to tell."""
    unknown = data.keys() - known
    if len(unknown) > MOST_UNKNOWN:
        return [Problem(path, "too_many", {"limit": len(known)})]
    prefix = f"{path}." if path else ""
    shown = sorted(shortened(str(key)) for key in unknown)
    return [Problem(prefix + key, "unknown_key", {"key": key}) for key in shown]


def read_part(part: type[T], data: Any, path: str, problems: list[Problem]) -> T | None:
    """Read an object into a part; every unknown key, missing key and bad value is added to the problems."""
    if not isinstance(data, dict):
        problems.append(Problem(path, "not_an_object"))
        return None
    fields = _fields_of(part)  # type: ignore[arg-type]  # a class is hashable
    prefix = f"{path}." if path else ""
    problems += unknown_keys(data, fields.keys(), path)
    values: dict[str, Any] = {}
    for key, field in fields.items():
        if key in data:
            values[field.name] = field.metadata["shape"].read(data[key], prefix + key, problems)
        elif field.default is _MISSING:
            problems.append(Problem(prefix + key, "missing"))
            values[field.name] = None
    return part(**values)


def write_part(value: Any) -> dict[str, Any]:
    """Write a part as JSON data, every field in it but those that are omitted at their default."""
    return {
        key_of(field): field.metadata["shape"].write(getattr(value, field.name))
        for field in dataclasses.fields(value)
        if not (field.metadata["omit_default"] and getattr(value, field.name) == field.default)
    }


def part_schema(part: type, definitions: Definitions) -> dict[str, Any]:
    """Return the JSON Schema of a part, its docstring as the description."""
    properties, required = {}, []
    for field in dataclasses.fields(part):
        described = field.metadata["shape"].schema(definitions)
        properties[key_of(field)] = described | (
            {"description": field.metadata["note"]} if field.metadata["note"] else {}
        )
        if field.default is _MISSING:
            required.append(key_of(field))
    return {
        "type": "object",
        "description": (part.__doc__ or "").strip().split("\n\n")[0],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
