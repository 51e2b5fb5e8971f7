"""Inputs of single values: exact numbers with a decimal comma, a row of numbers, long text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.forms import VietnameseDecimalField

_SEPARATORS = re.compile(r"[;\s]+")


class NumberBlock(blocks.FieldBlock):
    """An exact number with a decimal comma; kept as Decimal, stored as text, None when it is left blank."""

    class Meta:
        icon = "decimal"
        form_classname = "fw-number"

    def __init__(
        self,
        *,
        places: int = 4,
        at_least: int = 0,
        at_most: int = 1_000_000,
        help_text: Any = "",
        **kwargs: Any,
    ) -> None:
        self.field = VietnameseDecimalField(
            required=False,
            places=places,
            at_least=Decimal(at_least),
            at_most=Decimal(at_most),
            help_text=help_text,
        )
        super().__init__(**kwargs)

    def to_python(self, value: str | None) -> Decimal | None:
        """Return the stored text as the number that it is."""
        return None if value in (None, "") else Decimal(value)

    def normalize(self, value: Any) -> Any:
        """Take numbers and their text alike, as defaults are given."""
        return self.to_python(str(value)) if value not in (None, "") else None

    def get_prep_value(self, value: Decimal | str | None) -> str | None:
        """Return the number as plain text, every digit kept; what was typed and not yet read stays as it is."""
        return format(value, "f") if isinstance(value, Decimal) else value


class _NumbersField(forms.CharField):
    """Numbers in one line, semicolons or spaces between them."""

    def __init__(self, *, number: VietnameseDecimalField, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.number = number

    def prepare_value(self, value: Any) -> Any:
        """Return the numbers as one line."""
        if isinstance(value, list | tuple):
            return "; ".join(str(self.number.prepare_value(each)) for each in value)
        return value

    def clean(self, value: Any) -> Any:
        """Return the numbers, or what is wrong with the first that is not one."""
        written = self.prepare_value(value) or ""
        return [self.number.clean(each) for each in _SEPARATORS.split(written.strip()) if each]


class NumbersBlock(blocks.FieldBlock):
    """A row of exact numbers typed in one line, such as ``100; 50``; kept as a list of Decimals."""

    class Meta:
        icon = "list-ol"
        default: list[Decimal] = []

    def __init__(self, *, places: int = 4, at_most: int = 100, help_text: Any = "", **kwargs: Any) -> None:
        number = VietnameseDecimalField(required=False, places=places, at_least=Decimal(0), at_most=Decimal(at_most))
        self.field = _NumbersField(required=False, number=number, help_text=help_text)
        super().__init__(**kwargs)

    def to_python(self, value: list[str] | None) -> list[Decimal]:
        """Return the stored texts as numbers."""
        return [Decimal(each) for each in value or []]

    def normalize(self, value: Any) -> Any:
        """Take a list of numbers or of their texts."""
        return [Decimal(str(each)) for each in value or []]

    def get_prep_value(self, value: list[Decimal] | str | None) -> list[str] | str:
        """Return the numbers as plain texts; what was typed and not yet read stays as it is."""
        return value if isinstance(value, str) else [format(each, "f") for each in value or []]


class TextAreaBlock(blocks.CharBlock):
    """Text that may run over several lines on the screen; the field grows with it."""

    class Meta:
        form_classname = "fw-text"
        keeps_lines = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = forms.Textarea(attrs={"rows": 1})

    def clean(self, value: Any) -> Any:
        """Return the text in one line, or its lines with plain ends where they are kept: a browser's are its own."""
        lines = super().clean(value).splitlines()
        return "\n".join(lines) if self.meta.keeps_lines else " ".join(each.strip() for each in lines)


class CodeBlock(blocks.CharBlock):
    """A short code; the words of the engine's own check are said when the framework is published."""

    class Meta:
        icon = "code"
        form_classname = "fw-code"

    def clean(self, value: Any) -> Any:
        """Refuse white space inside at once: it is never seen and always a slip."""
        cleaned = super().clean(value)
        if re.search(r"\s", cleaned):
            raise ValidationError(_("A code has no spaces in it."), code="not_a_code")
        return cleaned
