"""Works of agencies promoted into the province's common list, and links to it that are ended by themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs.actions import add_item, open_catalog, start_version, working_version
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.errors import DomainError, WrongState
from cms.curation import permissions
from cms.curation.actions.judging import judge
from cms.curation.common import find_common
from cms.curation.enums import LinkOrigin, Verdict
from cms.curation.models import Cluster, CommonLink
from cms.organisations.models import Agency
from cms.users.models import User


@dataclass(frozen=True)
class AlikeTexts:
    """The texts of a cluster (their keys) that are the same work as what is promoted, as the cluster was looked at."""

    cluster: Cluster
    edition: int
    texts: Collection[int]


@transaction.atomic
def promote(
    *, by: User, item: CatalogItem, values: Mapping[str, Any], alike: AlikeTexts | None = None, reason: str = ""
) -> CatalogItem:
    """Make an item of the province's open draft of an agency's item, and link the agency's to it; return the new one.

    A draft is started where none is open; while the province's version is appraised, ``reason`` is required. With
    ``alike`` the items that say those texts are linked too, by one judgement, with which all the links end.
    """
    permissions.require(permissions.can_promote(by, item.version))
    require_promotable(item)
    draft = _draft(by)
    common = add_item(by=by, version=draft, values=dict(values), reason=reason)
    link = CommonLink.objects.create(
        catalog=item.version.catalog, identity=item.identity, common=common.identity, origin=LinkOrigin.PROMOTED,
        source=item.version, by=by,
    )  # fmt: skip
    if alike is not None:
        link.judgement = judge(
            by=by, cluster=alike.cluster, verdict=Verdict.COMMON, edition=alike.edition, texts=alike.texts,
            reason=reason, common=common.identity,
        )  # fmt: skip
        link.save(update_fields=["judgement"])
    record(
        by=by, action="common.promote", subject=common, agency_code=item.version.catalog.agency.code,
        after={"code": common.code, "taken_from": str(item.version), "item": item.code},
    )  # fmt: skip
    return common


def require_promotable(item: CatalogItem) -> None:
    """Refuse an item of the province itself, of a list that is still written, and one that is linked already."""
    if item.version.catalog.agency.is_root():
        raise WrongState(_("This item stands in the common list already."))
    if item.version.state in AGENCY_EDITABLE:
        raise WrongState(_("The agency is still writing this version. Promote its works once it is submitted."))
    link = CommonLink.objects.standing().filter(catalog=item.version.catalog_id, identity=item.identity).first()
    if link is not None:
        common = find_common([link.common]).get(link.common)
        words = common.label if common else str(link.common)
        raise WrongState(_("This work is linked already: %(common)s.") % {"common": words})


def _draft(by: User) -> CatalogVersion:
    """Return the province's version that is not decided yet, started where there is none."""
    catalog = open_catalog(by=by, agency=Agency.objects.get(depth=1))
    return working_version(catalog) or start_version(by=by, catalog=catalog)


@transaction.atomic
def end_link(*, by: User, link: CommonLink, reason: str) -> CommonLink:
    """End one link that no judgement carries; those of judgements end when these are undone."""
    link = CommonLink.objects.select_for_update(of=("self",)).select_related("catalog__agency").get(pk=link.pk)
    permissions.require(permissions.can_end_link(by, link))
    if link.ended_at is not None:
        raise WrongState(_("This link has already been ended."))
    if link.judgement_id is not None:
        raise WrongState(_("This link was made by a judgement: undo the judgement."))
    if not reason.strip():
        raise DomainError(_("Write why it is another work."), code="reason_required")
    link.ended_at = timezone.now()
    link.save(update_fields=["ended_at"])
    record(
        by=by, action="common.end_link", subject=link, label=str(link.catalog), reason=reason.strip(),
        agency_code=link.catalog.agency.code, before={"common": str(link.common), "item": str(link.identity)},
    )  # fmt: skip
    return link
