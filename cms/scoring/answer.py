"""The result of one subject as the API and the command give it."""

from __future__ import annotations

from typing import Any

from cms.scoring.engine import Score
from cms.scoring.longer_inputs import write_part_of
from cms.scoring.periods import part_of
from cms.scoring.receipt import framework_of, receipt
from cms.scoring.result import result_of


def answer(score: Score, *, receipts: bool = True) -> dict[str, Any]:
    """Return the result object: id, components, sections, common, result, total, level, status, reasons, receipt.

    ``framework`` says which version the score follows, ``part`` is what a longer period is made of; without receipts
    ``receipt`` is None.
    """
    return {
        **result_of(score),
        "framework": framework_of(score),
        "part": write_part_of(part_of(score)),
        "receipt": receipt(score) if receipts else None,
    }
