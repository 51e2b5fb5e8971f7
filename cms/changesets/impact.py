"""What proposals touch, counted from rows: lists, items, running work, and evaluations that are not locked."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cms.assignments.enums import WorkState
from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.changesets.enums import Outcome
from cms.changesets.models import ChangeSet, Proposal
from cms.evaluations.models import Evaluation


@dataclass(frozen=True)
class Impact:
    """How much a set, or one proposal, touches."""

    work: int = 0
    evaluations: int = 0
    catalogs: int = 0
    items: int = 0


def impact_of(change_set: ChangeSet) -> Impact:
    """Return what the proposals of a set touch that were not refused."""
    proposals = change_set.proposals.exclude(outcome=Outcome.REFUSED)
    kept = proposals.order_by().values("identity")
    going = proposals.order_by().filter(merged__isnull=False).values("merged")
    items = CatalogItem.objects.filter(
        Q(identity__in=kept) | Q(identity__in=going), version__catalog__in=proposals.order_by().values("catalog")
    )
    return Impact(
        work=_running().filter(item__in=items).count(),
        evaluations=_evaluations(items).count(),
        catalogs=proposals.order_by().values("catalog").distinct().count(),
        items=proposals.count() + proposals.filter(merged__isnull=False).count(),
    )


def impact_by_proposal(proposals: Iterable[Proposal]) -> dict[int, Impact]:
    """Return by key what each of a page's proposals touches; the number of queries is the same for any of them."""
    proposals = list(proposals)
    named = {identity for one in proposals for identity in (one.identity, one.merged) if identity}
    items = CatalogItem.objects.filter(
        identity__in=named, version__catalog__in={proposal.catalog_id for proposal in proposals}
    )
    work = _by_item(_running().filter(item__in=items), "pk")
    evaluations = _by_item(_counting().filter(Exists(_open_evaluations()), item__in=items), "officer")
    return {
        one.pk: Impact(
            sum(work[identity] for identity in (one.identity, one.merged)),
            sum(evaluations[identity] for identity in (one.identity, one.merged)),
        )
        for one in proposals
    }


def _running() -> QuerySet[WorkAssignment]:
    return WorkAssignment.objects.open()


def _counting() -> QuerySet[WorkAssignment]:
    """Return work that counts in the evaluation of its officer."""
    return WorkAssignment.objects.exclude(state=WorkState.WITHDRAWN)


def _open_evaluations() -> QuerySet[Evaluation]:
    """Return, beside a piece of work, the evaluations that are not locked and in whose period it counts."""
    return Evaluation.objects.filter(
        officer=OuterRef("officer"), period__locked_at=None,
        period__first_day__lte=OuterRef("month"), period__last_day__gte=OuterRef("month"),
    )  # fmt: skip


def _evaluations(items: QuerySet[CatalogItem]) -> QuerySet[Evaluation]:
    touched = _counting().filter(item__in=items)
    within = touched.filter(
        officer=OuterRef("officer"), month__gte=OuterRef("period__first_day"), month__lte=OuterRef("period__last_day")
    )
    whose = touched.order_by().values("officer")
    return Evaluation.objects.filter(Exists(within), period__locked_at=None, officer__in=whose)


def _by_item(work: QuerySet[WorkAssignment], counted: str) -> defaultdict[uuid.UUID | None, int]:
    rows: Any = work.order_by().values_list("item_identity").annotate(number=Count(counted, distinct=True))
    return defaultdict(int, rows)
