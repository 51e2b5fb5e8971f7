"""What callers send of an item, checked by the fields of the workbench's own form: the same rules, the same sentences.

Only how a value is written differs: numbers as the API writes them, with a point, and days in ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from api.v1.serializers.items import API_NAMES
from catalog_pages.admin.forms import ItemForm
from cms.catalogs.actions import Fault, fault_of
from cms.catalogs.extra import PREFIX, Extra, stored
from cms.catalogs.item_fields import BY_KEY, FIELDS, ItemProblem, check_field, settle
from cms.catalogs.models import CatalogVersion, ExtraColumn
from cms.core.forms import VietnameseDateField, VietnameseDecimalField
from cms.core.numbers import input_decimal_vi

# The fields of an item that are written, as the API calls them; added columns stand in ``extra`` beside them.
WRITTEN = {one.api_name: one.key for one in FIELDS}
_DECIMAL = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LARGEST_EXPONENT = 20

Checked = tuple[dict[str, Any], tuple[Fault, ...]]


class ItemValues:
    """Checks what is sent for items of one version, where the caller sees these added columns."""

    def __init__(self, version: CatalogVersion, columns: Iterable[ExtraColumn]) -> None:
        form = ItemForm(version=version, columns=list(columns))
        self._terms = version.terms
        self._added = {column.key: column.field_name for column in form.columns}
        names = [*WRITTEN.values(), *self._added.values()]
        self._fields = {name: form.fields[name] for name in names}
        self._unsent = {name: form.fields[name].initial for name in names}

    def whole(self, sent: Mapping[str, Any]) -> Checked:
        """Return the values of a new item as ``add_item`` takes them, and what is wrong with what was sent."""
        faults = list(self._unknown(sent))
        values, more = self._checked({**self._unsent, **self._named(sent)}, {}, set(self._named(sent)))
        made, problems = settle(values, self._terms, WRITTEN.values() - values.keys())
        wrong = [fault_of(problem) for problem in problems if problem.refuses]
        return values | made, (*faults, *more, *wrong)

    def part(self, sent: Mapping[str, Any], held: Extra) -> Checked:
        """Return the changes as ``edit_items`` takes them, and what is wrong; ``held`` is in the item's columns now."""
        given = self._named(sent)
        values, faults = self._checked(given, held, set(given))
        wrong = [problem for name in values.keys() & BY_KEY for problem in self._alone(name, values)]
        return values, (*self._unknown(sent), *faults, *map(fault_of, wrong))

    def _alone(self, name: str, values: Mapping[str, Any]) -> Iterator[ItemProblem]:
        """Yield what is wrong with one field that was sent; how it agrees with the others is asked once it is put."""
        if name == "coefficient" and values[name] is None:
            yield ItemProblem(name, "required")
        else:
            yield from check_field(BY_KEY[name], values, self._terms)

    def _named(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was sent by the names of the form."""
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

    def _checked(self, given: Mapping[str, Any], held: Extra, sent: set[str]) -> Checked:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, raw in given.items():
            try:
                values[name] = self._clean(name, raw, held) if name in sent else self._blank(name, raw)
            except ValidationError as error:
                told = API_NAMES.get(name, name)
                faults += [Fault(told, one.code or "invalid", str(one.messages[0])) for one in error.error_list]
        return values, tuple(faults)

    def _clean(self, name: str, raw: Any, held: Extra) -> Any:
        if not name.startswith(PREFIX):
            return self._fields[name].clean(_as_typed(self._fields[name], raw))
        # What a column holds stays possible, also where it is no longer a choice.
        if raw and raw == held.get(name.removeprefix(PREFIX)):
            return raw
        return stored(self._fields[name].clean(_as_typed(self._fields[name], "" if raw is None else raw)))

    def _blank(self, name: str, initial: Any) -> Any:
        """Return what stands in a field of a new item that nothing was sent for."""
        value = self._fields[name].clean(initial if initial is not None else "")
        return stored(value) if name.startswith(PREFIX) else value


def _as_typed(field: forms.Field, raw: Any) -> Any:
    """Return a value as a person would have typed it into the field; raises ValidationError for another kind."""
    if isinstance(field, VietnameseDecimalField):
        return _number_as_typed(raw)
    if isinstance(field, forms.IntegerField | forms.TypedChoiceField):
        if isinstance(raw, bool) or not isinstance(raw, int | None):
            raise ValidationError(_("Send a whole number."), code="wrong_type")
        return raw
    if not isinstance(raw, str):
        raise ValidationError(_("Send a text."), code="wrong_type")
    if isinstance(field, VietnameseDateField) and raw and not _DAY.fullmatch(raw):
        raise ValidationError(_("Send a day as year-month-day, such as 2026-06-05."), code="not_a_date")
    return raw


def _number_as_typed(raw: Any) -> str:
    if raw is None or raw == "":
        return ""
    number = raw if isinstance(raw, Decimal) else _whole_or_text(raw)
    if number is None or not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValidationError(_('Send a decimal as text with a point, such as "1.5".'), code="not_a_number")
    return input_decimal_vi(number)


def _whole_or_text(raw: Any) -> Decimal | None:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    return Decimal(raw) if isinstance(raw, str) and _DECIMAL.fullmatch(raw) else None
