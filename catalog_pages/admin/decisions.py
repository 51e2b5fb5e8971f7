"""One decision for many catalogs: entered, looked at version by version, carried out; a list of those there were."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from catalog_pages import joint_decisions
from catalog_pages.admin.screens import CatalogScreen
from cms.catalogs import permissions
from cms.catalogs.enums import DecisionState
from cms.catalogs.models import CatalogDecision, CatalogVersion
from cms.core.checked_files import send_checked
from cms.core.forms import CleanTextField, VietnameseDateField
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen

_LIST = ("catalogs:decisions", gettext_lazy("Decisions on many catalogs"))


class ManyDecisionForm(forms.Form):
    """The decision and its document; which versions, is ticked beside it."""

    number = CleanTextField(label=gettext_lazy("Decision number"), max_length=100)
    decision_date = VietnameseDateField(label=gettext_lazy("Decision date"))
    signer = CleanTextField(label=gettext_lazy("Signed by"), max_length=200)
    effective_from = VietnameseDateField(
        label=gettext_lazy("In effect from"), help_text=gettext_lazy("A later day publishes the catalog on that day.")
    )
    file = forms.FileField(label=gettext_lazy("The decision as PDF"), widget=forms.FileInput(attrs={"accept": ".pdf"}))


class DecisionListScreen(CatalogScreen, ListScreen):
    """Decisions for many catalogs, the newest first."""

    page_title = _LIST[1]
    header_icon = "check"
    opens_to = staticmethod(permissions.can_see_board)
    above = None
    empty = gettext_lazy("No decision for many catalogs has been entered.")
    columns = [
        Column("number", gettext_lazy("Decision number"), "number", url_name="catalogs:decision"),
        Column("date", gettext_lazy("Decision date"), "decision_date"),
        Column("signer", gettext_lazy("Signed by"), "signer"),
        Column("from", gettext_lazy("In effect from"), "effective_from"),
        Column("state", gettext_lazy("State"), "get_state_display"),
    ]

    def get_queryset(self) -> Any:
        return CatalogDecision.objects.visible_to(self.person)

    def buttons(self) -> list[tuple[str, Any]]:
        may_enter = permissions.can_enter_decisions(self.person)
        return [(reverse("catalogs:decision_add"), _("Enter a decision"))] if may_enter else []


class DecisionAddScreen(CatalogScreen, FormScreen):
    """Enter a decision and tick what it approves; nothing is approved here."""

    above = _LIST
    page_title = gettext_lazy("Enter a decision for many catalogs")
    submit_label = gettext_lazy("Go on: look at each list")
    opens_to = staticmethod(permissions.can_enter_decisions)
    header_icon = "check"
    template_name = "catalog_pages/admin/decision_form.html"
    form_class = ManyDecisionForm
    explanation = gettext_lazy(
        "Nothing is approved yet. On the next screen each list stands with whether it can be approved, and you approve "
        "all of them or a part."
    )

    @cached_property
    def waiting(self) -> list[CatalogVersion]:
        """Return the versions that wait for this person's decision."""
        return list(joint_decisions.waiting_for_decision(self.person)[: joint_decisions.MOST_VERSIONS])

    @property
    def ticked(self) -> set[str]:
        """Return the keys of the versions that are ticked."""
        return set(self.request.POST.getlist("version"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [
            (each, joint_decisions.blocking_reason(self.person, each), not self.ticked or str(each.pk) in self.ticked)
            for each in self.waiting
        ]
        return super().get_context_data(**kwargs) | {"lines": lines}

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        chosen = [version for version in self.waiting if str(version.pk) in self.ticked]
        decision = joint_decisions.prepare_decision(by=self.person, versions=chosen, **form.cleaned_data)
        return redirect("catalogs:decision", decision.pk)


class DecisionObjectScreen(CatalogScreen):
    """A screen about one decision, which is not there for those who neither entered it nor read the province."""

    above = _LIST
    header_icon = "check"
    opens_to = staticmethod(permissions.can_see_board)

    @cached_property
    def decision(self) -> CatalogDecision:
        """Return the decision of the address."""
        decisions = CatalogDecision.objects.visible_to(self.person).select_related("by")
        return get_object_or_404(decisions, pk=self.kwargs["decision_id"])


class DecisionScreen(DecisionObjectScreen, PageScreen):
    """The decision with its versions: why one cannot be approved, how far it is, what was approved."""

    page_title = gettext_lazy("Decision on many catalogs")
    template_name = "catalog_pages/admin/decision.html"

    def get_page_subtitle(self) -> str:
        return self.decision.number

    def refused_url(self) -> str:
        return reverse("catalogs:decision", args=[self.decision.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decision = self.decision
        is_open = decision.state == DecisionState.PREPARED
        if is_open:
            parts = joint_decisions.reasons_of(decision.by, decision)
        else:
            parts = [(part, part.reason) for part in decision.parts.select_related("version__catalog__agency")]
        free = sum(not reason for _part, reason in parts)
        is_waiting, progress = decision.state == DecisionState.WAITING, joint_decisions.progress_of(decision)
        # Whoever was at it may be gone; to ask twice does nothing twice.
        may_act = decision.by_id == self.person.pk and (is_open or (is_waiting and progress is None))
        return super().get_context_data(**kwargs) | {
            "decision": decision, "parts": parts, "free": free, "stopped": len(parts) - free, "is_open": is_open,
            "is_waiting": is_waiting, "is_done": decision.state == DecisionState.DONE, "may_act": may_act,
            "progress": progress,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve all or the part that can be, or give the decision up."""
        act = request.POST.get("act", "")
        if act == "abandon":
            joint_decisions.abandon_decision(by=self.person, decision=self.decision)
            messages.success(request, _("The decision is given up; nothing was approved."))
        elif act in ("all", "part"):
            joint_decisions.approve_decision(by=self.person, decision=self.decision, is_partial=act == "part")
            messages.success(request, _("The lists are being approved."))
        return redirect(self.refused_url())


class DecisionFileView(DecisionObjectScreen, View):
    """The document of a decision."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return send_checked(request, self.decision)
