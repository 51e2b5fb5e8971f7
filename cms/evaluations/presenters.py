"""Results as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.core.numbers import format_decimal_vi
from cms.evaluations.models import Period, PeriodScoring, Result
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


def scoring_words(period: Period) -> str:
    """Say that a period waits to be scored, or why it could not be; nothing where there is nothing to say."""
    scoring = PeriodScoring.objects.filter(period=period).first()
    if scoring is None:
        return ""
    if PeriodScoring.objects.waiting().filter(pk=scoring.pk).exists():
        return _("The results are being calculated.")
    return _("The results could not be calculated: %(why)s") % {"why": scoring.failure} if scoring.failure else ""


def moved_words(row: Any) -> str:
    """Say what the period before came to and by how much the total moved; of rows with ``before`` and ``result``."""
    before = row.before
    if before is None or before.result is None or before.result.shown_total is None:
        return ""
    total = format_decimal_vi(before.result.shown_total)
    moved = before.moved(row.result)
    if not moved:
        return _("%(total)s points") % {"total": total}
    said = {"total": total, "by": f"{'+' if moved > 0 else '−'}{format_decimal_vi(abs(moved))}"}
    return _("%(total)s points, now %(by)s") % said
