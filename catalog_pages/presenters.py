"""What public pages show of versions, items and differences, made ready for templates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog_pages.column_filters import ColumnFilter, column_filters
from cms.catalogs.columns import unit_text
from cms.catalogs.difference import Changed, Difference, Row, changed_fields, compare_versions
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogVersion
from cms.catalogs.wording import FieldChange, ItemWords
from cms.core.text import fold
from cms.curation.common import CommonItems
from cms.curation.link_changes import LinkChange, label_of

# A page lists at most so many items of each class of a difference; the files hold all.
MAX_LISTED = 300
# So many added columns of an item stand in its line; the item's own page has all.
LISTED_COLUMNS = 4
_DAY = 86_400
NO_FIELD = "chua-ghi"


@dataclass(frozen=True)
class FieldChoice:
    """A field of work to filter by: how the address names it, its names in the version, how many items it has."""

    slug: str
    names: tuple[str, ...]
    count: int

    @property
    def label(self) -> str:
        """Return the field's name (the first of those that differ only in case or diacritics)."""
        return self.names[0]


@dataclass(frozen=True)
class ItemFilter:
    """What a visitor asked of a version's items.

    Words (``q``), a field of work (``linh-vuc``), a group (``nhom``), texts of added columns (``cot.<key>``).
    """

    version: CatalogVersion
    fields: list[FieldChoice]
    columns: list[ColumnFilter]
    q: str = ""
    field: str = ""
    group: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], version: CatalogVersion, words: ItemWords) -> ItemFilter:
        """Read the filter from an address; a group that is no number stands for all groups."""
        group = query.get("nhom", "")
        group = group if group.isascii() and group.isdigit() and len(group) < 3 else ""
        columns = column_filters(version, words, query)
        return cls(version, field_choices(version), columns, query.get("q", ""), query.get("linh-vuc", ""), group)

    def items(self) -> QuerySet[CatalogItem]:
        """Return the items that were asked for."""
        items = self.version.items.search(self.q)
        if self.field:
            names = [name for choice in self.fields if choice.slug == self.field for name in choice.names]
            items = items.filter(field__in=names)
        for column in self.columns:
            items = column.narrow(items)
        return items.filter(group=int(self.group)) if self.group else items

    @property
    def is_set(self) -> bool:
        """Return whether anything narrows the list."""
        return bool(self.q or self.field or self.group or any(column.chosen for column in self.columns))


def field_choices(version: CatalogVersion) -> list[FieldChoice]:
    """Return the version's fields of work in alphabetical order, from the totals that it keeps."""
    names: dict[str, list[str]] = {}
    counts: dict[str, int] = version.summary.get("fields", {})
    for name in sorted(counts):
        names.setdefault(fold(name).replace(" ", "-")[:80] or NO_FIELD, []).append(name)
    return [FieldChoice(slug, tuple(names[slug]), sum(counts[name] for name in names[slug])) for slug in sorted(names)]


@dataclass(frozen=True)
class GroupFact:
    """A complexity group: the highest score of its items, and how many there are."""

    number: int
    frame: Decimal
    count: int


def group_facts(version: CatalogVersion) -> list[GroupFact]:
    """Return the version's complexity groups."""
    counts = version.summary.get("groups", {})
    highest_scores = sorted(version.group_frames.items())
    return [GroupFact(number, frame, counts.get(str(number), 0)) for number, frame in highest_scores]


@dataclass(frozen=True)
class ChangeSummary:
    """How a version differs from the published one before it."""

    before: CatalogVersion
    counts: dict[str, int]


@dataclass(frozen=True)
class Timeliness:
    """A step of a version, the day on which it was done, its deadline, and a sentence that compares both."""

    step: str
    day: datetime.date
    deadline: datetime.date
    sentence: str


def timeliness(version: CatalogVersion, versions: Sequence[CatalogVersion]) -> list[Timeliness]:
    """Return how the version stood to the deadlines of its round; nothing for a further one, which has none."""
    round_ = version.round
    if round_ is None or any(each.round_id == round_.pk and each.number < version.number for each in versions):
        return []
    steps = (
        (_("Submitted by the agency"), version.submitted_at, round_.submit_by),
        (_("Decided"), version.decided_at, round_.approve_by),
    )
    return [
        Timeliness(step, day := timezone.localdate(moment), deadline, _against(day, deadline))
        for step, moment, deadline in steps
        if moment is not None
    ]


def _against(day: datetime.date, deadline: datetime.date) -> str:
    days = (deadline - day).days
    if days == 0:
        return _("on the last day")
    if days > 0:
        return ngettext("%(days)d day early", "%(days)d days early", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}


def summarize_changes(
    version: CatalogVersion, versions: Sequence[CatalogVersion], words: ItemWords
) -> ChangeSummary | None:
    """Count what changed since the published version before this one; ``versions`` are newest first.

    Published versions never change, so what was counted once is remembered under their hashes.
    """
    older = versions[versions.index(version) + 1 :]
    if not older:
        return None
    before = older[0]
    key = f"difference:{before.pk}:{before.content_hash}:{version.pk}:{version.content_hash}:{words.stamp}"
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = compare_versions(before, version, columns=words.keys).counts
        cache.set(key, counts, _DAY)
    return ChangeSummary(before, counts)


def item_facts(item: CatalogItem, words: ItemWords) -> list[tuple[str, str]]:
    """Return an item's filled fields as (label, text), but for its name, which heads the page."""
    facts = []
    for name in CONTENT_FIELDS:
        value = getattr(item, name)
        if name == "unit":
            value = unit_text(item.unit_quantity, value)
        if name not in ("name", "unit_quantity", "extra") and value not in (None, ""):
            facts.append((words.label(name), words.shown(name, value)))
    return facts + words.filled(item.extra)


@dataclass(frozen=True)
class ItemInVersion:
    """An item as one version holds it, and what changed since the version before that held it (None for the first)."""

    item: CatalogItem
    changes: list[FieldChange] | None


def item_history(items: Sequence[CatalogItem], words: ItemWords) -> list[ItemInVersion]:
    """Return the life of an item, newest version first as given."""
    history = []
    for index, item in enumerate(items):
        older = items[index + 1] if index + 1 < len(items) else None
        changes = words.changes(changed_fields(_content(older), _content(item))) if older else None
        history.append(ItemInVersion(item, changes))
    return history


def _content(item: CatalogItem) -> Row:
    return {name: getattr(item, name) for name in CONTENT_FIELDS}


@dataclass(frozen=True)
class ChangedItem:
    """A changed item as the later version holds it, and its changes."""

    item: Row
    changes: list[FieldChange]


@dataclass(frozen=True)
class DifferenceExcerpt:
    """The part of a difference that a page lists; ``is_cut`` when the files hold more."""

    new: list[Row]
    changed: list[ChangedItem]
    removed: list[Row]
    is_cut: bool


def difference_excerpt(difference: Difference, words: ItemWords) -> DifferenceExcerpt:
    """Return the first items of each class."""
    return DifferenceExcerpt(
        new=difference.new[:MAX_LISTED],
        changed=[_changed_item(pair, words) for pair in difference.changed[:MAX_LISTED]],
        removed=difference.removed[:MAX_LISTED],
        is_cut=any(difference.counts[kind] > MAX_LISTED for kind in ("new", "changed", "removed")),
    )


def _changed_item(pair: Changed, words: ItemWords) -> ChangedItem:
    return ChangedItem(pair.after, words.changes(pair.changes))


def changed_links(changes: Sequence[LinkChange]) -> list[ChangedItem]:
    """Return the first items whose link to the common list changed, with which common item each was and is."""
    label = _("Item of the common list")
    return [
        ChangedItem({**_content(row.item), "identity": row.item.identity}, [
            FieldChange(label, label_of(row.before), label_of(row.after))
        ])
        for row in changes[:MAX_LISTED]
    ]  # fmt: skip


@dataclass(frozen=True)
class ItemLine:
    """An item in a list, with the first of the added columns that it fills in, and which common item it is."""

    item: CatalogItem
    added: list[tuple[str, str]]
    common: str


def item_lines(items: Sequence[CatalogItem], words: ItemWords, common: CommonItems) -> list[ItemLine]:
    """Return the items of a page as lines of the list."""
    return [
        ItemLine(
            item, words.filled(item.extra)[:LISTED_COLUMNS],
            common[item.identity].words(item.coefficient) if item.identity in common else "",
        )
        for item in items
    ]  # fmt: skip
