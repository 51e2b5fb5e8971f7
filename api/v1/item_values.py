"""What callers send of an item, read as JSON has it and judged by the check that every door asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail

from cms.catalogs.actions import Fault, fault_of
from cms.catalogs.column_fields import column_field
from cms.catalogs.extra import PREFIX, Extra, stored
from cms.catalogs.item_fields import (
    BY_KEY,
    FIELDS,
    PLACES,
    ItemField,
    ItemProblem,
    Terms,
    check_field,
    read_text,
    settle,
)
from cms.catalogs.models import ExtraColumn
from cms.core.forms import VietnameseDateField, VietnameseDecimalField

# The fields of an item that are written, as the API calls them; added columns stand in ``extra`` beside them.
WRITTEN = {one.api_name: one.key for one in FIELDS}
_DECIMAL = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LARGEST_EXPONENT = 20

# Makes a value of what was sent; raises ValidationError.
Reader = Callable[[Any], Any]
Checked = tuple[dict[str, Any], tuple[Fault, ...]]


def sound_values(checked: Checked) -> dict[str, Any]:
    """Return what was sent for an item; raises ValidationError with every error at once."""
    values, faults = checked
    if faults:
        details: dict[str, list[ErrorDetail]] = {}
        for fault in faults:
            details.setdefault(fault.field, []).append(ErrorDetail(fault.message, fault.code))
        raise exceptions.ValidationError(details)
    return values


class ItemValues:
    """Checks what is sent for items that are judged by these terms, of which these added columns may be filled in."""

    def __init__(self, terms: Terms, columns: Iterable[ExtraColumn]) -> None:
        self._terms = terms
        added = list(columns)
        self._added = {column.key: column.field_name for column in added}
        self._readers: dict[str, Reader] = {one.key: partial(_READERS[one.kind], one) for one in FIELDS}
        self._readers |= {column.field_name: partial(_read_added, column_field(column)) for column in added}
        self._unsent = {one.key: one.blank for one in FIELDS} | dict.fromkeys(self._added.values())

    def whole(self, sent: Mapping[str, Any]) -> Checked:
        """Return the values of a new item as ``add_item`` takes them, and what is wrong with what was sent."""
        values, faults = self._read({**self._unsent, **self._named(sent)}, {})
        made, problems = settle(values, self._terms, BY_KEY.keys() - values.keys())
        wrong = [fault_of(problem) for problem in problems if problem.refuses]
        return values | made, (*self._unknown(sent), *faults, *wrong)

    def part(self, sent: Mapping[str, Any], held: Extra) -> Checked:
        """Return the changes as ``edit_items`` takes them, and what is wrong; ``held`` is in the item's columns now."""
        values, faults = self._read(self._named(sent), held)
        wrong = [problem for name in values if name in BY_KEY for problem in self._alone(name, values)]
        return values, (*self._unknown(sent), *faults, *map(fault_of, wrong))

    def _alone(self, name: str, values: Mapping[str, Any]) -> Iterator[ItemProblem]:
        """Yield what is wrong with one field that was sent; how it agrees with the others is asked once it is put."""
        if name == "coefficient" and values[name] is None:
            yield ItemProblem(name, "required")
        else:
            yield from check_field(BY_KEY[name], values, self._terms)

    def _named(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was sent by the names that items have for it."""
        extra = sent.get("extra")
        added = extra if isinstance(extra, Mapping) else {}
        return {WRITTEN[name]: raw for name, raw in sent.items() if name in WRITTEN} | {
            self._added[key]: raw for key, raw in added.items() if key in self._added
        }

    def _unknown(self, sent: Mapping[str, Any]) -> Iterator[Fault]:
        for name in sent:
            if name not in WRITTEN and name != "extra":
                known = ", ".join([*WRITTEN, "extra"])
                yield Fault(name, "unknown_field", _("Unknown field. Known ones: %(known)s.") % {"known": known})
        extra = sent.get("extra", {})
        if not isinstance(extra, Mapping):
            yield Fault("extra", "wrong_type", _("Send an object of keys and texts."))
            return
        for key in extra:
            if key not in self._added:
                known = ", ".join(self._added) or "–"
                sentence = _("There is no such column to fill in. Those that there are: %(known)s.")
                yield Fault(f"{PREFIX}{key}", "unknown_column", sentence % {"known": known})

    def _read(self, given: Mapping[str, Any], held: Extra) -> Checked:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, raw in given.items():
            # What a column holds stays possible, also where it is no longer a choice.
            if raw and raw == held.get(name.removeprefix(PREFIX)) and name.startswith(PREFIX):
                values[name] = raw
                continue
            try:
                values[name] = self._readers[name](raw)
            except ValidationError as error:
                api_name = BY_KEY[name].api_name if name in BY_KEY else name
                faults += [Fault(api_name, one.code or "invalid", str(one.messages[0])) for one in error.error_list]
        return values, tuple(faults)


def _read_text(one: ItemField, raw: Any) -> str:
    text, wrong = read_text(one, _text(raw))
    for problem in wrong:
        raise ValidationError(problem.sentence(_), code=problem.api_code)
    return text


def _read_whole(one: ItemField, raw: Any) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int | None):
        raise ValidationError(_("Send a whole number."), code="wrong_type")
    return raw


def _read_decimal(one: ItemField, raw: Any) -> Decimal | None:
    number = _NUMBER.clean(_decimal(raw))
    # However many noughts stand behind the point.
    return None if number is None else Decimal(stored(number)) + 0


_NUMBER = VietnameseDecimalField(places=PLACES, required=False)
_READERS: dict[str, Callable[[ItemField, Any], Any]] = {
    "code": _read_text, "text": _read_text, "whole": _read_whole, "group": _read_whole, "decimal": _read_decimal,
}  # fmt: skip


def _read_added(field: forms.Field, raw: Any) -> str:
    """Return the stored text of an added column, from the text or number that was sent."""
    if isinstance(field, VietnameseDecimalField):
        return stored(field.clean(_decimal(raw)))
    text = "" if raw is None else _text(raw)
    if isinstance(field, VietnameseDateField) and text and not _DAY.fullmatch(text):
        raise ValidationError(_("Send a day as year-month-day, such as 2026-06-05."), code="not_a_date")
    return stored(field.clean(text))


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValidationError(_("Send a text."), code="wrong_type")
    return raw


def _decimal(raw: Any) -> Decimal | None:
    if raw is None or raw == "":
        return None
    number = raw if isinstance(raw, Decimal) else _whole_or_text(raw)
    if number is None or not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValidationError(_('Send a decimal as text with a point, such as "1.5".'), code="not_a_number")
    return number


def _whole_or_text(raw: Any) -> Decimal | None:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    return Decimal(raw) if isinstance(raw, str) and _DECIMAL.fullmatch(raw) else None
