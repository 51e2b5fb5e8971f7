"""The parts of planning ahead: the ways to do it, last month's plan copied, and templates of positions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.assignments import actions
from cms.assignments.day_messages import show_outcome
from cms.assignments.forms_planning import CopyPlanForm, TemplateAddForm, TemplateApplyForm, TemplateLinesForm
from cms.assignments.models import PositionTemplate
from cms.assignments.permissions import agencies_given_work_by, can_give, postings_given_work_by
from cms.assignments.planning_parts import Part
from cms.core.screens import Column, below, link_to
from cms.organisations.models import Agency, Position, Posting


class Planning(Part):
    """The ways to plan work, each with a sentence on what it is for."""

    page_title = gettext_lazy("Plan work")

    def ways(self) -> list[tuple[str, Any, Any]]:
        """Return addresses, titles and sentences."""
        reported = [
            ("item_choice", _("Give work"), _("One product or work to one person or many, each their own quantity.")),
            ("rule_list", _("Rules of repeated work"), _("“Each week, 5 reports, by Friday”: given ahead by itself.")),
            ("template_list", _("Templates of positions"),
             _("What whoever holds a position is usually given in a month.")),
            ("copy_plan", _("Copy last month's plan"), _("What was planned last month, for this or the next.")),
            ("absence_list", _("Absences"), _("Who is away is given nothing for those days, and has fewer of them.")),
        ]  # fmt: skip
        return [(self.way(name), title, sentence) for name, title, sentence in reported]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"ways": self.ways(), "page_title": self.page_title}


class CopyPlan(Part):
    """Give a division's people, or one of them, what was planned for them in the month before."""

    page_title = gettext_lazy("Copy last month's plan")
    form_class = CopyPlanForm
    submit_label = gettext_lazy("Copy the plan")
    explanation = gettext_lazy(
        "Planned work of the month before is given anew, due by the same days of the month or the working day before. "
        "What is given already is not given twice; what cannot be given is listed."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"by": self.person}

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.request.GET.get("officer", "")[:64]}

    def perform(self, form: CopyPlanForm) -> None:
        typed = form.cleaned_data
        outcome = actions.copy_plan(
            by=self.person, agency=typed["agency"], month=typed["month"], postings=form.postings()
        )
        show_outcome(self.request, outcome)


class TemplateList(Part):
    """The templates of the agencies for which the person gives work."""

    page_title = gettext_lazy("Templates of positions")
    order = ("agency__path", "pk")
    empty = gettext_lazy("No position has a template yet.")

    def get_queryset(self) -> Any:
        return PositionTemplate.objects.visible_to(self.person).select_related("agency", "position").with_counts()

    def buttons(self) -> list[tuple[str, Any]]:
        make = [(self.way("template_add"), _("Make a template"))] if self.makes_templates else []
        return [*make, (self.way("planning"), _("Plan work"))]

    @cached_property
    def makes_templates(self) -> bool:
        return agencies_given_work_by(self.person).exists()

    def get_columns(self) -> list[Column]:
        return [
            Column("position", gettext_lazy("Job position"), "position.name",
                   below=lambda template: below(template.agency.name)),
            Column("count", gettext_lazy("Items"), "line_count"),
            Column("acts", gettext_lazy("Acts"), self._acts, is_for_acts=True),
        ]  # fmt: skip

    def _acts(self, template: PositionTemplate) -> Any:
        apply = link_to(self.way("template_apply", template.pk), _("Give the month's work"), f"{template}")
        if not can_give(self.person, template.agency):
            return apply
        url = self.way("template_edit", template.agency_id, template.position_id)
        return format_html("{} · {}", apply, link_to(url, _("Change"), f"{_('Change')}: {template}"))


class TemplateAdd(Part):
    """Choose the position whose template is made."""

    page_title = gettext_lazy("Make a template")
    back_to = "template_list"
    form_class = TemplateAddForm
    submit_label = gettext_lazy("Go on")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> Any:
        typed = form.cleaned_data
        return redirect(self.way("template_edit", typed["agency"].pk, typed["position"].pk))


class TemplateEdit(Part):
    """Which items a position is usually given, how much of each, and by which day of the month."""

    page_title = gettext_lazy("Template of a position")
    back_to = "template_list"
    form_class = TemplateLinesForm
    submit_label = gettext_lazy("Save the template")
    explanation = gettext_lazy(
        "An item without a quantity leaves the template. Look for items below, write how much, and save."
    )

    @cached_property
    def agency(self) -> Agency:
        return get_object_or_404(agencies_given_work_by(self.person).active(), pk=self.kwargs["agency"])

    @cached_property
    def position(self) -> Position:
        held = Posting.objects.on(timezone.localdate()).within(self.agency).order_by().values("position")
        template = PositionTemplate.objects.filter(agency=self.agency).order_by().values("position")
        positions = Position.objects.filter(pk__in=held) | Position.objects.filter(pk__in=template)
        return get_object_or_404(positions, pk=self.kwargs["position"])

    @property
    def subject(self) -> str:
        return f"{self.position} – {self.agency}"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        words = (self.request.GET.get("q") or "")[:200]
        return kwargs | {"agency": self.agency, "position": self.position, "words": words}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"words": (self.request.GET.get("q") or "")[:200]}

    def perform(self, form: TemplateLinesForm) -> Any:
        actions.save_template(by=self.person, agency=self.agency, position=self.position, lines=form.lines())

    success_message = gettext_lazy("The template has been saved.")

    def get_success_url(self) -> str:
        return self.way("template_edit", self.agency.pk, self.position.pk)


class TemplateApply(Part):
    """Give a month's work of a template to those who hold the position."""

    page_title = gettext_lazy("Give the month's work of a template")
    back_to = "template_list"
    form_class = TemplateApplyForm
    submit_label = gettext_lazy("Give the work")

    @cached_property
    def template(self) -> PositionTemplate:
        seen = PositionTemplate.objects.visible_to(self.person).select_related("agency", "position")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return str(self.template)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        held = postings_given_work_by(self.person).within(self.template.agency)
        return kwargs | {"by": self.person, "holders": held.filter(position=self.template.position)}

    def perform(self, form: TemplateApplyForm) -> None:
        typed = form.cleaned_data
        outcome = actions.apply_template(
            by=self.person, template=self.template, month=typed["month"], postings=list(typed["people"])
        )
        show_outcome(self.request, outcome)
