"""Which item of the province's common list an item is: read once here, and every door takes its words from it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogs.enums import OPEN_STATES
from cms.catalogs.models import CatalogItem, CatalogItemQuerySet, CatalogVersion, CatalogVersionQuerySet
from cms.core.bulk import chunks
from cms.core.numbers import format_decimal_vi
from cms.curation.enums import CommonState
from cms.curation.models import CommonLink, CommonLinkQuerySet

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
        return self._said(f"{self.item.code} {self.item.name}")

    def words(self, coefficient: Decimal) -> str:
        """Return that an item with this coefficient is this one, with its own coefficient where that is another."""
        said = _("Common list: %(code)s %(name)s") % {"code": self.item.code, "name": self.item.name}
        if coefficient != self.item.coefficient:
            number = format_decimal_vi(self.item.coefficient.normalize())
            said += " · " + _("coefficient there %(number)s") % {"number": number}
        return self._said(said)

    def _said(self, words: str) -> str:
        return words if self.is_in_force else f"{words} ({self.state.label})"


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
    """Return items of a version, each with the identity of its common item as ``common``; None where it has none."""
    links = CommonLink.objects.standing().filter(catalog=version.catalog_id, identity=OuterRef("identity"))
    return items.annotate(common=Subquery(links.values("common")[:1]))


def common_of_version(
    version: CatalogVersion, items: Iterable[CatalogItem], versions: CatalogVersionQuerySet | None = None
) -> dict[uuid.UUID, CommonItem]:
    """Return the common items of some items of one version, by identity."""
    found = common_of([(version.catalog_id, item.identity) for item in items], versions)
    return {identity: common for (_catalog, identity), common in found.items()}
