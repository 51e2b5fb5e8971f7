"""Trials of a framework: their list, starting one, looking at one, and one subject of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.errors import DomainError
from cms.frameworks import conversion
from cms.frameworks.actions import trying
from cms.frameworks.enums import TrialState
from cms.frameworks.errors import NotPublishable, NotReadable
from cms.frameworks.messages import described
from cms.frameworks.models import Trial
from cms.frameworks.trials.changes import change_rows
from cms.frameworks.trials.places import described_inputs
from cms.frameworks.trials.running import scores_of, subjects_in
from cms.frameworks.trials.shown import Shown, group_names, headline, step_rows
from cms.frameworks.views.screens import FrameworkScreen, editor_url, json_file
from cms.frameworks.views.trial_form import TrialForm, refused
from cms.scoring import shipped
from cms.scoring.answer import answer
from cms.scoring.definition import Definition
from cms.scoring.document import document
from cms.scoring.problems import Problem

TRIALS = 25
GROUPS = 25
CHANGES = 50
MOST_PROBLEMS = 1_000


@dataclass(frozen=True)
class TrialRow:
    """A trial in the list."""

    trial: Trial
    beside: str
    headline: str
    is_current: bool


class TrialListView(FrameworkScreen):
    """Trials of one framework, the latest first."""

    template_name = "frameworks/trials.html"
    page_title = gettext_lazy("Trials")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of trials, each with whether the draft is still what was tried."""
        trials = Trial.objects.filter(framework=self.framework).readable_by(self.person).listed()
        page = Paginator(trials, TRIALS).get_page(self.request.GET.get("page"))
        current = trying.draft_hash(self.framework)
        rows = [TrialRow(each, beside_name(each), _headline(each), each.content_hash == current) for each in page]
        return super().get_context_data(page=page, rows=rows, is_tried=any(map(_counts, rows)), **kwargs)


class StartTrialView(FrameworkScreen):
    """Choose the inputs and what to stand beside, and try the draft."""

    template_name = "frameworks/trial_start.html"
    page_title = gettext_lazy("Try the draft")

    def trail(self) -> list[dict[str, Any]]:
        return [*super().trail(), {"url": self.refused_url(), "label": _("Trials")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, or what has to be mended in the draft first."""
        definition, problems = self._draft
        form = kwargs.pop("form", None) or (self._form(definition) if definition else None)
        context = {"form": form, "draft_problems": problems, "editor_url": editor_url(self.framework)}
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Try the draft and show the trial; what is wrong with an uploaded set is told in full."""
        definition, _problems = self._draft
        if definition is None:
            return self.get(request)
        form = self._form(definition, request.POST, request.FILES)
        if not form.is_valid():
            return self._again(form)
        try:
            inputs = form.inputs()
            trial = trying.start_trial(
                by=self.person,
                framework=self.framework,
                inputs_=inputs,
                beside=form.beside_chosen(),
                version=form.version_tried(),
            )
        except NotReadable as refusal:
            return self._again(form, refusal.problems)
        except DomainError as refusal:
            refused(form, refusal)
            return self._again(form)
        return redirect("frameworks:trial", pk=self.framework.pk, trial_pk=trial.pk)

    @cached_property
    def _draft(self) -> tuple[Definition | None, list[dict[str, str]]]:
        try:
            return trying.readable_draft(self.framework), []
        except NotPublishable as refusal:
            data = conversion.definition_data(self.framework.get_latest_revision_as_object())
            return None, described(refusal.problems, data)

    def _form(self, definition: Definition, *data: Any) -> TrialForm:
        return TrialForm(*data, user=self.person, framework=self.framework, definition=definition)

    def _again(self, form: TrialForm, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
        shown = described_inputs(problems[:MOST_PROBLEMS], form.cleaned_data.get("data")) if problems else []
        context = self.get_context_data(form=form, problems=shown, problem_count=len(problems))
        return self.render_to_response(context, status=400)


class TrialScreen(FrameworkScreen):
    """A screen about one trial. Trials on real people are not found by those who do not read the whole province."""

    @cached_property
    def trial(self) -> Trial:
        """Return the trial of the address."""
        found = self.trials().filter(framework=self.framework)
        trial: Trial = get_object_or_404(found.readable_by(self.person), pk=self.kwargs["trial_pk"])
        return trial

    def trials(self) -> Any:
        """Return the trials with what the screen needs of them."""
        return Trial.objects.listed()

    @property
    def trial_url(self) -> str:
        """Return the address of the trial."""
        return reverse("frameworks:trial", args=[self.framework.pk, self.trial.pk])

    def trail(self) -> list[dict[str, Any]]:
        url = reverse("frameworks:trials", args=[self.framework.pk])
        return [*super().trail(), {"url": url, "label": _("Trials")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {"trial": self.trial, "beside": beside_name(self.trial), "tried": tried_name(self.trial)}
        return super().get_context_data(**names, **kwargs)


class TrialView(TrialScreen):
    """A trial: its progress, and then what the draft would change."""

    page_title = gettext_lazy("Trial")

    def get_template_names(self) -> list[str]:
        is_done = self.trial.state == TrialState.DONE
        return ["frameworks/trial.html" if is_done else "frameworks/trial_waiting.html"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the trial, or lead to the person that was looked for."""
        query = request.GET.get("id", "").strip()
        if query:
            place = self._place_of(query)
            if place:
                return redirect("frameworks:trial_subject", self.framework.pk, self.trial.pk, place)
            messages.warning(request, _("Nobody in these inputs is called “%(id)s”.") % {"id": query})
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the comparison, its longer tables a page at a time."""
        trial = self.trial
        shown: dict[str, Any] = {
            "is_current": trial.content_hash == trying.draft_hash(self.framework),
            "is_stuck": trying.is_stuck(trial),
        }
        if trial.state == TrialState.DONE:
            result = Shown(json.loads(trial.result), trial.inputs.subject)
            shown |= {
                "shown": result,
                "agencies": self._page(result.agencies, "agencies"),
                "groups": self._page(result.position_groups, "groups"),
                "breaches": self._page(result.breaches, "caps"),
                "roles": self._page(result.roles, "roles"),
                "cells": self._page(result.cells, "cells"),
                "changes": self._changes(result),
                "has_changes": any(result.result["directions"][way] for way in ("up", "down", "other")),
            }
        return super().get_context_data(**shown, **kwargs)

    def _page(self, rows: list[Any], name: str) -> Page[Any]:
        return Paginator(rows, GROUPS).get_page(self.request.GET.get(name))

    def _changes(self, result: Shown) -> Page[Any]:
        """Return a page of who changes level; only what it shows is read."""
        page = Paginator(self.trial.changed.order_by("place"), CHANGES).get_page(self.request.GET.get("changed"))
        rows: list[Any] = list(change_rows(page.object_list, result.group_names))
        page.object_list = rows
        return page

    def _place_of(self, query: str) -> int | None:
        named = (str(subject["id"]) for subject in subjects_in(self.trial.inputs.content))
        return next((place for place, each in enumerate(named, 1) if each == query), None)


class TrialAgainView(TrialScreen):
    """Run a trial again that broke off."""

    http_method_names = ["post"]

    def refused_url(self) -> str:
        return self.trial_url

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        trying.run_again(by=self.person, trial=self.trial)
        return redirect(self.trial_url)


class TrialSubjectView(TrialScreen):
    """One subject of a trial under both frameworks, worked out again from what was frozen."""

    template_name = "frameworks/trial_subject.html"

    def trials(self) -> Any:
        """Return the trials with everything: the calculation is made again."""
        return Trial.objects.select_related("inputs", "version", "beside", "beside_draft", "created_by")

    def get_page_title(self) -> str:
        return str(self.subject["id"])

    def trail(self) -> list[dict[str, Any]]:
        return [*super().trail(), {"url": self.trial_url, "label": _("Trial")}]

    @cached_property
    def subject(self) -> dict[str, Any]:
        """Return the subject of the address: its place among the inputs, from 1."""
        requested = self.kwargs["place"]
        for place, subject in enumerate(subjects_in(self.trial.inputs.content), 1):
            if place == requested:
                return subject
        raise Http404

    @cached_property
    def answers(self) -> list[dict[str, Any] | None]:
        """Return the answers before and after; None where the inputs cannot be read."""
        outcomes = scores_of(self.subject, trying.sides_of(self.trial))
        return [None if isinstance(each, Problem) else answer(each) for each in outcomes]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = group_names()
        before, after = (document(each["receipt"], names=names) if each else None for each in self.answers)
        shown = {"before": before, "after": after, "steps": step_rows(before, after), "place": self.kwargs["place"]}
        return super().get_context_data(**shown, **kwargs)


class TrialSubjectFileView(TrialSubjectView):
    """Both receipts of a subject as JSON."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before, after = self.answers
        name = f"{self.framework.code}-{self.trial.pk}-{self.kwargs['place']}.json"
        return json_file({"id": self.subject["id"], "before": before, "after": after}, name)


def beside_name(trial: Trial) -> str:
    """Name what it was tried beside."""
    if trial.beside is not None:
        number = {"number": trial.beside.number}
        if trial.beside.framework_id == trial.framework_id:
            return _("Version %(number)s") % number
        return _("%(name)s, version %(number)s") % {"name": trial.beside.name, **number}
    if trial.beside_draft is not None:
        return _("%(name)s, the draft as it was then") % {"name": trial.beside_draft.name}
    return shipped.load(trial.beside_shipped).name


def tried_name(trial: Trial) -> str:
    if trial.version is not None:
        return _("Version %(number)s") % {"number": trial.version.number}
    return _("The draft as it was tried")


def _headline(trial: Trial) -> str:
    return headline(json.loads(trial.result), trial.inputs.subject) if trial.state == TrialState.DONE else ""


def _counts(row: TrialRow) -> bool:
    return row.is_current and row.trial.state == TrialState.DONE
