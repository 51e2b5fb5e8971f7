"""The kinds of questions that a survey may ask, and the form that is made of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import FormBuilder

from cms.core.forms import CleanTextField, VietnameseDecimalField

# Long texts to all of them go into one request (THUOCDO_BODY_BYTES).
MOST_QUESTIONS = 25
MOST_CHOICES = 20
_LONGEST_LINE, _LONGEST_TEXT = 255, 2000
_MOST = Decimal(1_000_000_000)
_SCALE = (1, 2, 3, 4, 5)


class QuestionKind(models.TextChoices):
    """What an answer is. Nothing asks who answers: no address, no file."""

    CHOICE = "choice", _("one choice")
    CHOICES = "choices", _("several choices")
    SCALE = "scale", _("scale from 1 (lowest) to 5 (highest)")
    NUMBER = "number", _("number")
    LINE = "line", _("short text")
    TEXT = "text", _("long text")


WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
# Of whose answers there is a mean.
MEASURED = frozenset({QuestionKind.SCALE, QuestionKind.NUMBER})
# Whose answers are counted by value.
COUNTED = WITH_CHOICES | {QuestionKind.SCALE}


def choices_in(text: str) -> list[str]:
    """Return the choices that an editor wrote, one a line: a choice may hold commas."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class SurveyFormBuilder(FormBuilder):
    """Wagtail's maker of forms, with our kinds of questions alone."""

    def get_formatted_field_choices(self, field: Any) -> list[tuple[str, str]]:
        return [(choice, choice) for choice in choices_in(field.choices)]

    def get_field_options(self, field: Any) -> dict[str, Any]:
        return {"label": field.label, "help_text": field.help_text, "required": field.required}

    def create_choice_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        choices = self.get_formatted_field_choices(field)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)

    def create_choices_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        choices = self.get_formatted_field_choices(field)
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)

    def create_scale_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        choices = [(str(point), str(point)) for point in _SCALE]
        options["help_text"] = options["help_text"] or _("1 is the lowest, 5 the highest.")
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(attrs={"data-scale": ""}), **options)

    def create_number_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return VietnameseDecimalField(places=2, at_least=Decimal(0), at_most=_MOST, **options)

    def create_line_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return CleanTextField(max_length=_LONGEST_LINE, **options)

    def create_text_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return CleanTextField(max_length=_LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}), **options)


def values_of(kind: str, answer: Any) -> list[str]:
    """Return the values that an answer, as it is kept, counts for."""
    return list(answer) if kind == QuestionKind.CHOICES else [answer]


def possible_values(question: Any) -> list[str]:
    """Return every value that a question which is counted offers, in its order."""
    return [str(point) for point in _SCALE] if question.field_type == QuestionKind.SCALE else choices_in(
        question.choices
    )  # fmt: skip
