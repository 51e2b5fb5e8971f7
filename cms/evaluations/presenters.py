"""Results as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms.evaluations.models import Result
from cms.frameworks.trials.shown import group_names
from cms.scoring.document import Document, document


@dataclass(frozen=True)
class Shown:
    """A receipt laid out: of a period that is scored, ``document``; of a longer one, its ``steps`` in words."""

    document: Document | None
    longer: dict[str, Any] | None


def laid_out(result: Result) -> Shown:
    """Return the receipt of a result, ready for a template."""
    receipt = result.receipt
    if "steps" in receipt:
        return Shown(document(receipt, period=str(result.evaluation.period), names=group_names()), None)
    return Shown(None, receipt["result"])
