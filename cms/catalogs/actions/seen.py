"""What those who appraise have seen: marks of their own, nothing about the version; the ledger has none (ADR 86)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from cms.catalogs import permissions
from cms.catalogs.models import CatalogItem, CatalogVersion, ItemSeen
from cms.users.models import User

_CHUNK = 500


@transaction.atomic
def mark_seen(*, by: User, version: CatalogVersion, items: Iterable[CatalogItem], seen: bool = True) -> None:
    """Keep, or keep no longer, that the person has seen these items as they are now; others' marks stay theirs."""
    permissions.require(permissions.can_read_at_desk(by, version))
    keys = list(version.items.filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True))
    if seen:
        rows = [ItemSeen(version=version, item_id=key, person=by) for key in keys]
        ItemSeen.objects.bulk_create(rows, batch_size=_CHUNK, ignore_conflicts=True)
    else:
        ItemSeen.objects.of(by, version).filter(item__in=keys).delete()


def forget_seen(keys: Iterable[int]) -> None:
    """Nobody has seen what these items (by key) say from now on."""
    changed = list(keys)
    for start in range(0, len(changed), _CHUNK):
        ItemSeen.objects.filter(item__in=changed[start : start + _CHUNK]).delete()
