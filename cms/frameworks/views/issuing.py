"""Versions that wait for the People's Committee's decision, and the decision as it is recorded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.dates import format_date_vi
from cms.core.forms import VietnameseDateField
from cms.core.screens import Column, FormScreen, ListScreen, below, link_to
from cms.frameworks import permissions
from cms.frameworks.actions import issue_version
from cms.frameworks.models import FrameworkVersion
from cms.frameworks.presenters import public_address


class IssuingListScreen(ListScreen):
    """Versions of the province's frameworks: those that wait for a decision first."""

    page_title = gettext_lazy("Issuing decisions")
    header_icon = "doc-full"
    opens_to = staticmethod(permissions.can_see_issuing)
    empty = gettext_lazy("No framework of the province is published yet.")

    def get_columns(self) -> list[Column]:
        return [
            Column("name", gettext_lazy("Framework"), _version_link),
            Column("number", gettext_lazy("Decision"), _decision_text, below=lambda each: below(self._act(each))),
            Column("effective_from", gettext_lazy("Effective from")),
            Column("signed_on", gettext_lazy("Signed on"), "decision.signed_on"),
        ]

    def get_queryset(self) -> Any:
        versions = FrameworkVersion.objects.filter(framework__agency=None).defer("content")
        return versions.select_related("framework", "decision").order_by(
            F("decision__pk").desc(nulls_first=True), "-published_at"
        )

    def _act(self, version: FrameworkVersion) -> Any:
        if version.issued_by or not permissions.can_issue(self.person):
            return ""
        return link_to(reverse("frameworks:issue", args=[version.pk]), _("Record the decision"), str(version))


class IssuingDecisionForm(forms.Form):
    """The decision as it is on paper."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=100)
    signed_on = VietnameseDateField(label=gettext_lazy("Date of the decision"))
    signer = forms.CharField(
        label=gettext_lazy("Signed by"), max_length=200, help_text=gettext_lazy("Office, such as: Chairman.")
    )
    effective_from = VietnameseDateField(label=gettext_lazy("Day of effect"))


class IssueScreen(FormScreen):
    """Record the decision that issues one version."""

    above = ("frameworks:issuing", gettext_lazy("Issuing decisions"))
    page_title = gettext_lazy("Record the decision")
    header_icon = "doc-full"
    form_class = IssuingDecisionForm
    opens_to = staticmethod(permissions.can_issue)
    submit_label = gettext_lazy("Record the decision")
    success_message = gettext_lazy("The decision is recorded. The version holds from its day of effect on.")
    explanation = gettext_lazy("What is recorded here never changes, and the public page shows it.")

    @cached_property
    def version(self) -> FrameworkVersion:
        """Return the version of the address, of the province."""
        versions = FrameworkVersion.objects.filter(framework__agency=None).select_related("framework", "decision")
        return get_object_or_404(versions, pk=self.kwargs["pk"])

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        day = {"day": format_date_vi(self.version.effective_from)}
        form.fields["effective_from"].help_text = _("As the decision has it; this version is for %(day)s on.") % day
        return form

    def get_page_subtitle(self) -> str:
        return str(self.version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"subject": _version_link(self.version)}

    def perform(self, form: Any) -> None:
        issue_version(by=self.person, version=self.version, **form.cleaned_data)


def _version_link(version: FrameworkVersion) -> Any:
    return format_html('<a href="{}">{}</a>', public_address(version), version)


def _decision_text(version: FrameworkVersion) -> str:
    return str(version.issued_by or _("waits for the decision"))
