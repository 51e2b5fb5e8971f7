"""Forms about plan tasks; the actions check again what they are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.assignments.actions import PlanTaskValues
from cms.assignments.enums import PlanGiver
from cms.assignments.forms import ByForm
from cms.assignments.models import PlanTask, PlanTaskQuerySet
from cms.assignments.plan_permissions import agencies_given_plans_by, provincial_office, serves_the_office
from cms.assignments.reach import agencies_of
from cms.core.forms import CleanTextField
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency
from cms.users.enums import WRITING_AGENCY_ROLES


def _long(label: Any, **options: Any) -> CleanTextField:
    return CleanTextField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **options)


class PlanFilterForm(ByForm):
    """What narrows the list of plan tasks."""

    HOW = [
        ("", _("Whatever stands open")), ("waiting", _("Waiting for confirmation")), ("late", _("Late")),
        ("soon", _("Due within 3 days")), ("confirmed", _("Confirmed")), ("all", _("All")),
    ]  # fmt: skip

    q = forms.CharField(label=_("Words of the task or document"), required=False, max_length=200)
    agency = AgencyChoice(Agency.objects.none(), label=_("Lead agency"), required=False, empty_label=_("All"))
    how = forms.ChoiceField(label=_("State"), required=False, choices=HOW)
    key = forms.BooleanField(label=_("Key tasks alone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies_given_plans_by(self.by))
        self.is_valid()

    def tasks(self) -> PlanTaskQuerySet:
        """Return the visible tasks that were asked for; what cannot be read narrows nothing."""
        asked = dict(self.cleaned_data) if self.is_bound else {}
        tasks = standing(PlanTask.objects.visible_to(self.by), asked.get("how") or "")
        if asked.get("agency"):
            tasks = tasks.filter(agency__path__startswith=asked["agency"].path)
        if asked.get("key"):
            tasks = tasks.filter(is_key=True)
        return tasks.search(asked.get("q") or "")


def standing(tasks: PlanTaskQuerySet, how: str) -> PlanTaskQuerySet:
    """Return the tasks that stand so: open, waiting, late, soon, confirmed, all."""
    if how == "waiting":
        return tasks.filter(state="reported")
    if how == "confirmed":
        return tasks.filter(state="confirmed")
    if how == "late":
        return tasks.late()
    if how == "soon":
        return tasks.soon_due()
    return tasks if how == "all" else tasks.open()


class PlanAskedForm(ByForm):
    """What is asked of an agency."""

    name = _long(_("Plan task"))
    expected = _long(_("Expected result"), required=False)
    document = CleanTextField(label=_("Official document"), max_length=200, required=False)
    is_key = forms.BooleanField(label=_("A key task"), required=False)
    due_on = day_field(_("Due on"))
    cooperating = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label=_("Cooperating agencies"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "cooperating", Agency.objects.active())


class PlanGiveForm(PlanAskedForm):
    """A new task: whose, and for whom it is given."""

    agency = AgencyChoice(Agency.objects.none(), label=_("Lead agency"), empty_label=None)
    giver = AgencyChoice(Agency.objects.none(), label=_("Given by"), empty_label=None)
    given_on = day_field(_("Given on"), initial=timezone.localdate)
    field_order = ["agency", "giver", "name", "expected", "document", "is_key", "given_on", "due_on", "cooperating"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies_given_plans_by(self.by))
        own = Agency.objects.active().filter(pk__in=agencies_of(self.by, *WRITING_AGENCY_ROLES))
        offer(self, "giver", own)

    def values(self) -> PlanTaskValues:
        """Return what was typed as the action takes it; of which kind it is follows from who gives it to whom."""
        typed = dict(self.cleaned_data)
        return PlanTaskValues(**typed, given_kind=self._kind(typed["giver"], typed["agency"]))

    def _kind(self, giver: Agency, agency: Agency) -> str:
        if giver.pk == agency.pk:
            return PlanGiver.OWN
        office = provincial_office() if serves_the_office(self.by) else None
        is_office = office is not None and office.pk == giver.pk and not agency.path.startswith(giver.path)
        return PlanGiver.OFFICE if is_office else PlanGiver.SUPERIOR


class PlanReportForm(ByForm):
    """How far the owner has come."""

    progress = forms.IntegerField(label=_("Progress (%)"), min_value=0, max_value=100)
    result = _long(_("Result"), required=False)
    done_on = day_field(
        _("Done on"), required=False, help_text=_("Leave it empty while the task is under way.")
    )  # fmt: skip


class PlanJudgeForm(ByForm):
    """What the giver finds."""

    quality_met = forms.BooleanField(label=_("Quality met"), required=False, initial=True)
    effect_met = forms.BooleanField(label=_("Effect met"), required=False, initial=True)
    exceeded = forms.BooleanField(label=_("Exceeded what was asked"), required=False)
    words = _long(_("Words to the owner"), required=False)


class PlanCorrectForm(ByForm):
    """What is corrected of a confirmed task, and why."""

    done_on = day_field(_("Done on"))
    quality_met = forms.BooleanField(label=_("Quality met"), required=False)
    effect_met = forms.BooleanField(label=_("Effect met"), required=False)
    exceeded = forms.BooleanField(label=_("Exceeded what was asked"), required=False)
    reason = _long(_("Reason"))
