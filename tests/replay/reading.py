"""Reads a file of the replay: says what is wrong with it before anything is made, and fills in what may be left out."""

from __future__ import annotations

from typing import Any

# What a file may say of the work rules, as the framework calls them.
SETTINGS = {
    "denominator": ("assigned", "completed"),
    "failure_scope": ("unit", "line"),
    "over_100": ("line", "aggregate"),
}
_ROLES = ("head", "deputy", "staff")
_FLAG = ("kind", "month", "document")
_LINE = ("item", "coefficient", "assigned", "completed")


class InvalidFile(ValueError):
    """The file is not of the shape that tests/README.md tells; the message says where."""


def read_file(data: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return people and settings with every optional key there; keys that nobody knows are passed over."""
    if not isinstance(data, dict) or not isinstance(data.get("people"), list) or not data["people"]:
        raise InvalidFile("people: a list of at least one person is needed.")
    people = [_person(each, f"people[{place}]") for place, each in enumerate(data["people"])]
    if len({each["code"] for each in people}) < len(people):
        raise InvalidFile("people: a code stands there twice.")
    months = sorted({month["month"] for person in people for month in person["months"]})
    for person in people:
        own = {month["month"] for month in person["months"]}
        # Of whom a month says nothing did not work in it.
        person["months"] += [{"month": each, "absent": "Không có trong tệp"} for each in months if each not in own]
    if not months or len({(month - 1) // 3 for month in months}) > 1:
        raise InvalidFile("people: the months have to be of one quarter.")
    return people, _settings(data.get("settings") or {})


def _settings(given: dict[str, Any]) -> dict[str, str]:
    settings = {}
    for key, value in given.items():
        known = SETTINGS.get(key)
        if known and value not in known:
            raise InvalidFile(f"settings.{key}: {value!r} is not known; known are {', '.join(known)}.")
        if known:
            settings[key] = value
    return settings


def _person(given: Any, place: str) -> dict[str, Any]:
    _need(given, ("code", "role", "months"), place)
    if given["role"] not in _ROLES:
        raise InvalidFile(f"{place}.role: {given['role']!r} is not known; known are {', '.join(_ROLES)}.")
    group = "chuyen-vien" if given["role"] == "staff" else "truong-phong" if given.get("division") else "lanh-dao"
    months = [_month(each, given["role"], f"{place}.months[{at}]") for at, each in enumerate(given["months"])]
    for at, flag in enumerate(given.get("flags") or ()):
        _need(flag, _FLAG, f"{place}.flags[{at}]")
    return {
        "code": given["code"], "role": given["role"], "division": given.get("division") or None,
        "group": given.get("group") or group, "in_charge": given.get("in_charge") or [],
        "flags": given.get("flags") or [], "months": sorted(months, key=lambda each: int(each["month"])),
    }  # fmt: skip


def _month(given: Any, role: str, place: str) -> dict[str, Any]:
    _need(given, ("month",), place)
    if not isinstance(given["month"], int) or not 1 <= given["month"] <= 12:
        raise InvalidFile(f"{place}.month: a whole number from 1 to 12 is needed.")
    if given.get("absent"):
        return dict(given)
    _need(given, ("common",) if role == "staff" else ("common", "đ", "e"), place)
    lines = list(given.get("lines") or ())
    for at, line in enumerate(lines):
        _need(line, _LINE, f"{place}.lines[{at}]")
    texts = ("coefficient", "assigned", "completed")
    return given | {
        "common": str(given["common"]), "lines": [line | {key: str(line[key]) for key in texts} for line in lines],
    }  # fmt: skip


def _need(given: Any, keys: tuple[str, ...], place: str) -> None:
    missing = [key for key in keys if not isinstance(given, dict) or given.get(key) is None]
    if missing:
        raise InvalidFile(f"{place}: {', '.join(missing)} is missing.")
