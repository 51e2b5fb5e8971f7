"""Forms of the screens about work; the actions check again what they are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.assignments.actions import EvidenceValues
from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState, WorkState
from cms.assignments.models import WorkAssignment, WorkQuerySet
from cms.assignments.permissions import agencies_given_work_by, agencies_planned_by
from cms.assignments.rules import MAX_QUANTITY
from cms.core.forms import CleanTextField, VietnameseDecimalField
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency


def quantity_field(label: Any, **options: Any) -> VietnameseDecimalField:
    """Return a field for a quantity of work."""
    return VietnameseDecimalField(label=label, at_most=MAX_QUANTITY, **options)


class ByForm(forms.Form):
    """A form that offers what the person who fills it in may choose."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.label_suffix = ""


class WorkFilterForm(ByForm):
    """What narrows the list of work."""

    HOW = [
        ("", _("Whatever stands open")), ("waiting", _("Waiting for confirmation")), ("late", _("Late")),
        ("soon", _("Due within 3 days")), ("confirmed", _("Confirmed")), ("all", _("All")),
    ]  # fmt: skip

    q = forms.CharField(label=_("Officer, code or name of the work"), required=False, max_length=200)
    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("All"))
    how = forms.ChoiceField(label=_("State"), required=False, choices=HOW)
    day = day_field(_("Month of the day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies_given_work_by(self.by).active())
        self.is_valid()

    def work(self) -> WorkQuerySet:
        """Return the visible work that was asked for; what cannot be read narrows nothing."""
        asked = dict(self.cleaned_data) if self.is_bound else {}
        work = _standing(WorkAssignment.objects.at_desk_of(self.by), asked.get("how") or "")
        if asked.get("agency"):
            work = work.filter(agency__path__startswith=asked["agency"].path)
        if asked.get("day"):
            work = work.of_month(asked["day"])
        return work.search(asked.get("q") or "")


def _standing(work: WorkQuerySet, how: str) -> WorkQuerySet:
    if how == "waiting":
        return work.filter(state=WorkState.DONE)
    if how == "confirmed":
        return work.filter(state=WorkState.CONFIRMED)
    if how == "late":
        return work.late()
    if how == "soon":
        return work.soon_due()
    return work if how == "all" else work.open()


class ItemFilterForm(ByForm):
    """Which item the work is of: sought among those that hold for an agency today."""

    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), empty_label=None)
    q = forms.CharField(label=_("Code or words"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_planned_by(self.by)
        offer(self, "agency", agencies)
        self.initial.setdefault("agency", agencies.first())
        self.is_valid()

    @property
    def agency_chosen(self) -> Agency | None:
        """Return the agency that was asked for, or the first that can be."""
        chosen: Agency | None = self.cleaned_data.get("agency") if self.is_bound else None
        return chosen or self.initial["agency"]


class EditWorkForm(ByForm):
    """What may change about open work, and why."""

    assigned = quantity_field(_("Quantity assigned"))
    due_on = day_field(_("Due on"))
    instruction = CleanTextField(
        label=_("What is asked"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_key = forms.BooleanField(label=_("A key task"), required=False)
    is_planned = forms.BooleanField(label=_("In the plan"), required=False)
    reason = CleanTextField(label=_("Reason"), required=False, max_length=500)


class ReasonForm(ByForm):
    """Why."""

    reason = CleanTextField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmWorkForm(ByForm):
    """What was wrong with what was done, if anything was."""

    quality_failures = forms.IntegerField(
        label=_("Quality failures"), min_value=0, initial=0, help_text=_("How many of the products fell short.")
    )
    late_occurrences = forms.IntegerField(
        label=_("Late occurrences"), min_value=0, help_text=_("Counted from the days; correct it where they mislead.")
    )


class CorrectWorkForm(ConfirmWorkForm):
    """What is corrected of confirmed work, and why."""

    completed = quantity_field(_("Quantity completed"), at_least=0)
    done_on = day_field(_("Done on"))
    reason = CleanTextField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("completed", "done_on", "quality_failures", "late_occurrences", "reason")


class ReportForm(forms.Form):
    """What an officer says of their own work."""

    completed = quantity_field(_("Completed so far"), at_least=0)
    done_on = day_field(_("Done on"), required=False, initial=timezone.localdate)
    result = CleanTextField(
        label=_("Result in words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    document_number = CleanTextField(label=_("Document number as evidence"), required=False, max_length=100)
    file = forms.FileField(
        label=_("File as evidence"), required=False, max_length=255, allow_empty_file=True,
        help_text=_("PDF, picture, Word, Excel or PowerPoint without macros, 25 MiB at most."),
    )  # fmt: skip

    def evidence(self) -> list[EvidenceValues]:
        """Return what was brought with it, as the action takes it."""
        number, file = self.cleaned_data["document_number"], self.cleaned_data["file"]
        numbers = [EvidenceValues(document_number=number)] if number else []
        return numbers + ([EvidenceValues(file=file)] if file else [])


class EvidenceForm(forms.Form):
    """One thing that shows the work: a file, a link, or the number of a document."""

    file = forms.FileField(
        label=_("File"), required=False, max_length=255, allow_empty_file=True,
        help_text=_("PDF, picture, Word, Excel or PowerPoint without macros, 25 MiB at most."),
    )  # fmt: skip
    url = forms.URLField(label=_("Link"), required=False, max_length=1000, assume_scheme="https")
    document_number = CleanTextField(label=_("Document number"), required=False, max_length=100)
    document_date = day_field(_("Date of the document"), required=False)

    def values(self) -> EvidenceValues:
        """Return what was brought as the action takes it."""
        return EvidenceValues(**self.cleaned_data)


def _statement(label: Any, **options: Any) -> CleanTextField:
    return CleanTextField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **options)


class ClaimForm(forms.Form):
    """What an officer says about a delay or a failure."""

    about = forms.ChoiceField(label=_("What it explains"), choices=ClaimAbout.choices)
    cause = forms.ChoiceField(label=_("Objective cause"), choices=ClaimCause.choices)
    statement = _statement(_("What happened, from when to when"))


class ClaimAmendForm(forms.Form):
    """What a claim was sent back for."""

    statement = _statement(_("What happened, from when to when"))


class ClaimDecisionForm(forms.Form):
    """What becomes of a claim, and why."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("", _("Choose")),
            (ClaimState.ACCEPTED, _("Accept: it takes no points off")),
            (ClaimState.REFUSED, _("Refuse")),
            (ClaimState.SENT_BACK, _("Send back for more")),
        ],
    )  # fmt: skip
    answer = _statement(_("Words for the officer"), required=False)
