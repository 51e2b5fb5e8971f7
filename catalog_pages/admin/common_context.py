"""What screens of one item say of the common list."""

from __future__ import annotations

from typing import Any

from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.curation import permissions
from cms.curation.common import find_common
from cms.curation.models import CommonLink


def common_context(
    item: CatalogItem, version: CatalogVersion, person: Any, *, may_be_linked: bool = True
) -> dict[str, Any]:
    """Return what the screens of one item say of the common list, and what the person may do about it.

    Where it is known that the item has no link, nothing is asked of the database.
    """
    links = CommonLink.objects.standing().filter(catalog=version.catalog_id, identity=item.identity)
    link = links.select_related("catalog__agency").first() if may_be_linked else None
    common = find_common([link.common]).get(link.common) if link else None
    may_end = link and link.judgement_id is None and permissions.can_end_link(person, link)
    is_ripe = version.state not in AGENCY_EDITABLE and not version.catalog.agency.is_root()
    return {
        "common_words": common.words(item.coefficient) if common else "",
        "link_to_end": link if may_end else None,
        "may_promote": is_ripe and link is None and permissions.can_promote(person, version),
    }
