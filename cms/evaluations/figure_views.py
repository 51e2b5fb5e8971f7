"""Screens of figures from outside: surveys, marks of coordination, indices, each with its source and day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, Screen, below
from cms.evaluations import actions
from cms.evaluations.forms import ReasonForm
from cms.evaluations.models import Figure
from cms.evaluations.organisation_forms import FigureForm
from cms.evaluations.permissions import can_see_figures
from cms.organisations.actions import note_reads
from cms.organisations.enums import OfficerData

LIST = ("evaluations:figures", _("Figures from outside"))


class FigureScreen(Screen):
    """A screen for those who verify evaluations."""

    opens_to = staticmethod(can_see_figures)
    header_icon = "table"
    above: tuple[str, Any] | None = LIST

    def refused_url(self) -> str:
        return reverse(LIST[0])


class FigureListScreen(FigureScreen, ListScreen):
    """The figures of one's agencies and their officers, the latest first."""

    page_title = LIST[1]
    above = None
    empty = _("No figure has been recorded yet.")

    def get_queryset(self) -> Any:
        return Figure.objects.visible_to(self.person).select_related("agency", "officer", "recorded_by")

    def buttons(self) -> list[tuple[str, Any]]:
        upload = f"{reverse('importers:choose_agency')}?{urlencode({'kind': 'figures'})}"
        return [(reverse("evaluations:add_figure"), _("Record a figure")), (upload, _("Upload from Excel"))]

    def present(self, rows: list[Figure]) -> list[Figure]:
        """Note whose figures are read: surveys and marks of coordination are about persons."""
        officers = {each.officer_id: each.officer for each in rows if each.officer is not None}
        note_reads(by=self.person, officers=officers.values(), what=OfficerData.RESULT)
        return rows

    def is_past(self, row: Figure) -> bool:
        return row.withdrawn_at is not None

    def get_columns(self) -> list[Column]:
        return [
            Column(
                "subject", _("Measured of"), lambda row: row.subject.name, below=lambda row: below(row.subject.code)
            ),
            Column("code", _("Indicator")),
            Column("value", _("Figure"), lambda row: format_decimal_vi(row.value.normalize())),
            Column("measured_on", _("Measured on")),
            Column("source", _("Source"), below=lambda row: below(row.recorded_by.full_name, row.withdrawn_because)),
            Column("act", "", _withdraw_link),
        ]  # fmt: skip


def _withdraw_link(row: Figure) -> Any:
    if row.withdrawn_at is not None:
        return _("Withdrawn")
    url = reverse("evaluations:withdraw_figure", args=[row.pk])
    return format_html('<a href="{}">{}</a>', url, _("Withdraw the figure"))


class AddFigureScreen(FigureScreen, FormScreen):
    """Record a figure of an agency or of an officer."""

    page_title = _("Record a figure")
    form_class = FigureForm
    submit_label = _("Record")
    explanation = _(
        "It counts for the indicator with this code in periods in which it was measured. Whoever works at an agency "
        "has the agency's figure where they have none themselves."
    )
    success_message = _("The figure has been recorded. Calculate open periods anew.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> None:
        said = dict(form.cleaned_data)
        subject = said.pop("officer") or said.pop("agency")
        said.pop("agency", None)
        actions.record_figure(by=self.person, subject=subject, **said)


class WithdrawFigureScreen(FigureScreen, FormScreen):
    """Withdraw a figure that was wrong."""

    page_title = _("Withdraw the figure")
    form_class = ReasonForm
    submit_label = _("Withdraw")
    serious = True
    success_message = _("The figure has been withdrawn.")

    @cached_property
    def figure(self) -> Figure:
        """Return the figure of the address, where the person may see it."""
        return get_object_or_404(Figure.objects.visible_to(self.person), pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return str(self.figure)

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_figure(by=self.person, figure=self.figure, **form.cleaned_data)
