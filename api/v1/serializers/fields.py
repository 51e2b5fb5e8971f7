"""Kinds of field that are sent: texts, numbers and days as the forms of the admin take them, written as JSON does."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from cms.core.dates import FIRST_YEAR, LAST_YEAR, SENTENCES
from cms.core.text import clean_text, find_dangerous

PLACES = 4
LEAST = Decimal("0.0001")
MOST = Decimal("99999999")


class TextField(serializers.CharField):
    """Text as the imports store it: one kind of white space, nothing invisible, no dangerous characters."""

    def to_internal_value(self, data: Any) -> str:
        """Return the cleaned text; a number is no text."""
        if not isinstance(data, str):
            self.fail("invalid")
        text = clean_text(super().to_internal_value(data)).text
        if dangers := find_dangerous(text):
            sentence = _("The text holds a hidden control character (%(name)s). Type it again.")
            raise serializers.ValidationError(sentence % {"name": dangers[0].name}, code="dangerous_text")
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class NumberField(serializers.DecimalField):
    """A number with up to 4 decimal places, as text (``"1.5"``) or as a number of JSON; finer digits are refused."""

    def __init__(self, *, min_value: Decimal, max_value: Decimal = MOST, **kwargs: Any) -> None:
        super().__init__(12, PLACES, min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        """Return the number without idle zeros, as whoever typed it would have it in the ledger."""
        if isinstance(data, bool):
            self.fail("invalid")
        number: Decimal = super().to_internal_value(data)
        return Decimal(format(number.normalize(), "f"))


class DayField(serializers.DateField):
    """A day in ISO 8601, of the years that everything here takes."""

    def to_internal_value(self, value: Any) -> datetime.date:
        """Return the day."""
        day: datetime.date = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise serializers.ValidationError(_(SENTENCES["date_out_of_range"]), code="out_of_range")
        return day


class PastDayField(DayField):
    """A day that is not in the future."""

    def to_internal_value(self, value: Any) -> datetime.date:
        """Return the day."""
        day = super().to_internal_value(value)
        if day > timezone.localdate():
            raise serializers.ValidationError(_("The day is in the future."), code="in_future")
        return day
