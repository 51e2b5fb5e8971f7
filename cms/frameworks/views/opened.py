"""Wagtail's screens that only show a framework, opened to those who read drafts: approvers judge what they compare."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.snippets.views import snippets

from cms.frameworks.applies_to import names_in
from cms.frameworks.conversion import definition_data
from cms.frameworks.difference import Change, compare
from cms.frameworks.models import CriteriaFramework


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
    """What differs between two drafts, place by place and in words, as between versions."""

    permission_required = "view"
    template_name = "frameworks/compare.html"

    def _get_revision_and_heading(self, revision_id: str) -> tuple[CriteriaFramework, str]:
        """Return the draft and when it was saved, as Vietnamese people write it."""
        draft, heading = super()._get_revision_and_heading(revision_id)
        if revision_id.isdecimal():
            saved = timezone.localtime(self.object.revisions.get(pk=revision_id).created_at)
            heading = date_format(saved, "H:i d/m/Y")
        return draft, heading

    def _get_comparison(self, revision_a: CriteriaFramework, revision_b: CriteriaFramework) -> list[Change]:
        before, after = definition_data(revision_a), definition_data(revision_b)
        return compare(before, after, **names_in(before, after))


class FrameworkWorkflowHistoryView(snippets.WorkflowHistoryView):
    """The times that the draft went for approval."""

    permission_required = "view"


class FrameworkWorkflowHistoryDetailView(snippets.WorkflowHistoryDetailView):
    """One time that the draft went for approval."""

    permission_required = "view"


class FrameworkUnpublishView(snippets.UnpublishView):
    """Nobody's: people were judged by what was published (``CriteriaFramework.unpublish``)."""

    permission_required = "unpublish"
