"""The shipped procedures of evaluation in the demo: drafted by an editor of Sở Nội vụ, issued by its approver."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from cms.evaluations import actions
from cms.evaluations.models import Procedure
from cms.users.models import User

EDITOR, APPROVER = "tham-dinh", "tham-dinh-2"
_FIRST_NUMBER = 41


def load() -> Iterator[str]:
    """Issue the procedures for periods that are opened from today on, once; yield a line then."""
    if Procedure.objects.exists():
        return
    editor, approver = (User.objects.get(username=name) for name in (EDITOR, APPROVER))
    drafts = actions.load_shipped_procedures(by=editor)
    for number, draft in enumerate(drafts, start=_FIRST_NUMBER):
        actions.issue_procedure(
            by=approver, procedure=draft, effective_from=timezone.localdate(), decision_number=f"{number}/QĐ-SNV"
        )
    yield f"Quy trình đánh giá đã ban hành: {len(drafts)}"
