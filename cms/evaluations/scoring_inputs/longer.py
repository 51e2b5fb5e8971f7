"""Longer periods of officers and organisations, out of the results of shorter ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from cms.evaluations.models import Evaluation, Period, Result
from cms.evaluations.models.periods import period_name
from cms.evaluations.scoring_inputs.officers import flags_of
from cms.scoring.periods import NOT_WORKED


def longer_subjects(period: Period, evaluations: Iterable[Evaluation]) -> dict[int, dict[str, Any]]:
    """Return, by evaluation, what a longer period is made of: the parts, as the API takes them.

    Parts are the subject's shorter periods at whatever agency, so those before a transfer come along. One without an
    evaluation (not yet appointed, or left) is no part; one that was not worked says why, and one whose period is not
    locked yet says that it is provisional.
    """
    listed = list(evaluations)
    shorter = Period.objects.inside(period, period.made_of)
    theirs = Q(officer__in={each.officer_id for each in listed} - {None})
    theirs |= Q(organisation__in={each.organisation_id for each in listed} - {None})
    parts = Evaluation.objects.filter(theirs, period__in=shorter).order_by("period__first_day", "pk")
    rows = [_Part(*row) for row in parts.values_list(*_PART)]
    stand = {each.evaluation_id: each for each in Result.objects.of([row.pk for row in rows])}
    flags = flags_of([row.pk for row in rows] + [each.pk for each in listed])
    own: dict[tuple[int | None, int | None], list[_Part]] = {}
    for row in rows:
        own.setdefault((row.officer, row.organisation), []).append(row)
    return {
        each.pk: _longer(each, own.get((each.officer_id, each.organisation_id), []), stand, flags) for each in listed
    }


class _Part(NamedTuple):
    pk: int
    officer: int | None
    organisation: int | None
    kind: str
    first_day: datetime.date
    absence: str
    locked_at: datetime.datetime | None


_PART = (
    "pk", "officer", "organisation", "period__kind", "period__first_day", "absence", "period__locked_at",
)  # fmt: skip


def _longer(
    evaluation: Evaluation, rows: list[_Part], stand: Mapping[int, Result], flags: Mapping[int, list[str]]
) -> dict[str, Any]:
    parts = []
    for row in rows:
        label, result = period_name(row.kind, row.first_day), stand.get(row.pk)
        if row.absence:
            parts.append({"total": None, "status": NOT_WORKED, "label": label, "note": row.absence[:500]})
            continue
        found = (result.part if result else {"total": None, "status": "blocked"}) | {"label": label}
        parts.append(found if row.locked_at else found | {"note": _("Provisional: this period is not locked yet.")})
    held = {code for row in rows for code in flags.get(row.pk, [])} | set(flags.get(evaluation.pk, []))
    return {
        "id": evaluation.subject.code, "role": evaluation.role, "category": evaluation.category or None,
        "position_group": evaluation.position_group or None, "agency": str(evaluation.agency)[:200],
        "flags": sorted(held), "parts": parts,
    }  # fmt: skip
