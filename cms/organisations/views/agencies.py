"""Screens of the tree of agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.organisations import actions
from cms.organisations.forms import (
    AgencyAddForm,
    AgencyDissolveForm,
    AgencyEditForm,
    AgencyFilterForm,
    AgencyMoveForm,
    IdentifierCodeForm,
)
from cms.organisations.models import Agency, AgencyQuerySet
from cms.organisations.permissions import can_administer, can_see_agencies
from cms.organisations.views.base import FormScreen, ListScreen

_LIST = ("organisations:agency_list", _("Agencies"))


class AgencyListScreen(ListScreen):
    """The tree, indented; filtered, each agency names the one above it."""

    template_name = "organisations/agency_list.html"
    page_title = _("Agencies")
    header_icon = "group"
    filter_form_class = AgencyFilterForm
    opens_to = staticmethod(can_see_agencies)
    context_object_name = "agencies"

    def get_queryset(self) -> AgencyQuerySet:
        """Return what the filter leaves, in the order of the tree."""
        filters = self.narrowed
        agencies = Agency.objects.search(filters.get("q", "")).prefetch_related("identifier_codes")
        for name in ("kind", "block"):
            if filters.get(name):
                agencies = agencies.filter(**{name: filters[name]})
        return agencies.active() if filters.get("existing") else agencies

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the name of the agency above each row when the tree is not shown whole."""
        context = super().get_context_data(**kwargs)
        agencies = list(context["agencies"])
        above = {agency.path[: -Agency.steplen] for agency in agencies}
        names = dict(Agency.objects.filter(path__in=above).values_list("path", "name"))
        for agency in agencies:
            agency.parent_name = names.get(agency.path[: -Agency.steplen], "")
            agency.current_codes = [code for code in agency.identifier_codes.all() if code.valid_to is None]
        is_filtered = any(self.narrowed.values())
        return context | {"agencies": agencies, "is_filtered": is_filtered, "writes": can_administer(self.person)}


class AgencyAddScreen(FormScreen):
    """Add an agency below another."""

    above = _LIST
    page_title = _("Add an agency")
    header_icon = "plus"
    form_class = AgencyAddForm
    success_message = _("The agency has been added.")

    def get_initial(self) -> dict[str, Any]:
        """Start with the agency from whose row the person came."""
        parent = self.request.GET.get("parent", "")
        return {"parent": parent} if parent.isdigit() else {}

    def perform(self, form: forms.BaseForm) -> None:
        """Add it."""
        actions.add_agency(by=self.person, **form.cleaned_data)


class AgencyScreen(FormScreen):
    """Something done to one agency."""

    above = _LIST
    header_icon = "group"

    @cached_property
    def agency(self) -> Agency:
        """Return the agency, or answer 404."""
        return get_object_or_404(Agency, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return the agency's name."""
        return self.agency.name

    def get_success_url(self) -> str:
        """Return the agency's own screen."""
        return reverse("organisations:agency_edit", args=[self.agency.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the agency."""
        return super().get_context_data(**kwargs) | {"agency": self.agency, "back_url": self.get_success_url()}


class AgencyEditScreen(AgencyScreen):
    """One agency: its fields, the codes that it had, ways to what else can be done; for readers without a form."""

    template_name = "organisations/agency_edit.html"
    page_title = _("Agency")
    form_class = AgencyEditForm
    opens_to = staticmethod(can_see_agencies)
    success_message = _("The agency has been saved.")

    def may_open(self, request: HttpRequest) -> bool:
        """Return whether the person may read this, or, when something is sent, write it."""
        return super().may_open(request) if request.method in ("GET", "HEAD") else can_administer(request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Work on a copy, so that the action sees what was there before."""
        return super().get_form_kwargs() | {"instance": Agency.objects.get(pk=self.agency.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the codes with their days, the agency above, and whether the person writes."""
        return super().get_context_data(**kwargs) | {
            "codes": self.agency.identifier_codes.all(),
            "parent": self.agency.get_parent(),
            "writes": can_administer(self.request.user),
            "back_url": reverse("organisations:agency_list"),
        }

    def perform(self, form: forms.BaseForm) -> None:
        """Save what changed."""
        actions.edit_agency(by=self.person, agency=self.agency, **form.cleaned_data)


class AgencyMoveScreen(AgencyScreen):
    """Move an agency in the tree."""

    page_title = _("Move an agency")
    form_class = AgencyMoveForm
    submit_label = _("Move")
    explanation = _(
        "All agencies below it move with it. People who act for an agency keep acting for what is below it."
    )
    success_message = _("The agency has been moved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer every place but its own subtree."""
        return super().get_form_kwargs() | {"agency": self.agency}

    def perform(self, form: forms.BaseForm) -> None:
        """Move it."""
        actions.move_agency(by=self.person, agency=self.agency, parent=form.cleaned_data["parent"])


class AgencyDissolveScreen(AgencyScreen):
    """Say that an agency has ceased to exist."""

    page_title = _("Dissolve an agency")
    form_class = AgencyDissolveForm
    explanation = _("The agency stays in the tree with everything that it decided; nothing is deleted.")
    success_message = _("The agency has been saved.")

    def get_initial(self) -> dict[str, Any]:
        """Start with the day that is known."""
        return {"dissolved_on": self.agency.dissolved_on}

    def perform(self, form: forms.BaseForm) -> None:
        """Save the day."""
        actions.edit_agency(by=self.person, agency=self.agency, dissolved_on=form.cleaned_data["dissolved_on"])


class IdentifierCodeScreen(AgencyScreen):
    """Give an agency a new identifier code."""

    page_title = _("New identifier code")
    form_class = IdentifierCodeForm
    explanation = _("The current code of the same form ends the day before and stays in the history.")
    success_message = _("The identifier code has been added.")

    def perform(self, form: forms.BaseForm) -> None:
        """Add it."""
        actions.add_identifier_code(by=self.person, agency=self.agency, **form.cleaned_data)
