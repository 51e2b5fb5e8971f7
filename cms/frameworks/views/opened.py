"""Wagtail's screens that only show a framework, opened to those who read drafts: approvers judge what they compare."""

from __future__ import annotations

from wagtail.snippets.views import snippets


class FrameworkHistoryView(snippets.HistoryView):
    """Who did what with the draft."""

    any_permission_required = ["view"]


class FrameworkUsageView(snippets.UsageView):
    """Where the framework is used."""

    permission_required = "view"


class FrameworkRevisionView(snippets.PreviewRevisionView):
    """The form as an earlier draft said it."""

    permission_required = "view"


class FrameworkCompareView(snippets.RevisionsCompareView):
    """Two drafts side by side."""

    permission_required = "view"


class FrameworkWorkflowHistoryView(snippets.WorkflowHistoryView):
    """The times that the draft went for approval."""

    permission_required = "view"


class FrameworkWorkflowHistoryDetailView(snippets.WorkflowHistoryDetailView):
    """One time that the draft went for approval."""

    permission_required = "view"


class FrameworkUnpublishView(snippets.UnpublishView):
    """Nobody's: people were judged by what was published (``CriteriaFramework.unpublish``)."""

    permission_required = "unpublish"
