"""What the screens of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView

from cms.core.admin_views import AdminScreen
from cms.core.errors import DomainError
from cms.organisations.permissions import can_administer
from cms.users.models import User


class Screen(AdminScreen):
    """A screen for the people that ``opens_to`` lets in, below the list that it belongs to."""

    opens_to: Callable[[Any], bool] = staticmethod(can_administer)
    # Route and label of the list above this screen; empty for the list itself.
    above: tuple[str, Any] | None = None

    @property
    def person(self) -> User:
        """Return who acts; nobody reaches a screen without having signed in."""
        return cast(User, self.request.user)

    def may_open(self, request: HttpRequest) -> bool:
        """Return whether the person may open this screen at all."""
        return self.opens_to(request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the start page to here."""
        items = list(self.breadcrumbs_items)
        if self.above:
            items.append({"url": reverse(self.above[0]), "label": self.above[1]})
        return [*items, {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}]

    def refused_url(self) -> str:
        """Return the list above, where a refused act leads back to."""
        return reverse(self.above[0]) if self.above else super().refused_url()


class FormScreen(Screen, FormView):
    """A form whose act is one action; a refusal stands above the form, and what was typed stays."""

    template_name = "organisations/form.html"
    submit_label: Any = _("Save")
    success_message: Any = ""
    # A sentence above the form.
    explanation: Any = ""

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
        messages.success(self.request, self.success_message)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        """Return the list above."""
        return self.refused_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the form's template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "submit_label": self.submit_label,
            "explanation": self.explanation,
            "back_url": self.refused_url(),
        }


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
        """Add the filter and the address that page numbers are added to."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query.pop("page", None)
        return context | {
            "filter_form": self.filter_form,
            "query": query.urlencode(),
            "writes": can_administer(self.request.user),
        }
