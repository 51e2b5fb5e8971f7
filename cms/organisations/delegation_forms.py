"""Forms of the screens about delegations; the action checks again what it is given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.text import code_key
from cms.organisations.actions import DelegationValues
from cms.organisations.enums import DelegationKind
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency, DelegationQuerySet, Officer
from cms.organisations.officer_forms import ByForm
from cms.organisations.permissions import agencies_staffed_by


class OfficerCodeField(forms.CharField):
    """An officer, typed by code, among those whom ``by`` sees."""

    by: Any = None

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=64, **options)

    def clean(self, value: Any) -> Officer | None:
        code = code_key(str(super().clean(value)))
        officer = Officer.objects.visible_to(self.by).filter(code=code).first() if code else None
        if code and officer is None:
            raise forms.ValidationError(_("You see no officer of this code."))
        return officer


class DelegationForm(ByForm):
    """What is written down of a delegation: which fields it needs follows from the kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DelegationKind.choices)
    from_officer = OfficerCodeField(
        label=_("Code of the officer whom it is about"),
        help_text=_("Who delegates, is seconded, or is given a manager. Empty where somebody acts."),
    )
    to_officer = OfficerCodeField(
        label=_("Code of the officer who manages instead"),
        help_text=_("To whom it is delegated, who acts, or who is named. Empty for a secondment."),
    )
    agency = AgencyChoice(
        Agency.objects.none(), label=_("Agency without a head"), required=False, help_text=_("Where somebody acts.")
    )
    to_agency = AgencyChoice(
        Agency.objects.none(), label=_("Receiving agency"), required=False, help_text=_("For a secondment.")
    )
    valid_from = day_field(_("From"), initial=timezone.localdate)
    valid_to = day_field(_("To"), required=False, help_text=_("Leave it empty when no end is set."))
    reason = forms.CharField(label=_("Reason or decision"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_officer", "to_officer"):
            self.fields[name].by = self.by  # type: ignore[attr-defined]
        for name in ("agency", "to_agency"):
            offer(self, name, agencies_staffed_by(self.by).active())

    def values(self) -> DelegationValues:
        """Return what was typed as the action takes it."""
        return DelegationValues(**self.cleaned_data)


class DelegationFilterForm(forms.Form):
    """What narrows the list of delegations."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *DelegationKind.choices])
    past = forms.BooleanField(label=_("Past ones too"), required=False)

    def narrow(self, found: DelegationQuerySet) -> DelegationQuerySet:
        """Return those that the filter leaves; what cannot be read narrows nothing."""
        values = self.cleaned_data if self.is_valid() else {}
        if not values.get("past"):
            found = found.overlapping(timezone.localdate(), None)
        if values.get("kind"):
            found = found.filter(kind=values["kind"])
        if values.get("q"):
            people = Officer.objects.search(values["q"]).values("pk")
            found = found.filter(Q(from_officer__in=people) | Q(to_officer__in=people))
        return found
