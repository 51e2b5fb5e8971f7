"""Items of the common list taken over into an agency's draft: linked at once, as they are the same by origin."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs.actions import ItemOperation, write_items
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.errors import WrongState
from cms.curation.enums import LinkOrigin
from cms.curation.models import CommonLink, Vocabulary
from cms.curation.offering import copied_values, offered_to
from cms.users.models import User


@dataclass(frozen=True)
class TakenOver:
    """What came of it: the new items, and why others could not be taken, each as (item of the common list, why)."""

    items: list[CatalogItem]
    refused: list[tuple[CatalogItem, str]]


@transaction.atomic
def take_over(*, by: User, version: CatalogVersion, commons: Collection[uuid.UUID]) -> TakenOver:
    """Copy decided items of the common list (their identities) to the end of a draft of an agency, each with its link.

    What the version has already, or what would not pass the check of its items, is left out; the others are taken.
    """
    require_offered(version)
    chosen = list(offered_to(version).filter(identity__in=commons).in_order())
    operations = [ItemOperation("add", copied_values(item, version)) for item in chosen]
    outcomes = write_items(by=by, version=version, operations=operations)
    refused: list[tuple[CatalogItem, str]] = []
    links: list[CommonLink] = []
    for item, outcome in zip(chosen, outcomes, strict=True):
        if outcome.item is None:
            refused.append((item, " ".join(fault.message for fault in outcome.faults)))
            continue
        links.append(
            CommonLink(
                catalog=version.catalog,
                identity=outcome.item.identity,
                common=item.identity,
                by=by,
                origin=LinkOrigin.TAKEN_OVER,
                source=item.version,
            )  # fmt: skip
        )
    CommonLink.objects.bulk_create(links, batch_size=500)
    written = version.items.filter(identity__in=[link.identity for link in links])
    taken = TakenOver(list(written.in_order()), refused)
    if taken.items:
        record(
            by=by, action="common.take_over", subject=version, agency_code=version.catalog.agency.code,
            after={"linked": len(taken.items), "items": [item.code for item in taken.items[:20]]},
        )  # fmt: skip
    return taken


def require_offered(version: CatalogVersion) -> None:
    """Refuse what is no agency's draft, and a province that keeps no common list."""
    require_common_list()
    if version.catalog.agency.is_root() or version.state not in AGENCY_EDITABLE:
        raise WrongState(_("The common list is taken over into an agency's draft, before it is submitted."))


def require_common_list() -> None:
    """Refuse where the province chose lists of each agency alone."""
    if Vocabulary.current().per_agency:
        raise WrongState(_("The province keeps lists of each agency alone: nothing is promoted or taken over."))
