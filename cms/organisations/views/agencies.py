"""Screens of the tree of agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms.core.screens import Column, below, link_to
from cms.core.screens.tables import format_value
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

    page_title = _("Agencies")
    header_icon = "group"
    filter_form_class = AgencyFilterForm
    opens_to = staticmethod(can_see_agencies)
    context_object_name = "agencies"
    empty = _("No agency is like this.")

    def get_queryset(self) -> AgencyQuerySet:
        """Return what the filter leaves, in the order of the tree."""
        filters = self.narrowed
        agencies = Agency.objects.search(filters.get("q", "")).prefetch_related("identifier_codes")
        for name in ("kind", "block"):
            if filters.get(name):
                agencies = agencies.filter(**{name: filters[name]})
        return agencies.active() if filters.get("existing") else agencies

    def get_columns(self) -> list[Column]:
        """Indent the whole tree; of what a filter leaves, name the agency above each."""
        is_tree = not any(self.narrowed.values())
        columns = [
            Column(
                "name", _("Name"), url_name="organisations:agency_edit",
                below=_dissolved if is_tree else lambda agency: _above(agency) + _dissolved(agency),
                classname=lambda agency: f"td-depth-{agency.depth}" if is_tree else "",
            ),
            Column("code", _("Code"), is_code=True),
            Column("kind", _("Kind"), "get_kind_display"),
            Column("block", _("Block"), "get_block_display"),
            Column("codes", _("Identifier codes"), _current_codes),
        ]  # fmt: skip
        return [*columns, Column("acts", _("Actions"), _acts, is_for_acts=True)] if self.writes else columns

    @property
    def writes(self) -> bool:
        """Whether this person keeps the tree."""
        return can_administer(self.person)

    def buttons(self) -> list[tuple[str, Any]]:
        download = (reverse("organisations:agency_download"), _("Download as Excel"))
        add = (reverse("organisations:agency_add"), _("Add an agency"))
        upload = (reverse("organisations:agency_upload"), _("Bring in from Excel"))
        return [add, upload, download] if self.writes else [download]

    def is_past(self, row: Agency) -> bool:
        return row.dissolved_on is not None

    def present(self, rows: list[Agency]) -> list[Agency]:
        """Add to each agency the name of the one above it."""
        above = {agency.path[: -Agency.steplen] for agency in rows}
        names = dict(Agency.objects.filter(path__in=above).values_list("path", "name"))
        for agency in rows:
            agency.parent_name = names.get(agency.path[: -Agency.steplen], "")
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        count = context["paginator"].count
        return context | {"count_label": ngettext("%(count)s agency", "%(count)s agencies", count) % {"count": count}}


def _above(agency: Any) -> SafeString:
    return below(agency.parent_name and _("under %(name)s") % {"name": agency.parent_name})


def _dissolved(agency: Agency) -> SafeString:
    return below(agency.dissolved_on and _("dissolved on %(day)s") % {"day": format_value(agency.dissolved_on)})


def _current_codes(agency: Agency) -> SafeString:
    current = ((code,) for code in agency.identifier_codes.all() if code.valid_to is None)
    return format_html_join("", "<code>{}</code> ", current) or SafeString(" ")


def _acts(agency: Agency) -> str:
    if agency.dissolved_on:
        return ""
    about = _("Add an agency below %(name)s") % {"name": agency.name}
    return link_to(f"{reverse('organisations:agency_add')}?parent={agency.pk}", _("Add below"), about)


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
        return self.agency.name

    def get_success_url(self) -> str:
        return reverse("organisations:agency_edit", args=[self.agency.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
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
        return super().get_form_kwargs() | {"agency": self.agency}

    def perform(self, form: forms.BaseForm) -> None:
        actions.move_agency(by=self.person, agency=self.agency, parent=form.cleaned_data["parent"])


class AgencyDissolveScreen(AgencyScreen):
    """Say that an agency has ceased to exist."""

    page_title = _("Dissolve an agency")
    form_class = AgencyDissolveForm
    explanation = _("The agency stays in the tree with everything that it decided; nothing is deleted.")
    success_message = _("The agency has been saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"dissolved_on": self.agency.dissolved_on}

    def perform(self, form: forms.BaseForm) -> None:
        actions.edit_agency(by=self.person, agency=self.agency, dissolved_on=form.cleaned_data["dissolved_on"])


class IdentifierCodeScreen(AgencyScreen):
    """Give an agency a new identifier code."""

    page_title = _("New identifier code")
    form_class = IdentifierCodeForm
    explanation = _("The current code of the same form ends the day before and stays in the history.")
    success_message = _("The identifier code has been added.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.add_identifier_code(by=self.person, agency=self.agency, **form.cleaned_data)
