"""What agencies are offered of the common list for their next version, and what those of their kind have of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q

from cms.catalogs.enums import FROZEN_STATES
from cms.catalogs.item_fields import BY_KEY, PARTS
from cms.catalogs.models import Catalog, CatalogItem, CatalogItemQuerySet, CatalogVersion
from cms.core.text import code_key
from cms.curation.common import common_list
from cms.curation.models import CommonLink
from cms.organisations.models import Agency

# What an item says of its own list alone.
_OF_ITS_LIST = frozenset({"last_year_quantity", "note"})
# Scores say nothing where another divisor makes coefficients of them.
_SCORES = frozenset({*PARTS, "score"})
_KEPT_SECONDS = 600


def copied_values(item: CatalogItem, version: CatalogVersion) -> dict[str, Any]:
    """Return what an item of one list says when it is copied into a version of another."""
    left_out = _OF_ITS_LIST if item.version.divisor == version.divisor else _OF_ITS_LIST | _SCORES
    return {name: getattr(item, name) for name in BY_KEY if name not in left_out}


def offered_to(version: CatalogVersion) -> CatalogItemQuerySet:
    """Return the decided items of the common list that no item of the version is linked to."""
    here = version.items.values("identity")
    linked = CommonLink.objects.standing().filter(catalog=version.catalog_id, identity__in=here)
    decided = common_list().filter(version__state__in=FROZEN_STATES)
    return decided.exclude(identity__in=linked.values("common"))


def usual_for(agency: Agency) -> dict[uuid.UUID, int]:
    """Return the common items that at least half of the other agencies of its kind have, each with how many have it.

    Of the agency's kind and block those count whose lists were published. Kept for ten minutes.
    """
    key = f"usual-common-items:{agency.kind}:{agency.block}:{agency.pk}"
    found: dict[uuid.UUID, int] | None = cache.get(key)
    if found is None:
        found = _usual(agency)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _usual(agency: Agency) -> dict[uuid.UUID, int]:
    alike = Catalog.objects.filter(published=True, agency__kind=agency.kind, agency__block=agency.block)
    others = list(alike.exclude(agency=agency).values_list("pk", flat=True))
    links = CommonLink.objects.standing().filter(catalog__in=others).order_by().values("common")
    counted = links.annotate(agencies=Count("catalog", distinct=True)).filter(agencies__gte=-(-len(others) // 2))
    return {row["common"]: row["agencies"] for row in counted}


def names_position(code: str) -> Q:
    """Return the condition on items that name a position by its code among theirs (docs/adr, 59)."""
    return (
        Q(positions=code) | Q(positions__startswith=f"{code} ")
        | Q(positions__contains=f"; {code} ") | Q(positions__endswith=f"; {code}")
    )  # fmt: skip


def usual_of(code: str) -> dict[uuid.UUID, int]:
    """Return the common items that holders of a position do: in how many agencies an item in force says so.

    Kept for ten minutes.
    """
    key = f"common-items-of-position:{code_key(code)}"
    found: dict[uuid.UUID, int] | None = cache.get(key)
    if found is None:
        items = CatalogItem.objects.filter(
            names_position(code), version__in=CatalogVersion.objects.effective_on(),
            version__catalog=OuterRef("catalog"), identity=OuterRef("identity"),
        )  # fmt: skip
        links = CommonLink.objects.standing().filter(Exists(items)).order_by().values("common")
        counted = links.annotate(agencies=Count("catalog", distinct=True))
        found = {row["common"]: row["agencies"] for row in counted}
        cache.set(key, found, _KEPT_SECONDS)
    return found


def narrowed(items: CatalogItemQuerySet, asked: dict[str, Any]) -> CatalogItemQuerySet:
    """Return the items that the words, the field of work, the group and the position let through."""
    wanted = Q()
    if asked.get("field"):
        wanted &= Q(field=asked["field"])
    if asked.get("group"):
        wanted &= Q(group=asked["group"])
    if asked.get("position"):
        wanted &= Q(positions__icontains=asked["position"])
    return items.filter(wanted).search(asked.get("q", ""))
