"""What the reading desk shows of a version: the narrowed list around one item, and all that is to be known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.admin.presenters import RemarkLine, remark_line
from cms.catalogs.difference import changed_fields, compare_versions
from cms.catalogs.item_fields import BY_KEY, PARTS
from cms.catalogs.models import CatalogItem, CatalogVersion, ItemSeen
from cms.catalogs.outliers import Outlier, find_outliers
from cms.catalogs.wording import FieldChange, ItemWords
from cms.core.numbers import format_decimal_vi
from cms.curation.asking import uses_elsewhere, work_of
from cms.curation.common import find_common
from cms.fairness.models import FairnessFinding
from cms.fairness.permissions import can_compare

PAGE_SIZE = 50
SHOWS: dict[str, Promise] = {
    "unseen": _("Not seen yet"),
    "notes": _("With notes"),
    "changed": _("New or changed since the version before"),
    "outlier": _("Coefficient does not fit the hours"),
    "finding": _("Stands out among all lists"),
}
# The panel shows these as figures of its own.
_FIGURES = frozenset({*PARTS, "score", "coefficient", "hours", "group"})
_MOST_ALIKE = 20


@dataclass(frozen=True)
class Window:
    """One page of a narrowed list and the neighbours of the item that is read; pages are counted from 1."""

    rows: list[CatalogItem]
    total: int
    number: int
    previous: CatalogItem | None = None
    next: CatalogItem | None = None

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


def narrowed(
    version: CatalogVersion,
    before: CatalogVersion | None,
    query: Any,
    user: Any,
    words: ItemWords,
    outliers: Iterable[int],
) -> Any:
    """Return the items of a version that ``q`` and ``show`` of an address let through."""
    items: Any = version.items.all()
    show = query.get("show", "")
    if show == "unseen":
        items = items.exclude(pk__in=ItemSeen.objects.of(user, version).values("item"))
    elif show == "notes":
        items = items.filter(pk__in=version.remarks.open_notes().filter(item__isnull=False).values("item"))
    elif show == "changed":
        found = compare_versions(before, version, columns=words.keys)
        rows = [*found.new, *(each.after for each in found.changed)]
        items = items.filter(identity__in=[row["identity"] for row in rows])
    elif show == "outlier":
        items = items.filter(pk__in=list(outliers))
    elif show == "finding":
        items = items.filter(pk__in=findings_about(version.items.all(), user).values("item"))
    return items.search(query.get("q", "").replace("\x00", ""))


def findings_about(items: Any, user: Any) -> QuerySet[FairnessFinding]:
    """Return what the newest comparison of coefficients found about items, for who compares them."""
    found = FairnessFinding.objects.filter(item__in=items) if can_compare(user) else FairnessFinding.objects.none()
    return found.select_related("work")


@dataclass(frozen=True)
class Marks:
    """What calls for a second look, by the item's key: within its version, and beside all other lists."""

    outliers: dict[int, Outlier]
    findings: dict[int, list[FairnessFinding]]


def marks_of(items: Iterable[CatalogItem], outliers: dict[int, Outlier], user: Any) -> Marks:
    """Return the marks of items, in one query."""
    findings: dict[int, list[FairnessFinding]] = {}
    for finding in findings_about(list(items), user):
        findings.setdefault(finding.item_id or 0, []).append(finding)
    return Marks(outliers, findings)


def outliers_of(version: CatalogVersion) -> dict[int, Outlier]:
    """Return the outliers of a version by the item's key, in one query over four columns."""
    return find_outliers(version.items.order_by().values_list("pk", "group", "hours", "coefficient"))


def window_around(items: QuerySet[CatalogItem], item: CatalogItem | None, page: int = 1) -> Window:
    """Return the page on which the item stands, or would stand, and what comes before and after it.

    Without an item: the page of this number, the last one where there are fewer, and its first item as the next.
    """
    earlier = Count("pk", filter=_beside(item, "lt") if item else Q(pk=None))
    total, before = items.aggregate(total=Count("pk"), earlier=earlier).values()
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(before // PAGE_SIZE + 1 if item else page, pages)
    start = (number - 1) * PAGE_SIZE
    first = max(start - 1, 0)
    around = list(items.order_by("position", "pk")[first : start + PAGE_SIZE + 1])
    rows = around[start - first :][:PAGE_SIZE]
    if item is None:
        return Window(rows, total, number, next=rows[0] if rows else None)
    place = (item.position, item.pk)
    return Window(
        rows, total, number,
        previous=next((row for row in reversed(around) if (row.position, row.pk) < place), None),
        next=next((row for row in around if (row.position, row.pk) > place), None),
    )  # fmt: skip


def _beside(item: CatalogItem, side: str) -> Q:
    return Q(**{f"position__{side}": item.position}) | Q(position=item.position, **{f"pk__{side}": item.pk})


@dataclass(frozen=True)
class DeskLine:
    """One item in the list: whether this person has seen it, its open notes, what became of it since."""

    item: CatalogItem
    is_seen: bool
    notes: int
    since: Promise | None
    is_outlier: bool
    stands_out: bool
    # The code of the common item that it is; "" where it is none.
    common: str


def list_lines(
    rows: list[Any],
    version: CatalogVersion,
    before: CatalogVersion | None,
    user: Any,
    words: ItemWords,
    marks: Marks,
) -> list[DeskLine]:
    """Return the lines of one page, which say their ``common`` item, in four queries."""
    seen = set(ItemSeen.objects.of(user, version).filter(item__in=rows).values_list("item", flat=True))
    notes = list(version.remarks.open_notes().filter(item__in=rows).order_by().values_list("item", flat=True))
    was = _contents(before, rows)
    linked = {row.pk: row.common for row in rows if row.common}
    found = find_common(set(linked.values()))
    common = {pk: found[each].item.code for pk, each in linked.items() if each in found}
    return [
        DeskLine(
            row, row.pk in seen, notes.count(row.pk), _since(row, was, before, words),
            row.pk in marks.outliers, row.pk in marks.findings,
            common.get(row.pk, ""),
        )
        for row in rows
    ]  # fmt: skip


def _contents(before: CatalogVersion | None, rows: list[CatalogItem]) -> dict[Any, CatalogItem]:
    if before is None:
        return {}
    return {each.identity: each for each in before.items.filter(identity__in=[row.identity for row in rows])}


def _since(row: CatalogItem, was: Any, before: CatalogVersion | None, words: ItemWords) -> Promise | None:
    if before is None:
        return None
    if row.identity not in was:
        return _("new")
    return _("changed") if _changes(was[row.identity], row, words) else None


def _changes(was: CatalogItem, now: CatalogItem, words: ItemWords) -> list[FieldChange]:
    names = (*BY_KEY, "extra")
    changed = changed_fields(*({name: getattr(each, name) for name in names} for each in (was, now)))
    return words.changes(changed)


@dataclass(frozen=True)
class Alike:
    """The same work at another agency, by the version in effect: ``times`` how far the coefficients are apart."""

    item: CatalogItem
    times: Decimal


@dataclass(frozen=True)
class ItemPanel:
    """All that is to be known of one item; ``was`` is the item in the version before, None where it is new."""

    item: CatalogItem
    facts: list[tuple[str, str]]
    parts: list[tuple[str, str]]
    frame: Decimal | None
    outlier: Outlier | None
    was: CatalogItem | None
    changes: list[FieldChange]
    findings: list[FairnessFinding]
    alike: list[Alike] | None
    remarks: list[RemarkLine]

    @property
    def is_over(self) -> bool:
        """Return whether the score is over the frame of its group."""
        return bool(self.frame and self.item.score and self.item.score > self.frame)


def item_panel(
    item: CatalogItem,
    version: CatalogVersion,
    before: CatalogVersion | None,
    words: ItemWords,
    marks: Marks,
) -> ItemPanel:
    """Return the panel of an item, in a number of queries that no version can raise."""
    was = before.items.filter(identity=item.identity).first() if before else None
    remarks = item.remarks.filter(version=version).select_related("by", "resolved_by").order_by("-at")[:50]
    lines = []
    for remark in remarks:
        remark.item = item
        lines.append(remark_line(remark, words))
    return ItemPanel(
        item=item, facts=_facts(item, words), frame=version.group_frames.get(item.group),
        parts=[(words.label(name), words.shown(name, getattr(item, name)) or "–") for name in PARTS],
        outlier=marks.outliers.get(item.pk), was=was, changes=_changes(was, item, words) if was else [],
        findings=marks.findings.get(item.pk, []), alike=alike_elsewhere(item, version), remarks=lines,
    )  # fmt: skip


def _facts(item: CatalogItem, words: ItemWords) -> list[tuple[str, str]]:
    shown = [(name, words.shown(name, value)) for name, value in item.content.items() if words.sees(name)]
    return [(words.label(name), text) for name, text in shown if text and name not in {*_FIGURES, "code", "name"}]


def alike_elsewhere(item: CatalogItem, version: CatalogVersion) -> list[Alike] | None:
    """Return items of other agencies' lists in effect that are the same work, the farthest coefficient first.

    None while works are still being read into the memory of the process.
    """
    found = uses_elsewhere([work_of(item)], version.catalog)
    if found is None:
        return None
    alike = [Alike(use.item, _times(use.item.coefficient, item.coefficient)) for use in found[0]]
    return sorted(alike, key=lambda each: -each.times)[:_MOST_ALIKE]


def _times(one: Decimal, other: Decimal) -> Decimal:
    return (max(one, other) / min(one, other)).quantize(Decimal("0.1"))


def arithmetic(item: CatalogItem, version: CatalogVersion) -> str:
    """Return the division that gives the coefficient, as people write it; "" without a score."""
    if item.score is None:
        return ""
    quotient = (item.score / version.divisor).quantize(Decimal("0.0001")).normalize()
    shown = format_decimal_vi(quotient)
    return f"{format_decimal_vi(item.score)} ÷ {format_decimal_vi(version.divisor)} = {shown}"
