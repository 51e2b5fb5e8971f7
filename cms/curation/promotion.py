"""What is shown before a work is promoted into the common list: what it may say there, and which works are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from cms.catalogs.item_fields import BY_KEY, PARTS
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.curation.models import Cluster, LikePair, WorkText, WorkUse
from cms.organisations.models import Agency

# What an item says of its own list alone.
_OF_ITS_LIST = frozenset({"last_year_quantity", "note"})
# Scores say nothing where another divisor makes coefficients of them.
_SCORES = frozenset({*PARTS, "score"})
_MOST_TEXTS = 50


@dataclass(frozen=True)
class AlikeWorks:
    """The texts that wait for a judgement beside an item's own, the item's own first, in its cluster."""

    cluster: Cluster
    own: WorkText
    texts: list[WorkText]


def copied_values(item: CatalogItem, version: CatalogVersion) -> dict[str, Any]:
    """Return what an item of one list says when it is copied into a version of another; its code may be taken there."""
    left_out = _OF_ITS_LIST if item.version.divisor == version.divisor else _OF_ITS_LIST | _SCORES
    return {name: getattr(item, name) for name in BY_KEY if name not in left_out}


def province_version() -> CatalogVersion | None:
    """Return the province's version that is not decided yet, or else its last one."""
    versions = CatalogVersion.objects.filter(catalog__agency__depth=1).select_related("catalog__agency")
    return versions.open().first() or versions.order_by("-number").first()


def free_code(version: CatalogVersion | None) -> str:
    """Return a code of the province's that no item of the version has."""
    prefix = Agency.objects.get(depth=1).item_prefix or "DMC"
    number = version.item_count + 1 if version else 1
    while version and version.items.with_code(f"{prefix}.{number:03}").exists():
        number += 1
    return f"{prefix}.{number:03}"


def alike_works(item: CatalogItem, user: Any) -> AlikeWorks | None:
    """Return the texts that may be the same work as the item, within the person's reach; None where none wait."""
    use = WorkUse.objects.within_reach(user).filter(item=item).select_related("text__cluster").first()
    if use is None or use.text.cluster is None:
        return None
    pairs = LikePair.objects.within_reach(user).waiting().filter(Q(one=use.text) | Q(other=use.text))
    keys = {key for pair in pairs.order_by("-score")[:_MOST_TEXTS] for key in (pair.one_id, pair.other_id)}
    texts = sorted(WorkText.objects.filter(pk__in=keys), key=lambda text: (text != use.text, text.pk))
    return AlikeWorks(use.text.cluster, use.text, texts) if texts else None
