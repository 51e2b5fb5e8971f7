"""Work as the scoring engine takes it: a line for each piece, exempt where an objective cause was accepted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.enums import ClaimAbout, ClaimState
from cms.assignments.models import Claim, WorkAssignment
from cms.core.dates import format_date_vi
from cms.scoring.inputs import COEFFICIENT_PLACES, QUANTITY_PLACES, WorkLine


def scoring_lines(works: Iterable[WorkAssignment]) -> list[WorkLine]:
    """Return a line for each piece of work, in their order, in two queries at the most."""
    listed = list(works)
    accepted: dict[int, list[Claim]] = {}
    found = Claim.objects.filter(work__in=[work.pk for work in listed], state=ClaimState.ACCEPTED)
    for claim in found.select_related("decided_by"):
        accepted.setdefault(claim.work_id, []).append(claim)
    return [_line(work, accepted.get(work.pk, [])) for work in listed]


def _line(work: WorkAssignment, claims: list[Claim]) -> WorkLine:
    about = {claim.about for claim in claims}
    return WorkLine(
        assigned=_scaled(work.assigned, QUANTITY_PLACES),
        completed=_scaled(work.completed, QUANTITY_PLACES),
        coefficient=_scaled(work.coefficient, COEFFICIENT_PLACES),
        quality_failures=work.quality_failures,
        late_occurrences=work.late_occurrences,
        quality_exempt=ClaimAbout.QUALITY in about,
        late_exempt=ClaimAbout.LATE in about,
        id=str(work.identity),
        title=f"{work.code} {work.name}"[:1000],
        exemption="; ".join(_words(claim) for claim in claims)[:1000],
        days_late=work.days_late,
    )


def _scaled(value: Decimal, places: int) -> int:
    return int(value.scaleb(places))


def _words(claim: Claim) -> str:
    decided_on = format_date_vi(timezone.localdate(claim.decided_at)) if claim.decided_at else ""
    return _("%(claim)s, accepted on %(day)s") % {"claim": claim, "day": decided_on}
