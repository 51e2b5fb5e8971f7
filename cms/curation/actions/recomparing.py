"""Comparing all texts anew, after abbreviations changed."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import transaction
from django_tasks import task

from cms.core.bulk import chunks
from cms.curation.actions.reading import keep_pairs, likenesses_of_repeated
from cms.curation.actions.regrouping import refresh_current, regroup
from cms.curation.known import normaliser
from cms.curation.models import JudgedPair, LikePair, Vocabulary, WorkText
from cms.dedupe.finding import Work, find_pairs
from cms.dedupe.likeness import Likeness


@task(backend="background")
def compare_in_the_background() -> None:
    """Compare all texts anew."""
    compare_all_anew()


@transaction.atomic
def compare_all_anew() -> int:
    """Find the pairs of all texts anew; return how many there are. What was judged stays, alike or not any more."""
    vocabulary = Vocabulary.locked()
    rows = WorkText.objects.order_by("pk").values_list("pk", "name", "output", "unit", "group")
    works = [Work(str(pk), *said) for pk, *said in rows.iterator()]
    found = {_key(pair.a, pair.b): pair.likeness for pair in find_pairs(works, normaliser())}
    texts = {int(work.id) for work in works}
    found |= likenesses_of_repeated(texts)
    _drop_others(found)
    keep_pairs(found)
    regroup(refresh_current(texts))
    vocabulary.stamp = uuid.uuid4()
    vocabulary.save(update_fields=["stamp"])
    return len(found)


def _key(one: str, other: str) -> tuple[int, int]:
    first, second = sorted((int(one), int(other)))
    return first, second


def _drop_others(found: dict[tuple[int, int], Likeness]) -> None:
    """Remove pairs that nobody ever judged and that are not alike any more, and those whose reasons are others now."""
    never = LikePair.objects.exclude(pk__in=JudgedPair.objects.values("pair"))
    gone = {
        pk for pk, one, other, score, reasons in
        never.values_list("pk", "one", "other", "score", "reasons").iterator()
        if not _is_as_found(found.get((one, other)), score, reasons)
    }  # fmt: skip
    for some in chunks(gone):
        LikePair.objects.filter(pk__in=some).delete()


def _is_as_found(likeness: Likeness | None, score: Decimal, reasons: list[list[str]]) -> bool:
    return (
        likeness is not None
        and Decimal(str(likeness.score)) == score
        and [list(reason) for reason in likeness.reasons] == reasons
    )
