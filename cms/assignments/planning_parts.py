"""What the screens of planning ask and do, whatever frame they stand in: the desk's, or a manager's own pages.

Each part says its title, form or columns, and act; ``planning_doors.py`` puts it into both frames. A part reaches the
people to whom the person gives work (``postings_given_work_by``), and no others.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments import actions
from cms.assignments.actions.giving import EDITABLE_FIELDS
from cms.assignments.day_messages import warn
from cms.assignments.forms import EditWorkForm, ItemFilterForm, ReasonForm
from cms.assignments.forms_people import GiveWorkForm, RuleChangeForm, RuleForm, due_words
from cms.assignments.models import WorkAssignment, WorkRule
from cms.assignments.permissions import agencies_planned_by, postings_given_work_by
from cms.catalogs.models import CatalogItem
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, below, link_to
from cms.organisations.models import Agency, Posting, of_managed


class Part:
    """What every part has of its frame: the request, the account, and the routes of the same door."""

    request: HttpRequest
    kwargs: dict[str, Any]
    person: Any
    door: str
    page_title: Any = ""
    # Where one goes from here: a route of the same door.
    back_to = "planning"

    def way(self, name: str, *args: Any) -> str:
        """Return the address of a route of this door."""
        return reverse(f"{self.door}:{name}", args=args)

    def refused_url(self) -> str:
        return self.way(self.back_to)

    def posting(self) -> Posting:
        """Return the posting of the address, to which the person gives work, or it is Http404."""
        return get_object_or_404(postings_given_work_by(self.person), pk=self.kwargs["posting"])


class ItemChoice(Part):
    """Of which item is the work? Those that hold today for an agency, found by code or words; once or by rule."""

    page_title = gettext_lazy("Give work: choose the product or work")
    order = ("version_id", "position", "pk")
    empty = gettext_lazy("No catalog that holds for this agency has such an item.")

    def get_filter_form(self) -> forms.Form:
        return ItemFilterForm(self.request.GET or None, by=self.request.user)

    @property
    def agency(self) -> Agency | None:
        form: ItemFilterForm = self.filter_form  # type: ignore[attr-defined]
        return form.agency_chosen

    def get_queryset(self) -> Any:
        if self.agency is None:
            return CatalogItem.objects.none()
        words = self.narrowed.get("q") or ""  # type: ignore[attr-defined]
        return actions.items_on(self.agency, timezone.localdate()).search(words)

    def get_columns(self) -> list[Column]:
        return [
            Column("code", gettext_lazy("Code"), is_code=True),
            Column("name", gettext_lazy("Product or work"), below=lambda item: below(item.task)),
            Column("unit", gettext_lazy("Unit")),
            Column("coefficient", gettext_lazy("Coefficient"), lambda item: format_decimal_vi(item.coefficient)),
            Column("acts", gettext_lazy("Acts"), self._acts, is_for_acts=True),
        ]

    def _acts(self, item: CatalogItem) -> SafeString:
        keys = (self.agency.pk if self.agency else 0, item.pk)
        once, again = self.way("work_give", *keys), self.way("rule_add", *keys)
        labels = (_("Give"), _("Give by rule"))
        return format_html("{} · {}", *(
            link_to(url, label, f"{label}: {item.name}") for url, label in zip((once, again), labels, strict=True)
        ))  # fmt: skip


class OfItem(Part):
    """Something that is asked of people at an agency about one item."""

    back_to = "item_choice"

    @cached_property
    def agency(self) -> Agency:
        return get_object_or_404(agencies_planned_by(self.person), pk=self.kwargs["agency"])

    @cached_property
    def item(self) -> CatalogItem:
        return get_object_or_404(actions.items_on(self.agency, timezone.localdate()), pk=self.kwargs["item"])

    @property
    def subject(self) -> str:
        return f"{self.item} – {self.agency}"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"by": self.person, "agency": self.agency, "item": self.item}


class WorkGive(OfItem):
    """Give one item to one officer or many, each their own quantity."""

    page_title = gettext_lazy("Give work")
    form_class = GiveWorkForm
    submit_label = gettext_lazy("Give the work")

    def perform(self, form: GiveWorkForm) -> None:
        count = len(actions.give_to_many(by=self.person, lines=form.lines()))
        messages.success(self.request, ngettext(
            "The work has been given to %(count)d officer.", "The work has been given to %(count)d officers.", count
        ) % {"count": count})  # fmt: skip
        warn(self.request, form.cleaned_data["due_on"])


class RuleAdd(OfItem):
    """Give one item again and again."""

    page_title = gettext_lazy("Give work by rule")
    form_class = RuleForm
    submit_label = gettext_lazy("Make the rule")
    explanation = gettext_lazy(
        "The work of each week or month is given ahead, at the coefficient that holds then. Nothing is given for days "
        "on which the person is away."
    )

    def perform(self, form: RuleForm) -> None:
        rules = actions.make_rules(by=self.person, lines=form.lines())
        count = len(rules)
        messages.success(self.request, ngettext(
            "%(count)d rule has been made.", "%(count)d rules have been made.", count
        ) % {"count": count})  # fmt: skip
        if sentence := actions.warn_of_rule(rules[0], timezone.localdate()):
            messages.warning(self.request, sentence)

    def get_success_url(self) -> str:
        return self.way("rule_list")


class RuleList(Part):
    """The rules by which the people to whom the person gives work get some again and again."""

    page_title = gettext_lazy("Rules of repeated work")
    order = ("posting__officer__code", "pk")
    empty = gettext_lazy("No work is given by rule yet.")

    def get_queryset(self) -> Any:
        return WorkRule.objects.visible_to(self.person).select_related("posting__officer", "posting__agency")

    def buttons(self) -> list[tuple[str, Any]]:
        return [(self.way("item_choice"), _("Give work by rule")), (self.way("planning"), _("Plan work"))]

    def is_past(self, rule: WorkRule) -> bool:
        return rule.stopped_at is not None

    def get_columns(self) -> list[Column]:
        return [
            Column("officer", gettext_lazy("Officer"), "posting.officer.name",
                   below=lambda rule: below(rule.posting.agency.name)),
            Column("name", gettext_lazy("Product or work"), "name", below=lambda rule: below(rule.code)),
            Column("quantity", gettext_lazy("Quantity each time"), lambda rule: format_decimal_vi(rule.assigned)),
            Column("when", gettext_lazy("Due on"), lambda rule: due_words(rule.rhythm, rule.day),
                   below=lambda rule: below(rule.get_rhythm_display())),
            Column("first_day", gettext_lazy("From")),
            Column("last_day", gettext_lazy("To")),
            Column("state", gettext_lazy("State"), _rule_state, below=lambda rule: below(rule.problem)),
            Column("acts", gettext_lazy("Acts"), self._acts, is_for_acts=True),
        ]  # fmt: skip

    def _acts(self, rule: WorkRule) -> Any:
        if rule.stopped_at:
            return ""
        change, end = (
            link_to(self.way(name, rule.pk), label, f"{label}: {rule}, {rule.posting.officer}")
            for name, label in (("rule_edit", _("Change")), ("rule_stop", _("End")))
        )
        return format_html("{} · {}", change, end)


def _rule_state(rule: WorkRule) -> Any:
    if rule.stopped_at:
        return _("Ended")
    return _("Cannot be given") if rule.problem else _("Running")


class OfRule(Part):
    """Something done to one rule."""

    back_to = "rule_list"

    @cached_property
    def rule(self) -> WorkRule:
        seen = WorkRule.objects.visible_to(self.person).select_related("posting__officer", "posting__agency")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return f"{self.rule.posting.officer} – {self.rule}"


class RuleEdit(OfRule):
    """Change how much is given, by when and how long."""

    page_title = gettext_lazy("Change the rule")
    form_class = RuleChangeForm
    explanation = gettext_lazy("It holds for what is given from now on; what was given stays as it is.")
    success_message = gettext_lazy("The rule has been changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"by": self.person, "rhythm": self.rule.rhythm}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.rule, name) for name in ("assigned", "day", "last_day", "instruction")}

    def perform(self, form: RuleChangeForm) -> None:
        rule = actions.change_rule(by=self.person, rule=self.rule, **form.cleaned_data)
        if sentence := actions.warn_of_rule(rule, timezone.localdate()):
            messages.warning(self.request, sentence)


class RuleStop(OfRule):
    """Give nothing more by the rule."""

    page_title = gettext_lazy("End the rule")
    form_class = forms.Form
    submit_label = gettext_lazy("End")
    serious = True
    explanation = gettext_lazy("Nothing more is given by it; what was given stays.")
    success_message = gettext_lazy("The rule has been ended.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.stop_rule(by=self.person, rule=self.rule)


class WorkEdit:
    """Change what is asked of a piece of work."""

    person: Any
    request: HttpRequest
    work: Any
    page_title = gettext_lazy("Change the work")
    form_class: Any = EditWorkForm
    success_message = gettext_lazy("The work has been changed.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.work, name) for name in EDITABLE_FIELDS}

    def perform(self, form: forms.BaseForm) -> None:
        actions.edit_work(by=self.person, work=self.work, **form.cleaned_data)
        warn(self.request, form.cleaned_data["due_on"])


class WorkWithdraw:
    """Take a piece of work back."""

    person: Any
    work: Any
    page_title = gettext_lazy("Withdraw the work")
    form_class: Any = ReasonForm
    submit_label = gettext_lazy("Withdraw")
    serious = True
    explanation = gettext_lazy("It counts for nothing, and stays to be read with the reason.")
    success_message = gettext_lazy("The work has been withdrawn.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_work(by=self.person, work=self.work, **form.cleaned_data)


class OfManagedWork(Part):
    """One piece of open work of somebody whom the person manages."""

    @cached_property
    def work(self) -> WorkAssignment:
        managed = WorkAssignment.objects.open().filter(of_managed(self.person)).select_related("officer", "agency")
        return get_object_or_404(managed, pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return f"{self.work.officer} – {self.work}"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"by": self.person}

    def refused_url(self) -> str:
        return self.way("team_person", self.work.officer_id)


class ManagedWorkEdit(WorkEdit, OfManagedWork):
    """The manager changes it."""


class ManagedWorkWithdraw(WorkWithdraw, OfManagedWork):
    """The manager takes it back."""
