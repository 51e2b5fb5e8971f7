"""What screens of one item say of the common list."""

from __future__ import annotations

from typing import Any

from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.curation import permissions
from cms.curation.common import find_common
from cms.curation.models import CommonLink, Vocabulary


def common_context(item: CatalogItem, version: CatalogVersion, person: Any) -> dict[str, Any]:
    """Return what the screens of one item say of the common list, and what the person may do about it.

    Of an item that ``with_common`` read less is asked of the database.
    """
    known = vars(item) if "per_agency" in vars(item) else {"common": True, "per_agency": None}
    links = CommonLink.objects.standing().filter(catalog=version.catalog_id, identity=item.identity)
    link = links.select_related("catalog__agency").first() if known["common"] else None
    common = find_common([link.common]).get(link.common) if link else None
    may_end = link and link.judgement_id is None and permissions.can_end_link(person, link)
    return {
        "common_words": common.words(item.coefficient) if common else "",
        "link_to_end": link if may_end else None,
        "may_promote": link is None and _may_promote(version, person, known["per_agency"]),
    }


def _may_promote(version: CatalogVersion, person: Any, per_agency: bool | None) -> bool:
    if version.state in AGENCY_EDITABLE or version.catalog.agency.is_root():
        return False
    if not permissions.can_promote(person, version):
        return False
    return not (Vocabulary.current().per_agency if per_agency is None else per_agency)
