"""Of what an officer wants to be reminded by e-mail, and whether the last mail could be sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms.assignments.actions import choose_reminders
from cms.assignments.models import Reminder, ReminderChoice
from cms.organisations.personal.screens import PersonalScreen


class ReminderForm(forms.ModelForm):
    """The parts of the digest."""

    class Meta:
        model = ReminderChoice
        fields = ["late", "soon", "claims", "reports", "before_days", "quiet_from", "quiet_until"]


class RemindersScreen(PersonalScreen):
    """Choose the parts; without any of them no mail comes."""

    name = "reminders"
    template_name = "assignments/reminders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = ReminderChoice.objects.filter(officer=self.officer).first()
        shown = {
            "form": ReminderForm(instance=choice),
            "last": Reminder.objects.filter(officer=self.officer).order_by("-day").first(),
        }
        return super().get_context_data(**(shown | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was chosen."""
        form = ReminderForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        choose_reminders(officer=self.officer, **form.cleaned_data)
        messages.success(request, _("Your choice has been saved."))
        return redirect("personal:reminders")
