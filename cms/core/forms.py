"""Form fields that read texts, numbers and dates as the imports do, and write them as Vietnamese people do."""

from __future__ import annotations

import datetime
import operator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core import dates, numbers
from cms.core.text import clean_text, find_dangerous


class CleanTextField(forms.CharField):
    """Text as the imports store it: one kind of white space, nothing invisible, no dangerous characters."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "").text

    def validate(self, value: str) -> None:
        """Refuse characters that must not be stored."""
        super().validate(value)
        if dangers := find_dangerous(value):
            sentence = _("The text holds a hidden control character (%(name)s). Type it again.")
            raise forms.ValidationError(sentence % {"name": dangers[0].name}, code="dangerous_character")


class VietnameseDecimalField(forms.Field):
    """A number with a decimal comma (``1,5``, ``1.234,5``); with ``places``, finer digits are refused, not rounded.

    ``above`` (itself refused), ``at_least`` and ``at_most`` bound the number.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(
        self,
        *,
        places: int = 4,
        above: Decimal | None = None,
        at_least: Decimal | None = None,
        at_most: Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.places = places
        self.bounds = (
            (above, operator.gt, "min_value", _lazy("The number must be greater than %(bound)s.")),
            (at_least, operator.ge, "min_value", _lazy("The number must not be less than %(bound)s.")),
            (at_most, operator.le, "max_value", _lazy("The number must not be greater than %(bound)s.")),
        )

    def prepare_value(self, value: Any) -> Any:
        """Return the number as the field shows it."""
        return numbers.input_decimal_vi(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number, or say what is wrong with it in the words of the imports; a Decimal is one already."""
        typed = value if isinstance(value, Decimal) else str(value).strip() if value is not None else ""
        if typed in self.empty_values:
            return None
        try:
            parsed = numbers.parse_decimal(typed, places=self.places)
        except numbers.NumberError as error:
            raise forms.ValidationError(_(numbers.SENTENCES[error.code]) % error.params, code=error.code) from None
        if parsed.rounded:
            sentence = _("At most %(places)s digits after the comma.") % {"places": self.places}
            raise forms.ValidationError(sentence, code="max_decimal_places")
        return parsed.value

    def validate(self, value: Decimal | None) -> None:
        """Refuse a number outside the bounds."""
        super().validate(value)
        for bound, holds, code, sentence in self.bounds:
            if value is not None and bound is not None and not holds(value, bound):
                raise forms.ValidationError(sentence % {"bound": numbers.format_decimal_vi(bound)}, code=code)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another number was entered, however it is written."""
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True


class VietnameseDateField(forms.Field):
    """A day, written day first: ``05/06/2026``."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"})

    def prepare_value(self, value: Any) -> Any:
        """Return the day as the field shows it."""
        return dates.format_date_vi(value) if isinstance(value, datetime.date) else value

    def to_python(self, value: Any) -> datetime.date | None:
        """Return the day, or say what is wrong with it in the words of the imports."""
        if value in self.empty_values:
            return None
        try:
            return dates.parse_date(value)
        except dates.DateError as error:
            raise forms.ValidationError(_(dates.SENTENCES[error.code]) % error.params, code=error.code) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another day was entered, however it is written."""
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True
