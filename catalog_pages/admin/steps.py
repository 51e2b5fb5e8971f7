"""The steps of each block between acceptance and decision, made and ordered by a technical administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.catalogs import actions, permissions
from cms.catalogs.models import OpinionStep
from cms.core.screens import Column, FormScreen, ListScreen, link_to
from cms.organisations.forms import AgencyChoice, offer
from cms.organisations.models import Agency

_LIST = ("catalogs:steps", _("Steps before the decision"))


class StepForm(forms.ModelForm):
    """A body that is asked, where in the order, and who speaks for it."""

    within = AgencyChoice(
        Agency.objects.none(), label=_("For the agency and below"), required=False, empty_label=_("All"),
        help_text=_("Without one, for every agency of the block."),
    )  # fmt: skip

    class Meta:
        model = OpinionStep
        fields = ["block", "within", "order", "name", "role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "within", Agency.objects.active())


class StepListScreen(ListScreen):
    """Every block's steps, in the order in which they are asked."""

    page_title = _LIST[1]
    header_icon = "list-ol"
    opens_to = staticmethod(permissions.can_keep_steps)
    empty = _("No block asks anybody between the acceptance and the decision.")

    def get_columns(self) -> list[Column]:
        return [
            Column("block", _("Block"), "get_block_display"),
            Column("within", _("For the agency and below"), lambda step: step.within or _("All")),
            Column("order", _("Order"), "order"),
            Column("name", _("Name"), "name", url_name="catalogs:step_edit"),
            Column("role", _("Given by who holds the role"), "get_role_display"),
            Column("remove", _("Remove the step"), self._remove, is_for_acts=True),
        ]

    def get_queryset(self) -> Any:
        return OpinionStep.objects.select_related("within").order_by("block", "order")

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("catalogs:step_add"), _("Add a step"))]

    def _remove(self, step: OpinionStep) -> Any:
        return link_to(reverse("catalogs:step_remove", args=[step.pk]), _("Remove the step"), str(step))


class StepAddScreen(FormScreen):
    """Add a step; versions that were accepted before are not asked about anew."""

    above = _LIST
    page_title = _("Add a step")
    header_icon = "plus"
    form_class: type[forms.Form | StepForm] = StepForm
    opens_to = staticmethod(permissions.can_keep_steps)
    success_message = _("The step has been saved.")
    explanation = _(
        "The body is asked after the list was accepted and before the decision is entered. Lists that are accepted "
        "already keep the steps of that day."
    )

    def refused_url(self) -> str:
        return reverse("catalogs:steps")

    def perform(self, form: Any) -> HttpResponse | None:
        try:
            self.save(form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        return None

    def save(self, typed: dict[str, Any]) -> None:
        """Keep what was typed."""
        actions.save_opinion_step(by=self.person, **typed)


class StepEditScreen(StepAddScreen):
    """Change a step."""

    page_title = _("Change the step")
    header_icon = "edit"

    @cached_property
    def step(self) -> OpinionStep:
        """Return the step of the address."""
        return get_object_or_404(OpinionStep, pk=self.kwargs["step_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.step}

    def save(self, typed: dict[str, Any]) -> None:
        actions.save_opinion_step(by=self.person, step_id=self.step.pk, **typed)


class StepRemoveScreen(StepEditScreen):
    """Take a step away."""

    page_title = _("Remove the step")
    header_icon = "bin"
    form_class = forms.Form
    submit_label = page_title
    success_message = _("The step has been removed.")
    explanation = _("Lists that wait for this body already still do.")
    serious = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {name: value for name, value in super().get_form_kwargs().items() if name != "instance"}

    @property
    def subject(self) -> str:
        return str(self.step)

    def save(self, typed: dict[str, Any]) -> None:
        actions.remove_opinion_step(by=self.person, step=self.step)
