"""Screens of organisations' evaluations: periods, verification, what was found and remedied."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cms.core.screens import Column, FormScreen, PageScreen, below
from cms.evaluations import actions, views
from cms.evaluations.dossier import desk_dossier
from cms.evaluations.enums import Act
from cms.evaluations.forms import MarksForm, OpenPeriodForm, ReasonForm, typed_marks
from cms.evaluations.models import Evaluation, Period, Result, Shortcoming
from cms.evaluations.organisation_forms import (
    OpenForOrganisationsForm,
    OrganisationFilterForm,
    RemedyForm,
    ShortcomingForm,
)
from cms.evaluations.organisation_sheet import sheet_of
from cms.evaluations.permissions import can_keep_facts, can_mark, can_see_organisation_periods, is_own
from cms.evaluations.presenters import laid_out
from cms.evaluations.scoring_inputs import marks_of

LIST = ("evaluations:organisation_periods", _("Evaluation of organisations"))


class OrganisationPeriodScreen(views.PeriodScreen):
    """A screen for those who keep organisations' evaluations."""

    opens_to = staticmethod(can_see_organisation_periods)
    above: tuple[str, Any] | None = LIST

    @cached_property
    def period(self) -> Period:
        """Return the period of the address, where it is of organisations and the person may see it."""
        seen = Period.objects.visible_to(self.person).filter(subject_kind="organisation")
        related = seen.select_related("agency", "lock_proposed_by", "locked_by")
        return get_object_or_404(related, pk=self.kwargs["period"])

    def trail(self) -> list[dict[str, Any]]:
        if "period" not in self.kwargs:
            return []
        return [{"url": reverse("evaluations:organisations", args=[self.period.pk]), "label": str(self.period)}]

    def refused_url(self) -> str:
        if "period" in self.kwargs:
            return reverse("evaluations:organisations", args=[self.kwargs["period"]])
        return reverse(LIST[0])


class OrganisationPeriodListScreen(OrganisationPeriodScreen, views.PeriodListScreen):
    """The periods in which organisations are evaluated, the latest first."""

    page_title = LIST[1]
    above = None
    columns = [
        Column("period", _("Period"), str, url_name="evaluations:organisations",
               below=lambda period: below(period.agency.name)),
        *views.PeriodListScreen.columns[1:],
    ]  # fmt: skip

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(subject_kind="organisation")

    def buttons(self) -> list[tuple[str, Any]]:
        return [
            (reverse("evaluations:open_organisations"), _("Open a period")),
            (reverse("evaluations:figures"), _("Figures from outside")),
        ]


class OpenOrganisationPeriodScreen(OrganisationPeriodScreen, FormScreen):
    """Open a period for the organisations below an agency."""

    page_title = _("Open a period for organisations")
    form_class = OpenForOrganisationsForm
    submit_label = _("Open")
    explanation = _(
        "The province evaluates departments and communes; each of them its own units. The framework and who recognises "
        "the result are settled now."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        assert isinstance(form, OpenPeriodForm)  # noqa: S101
        given = {"agency": form.cleaned_data["agency"], "kind": form.cleaned_data["kind"]}
        period = actions.open_organisation_period(by=self.person, first_day=form.first_day, **given)
        return redirect("evaluations:organisations", period.pk)


class OrganisationListScreen(OrganisationPeriodScreen, views.PeriodDetailScreen):
    """How far each organisation's evaluation has come."""

    filter_form_class = OrganisationFilterForm
    order = ("organisation__code", "pk")
    routes = "evaluations:organisations_"

    def get_queryset(self) -> Any:
        seen = Evaluation.objects.visible_to(self.person).filter(period=self.period).order_by()
        own = Q(organisation__in=self._own_organisations)
        return super().get_queryset().filter(Q(pk__in=seen.values("pk")) | own)

    def _way_in(self, row: Evaluation) -> Any:
        url = reverse("evaluations:organisation", args=[row.pk])
        return row.subject.name if self._is_own(row) else format_html('<a href="{}">{}</a>', url, row.subject.name)


class OrganisationComputeScreen(OrganisationPeriodScreen, views.ComputeScreen):
    """Calculate what nobody decided yet."""


class OrganisationProposeLockScreen(OrganisationPeriodScreen, views.ProposeLockScreen):
    """Propose to lock the period of organisations."""


class OrganisationWithdrawLockScreen(OrganisationPeriodScreen, views.WithdrawLockScreen):
    """Take that proposal back."""


class OrganisationLockScreen(OrganisationPeriodScreen, views.LockScreen):
    """Lock the period of organisations, as the second person."""


class OrganisationScreen(views.EvaluationScreen):
    """A screen about one organisation's evaluation, never one's own."""

    opens_to = staticmethod(can_see_organisation_periods)
    above = LIST

    @cached_property
    def evaluation(self) -> Evaluation:
        """Return the evaluation of the address, where it is an organisation's and the person may see it."""
        seen = Evaluation.objects.visible_to(self.person).filter(organisation__isnull=False)
        related = seen.select_related("period__agency", "organisation", "framework", "evaluator", "decider", "agency")
        return get_object_or_404(related, pk=self.kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        period = self.evaluation.period
        return [{"url": reverse("evaluations:organisations", args=[period.pk]), "label": str(period)}]

    def refused_url(self) -> str:
        return reverse("evaluations:organisation", args=[self.kwargs["pk"]])


class OrganisationDetailScreen(OrganisationScreen, PageScreen):
    """What an organisation's evaluation rests on, what was done in it, and its result with the receipt."""

    template_name = "evaluations/organisation.html"
    page_title = _("Evaluation of an organisation")

    def get_page_subtitle(self) -> str:
        return str(self.evaluation.subject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.evaluation
        result = Result.objects.of([one.pk]).first()
        is_open = bool(one.awaits) and not one.absence and not one.period.is_locked and one.framework is not None
        keeps = one.organisation is not None and can_keep_facts(self.person, one.organisation)
        return super().get_context_data(**kwargs) | {
            "evaluation": one,
            "sheet": sheet_of(one),
            "acts": one.acts.select_related("done_by"),
            "dossier": desk_dossier(self.person, one),
            "result": result,
            "receipt": laid_out(result) if result else None,
            "may_mark": is_open and not one.period.made_of and can_mark(self.person, one),
            "may_keep": keeps and not is_own(self.person, one),
        }


class VerifyOrganisationScreen(OrganisationScreen, FormScreen):
    """The verifying body's marks, beside the organisation's own."""

    template_name = "evaluations/verify_organisation.html"
    page_title = _("Verify and mark the organisation")
    submit_label = _("Record the marks and calculate")
    success_message = _("The marks have been recorded, and the result calculated.")

    def get_form(self, form_class: Any = None) -> MarksForm:
        """Return the form with the marks that count, before any with the organisation's own."""
        one = self.evaluation
        if one.framework is None or one.period.made_of:
            raise Http404
        given = marks_of([one.pk]).get(one.pk) or marks_of([one.pk], Act.ASSESS).get(one.pk, {})
        return MarksForm(self.request.POST or None, evaluation=one, initial=typed_marks(given))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"evaluation": self.evaluation, "sheet": sheet_of(self.evaluation)}

    def perform(self, form: Any) -> None:
        words = form.cleaned_data["words"]
        actions.mark(by=self.person, evaluation=self.evaluation, marks=form.marks(), words=words)


class AddShortcomingScreen(OrganisationScreen, FormScreen):
    """Record what an earlier evaluation or an inspection found."""

    page_title = _("Record a shortcoming")
    form_class = ShortcomingForm
    submit_label = _("Record")
    explanation = _("Until it is remedied the organisation cannot be “Excellent”. The evaluation is calculated anew.")
    success_message = _("The shortcoming has been recorded.")

    @property
    def subject(self) -> str:
        return str(self.evaluation.subject)

    def perform(self, form: forms.BaseForm) -> None:
        organisation: Any = self.evaluation.organisation
        actions.record_shortcoming(by=self.person, organisation=organisation, **form.cleaned_data)


class ShortcomingScreen(OrganisationScreen, FormScreen):
    """Something done to a shortcoming that stands."""

    @cached_property
    def shortcoming(self) -> Shortcoming:
        """Return the shortcoming of the address, of this very organisation."""
        found = Shortcoming.objects.select_related("organisation")
        return get_object_or_404(found, organisation=self.evaluation.organisation, pk=self.kwargs["shortcoming"])

    @property
    def subject(self) -> str:
        return str(self.shortcoming)


class RemedyScreen(ShortcomingScreen):
    """Record how it was remedied."""

    page_title = _("Record the remedy")
    form_class = RemedyForm
    submit_label = _("Record")
    success_message = _("The remedy has been recorded.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.remedy_shortcoming(by=self.person, shortcoming=self.shortcoming, **form.cleaned_data)


class WithdrawShortcomingScreen(ShortcomingScreen):
    """Withdraw what was recorded by mistake."""

    page_title = _("Withdraw the shortcoming")
    form_class = ReasonForm
    submit_label = _("Withdraw")
    serious = True
    success_message = _("The shortcoming has been withdrawn.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_shortcoming(by=self.person, shortcoming=self.shortcoming, **form.cleaned_data)
