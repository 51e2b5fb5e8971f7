"""Items of agencies that are an item of the common list: linked by a judgement, and parted when it is undone."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.curation.common import CommonItem, find_common
from cms.curation.enums import CommonState
from cms.curation.models import CommonLink, Judgement, WorkUse
from cms.users.models import User


def require_common(common: uuid.UUID | None) -> CommonItem:
    """Return the item of the common list; refuse what is none, or is no longer one."""
    found = find_common([common]).get(common) if common else None
    if found is None:
        raise DomainError(_("This is no item of the common list."), code="no_common_item")
    if found.state == CommonState.ENDED:
        sentence = _("Item %(code)s has been taken out of the common list. Choose another one, or promote the work.")
        raise DomainError(sentence % {"code": found.item.code}, code="common_item_ended")
    return found


def link_items(by: User, judgement: Judgement, texts: Collection[int]) -> int:
    """Link the agencies' items that say these texts, within one's reach; return how many. What is linked stays so."""
    assert judgement.common is not None  # noqa: S101 - a constraint holds it
    uses = WorkUse.objects.within_reach(by).filter(text__in=texts, catalog__agency__depth__gt=1)
    linked = set(
        CommonLink.objects.standing().filter(catalog__in=uses.values("catalog")).values_list("catalog", "identity")
    )
    items = {(use.catalog_id, use.identity) for use in uses} - linked
    CommonLink.objects.bulk_create([
        CommonLink(catalog_id=catalog, identity=identity, common=judgement.common, judgement=judgement)
        for catalog, identity in sorted(items, key=str)
    ])  # fmt: skip
    return len(items)


def end_links(judgement: Judgement) -> None:
    """Part what a judgement linked."""
    CommonLink.objects.standing().filter(judgement=judgement).update(ended_at=timezone.now())
