"""How an approver comes to what waits: from the first screen, and from the editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.snippets.action_menu import ActionMenuItem

from cms.core.waiting import WaitingKind
from cms.frameworks import permissions
from cms.frameworks.bases import due
from cms.frameworks.models import CriteriaFramework, FrameworkVersion

SHOWN = 10


class WaitingFrameworksPanel(Component):
    """For approvers: drafts that wait, the longest waiting first; nothing where nothing waits."""

    name = "waiting_frameworks"
    template_name = "frameworks/home_waiting.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        waiting = CriteriaFramework.objects.worked_on_by(parent_context["request"].user).waiting()
        return {"waiting": list(waiting[:SHOWN]), "waiting_count": waiting.count()}


class WaitingDecisionsPanel(Component):
    """For who records decisions: published versions that none issues yet; nothing where nothing waits."""

    name = "waiting_decisions"
    template_name = "frameworks/home_decisions.html"
    order = 119

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        waiting = FrameworkVersion.objects.waiting_for_decision().order_by("effective_from", "pk").defer("content")
        return {"waiting": list(waiting[:SHOWN]), "waiting_count": waiting.count()}


class BehindFrameworksPanel(Component):
    """For who works on them: agencies' frameworks whose base has moved, and what is due; nothing where nothing is."""

    name = "behind_frameworks"
    template_name = "frameworks/home_behind.html"
    order = 121

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        frameworks = CriteriaFramework.objects.worked_on_by(parent_context["request"].user)
        behind = FrameworkVersion.objects.filter(framework__in=frameworks.order_by()).behind_base()
        listed = behind.with_base().order_by("framework__agency__name", "pk")[:SHOWN]
        rows = [{"version": each, "due": due(each)} for each in listed]
        return {"behind": rows, "behind_count": behind.count()}


def drafts_to_approve() -> WaitingKind:
    """Return the drafts that wait for approval."""
    return WaitingKind(
        _("drafts of frameworks to approve"), reverse_lazy("wagtailadmin_home"), permissions.can_review,
        lambda user: CriteriaFramework.objects.worked_on_by(user).waiting(), has_own_panel=True,
    )  # fmt: skip


def versions_to_issue() -> WaitingKind:
    """Return the published versions that no decision issues yet."""
    return WaitingKind(
        _("versions of frameworks without a decision"), reverse_lazy("wagtailadmin_home"), permissions.can_issue,
        lambda user: FrameworkVersion.objects.waiting_for_decision(), has_own_panel=True,
    )  # fmt: skip


def put_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show approvers what waits for them, and who works on agencies' frameworks what is due of these."""
    if permissions.can_issue(request.user):
        panels.append(WaitingDecisionsPanel())
    if permissions.can_review(request.user):
        panels.append(WaitingFrameworksPanel())
    if permissions.can_enter(request.user):
        panels.append(BehindFrameworksPanel())


class ReviewMenuItem(ActionMenuItem):
    """Leads an approver from the editor to the approval."""

    name = "action-review"
    label = _("Approval")
    icon_name = "success"

    def get_url(self, context: Any) -> str:
        return reverse("frameworks:review", args=[context["instance"].pk])


def order_menu(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Show an approver the way to the approval of a draft that waits, and nothing that would take it back."""
    instance = context.get("instance")
    if not isinstance(instance, CriteriaFramework) or not permissions.can_review(request.user):
        return
    if instance.workflow_in_progress:
        menu_items[:] = [ReviewMenuItem()]
