"""Proposing what is to become of items: of one, of the same work of many agencies, or back from a merge."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs.actions.items import require_fields, require_sound
from cms.catalogs.item_fields import BY_KEY, check_field, refusals
from cms.catalogs.models import Catalog, CatalogItem
from cms.changesets import permissions
from cms.changesets.contents import as_item_holds, with_coefficient
from cms.changesets.enums import ProposalKind
from cms.changesets.errors import InvalidProposal
from cms.changesets.models import Proposal
from cms.changesets.notifications import notify_proposed
from cms.changesets.standing import standing_item, standing_items
from cms.core.errors import require_words
from cms.users.models import User


@transaction.atomic
def propose(
    *,
    by: User,
    catalog: Catalog,
    kind: ProposalKind,
    reason: str,
    identity: uuid.UUID | None = None,
    merged: uuid.UUID | None = None,
    values: Mapping[str, Any] | None = None,
    together: uuid.UUID | None = None,
) -> Proposal:
    """Propose what is to become of an item of the catalog's last decided version; the list stays as it is.

    ``values`` are the new contents by field, of a new item all of them; a merge keeps ``identity`` and ends ``merged``.
    Raises InvalidProposal where there is no such item, or nothing would change; ItemRefused where the item would not
    pass its check.
    """
    require_fields(by, catalog.agency, values or {})
    return _propose(
        by=by, catalog=catalog, kind=kind, reason=reason, identity=identity, merged=merged, values=values,
        together=together,
    )  # fmt: skip


def _propose(
    *, by: User, catalog: Catalog, kind: ProposalKind, reason: str, identity: uuid.UUID | None,
    merged: uuid.UUID | None = None, values: Mapping[str, Any] | None = None, together: uuid.UUID | None = None,
) -> Proposal:  # fmt: skip
    """Propose, as ``propose`` does, also what stands in added columns that the person does not see."""
    permissions.require(permissions.can_propose(by, catalog))
    row = Proposal(catalog=catalog, kind=kind, merged=merged, together=together, by=by)
    row.reason = require_words(reason, InvalidProposal(_("Write why: the agency and the appraisers read it.")))
    row.contents = {} if kind == ProposalKind.END else dict(values or {})
    if kind == ProposalKind.NEW:
        _describe_new(row, identity)
    else:
        _describe_standing(row, identity)
    row.save(force_insert=True)
    record(
        by=by, action="proposal.make", subject=row, agency_code=catalog.agency.code, before=row.former,
        after=row.contents, reason=row.reason,
    )  # fmt: skip
    notify_proposed(row)
    return row


def _describe_new(row: Proposal, identity: uuid.UUID | None) -> None:
    terms = row.catalog.versions.frozen().order_by("-number").first()
    if terms is None:
        raise InvalidProposal(_("The agency has no decided list yet: the item goes into its first list."))
    row.code, row.name = str(row.contents.get("code", "")), str(row.contents.get("name", ""))
    require_sound(row.code, refusals(row.contents, terms.terms))
    row.identity = identity or uuid.uuid4()
    _require_free_code(row, row.code)


def _describe_standing(row: Proposal, identity: uuid.UUID | None) -> None:
    item = standing_item(row.catalog, identity) if identity else None
    if item is None:
        raise InvalidProposal(_("The decided list of this agency holds no such item."))
    row.identity, row.code, row.name = item.identity, item.code, item.name
    if row.kind == ProposalKind.CHANGE:
        row.contents = {name: value for name, value in row.contents.items() if item.content.get(name, "") != value}
        if not row.contents:
            raise InvalidProposal(_("This would change nothing: the item says so already."))
    if row.contents:
        require_sound(item.code, refusals(item.content | row.contents, item.version.terms, item.content))
    if code := row.contents.get("code"):
        _require_free_code(row, code)
    row.former = (
        {name: item.content.get(name, "") for name in row.contents} if row.kind == ProposalKind.CHANGE else item.content
    )
    if row.kind == ProposalKind.MERGE:
        other = standing_item(row.catalog, row.merged) if row.merged else None
        if other is None or other.identity == item.identity:
            raise InvalidProposal(_("Name the other item of the same list that goes into this one."))
        row.former = other.content


def _require_free_code(row: Proposal, code: str) -> None:
    taken = standing_items([row.catalog.pk]).with_code(code).exclude(identity=row.identity).first()
    if taken is not None:
        raise InvalidProposal(_("Code %(code)s is taken by “%(name)s”.") % {"code": taken.code, "name": taken.name})


@transaction.atomic
def propose_one_coefficient(
    *, by: User, items: Collection[CatalogItem], coefficient: Decimal, reason: str
) -> list[Proposal]:
    """Propose one coefficient for items that are the same work: one proposal for each that has another.

    ``items`` come with their version and catalog. A score follows its coefficient, by the divisor of its version.
    """
    problems = list(check_field(BY_KEY["coefficient"], {"coefficient": coefficient}, items_terms(items)))
    require_sound("", problems)
    together = uuid.uuid4()
    made = [
        propose(
            by=by, catalog=item.version.catalog, kind=ProposalKind.CHANGE, identity=item.identity, reason=reason,
            values=with_coefficient(item, coefficient), together=together,
        )
        for item in items if item.coefficient != coefficient
    ]  # fmt: skip
    if not made:
        raise InvalidProposal(_("All of them have this coefficient already."))
    return made


def items_terms(items: Collection[CatalogItem]) -> Any:
    """Return what the first of the items is judged by; there has to be one."""
    first = next(iter(items), None)
    if first is None:
        raise InvalidProposal(_("None of these items stands in a decided list within your reach."))
    return first.version.terms


@transaction.atomic
def propose_parting(*, by: User, merge: Proposal, reason: str) -> Proposal:
    """Propose to bring back the item that a merge ended, as it was; what was decided since stays as it is.

    Raises InvalidProposal where the merge never came into a list, or the item or its code stands there again.
    """
    if not merge.can_be_parted or merge.merged is None:
        raise InvalidProposal(_("Only a merge that was released can be undone."))
    if standing_item(merge.catalog, merge.merged) is not None:
        raise InvalidProposal(_("The item stands in the list again."))
    return _propose(
        by=by, catalog=merge.catalog, kind=ProposalKind.NEW, identity=merge.merged, reason=reason,
        values=as_item_holds(merge.former),
    )  # fmt: skip


@transaction.atomic
def propose_again(*, by: User, proposal: Proposal, reason: str) -> Proposal:
    """Propose anew what was refused or left out, against what the list says now; the former one stays as it was."""
    return _propose(
        by=by, catalog=proposal.catalog, kind=ProposalKind(proposal.kind), identity=proposal.identity,
        merged=proposal.merged, reason=reason, values=as_item_holds(proposal.contents),
    )  # fmt: skip
