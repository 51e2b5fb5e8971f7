"""The editor of frameworks in Wagtail's admin: list, tabs, history, comparison, preview, workflow."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.core.dates import format_date_vi
from cms.frameworks.enums import DraftState
from cms.frameworks.filters import FrameworkFilterSet
from cms.frameworks.models import CriteriaFramework, FrameworkQuerySet
from cms.frameworks.panels import edit_handler
from cms.frameworks.position_groups import PositionGroupViewSet
from cms.frameworks.views import opened
from cms.frameworks.views.editor import (
    FrameworkCreateView,
    FrameworkEditView,
    FrameworkIndexView,
    FrameworkPreviewView,
    FrameworkRevertView,
    FrameworkWorkflowActionView,
)


class _DayColumn(Column):
    """A day as Vietnamese people write it."""

    def get_value(self, instance: CriteriaFramework) -> str:
        day = super().get_value(instance)
        return format_date_vi(day) if day else "–"


class _StateColumn(Column):
    """Where a framework stands, and whether it is behind the base that it is made of."""

    def get_value(self, instance: CriteriaFramework) -> str:
        texts = [DraftState(instance.state).label]
        if instance.is_suspended:
            texts.append(_("suspended: its base has moved"))
        elif instance.is_behind:
            texts.append(_("its base has moved"))
        return " · ".join(str(each) for each in texts)


class FrameworkViewSet(SnippetViewSet):
    """Frameworks: those that the person may work on, and no address of any other."""

    model = CriteriaFramework
    icon = "tasks"
    url_prefix = "frameworks"
    menu_label = _("All frameworks")
    menu_name = "frameworks"
    menu_order = 10
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    filterset_class = FrameworkFilterSet
    edit_handler = edit_handler
    index_view_class = FrameworkIndexView
    add_view_class = FrameworkCreateView
    edit_view_class = FrameworkEditView
    preview_on_edit_view_class = FrameworkPreviewView
    workflow_action_view_class = FrameworkWorkflowActionView
    history_view_class = opened.FrameworkHistoryView
    usage_view_class = opened.FrameworkUsageView
    revisions_revert_view_class = FrameworkRevertView
    revisions_view_class = opened.FrameworkRevisionView
    revisions_compare_view_class = opened.FrameworkCompareView
    workflow_history_view_class = opened.FrameworkWorkflowHistoryView
    workflow_history_detail_view_class = opened.FrameworkWorkflowHistoryDetailView
    unpublish_view_class = opened.FrameworkUnpublishView
    list_display = [
        "name",
        Column("code", label=capfirst(_("code")), sort_key="code"),
        Column("get_subject_display", label=capfirst(_("judges"))),
        Column("agency", label=capfirst(_("agency")), accessor=lambda each: each.agency or _("The whole province")),
        _StateColumn("state", label=capfirst(_("state"))),
        _DayColumn("effective_from", label=capfirst(_("effective from")), sort_key="effective_from"),
        _DayColumn("effective_to", label=capfirst(_("effective to"))),
        Column("latest_version", label=capfirst(_("latest version")), accessor=lambda each: each.latest_version or "–"),
    ]

    def get_queryset(self, request: HttpRequest) -> FrameworkQuerySet:
        """Return the person's frameworks with what the list shows."""
        return CriteriaFramework.objects.worked_on_by(request.user).listed()

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., Any]:
        """Let every screen over one framework answer "not found" for those of others.

        Wagtail's screens over snippets ask their policy about models, not rows, and act without asking again.
        """
        return _scoped(super().construct_view(view_class, **kwargs))

    def register_chooser_viewset(self) -> None:
        """Frameworks are chosen nowhere, so that no chooser lists those of others."""


class FrameworkGroup(SnippetViewSetGroup):
    """One item in the menu for the frameworks and what they are made with."""

    items = (FrameworkViewSet, PositionGroupViewSet)
    menu_label = _("Criteria frameworks")
    menu_name = "frameworks_menu"
    menu_icon = "tasks"
    menu_order = 310


def _scoped(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "pk" in kwargs:
            pk = unquote(str(kwargs["pk"]))
            own = CriteriaFramework.objects.worked_on_by(request.user)
            if not (pk.isascii() and pk.isdecimal() and own.filter(pk=pk).exists()):
                raise Http404
        return view(request, *args, **kwargs)

    return answer
