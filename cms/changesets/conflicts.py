"""Works that editors judged the same, or linked to one common item, and that agencies weigh differently."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from cms.catalogs.models import CatalogItem
from cms.curation.enums import Verdict
from cms.curation.models import Cluster, CommonLink, LikePair, WorkUse

# Of one work so many items are weighed at once.
MOST_ITEMS = 200


def clusters_in_conflict(user: Any) -> QuerySet[Cluster]:
    """Return the clusters of works judged the same whose decided coefficients differ, with ``low`` and ``high``."""
    uses = _uses(user).filter(text__cluster=OuterRef("pk"))
    bounds = uses.order_by().values("text__cluster")
    return (
        Cluster.objects.visible_to(user)
        .annotate(
            low=Subquery(bounds.annotate(low=Min("item__coefficient")).values("low")),
            high=Subquery(bounds.annotate(high=Max("item__coefficient")).values("high")),
        )
        .filter(low__lt=F("high"))
    )


def items_of_cluster(user: Any, cluster: Cluster) -> list[CatalogItem]:
    """Return the items of a cluster that were judged the same work, as they stand, within the person's reach."""
    return _items(_uses(user).filter(text__cluster=cluster))


def items_of_common(user: Any, common: uuid.UUID) -> list[CatalogItem]:
    """Return the items that are linked to an item of the common list, and that item, as they stand."""
    linked = CommonLink.objects.standing().filter(
        common=common, catalog=OuterRef("catalog"), identity=OuterRef("identity")
    )
    uses = WorkUse.objects.within_reach(user).decided()
    return _items(uses.filter(Exists(linked) | Q(identity=common)))


def _uses(user: Any) -> QuerySet[WorkUse]:
    same = LikePair.objects.filter(judgement__verdict__in=[Verdict.SAME, Verdict.COMMON])
    pair = same.filter(Q(one=OuterRef("text")) | Q(other=OuterRef("text")))
    return WorkUse.objects.within_reach(user).decided().filter(Exists(pair))


def _items(uses: QuerySet[WorkUse]) -> list[CatalogItem]:
    items = CatalogItem.objects.filter(pk__in=uses.order_by().values("item"))
    shown = items.select_related("version__catalog__agency").order_by("version__catalog__agency__path", "pk")
    return list(shown[:MOST_ITEMS])
