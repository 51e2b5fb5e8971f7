"""What the words of a message stand for here: an officer in a posting, an item that holds on the day, an act."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from cms.assignments.enums import NameKind
from cms.assignments.models import ExternalSystem, OutsideName
from cms.assignments.outside.messages import WorkMessage
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.dates import format_date_vi
from cms.organisations.models import Posting

_ABOUT = ((NameKind.PERSON, "person"), (NameKind.KIND, "kind"), (NameKind.STATE, "state"))


@dataclass
class Mapped:
    """What a message means here, as far as it is known; ``missing`` is what is not, as ``(about, key)``."""

    posting: Posting | None = None
    item: CatalogItem | None = None
    act: str = ""
    is_ignored: bool = False
    missing: list[tuple[str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


class Mapper:
    """Maps the messages of one system: read for all of them in a few queries, whatever their number.

    ``paths`` are the tree paths of the agencies for whose officers work may be written.
    """

    def __init__(self, system: ExternalSystem, messages: Sequence[WorkMessage], paths: Iterable[str]) -> None:
        self.paths = tuple(paths)
        self.names = self._names(system, messages)
        officers = {name.officer_id for name in self._all(NameKind.PERSON) if name.officer_id}
        self.postings = self._postings(officers)
        self.items = self._items({name.item_identity for name in self._all(NameKind.KIND) if name.item_identity})

    def map(self, message: WorkMessage) -> Mapped:
        """Return what one message means here."""
        mapped, content = Mapped(), message.content
        found = {about: self.names.get((about, content[name]), []) for about, name in _ABOUT}
        mapped.is_ignored = any(name.is_ignored for names in found.values() for name in names)
        for about, name in _ABOUT:
            if not any(each.is_mapped for each in found[about]):
                mapped.missing.append((about, content[name]))
                mapped.reasons.append(_UNKNOWN[about]() % {"name": content[name]})
        if mapped.missing or mapped.is_ignored:
            return mapped
        mapped.act = found[NameKind.STATE][0].act
        day = datetime.date.fromisoformat(content["given_on"])
        self._find_posting(mapped, found[NameKind.PERSON][0], day)
        if mapped.posting:
            self._find_item(mapped, found[NameKind.KIND], day, content["kind"])
        return mapped

    def unknown(self) -> set[tuple[str, str]]:
        """Return the names that were asked for and were never met, as ``(about, key)``."""
        return self._asked - self.names.keys()

    def _names(
        self, system: ExternalSystem, messages: Sequence[WorkMessage]
    ) -> dict[tuple[str, str], list[OutsideName]]:
        self._asked = {(str(about), message.content[name]) for message in messages for about, name in _ABOUT}
        found: dict[tuple[str, str], list[OutsideName]] = defaultdict(list)
        for name in system.names.filter(key__in={key for _about, key in self._asked}).select_related("agency"):
            if (name.about, name.key) in self._asked:
                found[name.about, name.key].append(name)
        return dict(found)

    def _all(self, about: str) -> Iterable[OutsideName]:
        return (name for (one, _key), names in self.names.items() if one == about for name in names)

    def _postings(self, officers: set[int]) -> dict[int, list[Posting]]:
        within = Q(pk__in=[])
        for path in self.paths:
            within |= Q(agency__path__startswith=path)
        found: dict[int, list[Posting]] = defaultdict(list)
        postings = Posting.objects.filter(within, officer__in=officers).select_related("officer", "agency")
        for posting in postings.order_by("-is_main", "pk"):
            found[posting.officer_id].append(posting)
        return found

    def _items(self, identities: set[uuid.UUID]) -> dict[uuid.UUID, list[CatalogItem]]:
        versions = CatalogVersion.objects.frozen().exclude(effective_from=None)
        items = CatalogItem.objects.filter(identity__in=identities, version__in=versions)
        found: dict[uuid.UUID, list[CatalogItem]] = defaultdict(list)
        for item in items.select_related("version__catalog__agency").order_by("version__effective_from", "pk"):
            found[item.identity].append(item)
        return found

    def _find_posting(self, mapped: Mapped, name: OutsideName, day: datetime.date) -> None:
        postings = self.postings.get(name.officer_id or 0, [])
        held = [each for each in postings if each.is_on(day) and each.agency.path.startswith(_place(name))]
        if held:
            mapped.posting = held[0]
            return
        words = {"name": name.key, "day": format_date_vi(day)}
        mapped.missing.append(("posting", name.key))
        mapped.reasons.append(_("“%(name)s” works at no agency of this system on %(day)s.") % words)

    def _find_item(self, mapped: Mapped, names: list[OutsideName], day: datetime.date, key: str) -> None:
        path = mapped.posting.agency.path if mapped.posting else ""
        fitting = [name for name in names if path.startswith(_place(name))]
        for name in sorted(fitting, key=lambda each: -len(_place(each))):
            for item in self.items.get(name.item_identity, []) if name.item_identity else []:
                if path.startswith(item.version.catalog.agency.path) and _holds(item, day):
                    mapped.item = item
                    return
        words = {"name": key, "day": format_date_vi(day), "agency": mapped.posting.agency if mapped.posting else ""}
        mapped.missing.append(("item", key))
        mapped.reasons.append(
            _("“%(name)s” stands for no item of a catalog that holds for %(agency)s on %(day)s.") % words
        )


def _place(name: OutsideName) -> str:
    return name.agency.path if name.agency else ""


def _holds(item: CatalogItem, day: datetime.date) -> bool:
    first, last = item.version.effective_from, item.version.effective_to
    return first is not None and first <= day and (last is None or day <= last)


_UNKNOWN = {
    NameKind.PERSON: lambda: _("It is not mapped who “%(name)s” is."),
    NameKind.KIND: lambda: _("It is not mapped which item the kind of work “%(name)s” is."),
    NameKind.STATE: lambda: _("It is not mapped what the state “%(name)s” means."),
}
