"""Which items of a list became items of the common list from one version to another, and which ceased to be."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from cms.catalogs.models import CatalogItem, CatalogVersion, CatalogVersionQuerySet
from cms.curation.common import CommonItem, find_common
from cms.curation.models import CommonLink


@dataclass(frozen=True)
class LinkChange:
    """An item, as the later version that holds it has it, and which common item it was and is; None: none."""

    item: CatalogItem
    before: CommonItem | None
    after: CommonItem | None


def link_changes(
    before: CatalogVersion | None, after: CatalogVersion, versions: CatalogVersionQuerySet | None = None
) -> list[LinkChange]:
    """Return the items whose link is another one, in the order of the list.

    A version had the links that stood when it was decided; one that is not decided has those that stand now.
    ``versions`` narrows the province's versions whose items are known: what is not among them is passed over.
    """
    links = list(CommonLink.objects.filter(catalog=after.catalog_id))
    was, now = (_links_of(version, links) for version in (before, after))
    changed = [identity for identity in {*was, *now} if was.get(identity) != now.get(identity)]
    commons = {links[identity] for links in (was, now) for identity in changed if identity in links}
    found = find_common(commons, versions) if commons else {}
    items = CatalogItem.objects.filter(version__in=[each for each in (before, after) if each], identity__in=changed)
    latest = {item.identity: item for item in items.order_by("version__number")} if changed else {}
    rows = [
        LinkChange(item, *(found.get(links[identity]) if identity in links else None for links in (was, now)))
        for identity, item in latest.items()
    ]  # fmt: skip
    return sorted((row for row in rows if row.before or row.after), key=lambda row: (row.item.position, row.item.pk))


def _links_of(version: CatalogVersion | None, links: Sequence[CommonLink]) -> dict[uuid.UUID, uuid.UUID]:
    """Return which common items the items of a version were when it was decided, or are now; of none, none."""
    moment = version.decided_at or timezone.now() if version else None
    return {link.identity: link.common for link in links if moment and link.stands_at(moment)}


def stamp_of_changes(changes: Sequence[LinkChange]) -> str:
    """Return a short text that differs when other links changed, or a common item is called otherwise or holds."""
    sides = (f"{row.item.identity} {label_of(row.before)} {label_of(row.after)}" for row in changes)
    return hashlib.sha256("\n".join(sides).encode()).hexdigest()[:12] if changes else ""


def label_of(common: CommonItem | None) -> str:
    """Return the code and name of a common item; "" where there is none."""
    return common.label if common else ""
