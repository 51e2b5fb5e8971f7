"""Who falls under no framework on a day, and the agencies' choices on their contract staff."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.forms import VietnameseDateField
from cms.core.screens import Column, FormScreen, ListScreen, below
from cms.frameworks import permissions
from cms.frameworks.actions import choose_contract_staff
from cms.frameworks.applicable import FrameworksOn
from cms.frameworks.models import ContractStaffChoice
from cms.organisations.access import access_for
from cms.organisations.forms import AgencyChoice, offer
from cms.organisations.models import Agency, AgencyQuerySet, Posting
from cms.users.enums import Role

_ABOVE = ("wagtailsnippets_frameworks_criteriaframework:list", gettext_lazy("Criteria frameworks"))


def _officer_lines(posting: Posting) -> Any:
    return below(posting.officer.code, posting.agency.name)


def _position_lines(posting: Posting) -> Any:
    return below(posting.position.group.name, posting.get_role_display())


class DayForm(forms.Form):
    """The day that is asked about, and the agency at or below which."""

    day = VietnameseDateField(label=gettext_lazy("On the day"), required=False, initial=timezone.localdate)
    agency = AgencyChoice(Agency.objects.none(), label=gettext_lazy("Agency"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].empty_label = _("All")  # type: ignore[attr-defined]


class UncoveredScreen(ListScreen):
    """A list of those without a framework, with what is missing for each."""

    above = _ABOVE
    header_icon = "group"
    opens_to = staticmethod(permissions.can_enter)
    filter_form_class = DayForm

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        offer(self.filter_form, "agency", agencies_read_by(request.user).active())
        self.frameworks = FrameworksOn(self.narrowed.get("day") or timezone.localdate())

    @property
    def day(self) -> datetime.date:
        """Return the day that is asked about."""
        return self.frameworks.day

    def buttons(self) -> list[tuple[str, Any]]:
        lists = [
            (reverse("frameworks:officers_without"), _("Officers")),
            (reverse("frameworks:organisations_without"), _("Organisations")),
            (reverse("frameworks:contract_staff"), _("Contract staff")),
        ]
        return [each for each in lists if each[0] != self.request.path]


class OfficersWithoutScreen(UncoveredScreen):
    """Officers who fall under no framework by their main posting of the day, agency by agency."""

    page_title = gettext_lazy("Officers without a framework")
    empty = gettext_lazy("A framework is there for every officer on this day.")
    order = ("agency__path", "pk")
    columns = [
        Column("officer", gettext_lazy("Officer"), "officer.name", below=_officer_lines),
        Column("problem", gettext_lazy("Why"), "applicable.problem", classname="td-sentence"),
        Column("category", gettext_lazy("Staff category"), lambda each: each.officer.get_category_display()),
        Column("position", gettext_lazy("Job position"), "position.name", below=_position_lines),
    ]

    def get_queryset(self) -> Any:
        postings: Any = Posting.objects.visible_to(self.person).select_related("officer", "agency", "position__group")
        if agency := self.narrowed.get("agency"):
            postings = postings.within(agency)
        found: Any = self.frameworks.without_framework(postings)
        return found

    def present(self, rows: list[Any]) -> list[Any]:
        for posting, answer in zip(rows, self.frameworks.for_postings(rows), strict=True):
            posting.applicable = answer
        return rows


class OrganisationsWithoutScreen(UncoveredScreen):
    """Organisations that no framework judges."""

    page_title = gettext_lazy("Organisations without a framework")
    empty = gettext_lazy("A framework is there for every organisation on this day.")
    order = ("path",)
    columns = [
        Column("name", gettext_lazy("Agency"), "name", below=lambda each: below(each.code)),
        Column("problem", gettext_lazy("Why"), "applicable.problem", classname="td-sentence"),
        Column("kind", gettext_lazy("Kind"), "get_kind_display"),
        Column("block", gettext_lazy("Block"), "get_block_display"),
    ]

    def get_queryset(self) -> AgencyQuerySet:
        agencies = agencies_read_by(self.person)
        if agency := self.narrowed.get("agency"):
            agencies = agencies.within({agency.path})
        found: AgencyQuerySet = self.frameworks.organisations_without(agencies)
        return found

    def present(self, rows: list[Any]) -> list[Any]:
        for agency, answer in zip(rows, self.frameworks.for_organisations(rows), strict=True):
            agency.applicable = answer
        return rows


class ContractStaffScreen(ListScreen):
    """What agencies decided on their contract staff, the latest first."""

    above = _ABOVE
    page_title = gettext_lazy("Contract staff")
    header_icon = "group"
    opens_to = staticmethod(permissions.can_enter)
    empty = gettext_lazy("No agency has recorded its choice yet: until then no framework judges its contract staff.")
    columns = [
        Column("agency", gettext_lazy("Agency"), "agency.name"),
        Column("covered", gettext_lazy("Choice"), lambda each: _("judged") if each.covered else _("not judged")),
        Column("valid_from", gettext_lazy("From")),
        Column("document", gettext_lazy("Decision")),
        Column("decided_by", gettext_lazy("Recorded by"), lambda each: each.decided_by or "–"),
    ]

    def get_queryset(self) -> Any:
        choices = ContractStaffChoice.objects.filter(agency__in=agencies_read_by(self.person).order_by())
        return choices.select_related("agency", "decided_by").order_by("-decided_at", "-pk")

    def buttons(self) -> list[tuple[str, Any]]:
        if not access_for(self.person).has(Role.AGENCY_HEAD):
            return []
        return [(reverse("frameworks:contract_staff_choose"), _("Record a choice"))]


class ContractStaffForm(forms.Form):
    """Which agency, what, from when, by which document."""

    agency = AgencyChoice(Agency.objects.none(), label=gettext_lazy("Agency"), empty_label=None)
    covered = forms.TypedChoiceField(
        label=gettext_lazy("Contract staff"),
        choices=[("yes", gettext_lazy("are judged by the framework")), ("no", gettext_lazy("are not judged"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    valid_from = VietnameseDateField(label=gettext_lazy("From"), initial=timezone.localdate)
    document = forms.CharField(
        label=gettext_lazy("Decision"), max_length=300, help_text=gettext_lazy("Its number and date.")
    )


class ChooseContractStaffScreen(FormScreen):
    """An agency's head records the agency's choice; it also holds below the agency, where nothing else was chosen."""

    above = ("frameworks:contract_staff", gettext_lazy("Contract staff"))
    page_title = gettext_lazy("Record a choice")
    header_icon = "plus"
    form_class = ContractStaffForm
    success_message = gettext_lazy("The choice is recorded.")
    explanation = gettext_lazy(
        "Contract staff are judged where their agency decided so. A choice never changes: a later one takes its place."
    )

    @staticmethod
    def opens_to(user: Any) -> bool:
        """Let in heads of agencies."""
        return access_for(user).has(Role.AGENCY_HEAD)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        own = Agency.objects.within(access_for(self.person).paths.get(Role.AGENCY_HEAD, frozenset()))
        offer(form, "agency", own.active())
        return form

    def perform(self, form: Any) -> None:
        choose_contract_staff(by=self.person, **form.cleaned_data)


def agencies_read_by(user: Any) -> AgencyQuerySet:
    """Return the agencies of which the person reads: all for Sở Nội vụ, their own for others."""
    access = access_for(user)
    return Agency.objects.all() if access.reads_province else access.own_agencies()
