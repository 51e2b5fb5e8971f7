"""What lists say now, as proposals are made against it: the items of each catalog's last decided version."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from cms.catalogs.models import Catalog, CatalogItem, CatalogItemQuerySet, CatalogVersion, OpinionStep
from cms.changesets.contents import as_item_holds
from cms.changesets.enums import Outcome, ProposalKind, SetState
from cms.changesets.models import Proposal

# Sets in which what was accepted is on its way into the lists.
_ON_THEIR_WAY = (SetState.CLOSED, SetState.APPRAISED, SetState.DECIDED)


def standing_items(catalogs: Collection[int]) -> CatalogItemQuerySet:
    """Return the items of the last decided version of each of these catalogs."""
    last = CatalogVersion.objects.frozen().filter(catalog=OuterRef("version__catalog")).order_by("-number")
    items = CatalogItem.objects.filter(version__catalog__in=catalogs, version=Subquery(last.values("pk")[:1]))
    found: CatalogItemQuerySet = items.select_related("version__catalog__agency")
    return found


def standing_item(catalog: Catalog, identity: uuid.UUID) -> CatalogItem | None:
    """Return the item as it stands, None where the list holds it no longer."""
    return standing_items([catalog.pk]).filter(identity=identity).first()


def troubles_of(proposals: Iterable[Proposal], *, with_drafts: bool = True) -> dict[int, list[str]]:
    """Return by key why proposals cannot be carried out as things are; those without trouble are left out.

    An agency's version that is not decided stops a release, not an appraisal: ``with_drafts`` looks for those too. The
    number of queries is the same for any number of proposals. They come with their catalog, agency and set.
    """
    proposals = list(proposals)
    catalogs = {proposal.catalog_id for proposal in proposals}
    named = {identity for one in proposals for identity in (one.identity, one.merged) if identity}
    items = {
        (item.version.catalog_id, item.identity): item for item in standing_items(catalogs).filter(identity__in=named)
    }
    open_versions = {
        version.catalog_id: version for version in CatalogVersion.objects.open().filter(catalog__in=catalogs)
    }
    changed = _changed_in_drafts(open_versions.values(), named, items)
    elsewhere = _accepted_elsewhere(proposals, named)
    asked = set(OpinionStep.objects.values_list("block", flat=True))
    found = {}
    for one in proposals:
        sentences = [*_of_item(one, items), *_of_other_sets(one, elsewhere)]
        if with_drafts and (version := open_versions.get(one.catalog_id)):
            sentences.append(_of_draft(version, {one.identity, one.merged} & changed.get(version.pk, set())))
        if one.catalog.agency.block in asked:
            sentences.append(
                _("Bodies are asked before lists of this block are decided: the item has to go with the list itself.")
            )
        if sentences:
            found[one.pk] = sentences
    return found


def _of_item(one: Proposal, items: dict[tuple[int, uuid.UUID], CatalogItem]) -> Iterable[str]:
    item = items.get((one.catalog_id, one.identity))
    goes = items.get((one.catalog_id, one.merged)) if one.merged else item
    if one.kind == ProposalKind.NEW:
        if item is not None:
            yield _("The list holds this item already.")
        return
    if item is None or goes is None:
        yield _("The list holds the item no longer: it was ended after this was proposed.")
        return
    kept = as_item_holds(one.former)
    now = (goes if one.goes else item).content
    if any(now.get(name, "") != value for name, value in kept.items()):
        yield _("The item was changed after this was proposed.")


def _of_draft(version: CatalogVersion, changed: set[uuid.UUID | None]) -> str:
    facts = {"number": version.number, "state": version.get_state_display().lower()}
    if changed:
        return _("The agency's version %(number)s (%(state)s) is not decided and has changed this item too.") % facts
    return _("The agency's version %(number)s (%(state)s) is not decided: it has to be decided first.") % facts


def _changed_in_drafts(
    versions: Iterable[CatalogVersion], named: set[uuid.UUID], items: dict[tuple[int, uuid.UUID], CatalogItem]
) -> dict[int, set[uuid.UUID]]:
    """Return, by open version, which of these items it says otherwise than the last decided one, or no longer."""
    versions = list(versions)
    found: dict[int, dict[uuid.UUID, CatalogItem]] = {version.pk: {} for version in versions}
    for item in CatalogItem.objects.filter(version__in=found, identity__in=named):
        found[item.version_id][item.identity] = item
    changed: dict[int, set[uuid.UUID]] = {}
    for version in versions:
        for (catalog, identity), standing in items.items():
            if catalog == version.catalog_id:
                draft = found[version.pk].get(identity)
                if draft is None or draft.content != standing.content:
                    changed.setdefault(version.pk, set()).add(identity)
    return changed


def _accepted_elsewhere(proposals: Collection[Proposal], named: set[uuid.UUID]) -> list[Proposal]:
    """Return accepted proposals about these items; each proposal looks for those of other sets among them."""
    sets = {proposal.change_set_id for proposal in proposals}
    found = Proposal.objects.filter(
        Q(identity__in=named) | Q(merged__in=named), outcome=Outcome.ACCEPTED, change_set__state__in=_ON_THEIR_WAY
    )
    if len(sets) == 1:
        found = found.exclude(change_set__in=sets)
    return list(found.select_related("change_set"))


def _of_other_sets(one: Proposal, elsewhere: Iterable[Proposal]) -> Iterable[str]:
    mine = {one.identity, one.merged} - {None}
    for other in elsewhere:
        if other.change_set and other.change_set_id != one.change_set_id and mine & {other.identity, other.merged}:
            yield _("The change set “%(name)s” touches the same item.") % {"name": other.change_set.name}
