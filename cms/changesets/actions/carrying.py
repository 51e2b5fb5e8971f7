"""Writing what was accepted into a draft, by the acts that everybody writes with."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.changesets.contents import as_item_holds
from cms.changesets.enums import ProposalKind
from cms.changesets.errors import ProposalOvertaken
from cms.changesets.models import Proposal
from cms.users.models import User

# What goes makes room for codes that others take.
_ORDER = (ProposalKind.END, ProposalKind.MERGE, ProposalKind.CHANGE, ProposalKind.NEW)


def carry_into(*, by: User, version: CatalogVersion, proposals: Iterable[Proposal]) -> None:
    """Write proposals into a draft of their catalog, within a transaction; raises DomainError at the first refusal."""
    for proposal in sorted(proposals, key=lambda one: _ORDER.index(ProposalKind(one.kind))):
        values = as_item_holds(proposal.contents)
        if proposal.goes:
            gone = [_item(version, proposal, proposal.goes)]
            catalog_actions.remove_items(by=by, version=version, items=gone, reason=proposal.reason)
        if proposal.kind == ProposalKind.NEW:
            catalog_actions.add_item(
                by=by, version=version, values=values, reason=proposal.reason, identity=proposal.identity
            )
        elif values:
            edited = [_item(version, proposal, proposal.identity)]
            catalog_actions.edit_items(by=by, version=version, items=edited, changes=values, reason=proposal.reason)


def _item(version: CatalogVersion, proposal: Proposal, identity: uuid.UUID) -> CatalogItem:
    item = version.items.filter(identity=identity).first()
    if item is None:
        raise ProposalOvertaken(_("The list holds “%(name)s” no longer.") % {"name": proposal.name})
    return item
