"""The screens of those who hold surveys: links to hand out, how many answered, results, and making them public."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from catalog_pages.surveys import actions, files, indicators
from catalog_pages.surveys.enums import SurveyAbout, SurveyState
from catalog_pages.surveys.forms import IndicatorForm, LinksForm
from catalog_pages.surveys.models import SurveyAnswer, SurveyLink
from catalog_pages.surveys.page import SurveyPage
from catalog_pages.surveys.permissions import can_hold_surveys
from catalog_pages.surveys.presenting import editors_results
from catalog_pages.surveys.results import links_by_agency
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen
from cms.organisations.models import Agency

# Texts beyond these stand in the file alone.
_MOST_TEXTS = 100


class SurveyScreen(Screen):
    """What the screens share: who is let in, and the survey of the address."""

    opens_to = staticmethod(can_hold_surveys)
    header_icon = "form"
    above: tuple[str, Any] | None = ("surveys:list", _("Surveys"))

    @cached_property
    def survey(self) -> SurveyPage:
        """Return the survey of the address."""
        return get_object_or_404(SurveyPage, pk=self.kwargs["survey_pk"])

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": self.results_url, "label": self.survey.title}]

    @property
    def results_url(self) -> str:
        """Return where the survey's own screen is."""
        return reverse("surveys:results", args=[self.survey.pk])

    def refused_url(self) -> str:
        return self.results_url


class SurveyList(SurveyScreen, ListScreen):
    """Every survey, the newest first, with how many answered."""

    page_title = _("Surveys")
    above = None
    empty = _("There is no survey yet. Add a page of the kind survey below the home page.")

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_queryset(self) -> QuerySet[SurveyPage]:
        return SurveyPage.objects.annotate(
            made=_number_of(SurveyLink.objects), answered=_number_of(SurveyAnswer.objects)
        ).order_by("-closes_on", "-pk")

    def get_columns(self) -> Sequence[Column]:
        return [
            Column("title", _("Survey"), "title", url_name="surveys:results"),
            Column("state", _("State"), lambda survey: survey.state.label),
            Column("opens_on", _("Open from")),
            Column("closes_on", _("Open until")),
            Column("answered", _("Answered"), lambda survey: format_decimal_vi(survey.answered)),
            Column("made", _("Links made"), lambda survey: format_decimal_vi(survey.made)),
        ]  # fmt: skip


def _number_of(rows: Any) -> Coalesce:
    """Return how many rows a survey has, counted apart: joined with another table each would count many times."""
    own = rows.filter(survey=OuterRef("pk")).order_by().values("survey")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


class ResultsScreen(SurveyScreen, PageScreen):
    """One survey: how many answered; when it is over what they answered, of all or about one agency."""

    template_name = "catalog_pages/surveys/results.html"

    def get_page_title(self) -> str:
        return str(self.survey.title)

    def trail(self) -> list[dict[str, Any]]:
        return []

    def refused_url(self) -> str:
        return reverse("surveys:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        survey, groups = self.survey, links_by_agency(self.survey)
        is_over = survey.state == SurveyState.OVER
        context = super().get_context_data(**kwargs) | {
            "survey": survey, "is_over": is_over, "is_public": survey.is_public, "groups": groups,
            "is_chosen": survey.about == SurveyAbout.CHOSEN, "most_texts": _MOST_TEXTS,
            "made": sum(each["made"] for each in groups), "used": sum(each["used"] for each in groups),
            "may_edit": survey.permissions_for_user(self.person).can_edit(),
        }  # fmt: skip
        if is_over:
            agency = Agency.objects.filter(code=self.request.GET.get("agency", "")).first()
            context |= {"agency": agency, "results": editors_results(survey, agency)}
        return context


class LinksScreen(SurveyScreen, FormScreen):
    """Make links and hand them out as a file, once."""

    page_title = _("Make links")
    form_class = LinksForm
    submit_label = _("Make the links and download them")
    explanation = _(
        "The file is the only place in which the links stand: the platform keeps no more than whether each was used. "
        "Whoever has a link answers once; nobody sees by which link an answer came."
    )

    def perform(self, form: forms.BaseForm) -> Any:
        links = actions.make_links(by=self.person, survey=self.survey, requested=form.cleaned_data["requested"])
        file, name = files.links_file(
            self.survey, links, form.cleaned_data["kind"], lambda path: self.request.build_absolute_uri(path)
        )
        answer = FileResponse(file, as_attachment=True, filename=name)
        answer.headers["Cache-Control"] = "no-store"
        return answer


class WithdrawLinksScreen(SurveyScreen, FormScreen):
    """Take back the links that nobody used, such as those of a file that was lost."""

    page_title = _("Withdraw unused links")
    form_class = forms.Form
    submit_label = _("Withdraw")
    serious = True
    explanation = _("Links that were not used answer no more. Answers that came stay. Make new links afterwards.")

    def perform(self, form: forms.BaseForm) -> None:
        count = actions.withdraw_links(by=self.person, survey=self.survey)
        messages.success(
            self.request, _now("%(number)s links were withdrawn.") % {"number": format_decimal_vi(Decimal(count))}
        )


class ResultsFile(SurveyScreen, View):
    """The results as a workbook, when the survey is over."""

    def get(self, request: HttpRequest, survey_pk: int) -> HttpResponseBase:
        file, name = files.results_file(self.survey)
        return FileResponse(file, as_attachment=True, filename=name)


class IndicatorScreen(SurveyScreen, FormScreen):
    """Take a result by agency along as figures of an indicator."""

    page_title = _("Figures for evaluations")
    form_class = IndicatorForm
    submit_label = _("Download the figures")
    explanation = _(
        "The file has a figure for each agency of which at least 5 people answered. Whoever verifies evaluations "
        "uploads it under “Figures from outside”, for the agency that these belong to and a period with the last day "
        "of the survey."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"survey": self.survey}

    def perform(self, form: Any) -> Any:
        measure = form.measures[form.cleaned_data["measure"]]
        file, name = indicators.figures_file(
            self.survey, measure, form.cleaned_data["indicator"], above=form.cleaned_data["above"]
        )
        return FileResponse(file, as_attachment=True, filename=name)


class PublishScreen(SurveyScreen, FormScreen):
    """Make the counts public."""

    page_title = _("Make the results public")
    form_class = forms.Form
    submit_label = _("Make public")
    success_message = _("The results are public.")
    explanation = _(
        "Everybody sees how many answered, and counts, shares and means of all together; no text that somebody wrote."
    )

    def perform(self, form: forms.BaseForm) -> None:
        actions.publish_results(by=self.person, survey=self.survey)


class HideScreen(SurveyScreen, FormScreen):
    """Take the counts from the public."""

    page_title = _("Take the results from the public")
    form_class = forms.Form
    submit_label = _("Take from the public")
    serious = True
    success_message = _("The results are no longer public.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.hide_results(by=self.person, survey=self.survey)
