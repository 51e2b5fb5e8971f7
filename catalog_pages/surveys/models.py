"""Rows of surveys: questions, links by which they are answered, and answers that nobody can join with a link."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.forms.models import AbstractFormField

from catalog_pages.surveys.questions import MOST_CHOICES, WITH_CHOICES, QuestionKind, choices_in
from cms.core.text import fold
from cms.organisations.models import Agency

_LONGEST_NAME = 100


class SurveyQuestion(AbstractFormField):
    """One question of a survey, chosen and worded by an editor. It stays as it is from the first answer on."""

    page = ParentalKey("catalog_pages.SurveyPage", on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(
        _("kind of question"), max_length=16, choices=QuestionKind.choices, default=QuestionKind.SCALE
    )
    field_type.required_on_save = True  # type: ignore[attr-defined]
    choices = models.TextField(_("choices"), blank=True, help_text=_("One a line; for questions with choices alone."))

    panels = [
        FieldPanel("label", heading=_("Question")), FieldPanel("field_type"), FieldPanel("choices"),
        FieldPanel("help_text", heading=_("Explanation")), FieldPanel("required", heading=_("Has to be answered")),
    ]  # fmt: skip

    class Meta(AbstractFormField.Meta):
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")

    def get_field_clean_name(self) -> str:
        """Return the name under which answers are kept: plain words of the question."""
        return fold(self.label).replace(" ", "_")[:_LONGEST_NAME] or "q"

    def clean(self) -> None:
        """Ask for choices where the kind has some, and refuse them elsewhere."""
        super().clean()
        choices = choices_in(self.choices)
        self.choices = "\n".join(choices)
        if self.field_type in WITH_CHOICES and not 2 <= len(choices) <= MOST_CHOICES:
            message = _("Write between 2 and %(most)s different choices, one a line.") % {"most": MOST_CHOICES}
            raise ValidationError({"choices": message})
        if self.field_type not in WITH_CHOICES and choices:
            raise ValidationError({"choices": _("A question of this kind has no choices.")})


class SurveyLink(models.Model):
    """A link that was handed out: whether it was used, and for people of which agency; its token is kept as a hash."""

    survey = models.ForeignKey("catalog_pages.SurveyPage", models.CASCADE, related_name="links")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("link to a survey")
        verbose_name_plural = _("links to surveys")

    def __str__(self) -> str:
        return f"{self.survey} · {self.agency or '–'}"


class SurveyAnswer(models.Model):
    """What somebody answered, on which day, about which agency. It says neither who nor by which link.

    Its key is random: numbers in order would say who came before whom.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey("catalog_pages.SurveyPage", models.PROTECT, related_name="answers")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(default=timezone.localdate)
    data: Any = models.JSONField()

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")

    def __str__(self) -> str:
        return str(self.survey)
