"""Where a link leads: the questions, answered once, by somebody of whom nothing is known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from catalog_pages.surveys import actions
from catalog_pages.surveys.enums import SurveyAbout
from catalog_pages.surveys.errors import SurveyRefusal, UsedLink
from catalog_pages.surveys.models import SurveyLink
from cms.organisations.models import Agency

# No name of a question holds a hyphen.
_ABOUT = "about-agency"


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class AnswerScreen(FormView):
    """The questions behind a link. Opening it uses nothing up: mail programs look into links before people do."""

    template_name = "catalog_pages/surveys/answer.html"
    link: SurveyLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, or say why the link does not hold; the address, which holds the token, is told to nobody."""
        try:
            self.link = actions.open_link(kwargs["token"])
            response = super().dispatch(request, *args, **kwargs)
        except UsedLink as refusal:
            is_sent = request.method == "POST"
            context = {"survey": refusal.survey, "is_sent": is_sent}
            response = render(request, "catalog_pages/surveys/thanks.html", context, status=409 if is_sent else 200)
        except SurveyRefusal as refusal:
            context = {"sentence": str(refusal)}
            response = render(request, "catalog_pages/surveys/refused.html", context, status=404)
        # Without any referrer a browser calls its origin "null", and the form would be refused.
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Return the questions, with that for the agency before them where one is chosen."""
        survey = self.link.survey
        form: forms.Form = survey.get_form(self.request.POST or None, prefix="q", page=survey)
        if survey.about == SurveyAbout.CHOSEN:
            others = Agency.objects.filter(pk__in=SurveyLink.objects.filter(survey=survey).values("agency"))
            others = others.exclude(pk=self.link.agency_id or 0).order_by("path")
            about = forms.ModelChoiceField(others, label=_("About which agency do you answer?"))
            form.fields = {_ABOUT: about, **form.fields}
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"survey": self.link.survey}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        data = dict(form.cleaned_data)
        about = data.pop(_ABOUT, None) or self.link.agency
        stored = {name: _stored(value) for name, value in data.items() if value not in (None, "", [])}
        actions.answer_survey(link=self.link, data=stored, about=about)
        return redirect(self.request.path)


def _stored(value: Any) -> Any:
    """Return an answer as it is kept: numbers exactly, as text."""
    return str(value) if isinstance(value, Decimal) else value
