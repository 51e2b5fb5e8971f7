"""Scoring every open period: asked for at once, done agency by agency by as many workers as there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cms.core.errors import DomainError
from cms.evaluations.actions.scoring import compute
from cms.evaluations.models import Period, PeriodScoring

# A period of so many evaluations is scored within the request that asks; a larger one beside it.
AT_ONCE = 200


def ask_for_scoring(periods: Iterable[int]) -> int:
    """Note that these periods (keys) are to be scored; return how many. What waits already is asked for once."""
    now = timezone.now()
    asked = [PeriodScoring(period_id=pk, asked_at=now) for pk in periods]
    PeriodScoring.objects.bulk_create(
        asked, update_conflicts=True, unique_fields=["period"], update_fields=["asked_at"], batch_size=500
    )
    return len(asked)


def ask_for_scoring_of_all() -> int:
    """Note that every open period is to be scored; return how many there are."""
    return ask_for_scoring(Period.objects.filter(locked_at=None).values_list("pk", flat=True))


def score_waiting() -> Iterator[PeriodScoring]:
    """Score what waits, one period a transaction, until nothing is left for us; yield each when it is done.

    Others may do the same at the same time. Who is killed leaves a period as it was, and it waits for the next.
    """
    while done := _score_next():
        yield done


def score_soon(period: Period) -> bool:
    """Score a period now and return True, or, where that takes longer than a request may, soon, and return False."""
    if period.evaluations.count() <= AT_ONCE:
        compute(period)
        return True
    ask_for_scoring([period.pk])
    transaction.on_commit(score_in_the_background.enqueue)
    return False


@task(backend="background")
def score_in_the_background() -> None:
    """Score what waits."""
    for _each in score_waiting():
        pass


@transaction.atomic
def _score_next() -> PeriodScoring | None:
    ready = PeriodScoring.objects.ready().select_for_update(of=("self",), no_key=True, skip_locked=True)
    scoring = ready.select_related("period__agency").first()
    if scoring is None:
        return None
    try:
        with transaction.atomic():
            compute(scoring.period)
        scoring.failure = ""
    except DomainError as refusal:
        # It would fail again at once; somebody has to mend what is named, and the others are not kept from theirs.
        scoring.failure = str(refusal)
    scoring.done_at = timezone.now()
    scoring.save(update_fields=["done_at", "failure"])
    return scoring
