"""Whether a result that somebody holds in hand is one of ours: anybody asks, and hears no name and no figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.evaluations.models import Result
from cms.frameworks.exact_json import NotJson, loads
from cms.scoring.check_code import read_check_code, receipt_hash

FITS, REPLACED, UNKNOWN, CHANGED, UNREADABLE = "fits", "replaced", "unknown", "changed", "unreadable"


@dataclass(frozen=True)
class Checked:
    """What may be said: ``answer`` is one of the five words above."""

    answer: str


def check_typed(code: str, total: Decimal) -> Checked:
    """Say whether a final result has both this code and these points.

    A wrong code and wrong points are answered alike: who has only one of the two learns nothing.
    """
    beginning = read_check_code(code)
    if beginning is None:
        return Checked(UNKNOWN)
    return _answer(Result.objects.checked(beginning).filter(total=total).first())


def check_file(data: bytes) -> Checked:
    """Say whether a receipt's file is whole, and whether a final result has it."""
    try:
        receipt: Any = loads(data)
    except NotJson:
        return Checked(UNREADABLE)
    if not isinstance(receipt, dict) or not {"schema", "inputs", "result"} <= receipt.keys():
        return Checked(UNREADABLE)
    try:
        own = receipt_hash(receipt)
    except (TypeError, ValueError, RecursionError):
        # Numbers that no receipt has, or lists too deep: nothing that we wrote.
        return Checked(UNREADABLE)
    if receipt.get("hash", own) != own:
        return Checked(CHANGED)
    return _answer(Result.objects.checked(own).filter(content_hash=own).first())


def _answer(result: Result | None) -> Checked:
    if result is None:
        return Checked(UNKNOWN)
    later = Result.objects.filter(evaluation=result.evaluation_id, number__gt=result.number, frozen_at__isnull=False)
    return Checked(REPLACED if later.exists() else FITS)
