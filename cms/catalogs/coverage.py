"""Where a version and the positions of its agency miss each other: positions no item names, items nobody there does."""

from __future__ import annotations

import datetime

from django.db.models import Count, Q, QuerySet

from cms.catalogs.item_fields import position_code, split_positions
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.organisations.models import Agency, Position, PositionQuerySet, Posting


def positions_without_items(version: CatalogVersion, day: datetime.date) -> PositionQuerySet:
    """Return the positions held on the day where the catalog serves, and those made for there, that no item names.

    Annotated: ``holders``, how many hold each there on the day.
    """
    there = Agency.objects.served_by_catalog_of(version.catalog.agency).order_by().values("pk")
    held = Posting.objects.on(day).filter(agency__in=there)
    named = {code for text in _named_texts(version) for code in _codes(text)}
    found: PositionQuerySet = Position.objects.filter(Q(agency__in=there) | Q(pk__in=held.values("position")))
    holders = Count("postings__officer", filter=Q(postings__in=held), distinct=True)
    unnamed = [pk for pk, code in found.values_list("pk", "code") if code.casefold() not in named]
    return found.filter(pk__in=unnamed).annotate(holders=holders)


def items_nobody_does(version: CatalogVersion, day: datetime.date) -> QuerySet[CatalogItem]:
    """Return the items that name no position, or only such as nobody holds on the day where the catalog serves."""
    there = Agency.objects.served_by_catalog_of(version.catalog.agency).order_by().values("pk")
    held = Posting.objects.on(day).filter(agency__in=there).order_by().values_list("position__code", flat=True)
    codes = {code.casefold() for code in held.distinct()}
    vacant = [text for text in _named_texts(version) if codes.isdisjoint(_codes(text))]
    return version.items.filter(Q(positions="") | Q(positions__in=vacant))


def _named_texts(version: CatalogVersion) -> list[str]:
    return list(version.items.exclude(positions="").order_by().values_list("positions", flat=True).distinct())


def _codes(text: str) -> set[str]:
    return {position_code(part).casefold() for part in split_positions(text)}
