"""Marks of an evaluation in the demo: full ones but for so many points."""

from __future__ import annotations

from typing import Any

from cms.evaluations.models import Evaluation
from cms.scoring.criteria import CriteriaPlan
from cms.scoring.engine import plan_for
from cms.scoring.exact import to_text


def marks_of(evaluation: Evaluation, less: int) -> dict[str, Any]:
    """Return marks of the criteria that are marked in points, ``less`` points under the most, from the last one on."""
    assert evaluation.framework is not None  # noqa: S101 (who has none is not judged)
    plan = plan_for(evaluation.framework.definition, evaluation.role, evaluation.position_group, ())
    leaves = [leaf for part in plan.sections if isinstance(part, CriteriaPlan) and not part.outside
              for leaf in part.leaves if leaf.marking.kind == "points"]  # fmt: skip
    marks, left = {}, less
    for leaf in reversed(leaves):
        off = min(left, int(leaf.max))
        marks[leaf.code], left = to_text(leaf.max - off), left - off
    return {"criteria": dict(reversed(marks.items()))}
