"""The board of the caps of a period: who has the level, ties, who is near, what if; and the acts about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from cms.core.checked_files import send_checked
from cms.core.screens import FormScreen, PageScreen
from cms.evaluations import actions
from cms.evaluations.cap_board import BoardGroup, WhatIf, cap_board
from cms.evaluations.cap_forms import CapChoiceForm, CapDecisionForm, WhatIfForm
from cms.evaluations.enums import Step
from cms.evaluations.forms import ReasonForm
from cms.evaluations.models import CapChoice, CapDecision, Evaluation
from cms.evaluations.permissions import can_keep, may_do
from cms.evaluations.views import PeriodScreen
from cms.frameworks.trials.shown import group_names
from cms.organisations.actions import note_reads
from cms.organisations.enums import OfficerData
from cms.scoring.exact import to_vietnamese


class CapScreen(PeriodScreen):
    """A screen about the caps of a period of officers."""

    @cached_property
    def people(self) -> dict[str, Evaluation]:
        """Return the evaluations of the period by the officer's code, without the person's own."""
        found = self.period.evaluations.counted().filter(officer__isnull=False)
        found = found.select_related("officer", "agency", "decider", "period")
        return {each.subject.code: each for each in found if each.officer and each.officer.account_id != self.person.pk}

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """Return the position groups of the period, by code, with their names."""
        names = group_names()
        own = {each.position_group for each in self.people.values()} - {""}
        return [(code, names.get(code, code)) for code in sorted(own)]

    def name_of(self, group: BoardGroup) -> str:
        """Return what a group is called."""
        names = group_names()
        return " + ".join(names.get(code, code) for code in group.groups) or _("The whole agency")

    def refused_url(self) -> str:
        return reverse("evaluations:cap", args=[self.kwargs["period"]])

    def trail(self) -> list[dict[str, Any]]:
        own = {"url": reverse("evaluations:cap", args=[self.period.pk]), "label": _("Cap on levels")}
        return [*super().trail(), own]


class CapBoardScreen(CapScreen, PageScreen):
    """The groups, with everybody who has the level by the points; calculated, and calculated otherwise when asked."""

    page_title = gettext_lazy("Cap on levels")
    template_name = "evaluations/cap.html"

    def get_page_subtitle(self) -> str:
        return f"{self.period} – {self.period.agency}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        form = WhatIfForm(asked or None, groups=self.groups)
        what_if = self._what_if(form) if asked and form.is_valid() else None
        board = [each for each in cap_board(self.period, what_if) if each.eligible or each.ranked]
        choices = self._choices()
        rows = [self._row(index, group, choices) for index, group in enumerate(board)]
        shown = {code for group in board for code in self._codes(group)} & self.people.keys()
        officers = [self.people[code].officer for code in sorted(shown)]
        note_reads(by=self.person, officers=[each for each in officers if each], what=OfficerData.RESULT)
        return super().get_context_data(**kwargs) | {
            "period": self.period,
            "rows": rows,
            "form": form,
            "is_what_if": what_if is not None,
            "decisions": self.period.cap_decisions.select_related("recorded_by"),
            "may_keep": can_keep(self.person, self.period) and not self.period.is_locked,
        }

    def _what_if(self, form: WhatIfForm) -> WhatIf:
        typed = form.cleaned_data
        return WhatIf(
            exception=_("a decision that there is not yet") if typed["exception"] else "", base=typed["base"],
            pooled=tuple(sorted(typed.get("pooled", []))), without=frozenset(self.request.GET.getlist("without")),
        )  # fmt: skip

    def _codes(self, group: BoardGroup) -> list[str]:
        return [str(each.id) for each in group.ranked] + [code for code, _points in group.near]

    def _choices(self) -> dict[int, Any]:
        own = CapChoice.objects.standing().filter(evaluation__period=self.period).select_related("chosen_by")
        return {each.evaluation_id: each for each in own}

    def _row(self, index: int, group: BoardGroup, choices: dict[int, Any]) -> dict[str, Any]:
        ranked = [
            {"name": self._named(str(each.id)), "total": to_vietnamese(each.total, 2), "rank": each.rank,
             "standing": each.standing,
             "code": each.id, "key": self._key(str(each.id)), "choice": choices.get(self._key(str(each.id))),
             "decided": self._decided(str(each.id))}
            for each in group.ranked
        ]  # fmt: skip
        near = [(self._named(code), to_vietnamese(total, 2)) for code, total in group.near]
        return {"index": index, "name": self.name_of(group), "group": group, "ranked": ranked, "near": near}

    def _named(self, code: str) -> str:
        """Return whose line it is; of one's own nothing but that it is one's own."""
        return str(self.people[code].subject.name) if code in self.people else _("(your own)")

    def _key(self, code: str) -> int:
        return self.people[code].pk if code in self.people else 0

    def _decided(self, code: str) -> str:
        return self.people[code].level if code in self.people else ""


class CapChoiceScreen(CapScreen, FormScreen):
    """Who of a group holds the level: for who has authority to classify all of them."""

    page_title = gettext_lazy("Who holds the level")
    form_class = CapChoiceForm
    submit_label = gettext_lazy("Record the choice")
    serious = True
    explanation = gettext_lazy(
        "Everybody here has the level by the points. Those who are ticked hold it; the decision of the others follows "
        "your choice with this reason. Nobody is decided now."
    )
    success_message = gettext_lazy("The choice has been recorded. The evaluations still have to be decided.")

    @cached_property
    def holders(self) -> dict[str, Evaluation]:
        """Return those who have the level and are not decided yet, if they are the person's to decide."""
        board = [each for each in cap_board(self.period) if each.eligible or each.ranked]
        if self.kwargs["place"] >= len(board):
            raise Http404
        codes = [str(each.id) for each in board[self.kwargs["place"]].ranked]
        own = {code: self.people[code] for code in codes if code in self.people and not self.people[code].is_decided}
        return {code: one for code, one in own.items() if may_do(self.person, one, Step.DECIDE)}

    def get_form_kwargs(self) -> dict[str, Any]:
        holders = [(code, str(one.subject.name)) for code, one in self.holders.items()]
        return super().get_form_kwargs() | {"holders": holders}

    def perform(self, form: forms.BaseForm) -> None:
        chosen = set(form.cleaned_data["chosen"])
        keep = [one for code, one in self.holders.items() if code in chosen]
        leave = [one for code, one in self.holders.items() if code not in chosen]
        actions.choose_under_cap(by=self.person, keep=keep, leave=leave, reason=form.cleaned_data["reason"])


class CapDecisionScreen(CapScreen, FormScreen):
    """Record the decision that allows the higher rate or puts groups together."""

    page_title = gettext_lazy("Record a decision on the cap")
    form_class = CapDecisionForm
    submit_label = gettext_lazy("Record")
    serious = True
    success_message = gettext_lazy("The decision has been recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"groups": self.groups}

    def perform(self, form: forms.BaseForm) -> None:
        actions.record_cap_decision(by=self.person, period=self.period, **form.cleaned_data)


class OneCapDecision(CapScreen):
    """A screen about one decision on the cap of a period."""

    @cached_property
    def decision(self) -> CapDecision:
        """Return the decision of the address."""
        return get_object_or_404(self.period.cap_decisions, pk=self.kwargs["decision"])


class CapDecisionFileScreen(OneCapDecision, View):
    """The decision itself, to be saved, where it was brought."""

    http_method_names: Any = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return send_checked(request, self.decision)


class WithdrawCapDecisionScreen(OneCapDecision, FormScreen):
    """Withdraw a decision that was wrong."""

    page_title = gettext_lazy("Withdraw the decision on the cap")
    form_class = ReasonForm
    submit_label = gettext_lazy("Withdraw")
    serious = True
    success_message = gettext_lazy("The decision has been withdrawn.")

    @property
    def subject(self) -> str:
        return str(self.decision)

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_cap_decision(by=self.person, decision=self.decision, **form.cleaned_data)
