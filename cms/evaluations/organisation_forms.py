"""Forms of organisations' evaluations; the actions check again what they are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanTextField
from cms.core.text import code_key
from cms.evaluations.enums import ShortcomingSource
from cms.evaluations.forms import EvaluationFilterForm, OpenPeriodForm, words_field
from cms.evaluations.permissions import agencies_of_periods
from cms.organisations.access import access_for
from cms.organisations.enums import AgencyKind
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency, Officer
from cms.users.enums import APPRAISING_ROLES


class OrganisationFilterForm(EvaluationFilterForm):
    """What narrows the organisations of a period."""

    q = forms.CharField(label=_("Organisation"), required=False, max_length=200)


class OpenForOrganisationsForm(OpenPeriodForm):
    """Whose organisations, and which period of the calendar."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        own = agencies_of_periods(by).values("pk")
        kinds = (AgencyKind.PROVINCE, AgencyKind.DEPARTMENT, AgencyKind.COMMUNE)
        opening = Agency.objects.active().filter(pk__in=own, kind__in=kinds)
        if access_for(by).holds(*APPRAISING_ROLES):
            opening |= Agency.objects.active().filter(depth=1)
        offer(self, "agency", opening)


class ShortcomingForm(forms.Form):
    """What was found, by whom, by which document, and until when it is remedied."""

    source = forms.ChoiceField(label=_("Found by"), choices=ShortcomingSource.choices)
    words = words_field(_("What was found"), required=True)
    document = CleanTextField(label=_("Official document"), max_length=300)
    found_on = day_field(_("Found on"), initial=timezone.localdate)
    due_on = day_field(_("To be remedied by"), required=False)


class RemedyForm(forms.Form):
    """How it was remedied, when, and by which document."""

    remedied_on = day_field(_("Remedied on"), initial=timezone.localdate)
    remedy = words_field(_("How it was remedied"), required=True)
    document = CleanTextField(label=_("Official document"), max_length=300)


class ForceMajeureForm(forms.Form):
    """Why nobody could help it, by which document, decided when."""

    reasoning = words_field(_("Circumstances, consequences and reasoning"), required=True)
    document = CleanTextField(label=_("Official document"), max_length=300)
    decided_on = day_field(_("Decided on"), initial=timezone.localdate)


class FigureForm(forms.Form):
    """Of whom (an officer by code, otherwise an agency), of which indicator, how much, when, by which source."""

    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), required=False)
    officer = forms.CharField(
        label=_("Officer code"), max_length=64, required=False, help_text=_("Empty: the figure is the agency's.")
    )
    code = forms.CharField(label=_("Indicator code"), max_length=60, help_text=_("As in the criteria framework."))
    value = forms.DecimalField(label=_("Figure"), min_value=0, max_digits=11, decimal_places=4, localize=True)
    measured_on = day_field(_("Measured on"), initial=timezone.localdate)
    source = CleanTextField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        own, over = agencies_of_periods(by).values("pk"), access_for(by).rows_over("", *APPRAISING_ROLES)
        offer(self, "agency", Agency.objects.active().filter(Q(pk__in=own) | over))

    def clean(self) -> dict[str, Any]:
        """Find the officer by the code, among those whom the person sees; without either nobody is meant."""
        said: dict[str, Any] = super().clean() or {}
        code = code_key(said.get("officer") or "")
        said["officer"] = Officer.objects.visible_to(self.by).filter(code=code).first() if code else None
        if code and said["officer"] is None:
            self.add_error("officer", _("No officer has this code."))
        elif not code and not said.get("agency"):
            self.add_error("agency", _("Choose an agency, or name an officer."))
        return said
