"""A period that is decided about one officer or organisation, with a receipt of tests/golden: a state, not a life."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from cms.evaluations.actions.steps import record_evaluation
from cms.evaluations.enums import Act, SubjectKind
from cms.evaluations.models import Evaluation, EvaluationAct, Period, Result
from cms.evaluations.models.periods import last_day_of
from cms.frameworks.models import FrameworkVersion
from cms.organisations.models import Agency, Posting
from cms.scoring.canonical import canonical_bytes
from cms.users.models import User

RECEIPT = Path(__file__).parents[1] / "golden" / "receipt.json"


def make_decided(
    agency: Agency, posting: Posting, by: User, *, first_day: datetime.date, words: str = "",
    period: int | None = None,
) -> Result:  # fmt: skip
    """Return the result of an officer in a month of an agency; ``words`` stand in its receipt."""
    evaluation = Evaluation(
        period=_period(agency, "month", first_day, pk=period), officer=posting.officer, posting=posting,
        agency=posting.agency, role=posting.role, category=posting.officer.category,
        position_group=posting.position.group.code,
        framework=FrameworkVersion.objects.filter(framework__code="nd335").latest("number"),
    )  # fmt: skip
    return _decide(evaluation, by, words)


def make_decided_organisation(unit: Agency, by: User, *, first_day: datetime.date) -> Result:
    """Return the result of a unit in a year of the agency above it."""
    period = _period(unit.get_parent(), "year", first_day, subject_kind=SubjectKind.ORGANISATION)
    return _decide(Evaluation(period=period, organisation=unit, agency=unit, role="organisation"), by)


def _period(agency: Agency, kind: str, first_day: datetime.date, **more: Any) -> Period:
    last_day, now = last_day_of(kind, first_day), timezone.now()
    return Period.objects.create(
        agency=agency, kind=kind, first_day=first_day, last_day=last_day, opened_at=now, **more
    )


def _decide(evaluation: Evaluation, by: User, words: str = "") -> Result:
    now = timezone.now()
    evaluation.level, evaluation.awaits, evaluation.notified_on = "good", "", timezone.localdate(now)
    evaluation.save()
    EvaluationAct.objects.create(evaluation=evaluation, act=Act.DECIDE, level="good", done_by=by, done_at=now)
    receipt = json.loads(RECEIPT.read_text(encoding="utf-8"))
    if words:
        receipt["inputs"]["comments"] = {"I.1": words}
    result = Result.objects.create(
        evaluation=evaluation, status="scored", total="87.52", level="good", engine="1",
        receipt_text=canonical_bytes(receipt).decode(), content_hash=receipt["hash"], computed_at=now,
    )  # fmt: skip
    record_evaluation(by, "evaluation.decide", evaluation)
    return result
