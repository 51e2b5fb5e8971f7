"""A form in the admin whose act is one action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from cms.core.errors import DomainError
from cms.core.screens.base import Screen


class ActFormView(FormView):
    """A form whose act is one action, in any frame; a refusal stands above the form, and what was typed stays."""

    submit_label: Any = _("Save")
    success_message: Any = ""
    # What the act is about, and a sentence above the form.
    subject: Any = ""
    explanation: Any = ""
    # Whether the act takes something away or cannot be undone.
    serious = False
    # With what status a form that was refused comes again.
    refused_status = 200

    def refused_url(self) -> str:
        """Where whoever does not do the act goes back to."""
        raise NotImplementedError

    def perform(self, form: forms.BaseForm) -> HttpResponse | None:
        """Do the act; return an answer of its own, or nothing for a message and the list above."""
        raise NotImplementedError

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        """Do the act, or say in the form why not."""
        try:
            answer = self.perform(form)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if answer is not None:
            return answer
        if self.success_message:
            messages.success(self.request, self.success_message)
        return redirect(self.get_success_url())

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        """Show the form again with what was wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=self.refused_status)

    def get_success_url(self) -> str:
        return self.refused_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "submit_label": self.submit_label,
            "subject": self.subject,
            "explanation": self.explanation,
            "serious": self.serious,
            "back_url": self.refused_url(),
        }


class FormScreen(Screen, ActFormView):
    """Such a form in the admin."""

    template_name = "screens/form.html"
