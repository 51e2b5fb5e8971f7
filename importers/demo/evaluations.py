"""This month's evaluation of one department of the demo: opened, one self-assessment sent in, one officer marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from cms.evaluations import actions
from cms.evaluations.models import Evaluation, Period
from cms.organisations.models import Agency
from cms.scoring.criteria import CriteriaPlan
from cms.scoring.engine import plan_for
from cms.scoring.exact import to_text
from cms.users.models import User
from importers.demo.work import DEPARTMENT, DIVISION, HEAD, REPORTER


def load() -> Iterator[str]:
    """Open the month, once; yield a line when there was no period yet."""
    if Period.objects.exists():
        return
    head, today = User.objects.get(username=HEAD), timezone.localdate()
    department = Agency.objects.get(code=DEPARTMENT)
    period = actions.open_period(by=head, agency=department, kind="month", first_day=today.replace(day=1))
    judged = period.evaluations.counted().filter(agency__code=DIVISION).select_related("officer", "framework")
    reporter = User.objects.get(username=REPORTER)
    own = judged.get(officer__account=reporter)
    words = "Hoàn thành nhiệm vụ được giao; một việc chậm do chờ số liệu của cơ quan phối hợp."
    actions.assess_self(by=reporter, evaluation=own, marks=_marks(own), words=words)
    _mark_one(judged.exclude(pk=own.pk))
    yield f"Kỳ đánh giá {period} của {department}: {period.evaluations.count()} phiếu"


def _mark_one(judged: Any) -> None:
    """Let the manager of the first who has one with an account mark them."""
    marked = judged.filter(role="staff", evaluator__account__isnull=False).order_by("officer__code").first()
    if marked is not None:
        actions.mark(
            by=marked.evaluator.account, evaluation=marked, marks=_marks(marked), words="Công chức đang đi công tác."
        )


def _marks(evaluation: Evaluation) -> dict[str, Any]:
    """Return full marks but for the last criterion, of those that are marked in points."""
    assert evaluation.framework is not None  # noqa: S101 (who has none is not judged)
    plan = plan_for(evaluation.framework.definition, evaluation.role, evaluation.position_group, ())
    leaves = [leaf for part in plan.sections if isinstance(part, CriteriaPlan) and not part.outside
              for leaf in part.leaves if leaf.marking.kind == "points"]  # fmt: skip
    marks = {leaf.code: to_text(leaf.max) for leaf in leaves}
    marks[leaves[-1].code] = to_text(leaves[-1].max - (leaves[-1].step or 1))
    return {"criteria": marks}
