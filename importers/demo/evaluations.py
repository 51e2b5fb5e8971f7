"""This month's evaluation of one department of the demo: opened, one self-assessment sent in, one officer marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from cms.evaluations import actions
from cms.evaluations.models import Period
from cms.organisations.models import Agency
from cms.users.models import User
from importers.demo.marks import marks_of
from importers.demo.personal import DEPARTMENT, HEAD
from importers.demo.work import DIVISION, REPORTER


def load() -> Iterator[str]:
    """Open the month, once; yield a line when there was no period yet."""
    if Period.objects.filter(subject_kind="officer", locked_at=None).exists():
        return
    head, today = User.objects.get(username=HEAD), timezone.localdate()
    department = Agency.objects.get(code=DEPARTMENT)
    period = actions.open_period(by=head, agency=department, kind="month", first_day=today.replace(day=1))
    judged = period.evaluations.counted().filter(agency__code=DIVISION).select_related("officer", "framework")
    reporter = User.objects.get(username=REPORTER)
    own = judged.get(officer__account=reporter)
    words = "Hoàn thành nhiệm vụ được giao; một việc chậm do chờ số liệu của cơ quan phối hợp."
    actions.assess_self(by=reporter, evaluation=own, marks=marks_of(own, 1), words=words)
    _mark_one(judged.exclude(pk=own.pk))
    yield f"Kỳ đánh giá {period} của {department}: {period.evaluations.count()} phiếu"


def _mark_one(judged: Any) -> None:
    """Let the manager of the first who has one with an account mark them."""
    marked = judged.filter(role="staff", evaluator__account__isnull=False).order_by("officer__code").first()
    if marked is not None:
        actions.mark(
            by=marked.evaluator.account,
            evaluation=marked,
            marks=marks_of(marked, 1),
            words="Công chức đang đi công tác.",
        )
