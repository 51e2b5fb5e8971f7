"""What an editor may write into a survey's page, and when it may no longer be changed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

from catalog_pages.surveys.enums import SurveyState
from catalog_pages.surveys.models import SurveyAnswer, SurveyQuestion
from catalog_pages.surveys.questions import choices_in

_FROZEN = ("opens_on", "closes_on", "about")


class SurveyPageForm(WagtailAdminFormPageForm):
    """The editor of a survey. What answers rest on stays as it is: questions, days that are over, whom it is about."""

    def clean(self) -> dict[str, Any]:
        """Check the days, and refuse what may no longer be changed."""
        typed: dict[str, Any] = super().clean()
        opens, closes = typed.get("opens_on"), typed.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day comes after the first."))
        if self.instance.pk and SurveyAnswer.objects.filter(survey=self.instance.pk).exists():
            self._refuse_changes(typed)
        return typed

    def _refuse_changes(self, typed: dict[str, Any]) -> None:
        stored = type(self.instance).objects.get(pk=self.instance.pk)
        fixed = _FROZEN if stored.state == SurveyState.OVER else ("about",)
        for name in fixed:
            if name in typed and typed[name] != getattr(stored, name):
                self.add_error(name, _("Somebody has answered, so this stays as it is."))
        before = {_essence(question) for question in SurveyQuestion.objects.filter(page=stored)}
        forms = self.formsets["form_fields"].forms
        after = {_essence(form.instance) for form in forms if not form.cleaned_data.get("DELETE")}
        if before != after:
            message = _("Somebody has answered, so the questions stay as they are. Copy the survey to ask others.")
            self.add_error(None, message)


def _essence(question: SurveyQuestion) -> tuple[Any, ...]:
    """Return what answers to a question rest on."""
    return question.pk, question.label, question.field_type, tuple(choices_in(question.choices))
