"""A list in the admin, in pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.views.generic import ListView

from cms.core.screens.base import Screen


class ListScreen(Screen, ListView):
    """A list in pages under a form that narrows it."""

    paginate_by = 50
    filter_form_class: type[forms.Form]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the filter once."""
        super().setup(request, *args, **kwargs)
        self.filter_form = self.filter_form_class(request.GET or None)

    @property
    def narrowed(self) -> dict[str, Any]:
        """Return what was asked for; nothing when it cannot be."""
        return self.filter_form.cleaned_data if self.filter_form.is_valid() else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        context: dict[str, Any] = super().get_context_data(filter_form=self.filter_form, **kwargs)
        return context
