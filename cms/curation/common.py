"""Which item of the province's common list an item is: read once here, and every door takes its words from it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogs.enums import OPEN_STATES
from cms.catalogs.models import CatalogItem, CatalogItemQuerySet, CatalogVersion, CatalogVersionQuerySet
from cms.core.bulk import chunks
from cms.core.numbers import format_decimal_vi
from cms.curation.enums import CommonState
from cms.curation.models import CommonLink, CommonLinkQuerySet, Vocabulary

# An item of an agency: its catalog and its identity.
Place = tuple[int, uuid.UUID]


@dataclass(frozen=True)
class CommonItem:
    """An item of the common list as it holds, or else as it will, or as it last did."""

    item: CatalogItem
    state: CommonState

    @property
    def is_in_force(self) -> bool:
        """Return whether it holds today."""
        return self.state == CommonState.IN_FORCE

    @property
    def label(self) -> str:
        """Return its code and name, and that it does not hold where it does not."""
        return self._with_state(f"{self.item.code} {self.item.name}")

    def words(self, coefficient: Decimal) -> str:
        """Return that an item with this coefficient is this one, with its own coefficient where that is another."""
        words = _("Common list: %(code)s %(name)s") % {"code": self.item.code, "name": self.item.name}
        if coefficient != self.item.coefficient:
            number = format_decimal_vi(self.item.coefficient.normalize())
            words += " · " + _("coefficient there %(number)s") % {"number": number}
        return self._with_state(words)

    def _with_state(self, words: str) -> str:
        return words if self.is_in_force else f"{words} ({self.state.label})"


def members_in_force(commons: Collection[uuid.UUID]) -> dict[uuid.UUID, list[CatalogItem]]:
    """Return the items in force that are linked to items of the common list (a page of them), by agency."""
    links = CommonLink.objects.standing().filter(common__in=commons)
    linked = {(link.catalog_id, link.identity): link.common for link in links}
    found: dict[uuid.UUID, list[CatalogItem]] = {}
    for some in chunks(identity for _catalog, identity in linked):
        items = CatalogItem.objects.filter(identity__in=some, version__in=CatalogVersion.objects.effective_on())
        for item in items.select_related("version__catalog__agency").order_by("version__catalog__agency__path", "pk"):
            common = linked.get((item.version.catalog_id, item.identity))
            if common:
                found.setdefault(common, []).append(item)
    return found


# Common items of the items of one catalog, by the identities of these.
CommonItems = Mapping[uuid.UUID, CommonItem]


def common_code(common: CommonItems, identity: uuid.UUID) -> str:
    """Return the code of the common item that an item is; "" where it is none."""
    found = common.get(identity)
    return found.item.code if found else ""


def stamp_of(common: CommonItems) -> str:
    """Return a short text that differs when other items are linked, or a common item is called otherwise or holds."""
    listed = "\n".join(sorted(f"{identity} {each.words(Decimal(0))}" for identity, each in common.items()))
    return hashlib.sha256(listed.encode()).hexdigest()[:12] if listed else ""


def common_list() -> CatalogItemQuerySet:
    """Return the items of the common list, each once: as it holds, or else as it is to hold."""
    not_ended = Q(effective_to=None) | Q(effective_to__gte=timezone.localdate())
    versions = CatalogVersion.objects.filter(catalog__agency__depth=1)
    versions = versions.filter(Q(state__in=OPEN_STATES) | Q(pk__in=versions.frozen().filter(not_ended)))
    items = CatalogItem.objects.filter(version__in=versions)
    earlier = items.filter(identity=OuterRef("identity"), version__number__lt=OuterRef("version__number"))
    return items.filter(~Exists(earlier)).select_related("version__catalog__agency")


def in_common_list(items: Iterable[CatalogItem]) -> list[CommonItem]:
    """Return items that ``common_list`` or ``find_common`` read, with whether they hold."""
    return [CommonItem(item, _state(item.version)) for item in items]


def find_common(
    identities: Collection[uuid.UUID], versions: CatalogVersionQuerySet | None = None
) -> dict[uuid.UUID, CommonItem]:
    """Return items of the common list by their identities, also those that no longer hold.

    ``versions`` narrows the province's versions that are looked through: to the published ones, for the public.
    """
    found: dict[uuid.UUID, CommonItem] = {}
    order = list(CommonState)
    for some in chunks(identities):
        items = CatalogItem.objects.filter(version__catalog__agency__depth=1, identity__in=some)
        if versions is not None:
            items = items.filter(version__in=versions)
        for each in in_common_list(items.select_related("version__catalog__agency").order_by("-version__number")):
            known = found.get(each.item.identity)
            if known is None or order.index(each.state) < order.index(known.state):
                found[each.item.identity] = each
    return found


def _state(version: CatalogVersion) -> CommonState:
    today = timezone.localdate()
    if version.holds_on(today):
        return CommonState.IN_FORCE
    begins = version.effective_from is not None and version.effective_from > today
    return CommonState.COMING if begins or not version.is_frozen else CommonState.ENDED


def common_of(places: Collection[Place], versions: CatalogVersionQuerySet | None = None) -> dict[Place, CommonItem]:
    """Return the common items of a page of items, by catalog and identity, in two queries; ``find_common`` says more.

    Items without one are left out.
    """
    return common_of_links(CommonLink.objects.standing().of_items(places), versions) if places else {}


def common_of_links(
    links: CommonLinkQuerySet, versions: CatalogVersionQuerySet | None = None
) -> dict[Place, CommonItem]:
    """Return the common items of all items of these links, as ``common_of`` does for a page."""
    linked = {(catalog, identity): common for catalog, identity, common in
              links.values_list("catalog", "identity", "common")}  # fmt: skip
    found = find_common(set(linked.values()), versions) if linked else {}
    return {place: found[common] for place, common in linked.items() if common in found}


def with_common(items: QuerySet[CatalogItem], version: CatalogVersion) -> QuerySet[CatalogItem]:
    """Return items of a version, each with the identity of its common item as ``common``; None where it has none.

    ``per_agency`` of each says whether the province keeps lists of each agency alone, which saves a query.
    """
    links = CommonLink.objects.standing().filter(catalog=version.catalog_id, identity=OuterRef("identity"))
    per_agency = Exists(Vocabulary.objects.filter(per_agency=True))
    return items.annotate(common=Subquery(links.values("common")[:1]), per_agency=per_agency)


def common_of_rows(rows: Iterable[Any], versions: CatalogVersionQuerySet | None = None) -> CommonItems:
    """Return the common items of items that ``with_common`` read, in one query where there are any."""
    linked = {row.identity: row.common for row in rows if row.common}
    found = find_common(set(linked.values()), versions)
    return {identity: found[common] for identity, common in linked.items() if common in found}


def common_of_version(
    version: CatalogVersion, items: Iterable[CatalogItem], versions: CatalogVersionQuerySet | None = None
) -> CommonItems:
    """Return the common items of some items of one version."""
    return _by_identity(common_of([(version.catalog_id, item.identity) for item in items], versions))


def common_of_catalog(catalog: int, versions: CatalogVersionQuerySet | None = None) -> CommonItems:
    """Return the common items of all items of a catalog (its key), for files."""
    return _by_identity(common_of_links(CommonLink.objects.standing().filter(catalog=catalog), versions))


def _by_identity(found: dict[Place, CommonItem]) -> CommonItems:
    return {identity: common for (_catalog, identity), common in found.items()}


def common_changes(before: CatalogVersion, after: CatalogVersion) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Return which items of a catalog became common items from one version to the other, and which ceased to be.

    A version had the links that stood when it was decided; one that is not decided has those that stand now.
    """
    links = CommonLink.objects.filter(catalog=after.catalog_id)
    moments = (version.decided_at or timezone.now() for version in (before, after))
    was, now = ({link.identity for link in links.standing_at(moment)} for moment in moments)
    return sorted(now - was), sorted(was - now)
